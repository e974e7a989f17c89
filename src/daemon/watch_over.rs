//! The loop that watches over the rest: forgets what is older than `keep`.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tracing::info;

use super::shared::Shared;
use crate::store::StoreError;

/// Between two rounds.
const ROUND: Duration = Duration::from_secs(3600);

/// How long a story that nobody reports any more can still be joined by a copy.
pub const STORY_DAYS: i64 = 30;

/// Goes round once an hour until told to stop.
pub async fn watch_over(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) -> Result<(), StoreError> {
    loop {
        tokio::select! {
            () = shared.clock.until(shared.clock.now() + ROUND) => {}
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        }
        let now = shared.clock.now();
        shared.stories.lock().await.forget(stories_since(now));
        let keep = shared.ready().configuration.store.keep;
        let pruned = shared.store.prune(now - keep).await?;
        if pruned > 0 {
            info!(pruned, "forgot what is older than `keep`");
        }
    }
}

/// Stories that were last seen before this are not joined any more.
pub fn stories_since(now: Timestamp) -> Timestamp {
    now - SignedDuration::from_hours(24 * STORY_DAYS)
}
