//! Reload: on SIGHUP, or when a file of the configuration changed. All that can fail happens before anything that runs
//! is touched.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{Notify, watch};
use tokio::task::JoinError;
use tracing::{error, info, warn};

use super::examples::keep;
use super::ready::{Fingerprint, Origin, Ready, ReadyError};
use super::shared::Shared;
use super::systemd;
use crate::alert::Notice;
use crate::config::{Configuration, Severity};
use crate::daemon::health::tell_operator;
use crate::net::shown_text;
use wirewatch_syndication::derive_id;

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
    let mut seen = look(&origin, shared.ready()).await?;
    let mut unsettled: Option<Fingerprint> = None;
    loop {
        let by_hand = tokio::select! {
            () = asked.notified() => true,
            () = shared.clock.until(shared.clock.now() + LOOK) => false,
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        };
        shared.pulses.reload.beat(shared.clock.steady());
        let now_seen = look(&origin, shared.ready()).await?;
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
                for key in waits_for_restart(&shared.ready().configuration, &changed.configuration) {
                    warn!("{key} changed; the change is used after a restart");
                }
                keep(&changed, &shared.ready().configuration.store.path);
                let summary = changed.summary();
                ready.send_replace(changed);
                seen = look(&origin, shared.ready()).await?;
                info!("reloaded the configuration: {summary}");
                systemd::ready(&summary);
            }
            Err(error) => {
                let now = shared.clock.now();
                if let Err(untold) = tell_operator(&shared, refused(&error, now), now).await {
                    error!("cannot tell anybody of the changed configuration; failed to {untold}");
                }
                let error = anyhow::Error::new(error);
                error!(
                    "the changed configuration is not used, the old one keeps running; failed to get ready: {error:#}"
                );
                systemd::ready("the changed configuration has problems; the old one keeps running");
            }
        }
    }
}

/// Problems that a notice lists.
const LISTED: usize = 20;

/// The notice of a change that is not used, in the words of the console: one for these problems.
fn refused(error: &ReadyError, now: Timestamp) -> Notice {
    let mut lines = vec![
        "What ran before keeps running. The change is used as soon as it has no problem; the files are looked at every two \
         seconds."
            .to_owned(),
    ];
    match error {
        ReadyError::Configuration(problems) => {
            let errors: Vec<_> = problems
                .0
                .iter()
                .filter(|problem| problem.severity == Severity::Error)
                .collect();
            lines.extend(errors.iter().take(LISTED).map(|problem| {
                let help = problem.mend.as_deref().map(|help| format!(" ({help})"));
                shown_text(&format!(
                    "{}: {}{}",
                    problem.place,
                    problem.what,
                    help.unwrap_or_default()
                ))
            }));
            if errors.len() > LISTED {
                lines.push(format!(
                    "and {} more: `wirewatch check` shows all",
                    errors.len() - LISTED
                ));
            }
        }
        other => lines.push(shown_text(&other.to_string())),
    }
    let parts: Vec<&str> = ["refused change"]
        .into_iter()
        .chain(lines.iter().map(String::as_str))
        .collect();
    // The same slip made again on another day is told again.
    let day = (now.as_second() / 86_400).to_string();
    Notice {
        id: derive_id(&[parts.as_slice(), &[&*day]].concat()),
        raised: now,
        title: "A change of the configuration is not used".to_owned(),
        lines,
    }
}

/// Looks at the files of the configuration, on a thread that may wait for the disk.
async fn look(origin: &Origin, ready: Arc<Ready>) -> Result<Fingerprint, JoinError> {
    let folder = origin.folder.clone();
    tokio::task::spawn_blocking(move || Fingerprint::of(&folder, &ready.configuration.files)).await
}

/// Returns the keys that changed and that only a restart puts into effect.
fn waits_for_restart(old: &Configuration, new: &Configuration) -> Vec<&'static str> {
    let keys = [
        ("`[store] path`", old.store.path != new.store.path),
        ("`[web] listen`", old.web.listen != new.web.listen),
    ];
    keys.into_iter()
        .filter(|(_, changed)| *changed)
        .map(|(key, _)| key)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::load;

    #[test]
    fn what_only_a_restart_changes_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let loaded = |more: &str| {
            let text = format!("[receiver.desk]\nconsole = true\n{more}");
            std::fs::write(folder.path().join("wirewatch.toml"), text).unwrap();
            load(folder.path(), &[]).unwrap()
        };
        let listening = "[web]\nlisten = \"127.0.0.1:8080\"\n";
        for (what, old, new, named) in [
            ("nothing", listening, listening, vec![]),
            (
                "another port",
                listening,
                "[web]\nlisten = \"127.0.0.1:8081\"\n",
                vec!["`[web] listen`"],
            ),
            ("no port any more", listening, "", vec!["`[web] listen`"]),
            (
                "another store",
                "",
                "[store]\npath = \"/var/lib/other\"\n",
                vec!["`[store] path`"],
            ),
        ] {
            assert_eq!(waits_for_restart(&loaded(old), &loaded(new)), named, "{what}");
        }
    }
}
