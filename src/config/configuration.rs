//! The configuration as it is run: checked and resolved.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Time;
use url::Url;

use super::lists::Sense;
use super::source::Problems;
use crate::alert::Recipient;
use crate::deliver::{MailServer, Receiver};
use crate::feed::FeedSettings;
use crate::net::{PrivateAddresses, Via};
use wirewatch_recognition::Watchlist;

#[derive(Debug, Clone, PartialEq)]
pub struct StoreSettings {
    /// The folder of the SQLite file.
    pub path: PathBuf,
    /// How long texts, alerts and finished deliveries are kept.
    pub keep: Duration,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Polling {
    pub fastest: Duration,
    pub slowest: Duration,
    /// Feeds that are asked at the same time.
    pub at_once: usize,
    /// Between two requests to one host.
    pub gap: Duration,
    pub timeout: Duration,
    /// For how long an article is tried again after the feed brought its entry.
    pub article_wait: Duration,
    /// Decoded bytes of one feed.
    pub max_bytes: u64,
    /// Who answers for the requests: a mail or web address, in the User-Agent.
    pub contact: Option<String>,
    pub private_addresses: PrivateAddresses,
    /// The way of all requests, unless a feed has its own.
    pub via: Via,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// Names of receivers; empty: nobody.
    pub tell: Vec<String>,
    /// A feed that fails this long is told.
    pub feed_failing_for: Duration,
    /// Local time of a daily sign of life.
    pub heartbeat: Option<Time>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Web {
    /// Where others reach us, taken at the start.
    pub listen: Option<SocketAddr>,
    /// How the world writes that; ends with a slash. Without it no hub is asked.
    pub public: Option<Url>,
}

#[derive(Debug)]
pub struct Configuration {
    pub store: StoreSettings,
    pub polling: Polling,
    pub health: Health,
    pub web: Web,
    pub mail: Option<MailServer>,
    pub feeds: Vec<FeedSettings>,
    pub receivers: Vec<Receiver>,
    pub recipients: Vec<Recipient>,
    pub watchlist: Arc<Watchlist>,
    pub warnings: Problems,
    /// Examples of watches that do not hold; see [`Configuration::examples_hold`].
    pub broken_examples: Problems,
    /// Every file that was read (`*.toml`, OPML), for noticing a change. Secrets are read at each use.
    pub files: Vec<PathBuf>,
    /// What names of places were taken for, in the order of the files.
    pub senses: Vec<Sense>,
}

impl Configuration {
    /// Returns the configuration if every example holds, else all that is to be said about it.
    pub fn examples_hold(self) -> Result<Self, Problems> {
        if self.broken_examples.is_empty() {
            return Ok(self);
        }
        let all = self.warnings.0.into_iter().chain(self.broken_examples.0);
        Err(Problems::ordered(all.collect()))
    }
}
