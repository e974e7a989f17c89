//! Work on another thread that may break: on an odd feed or entry, for a defect of this program. One that does must not keep
//! the others from being read.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::task::{JoinError, spawn_blocking};

/// What the work came to; `None` where it broke, which was printed when it happened. An error means that the program ends.
pub async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<Option<T>, JoinError> {
    spawn_blocking(|| unbroken(work)).await
}

/// The same on this thread.
pub fn unbroken<T>(work: impl FnOnce() -> T) -> Option<T> {
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
        assert_eq!(apart(work(true)).await.unwrap(), Some(7));
        assert_eq!(apart(work(false)).await.unwrap(), None);
    }
}
