//! Turns for large bodies, so that the memory that strangers can claim has a bound.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// A body of more decoded bytes than this is large. Of some hundred thousand feeds in use, one in a thousand is.
pub const LARGE: usize = 2_000_000;

/// Large bodies that are held at a time, from the byte that makes them so until everything they brought is recorded.
const AT_ONCE: usize = 2;

/// How long a large body waits for its turn. Its server waits as long, with a connection that nobody reads.
const PATIENCE: Duration = Duration::from_secs(60);

/// Gives turns.
#[derive(Debug, Clone)]
pub struct LargeBodies(Arc<Semaphore>);

/// One turn, which ends when the last copy of it is dropped.
#[derive(Debug, Clone)]
pub struct LargeBody(#[expect(dead_code, reason = "held, not looked at")] Arc<OwnedSemaphorePermit>);

impl Default for LargeBodies {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl LargeBodies {
    /// Waits for a turn; `None` if none came in time.
    pub async fn enter(&self) -> Option<LargeBody> {
        let turn = timeout(PATIENCE, Arc::clone(&self.0).acquire_owned()).await;
        Some(LargeBody(Arc::new(turn.ok()?.ok()?)))
    }

    /// Turns that are free at the moment.
    pub fn free(&self) -> usize {
        self.0.available_permits()
    }
}
