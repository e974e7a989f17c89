//! A whole Wirewatch for a test: the real daemon with a folder of its own, a clock turned by hand, and real servers for
//! feeds, mail and webhooks. What a test leaves unread or unsent fails it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use wirewatch::daemon::{Clock, Daemon, DaemonError, Origin, Progress, Ready};
use wirewatch::store::{Sqlite, Store};

use super::clock::HandClock;
use super::feed_server::FeedServer;
use super::mail_server::MailServer;
use super::webhook_server::WebhookServer;

pub const START: &str = "2026-03-02T08:00:00Z";

pub struct House {
    folder: TempDir,
    pub clock: Arc<HandClock>,
    pub feeds: FeedServer,
    pub mail: MailServer,
    pub hooks: WebhookServer,
}

/// The loops of a daemon that runs until it is stopped.
pub struct Running {
    stop: watch::Sender<bool>,
    pub reload: Arc<Notify>,
    progress: watch::Receiver<Progress>,
    ended: JoinHandle<Result<(), DaemonError>>,
}

impl House {
    /// Servers, and a configuration with a mail server, no feeds, no watches.
    pub async fn new() -> Self {
        let house = Self {
            folder: tempfile::tempdir().unwrap(),
            clock: Arc::new(HandClock::at(START)),
            feeds: FeedServer::start().await,
            mail: MailServer::start().await,
            hooks: WebhookServer::start().await,
        };
        std::fs::create_dir(house.folder.path().join("config")).unwrap();
        house.write(
            "wirewatch.toml",
            &format!(
                "[store]\npath = {:?}\n[mail]\nserver = \"smtp://{}\"\nfrom = \"Wirewatch <alerts@example.org>\"\n\
                 [polling]\ngap = \"0 s\"\nallow_private = true\n",
                house.folder.path().join("store"),
                house.mail.address(),
            ),
        );
        house
    }

    pub fn config(&self) -> std::path::PathBuf {
        self.folder.path().join("config")
    }

    pub fn store_folder(&self) -> std::path::PathBuf {
        self.folder.path().join("store")
    }

    /// Writes a file of the configuration.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.config().join(name), text).unwrap();
    }

    /// Watches these paths of the feed server, in a table each: `("desk", "/a.xml")`.
    pub fn watch_feeds(&self, feeds: &[(&str, &str)], more: &str) {
        let table =
            |(name, path): &(&str, &str)| format!("[feeds.{name}]\nurls = [\"{}\"]\n{more}\n", self.feeds.url(path));
        self.write("feeds.toml", &feeds.iter().map(table).collect::<String>());
    }

    fn daemon(&self, stop: watch::Receiver<bool>, reload: Arc<Notify>, web: Option<TcpListener>) -> Daemon {
        let origin = Origin {
            folder: self.config(),
            environment: Vec::new(),
        };
        let ready = Ready::prepare(&origin).unwrap_or_else(|error| panic!("{error}"));
        let store = Sqlite::open(&self.store_folder()).unwrap();
        let clock = self.clock.clone();
        let progress = watch::Sender::default();
        Daemon {
            origin,
            ready,
            store: Arc::new(store),
            clock,
            stop,
            reload,
            progress,
            web,
        }
    }

    /// One round of a daemon that is started for it: everything due is polled, everything due is delivered.
    pub async fn round(&self) {
        let (_stop, stopped) = watch::channel(false);
        self.daemon(stopped, Arc::default(), None).run_once().await.unwrap();
    }

    /// Lets time pass, then does a round.
    pub async fn round_after(&self, time: Duration) {
        self.clock.turn(time);
        self.round().await;
    }

    /// Starts the loops.
    pub fn start(&self) -> Running {
        self.start_with(None)
    }

    /// Starts the loops with an address that the world can reach.
    pub fn start_with(&self, web: Option<TcpListener>) -> Running {
        let (stop, stopped) = watch::channel(false);
        let reload = Arc::new(Notify::new());
        let daemon = self.daemon(stopped, reload.clone(), web);
        let progress = daemon.progress.subscribe();
        Running {
            progress,
            stop,
            reload,
            ended: tokio::spawn(daemon.run()),
        }
    }

    /// What is remembered, to read.
    pub fn store(&self) -> Sqlite {
        Sqlite::open_reader(&self.store_folder()).unwrap()
    }

    /// Ends the test: nothing is left unsent or dead.
    pub async fn finish(self) {
        let open = self.store().deliveries(true, 100).await.unwrap();
        assert!(open.is_empty(), "left behind: {open:#?}");
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Running {
    /// Waits until everything was polled that is due at this time of the clock; gives the time of the next look.
    pub async fn settled(&mut self, clock: &HandClock) -> Timestamp {
        let now = clock.now();
        let settled = |progress: &Progress| progress.open == 0 && progress.wake > now;
        self.progress.wait_for(settled).await.unwrap().wake
    }

    /// Stops what does not end by itself: turns the clock until it has ended.
    pub async fn stop_by(self, clock: &HandClock, within: Duration) {
        self.stop.send_replace(true);
        while !self.ended.is_finished() {
            clock.turn(within);
            tokio::task::yield_now().await;
        }
        self.ended.await.unwrap().unwrap();
    }

    pub async fn stop(self) {
        self.stop.send_replace(true);
        self.ended.await.unwrap().unwrap();
    }
}

/// An RSS feed of these items: (guid, title, text).
pub fn rss(title: &str, items: &[(&str, &str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(guid, title, text)| {
            format!(
                "<item><guid isPermaLink=\"false\">{guid}</guid><link>https://news.example/{guid}</link>\
                 <title>{title}</title><description>{text}</description></item>\n"
            )
        })
        .collect();
    format!("<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>{title}</title>\n{items}</channel></rss>\n")
}
