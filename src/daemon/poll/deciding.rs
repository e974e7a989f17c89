//! The last stage of the road, for polls, pushes and articles alike: decide and record.

use crate::alert::{Assessment, Context, Seen, ToRecord, assess};
use crate::daemon::supervise::Shared;
use crate::store::{Recorded, StoreError};

/// Decides on entries and records what `gather` makes of the decisions; nothing if it makes `None`.
///
/// If a story is touched, nobody else decides before the record has its place in the order of the writing: a copy that is
/// held because of an alert must never be recorded while that alert is lost. The disk is waited for without the lock.
pub async fn decide_and_record(
    shared: &Shared,
    seen: &mut [Seen<'_>],
    context: Context<'_>,
    gather: impl FnOnce(&[Seen<'_>], Assessment) -> Option<ToRecord>,
) -> Result<Recorded, StoreError> {
    let mut stories = shared.stories.lock().await;
    let assessment = assess(seen, context, &mut stories);
    let touched = !assessment.stories.is_empty();
    let stories = touched.then_some(stories);
    let Some(record) = gather(seen, assessment) else {
        return Ok(Recorded::default());
    };
    let on_disk = shared.store.queue(record, context.now).await?;
    drop(stories);
    on_disk.await
}
