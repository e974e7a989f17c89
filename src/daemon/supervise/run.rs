//! Starts the loops, and stops them. A loop that ends on its own is an error that ends the process: what is recorded is
//! due again when it comes back.

use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, Notify, Semaphore, mpsc, watch};
use tokio::task::{JoinError, JoinSet};
use tracing::info;

use super::clock::Clock;
use super::clock_watch::{clock_watch, settle_at_start};
use super::examples::{keep, tell_broken_examples};
use super::pulses::Pulses;
use super::ready::{Origin, Ready};
use super::reload::reloader;
use super::shared::Shared;
use super::systemd;
use super::watch_over::{WatchOverError, stories_since, tell_heartbeats, watch_over};
use crate::alert::RecentStories;
use crate::daemon::articles::{ArticleError, Hosts, articles};
use crate::daemon::deliver::{NotifyError, notifier};
use crate::daemon::health::Gathering;
use crate::daemon::hubs::{HubError, Hubs, WAITING, callbacks, hubs};
use crate::daemon::poll::{LONG_TEXTS_AT_ONCE, PollError, Progress, poller};
use crate::store::{Store, StoreError};

/// Fragments that complete "failed to …".
#[derive(Debug, Error)]
pub enum DaemonError {
    #[error(transparent)]
    Poll(#[from] PollError),
    #[error(transparent)]
    Article(#[from] ArticleError),
    #[error(transparent)]
    Notify(#[from] NotifyError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Hub(#[from] HubError),
    #[error(transparent)]
    WatchOver(#[from] WatchOverError),
    #[error("keep running: a loop ended early")]
    Loop(#[from] JoinError),
}

/// What is under way when the daemon shall stop has this long to end. All of it is on disk, and due again at a start.
const STOP_WITHIN: Duration = Duration::from_secs(10);

/// Everything that a daemon is started with.
#[derive(Debug)]
pub struct Daemon {
    pub origin: Origin,
    pub ready: Arc<Ready>,
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    /// Becomes true when it shall stop.
    pub stop: watch::Receiver<bool>,
    /// Rung for a reload.
    pub reload: Arc<Notify>,
    pub progress: watch::Sender<Progress>,
    /// What `[web] listen` names, bound; see [`crate::daemon::bind`].
    pub web: Option<TcpListener>,
}

impl Daemon {
    /// Runs until told to stop.
    pub async fn run(mut self) -> Result<(), DaemonError> {
        let (ready, shared) = self.share().await?;
        let mut loops: JoinSet<Result<&'static str, DaemonError>> = JoinSet::new();
        let web = self.web.take();
        let stop = || self.stop.clone();
        let (pushes, news) = mpsc::channel(WAITING);
        if let Some(listener) = web {
            let (shared, stop) = (shared.clone(), stop());
            loops.spawn(async move {
                callbacks(shared, listener, pushes, stop).await;
                Ok("web")
            });
        }
        {
            let (shared, stop) = (shared.clone(), stop());
            loops.spawn(async move { Ok(hubs(shared, stop).await.map(|()| "hub")?) });
        }
        {
            let (shared, stop, progress) = (shared.clone(), stop(), self.progress.clone());
            loops.spawn(async move { Ok(poller(shared, stop, progress, news, false).await.map(|()| "poll")?) });
        }
        {
            let (shared, stop) = (shared.clone(), stop());
            loops.spawn(async move { Ok(notifier(shared, stop, false).await.map(|()| "notify")?) });
        }
        {
            let (shared, stop) = (shared.clone(), stop());
            loops.spawn(async move { Ok(articles(shared, stop, false).await.map(|()| "article")?) });
        }
        {
            let (shared, stop) = (shared.clone(), stop());
            loops.spawn(async move { Ok(clock_watch(shared, stop).await.map(|()| "clock")?) });
        }
        {
            let (shared, stop) = (shared.clone(), stop());
            loops.spawn(async move { Ok(watch_over(shared, stop).await.map(|()| "watch over")?) });
        }
        {
            let (shared, stop, origin, asked) = (shared.clone(), stop(), self.origin.clone(), self.reload.clone());
            loops.spawn(async move { Ok(reloader(shared, origin, ready, asked, stop).await.map(|()| "reload")?) });
        }
        {
            let (shared, stop) = (shared.clone(), stop());
            loops.spawn(async move {
                systemd::watchdog(shared, stop).await;
                Ok("watchdog")
            });
        }
        systemd::ready(&self.ready.summary());
        let mut last_moment = None;
        let mut stop = self.stop.clone();
        loop {
            tokio::select! {
                ended = loops.join_next() => match ended {
                    None => return Ok(()),
                    Some(ended) => {
                        let name = ended??;
                        tracing::debug!("the {name} loop stopped");
                    }
                },
                _ = stop.wait_for(|stop| *stop), if last_moment.is_none() => {
                    last_moment = Some(self.clock.now() + STOP_WITHIN);
                    systemd::stopping();
                    info!("stopping: what is under way has ten seconds to end");
                }
                () = self.clock.until(last_moment.unwrap_or_default()), if last_moment.is_some() => {
                    info!("stopped before all had ended; what did not end is done again at the next start");
                    return Ok(());
                }
            }
        }
    }

    /// Polls what is due, delivers what is due, and ends: for cron.
    pub async fn run_once(self) -> Result<(), DaemonError> {
        let (_ready, shared) = self.share().await?;
        let (_, news) = mpsc::channel(1);
        // Among the polls, as the daemon's: a loop on the thread that waits for the end would be woken by each of them.
        let polling = poller(shared.clone(), self.stop.clone(), self.progress.clone(), news, true);
        tokio::spawn(polling).await??;
        articles(shared.clone(), self.stop.clone(), true).await?;
        tell_heartbeats(&shared, shared.clock.now()).await?;
        notifier(shared, self.stop.clone(), true).await?;
        Ok(())
    }

    async fn share(&self) -> Result<(watch::Sender<Arc<Ready>>, Arc<Shared>), StoreError> {
        let now = self.clock.now();
        let stories = self.store.stories(stories_since(now)).await?;
        let (sender, receiver) = watch::channel(self.ready.clone());
        let shared = Shared {
            store: self.store.clone(),
            clock: self.clock.clone(),
            ready: receiver,
            stories: Mutex::new(RecentStories::new(stories)),
            deliveries: Notify::new(),
            articles: Notify::new(),
            hosts: Hosts::default(),
            hubs: Hubs::new(self.store.subscriptions().await?),
            long_texts: Semaphore::new(LONG_TEXTS_AT_ONCE),
            network: std::sync::Mutex::default(),
            gathering: Gathering::default(),
            steps: watch::Sender::default(),
            pulses: Pulses::new(self.clock.steady()),
        };
        keep(&self.ready, &self.ready.configuration.store.path);
        tell_broken_examples(&shared, now).await?;
        settle_at_start(&shared).await?;
        Ok((sender, Arc::new(shared)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_says_each_cause_once() {
        let full = || StoreError::Failed {
            doing: "record a poll",
            why: "the disk is full".to_owned(),
        };
        for error in [
            DaemonError::Store(full()),
            DaemonError::Poll(PollError::Store(full())),
            DaemonError::Article(ArticleError::Store(full())),
            DaemonError::Notify(NotifyError::Store(full())),
            DaemonError::Hub(HubError::Store(full())),
            DaemonError::WatchOver(WatchOverError::Store(full())),
        ] {
            let line = format!("{:#}", anyhow::Error::new(error));
            assert_eq!(line.matches("the disk is full").count(), 1, "{line}");
        }
    }
}
