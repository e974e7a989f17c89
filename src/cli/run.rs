//! `run`: the daemon, its signals, and a line of progress on a terminal.

use std::io::{IsTerminal, stderr};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, watch};
use tracing::{info, warn};

use crate::config::{ACCEPTED, Configuration};
use crate::daemon::{Daemon, Origin, Progress, Ready, ReadyError, SystemClock, bind};
use crate::store::{Sqlite, Store};
use crate::text::count;

/// Progress is shown when a round of polls takes longer than this.
const PATIENCE: Duration = Duration::from_secs(1);

pub async fn run(origin: Origin, once: bool) -> Result<ExitCode> {
    let ready = match Ready::prepare_accepted(&origin) {
        Err(ReadyError::Configuration(problems)) => return Err(problems.into()),
        ready => ready.context("failed to get ready")?,
    };
    if !ready.configuration.warnings.0.is_empty() {
        eprint!("{}", ready.configuration.warnings);
    }
    if stderr().is_terminal() {
        eprint!("{}", first_words(&origin.folder, &ready.configuration, once));
    }
    // `--once` is over before a hub could call.
    let web = match ready.configuration.web.listen.filter(|_| !once) {
        Some(address) => {
            let bound = bind(address).await;
            Some(bound.with_context(|| format!("failed to listen on {address} (`listen` under [web])"))?)
        }
        None => None,
    };
    let folder = &ready.configuration.store.path;
    let store = Sqlite::open(folder).context("failed to start")?;
    if store.tally().await.context("failed to")?.feeds == 0 {
        say_empty(folder);
    }
    let (stop_sender, stop) = watch::channel(false);
    let reload = Arc::new(Notify::new());
    let (progress, seen) = watch::channel(Progress::default());
    listen(stop_sender, reload.clone())?;
    tokio::spawn(show(seen, once));
    let daemon = Daemon {
        origin,
        ready,
        store: Arc::new(store),
        clock: Arc::new(SystemClock),
        stop,
        reload,
        progress,
        web,
    };
    let ended = if once {
        daemon.run_once().await
    } else {
        daemon.run().await
    };
    ended.context("stopped, since it failed to go on")?;
    Ok(ExitCode::SUCCESS)
}

/// What a person at a terminal reads first: what is watched, where that is written, and how to stop it.
fn first_words(folder: &Path, configuration: &Configuration, once: bool) -> String {
    let receivers: Vec<_> = configuration.recipients.iter().map(|one| one.name.as_str()).collect();
    let stop = if once {
        "Every feed that is due is read once; then it ends."
    } else {
        "A change that you save there is used within seconds. Ctrl-C stops it."
    };
    format!(
        "Wirewatch {}: {}, {}, alerts go to {}.\nConfiguration in {}, memory in {}.\n{stop}\n\n",
        env!("CARGO_PKG_VERSION"),
        count(configuration.feeds.len(), "feed"),
        count(configuration.watchlist.watches().len(), "watch"),
        match receivers.as_slice() {
            [] => "nobody".to_owned(),
            names => names.join(", "),
        },
        folder.display(),
        configuration.store.path.display(),
    )
}

/// SIGTERM and SIGINT stop, a second one at once; SIGHUP reloads.
fn listen(stop: watch::Sender<bool>, reload: Arc<Notify>) -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = terminate.recv() => stop_or_end(&stop),
                _ = interrupt.recv() => stop_or_end(&stop),
                _ = hangup.recv() => reload.notify_one(),
            }
        }
    });
    Ok(())
}

/// Asks the daemon to stop; ends the process if it was asked before. All that matters is on disk at every moment.
fn stop_or_end(stop: &watch::Sender<bool>) {
    if stop.send_replace(true) {
        info!("stopped at once; what did not end is done again at the next start");
        std::process::exit(0);
    }
}

/// On a terminal: how far it is while more feeds are open than one for longer than a second, and a word when the first
/// round is over.
async fn show(mut progress: watch::Receiver<Progress>, once: bool) {
    if !stderr().is_terminal() {
        return;
    }
    let mut line: Option<ProgressBar> = None;
    let mut polled_before = 0;
    let mut first_round = !once;
    loop {
        tokio::time::sleep(PATIENCE).await;
        let now = *progress.borrow_and_update();
        if now.open > 1 {
            let bar = line.get_or_insert_with(|| {
                let style = ProgressStyle::with_template("reading feeds: {pos} of {len}").ok();
                let bar = ProgressBar::new(0);
                style.into_iter().for_each(|style| bar.set_style(style));
                bar
            });
            let done = now.polled - polled_before;
            bar.set_length((done + now.open) as u64);
            bar.set_position(done as u64);
            continue;
        }
        if let Some(line) = line.take() {
            line.finish_and_clear();
        }
        polled_before = now.polled;
        if first_round && now.open == 0 {
            first_round = false;
            info!("no feed is due now; what is new will be shown here");
        }
    }
}

/// A store that is new, or empty although it was used before: what feeds hold now is never alerted.
fn say_empty(folder: &Path) {
    let path = folder.display();
    if folder.join(ACCEPTED).is_dir() {
        warn!(
            "the store in {path} is empty, though one was used here before: what feeds hold now is remembered, not alerted; if \
             there is a backup, stop and use `wirewatch db restore FILE`"
        );
    } else {
        warn!("the store in {path} is new: what feeds hold now is remembered, not alerted");
    }
}
