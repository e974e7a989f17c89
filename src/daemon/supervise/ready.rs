//! Everything that a reload replaces, made whole before anything that runs is touched.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hashbrown::HashMap;
use thiserror::Error;

use super::accepted::Accepted;
use crate::config::{Configuration, EnvVar, Problems, load, load_with_examples};
use crate::deliver::Sender;
use crate::feed::{FeedSettings, FullText};
use crate::net::{Client, ClientSettings, NetError, PrivateAddresses};
use crate::text::count;

/// Fragments that complete "failed to get ready: …".
#[derive(Debug, Error)]
pub enum ReadyError {
    #[error("the configuration has problems\n{0}")]
    Configuration(Problems),
    #[error(transparent)]
    Client(#[from] NetError),
    #[error("{0}")]
    Receiver(String),
    #[error("the files of the configuration cannot be read")]
    Files(#[from] std::io::Error),
}

/// Where the configuration comes from.
#[derive(Debug, Clone)]
pub struct Origin {
    pub folder: PathBuf,
    pub environment: Vec<EnvVar>,
}

/// A configuration with what was made of it.
#[derive(Debug)]
pub struct Ready {
    pub configuration: Configuration,
    /// Its files as they were read; `None` where it is not to be kept.
    pub accepted: Option<Accepted>,
    /// For feeds: private addresses only where the configuration allows them.
    pub client: Client,
    /// For articles: the same, with a smaller size.
    pub articles: Client,
    pub sender: Sender,
    /// The articles of any feed are opened.
    pub opens_articles: bool,
    /// This map's hash is cheaper than the standard one's, and addresses are the operator's, not a stranger's.
    feeds: HashMap<String, Arc<FeedSettings>>,
}

impl Ready {
    /// Reads the configuration and makes everything that can fail.
    pub fn prepare(origin: &Origin) -> Result<Arc<Self>, ReadyError> {
        let configuration = load(&origin.folder, &origin.environment).map_err(ReadyError::Configuration)?;
        Self::of(configuration)
    }

    /// The same for a daemon that starts or reloads: files that were accepted before and have not changed since are
    /// accepted again, whatever an upgrade made of their examples.
    pub fn prepare_accepted(origin: &Origin) -> Result<Arc<Self>, ReadyError> {
        let read = load_with_examples(&origin.folder, &origin.environment).map_err(ReadyError::Configuration)?;
        let accepted = Accepted::of(&origin.folder, &origin.environment, &read)?;
        let configuration = match accepted.is_last(&read.store.path) {
            true => read,
            false => read.examples_hold().map_err(ReadyError::Configuration)?,
        };
        Self::with(configuration, Some(accepted))
    }

    pub fn of(configuration: Configuration) -> Result<Arc<Self>, ReadyError> {
        Self::with(configuration, None)
    }

    fn with(configuration: Configuration, accepted: Option<Accepted>) -> Result<Arc<Self>, ReadyError> {
        let client = feed_client(&configuration)?;
        let articles = client.limited_to(configuration.polling.max_bytes.min(PAGE_BYTES));
        // A webhook is the operator's own address, and most often on a private network.
        let webhooks = client.beside(PrivateAddresses::Allowed)?;
        let sender = Sender::new(configuration.receivers.clone(), configuration.mail.clone(), webhooks)
            .map_err(ReadyError::Receiver)?;
        let feeds = configuration
            .feeds
            .iter()
            .map(|feed| (feed.url.as_str().to_owned(), Arc::new(feed.clone())))
            .collect();
        let opens_articles = configuration.feeds.iter().any(|feed| feed.full_text != FullText::Never);
        Ok(Arc::new(Self {
            opens_articles,
            configuration,
            accepted,
            client,
            articles,
            sender,
            feeds,
        }))
    }

    /// "watching 43 feeds with 7 watches".
    pub fn summary(&self) -> String {
        let feeds = count(self.configuration.feeds.len(), "feed");
        let watches = count(self.configuration.watchlist.watches().len(), "watch");
        format!("watching {feeds} with {watches}")
    }

    /// The settings of a feed, by its URL as text.
    pub fn feed(&self, url: &str) -> Option<&Arc<FeedSettings>> {
        self.feeds.get(url)
    }
}

/// A page of more bytes is no article; what is beyond is not read.
const PAGE_BYTES: u64 = 5_000_000;

/// The client for feeds and pages, as the configuration wants it.
pub fn feed_client(configuration: &Configuration) -> Result<Client, NetError> {
    let polling = &configuration.polling;
    Client::new(ClientSettings {
        user_agent: user_agent(polling.contact.as_deref()),
        timeout: polling.timeout,
        max_bytes: polling.max_bytes,
        private_addresses: polling.private_addresses,
        via: polling.via.clone(),
    })
}

/// Names the program and who answers for its requests, as RFC 9110 §10.1.5 asks.
fn user_agent(contact: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match contact {
        Some(contact) => format!("Wirewatch/{version} (feed reader; {contact})"),
        None => format!("Wirewatch/{version} (feed reader)"),
    }
}

/// Whether two looks at the folder saw the same files: names, sizes and times.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fingerprint(Vec<(PathBuf, u64, Option<std::time::SystemTime>)>);

impl Fingerprint {
    /// Looks at every `*.toml` of the folder and at `more` (OPML files).
    pub fn of(folder: &Path, more: &[PathBuf]) -> Self {
        let listed = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path());
        let mut files: Vec<PathBuf> = listed
            .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
            .collect();
        files.extend(more.iter().cloned());
        files.sort();
        files.dedup();
        let look = |path: PathBuf| {
            let seen = std::fs::metadata(&path).ok();
            let (size, time) = seen.map_or((0, None), |seen| (seen.len(), seen.modified().ok()));
            (path, size, time)
        };
        Self(files.into_iter().map(look).collect())
    }
}
