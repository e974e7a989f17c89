//! Runs work that may panic on a strange feed or entry (a bug of this program), so that the other feeds are still read.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::task::{JoinError, spawn_blocking};

/// Runs `work` on a blocking thread. Returns `None` if it panicked (already logged).
///
/// # Errors
/// The runtime is shutting down.
pub async fn spawn_catching<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<Option<T>, JoinError> {
    spawn_blocking(|| catch_panic(work)).await
}

/// Runs `work` on this thread. Returns `None` if it panicked (already logged).
pub fn catch_panic<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_breaks_is_none() {
        let work = |good: bool| {
            move || {
                if good {
                    7
                } else {
                    panic!("it breaks, as this test asks")
                }
            }
        };
        assert_eq!(spawn_catching(work(true)).await.unwrap(), Some(7));
        assert_eq!(spawn_catching(work(false)).await.unwrap(), None);
    }
}
