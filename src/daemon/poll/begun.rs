//! Marks the feed whose large answer is being read, so that the next start knows what ended this process.

use std::sync::Arc;

use jiff::Timestamp;
use tracing::warn;

use crate::alert::Record;
use crate::daemon::health::{after_start, shown_name};
use crate::daemon::supervise::{Ready, Shared};
use crate::feed::{FeedState, ended_while_reading};
use crate::store::StoreError;

/// Marks a feed, on disk before its answer is read. The record of its poll removes the mark.
pub async fn begin_large(
    shared: &Shared,
    mut memory: Arc<FeedState>,
    now: Timestamp,
) -> Result<Arc<FeedState>, StoreError> {
    Arc::make_mut(&mut memory).reading_since = Some(now);
    shared.store.record(Record::of_feed(memory.clone()), now).await?;
    Ok(memory)
}

/// Removes the mark where nothing else is recorded.
pub async fn end_large(
    shared: &Shared,
    mut memory: Arc<FeedState>,
    now: Timestamp,
) -> Result<Arc<FeedState>, StoreError> {
    if memory.reading_since.is_some() {
        Arc::make_mut(&mut memory).reading_since = None;
        shared.store.record(Record::of_feed(memory.clone()), now).await?;
    }
    Ok(memory)
}

/// Makes marked feeds wait, and reports them. To be called once, before the first poll: they would be due again at every
/// start, and might end each.
pub async fn find_unended(shared: &Shared, ready: &Ready) -> Result<(), StoreError> {
    let now = shared.clock.now();
    for mut memory in shared.store.feeds().await? {
        if memory.reading_since.is_none() {
            continue;
        }
        let Some(settings) = ready.feed(&memory.url) else {
            continue;
        };
        ended_while_reading(&mut memory, settings, now, shared.clock.jitter());
        let name = shown_name(settings, &memory);
        let notices = after_start(shared, ready, &name, &mut memory, now);
        let (wait_secs, failures) = (memory.next.at.duration_since(now).as_secs(), memory.failures);
        warn!(feed.url = %memory.shown(), failures, wait_secs, "the last reading of this feed never ended");
        let record = Record {
            notices,
            ..Record::of_feed(Arc::new(memory))
        };
        if shared.store.record(record, now).await?.deliveries > 0 {
            shared.deliveries.notify_one();
        }
    }
    Ok(())
}
