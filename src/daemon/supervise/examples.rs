//! Keeps the configuration that runs, and tells which of its examples an upgrade broke.

use std::path::Path;

use jiff::Timestamp;
use tracing::warn;

use super::ready::Ready;
use super::shared::Shared;
use crate::alert::route_notice;
use crate::store::StoreError;

/// Keeps the files of the configuration that runs; without a copy the next upgrade may refuse what it finds.
pub fn keep(ready: &Ready, store: &Path) {
    let kept = ready.accepted.as_ref().map(|accepted| accepted.keep(store));
    if let Some(Err(error)) = kept {
        warn!("cannot keep a copy of the configuration beside the store: {error}");
    }
}

/// Tells the receivers in `[health] tell` which examples an upgrade broke; once for these files and these examples.
pub async fn tell_broken_examples(shared: &Shared, now: Timestamp) -> Result<(), StoreError> {
    let ready = shared.ready();
    let broken = &ready.configuration.broken_examples.0;
    let Some(accepted) = ready.accepted.as_ref().filter(|_| !broken.is_empty()) else {
        return Ok(());
    };
    warn!(
        "examples of the watchlist no longer hold; the files have not changed and are used\n{}",
        ready.configuration.broken_examples
    );
    let tell = &ready.configuration.health.tell;
    let notice = accepted.notice(broken, now);
    let deliveries = route_notice(notice.id, tell, &ready.configuration.recipients, None, now);
    if !deliveries.is_empty() && shared.store.tell(notice, deliveries).await? {
        shared.deliveries.notify_one();
    }
    Ok(())
}
