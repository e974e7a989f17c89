//! Reload: on SIGHUP, or when a file of the configuration changed. All that can fail happens before anything that runs
//! is touched.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::JoinError;
use tracing::{error, info, warn};

use super::examples::keep;
use super::ready::{Fingerprint, Origin, Ready};
use super::shared::Shared;
use super::systemd;

/// How often the files are looked at. A write in two steps settles within one.
const LOOK: Duration = Duration::from_secs(2);

/// Reloads when `asked` rings or the files changed, until told to stop.
pub async fn reloader(
    shared: Arc<Shared>,
    origin: Origin,
    ready: watch::Sender<Arc<Ready>>,
    asked: Arc<Notify>,
    mut stop: watch::Receiver<bool>,
) -> Result<(), JoinError> {
    let look = |ready: &Ready| Fingerprint::of(&origin.folder, &ready.configuration.files);
    let mut seen = look(&shared.ready());
    let mut unsettled: Option<Fingerprint> = None;
    loop {
        let by_hand = tokio::select! {
            () = asked.notified() => true,
            () = shared.clock.until(shared.clock.now() + LOOK) => false,
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        };
        let now_seen = look(&shared.ready());
        if !by_hand {
            if now_seen == seen {
                unsettled = None;
                continue;
            }
            // Two equal looks in a row: nobody is in the middle of writing.
            if unsettled.as_ref() != Some(&now_seen) {
                unsettled = Some(now_seen);
                continue;
            }
        }
        seen = now_seen;
        unsettled = None;
        systemd::reloading();
        let from = origin.clone();
        match tokio::task::spawn_blocking(move || Ready::prepare_accepted(&from)).await? {
            Ok(changed) => {
                warn_of_what_waits(&shared.ready(), &changed);
                keep(&changed, &shared.ready().configuration.store.path);
                let summary = changed.summary();
                ready.send_replace(changed);
                seen = look(&shared.ready());
                info!("reloaded the configuration: {summary}");
                systemd::ready(&summary);
            }
            Err(error) => {
                error!(
                    "the changed configuration is not used, the old one keeps running; failed to get ready: {error}"
                );
                systemd::ready("the changed configuration has problems; the old one keeps running");
            }
        }
    }
}

/// What only a restart can change.
fn warn_of_what_waits(old: &Ready, new: &Ready) {
    if old.configuration.store.path != new.configuration.store.path {
        warn!("`[store] path` changed; it is used after a restart");
    }
}
