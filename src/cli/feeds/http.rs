//! Asking for feeds outside the daemon, as politely: one request at a time for a host, with the same pause between two.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use jiff::Timestamp;
use tokio::sync::Mutex as Turn;
use tokio::time::Instant;
use url::Url;

use crate::config::Configuration;
use crate::daemon::{Clock, SystemClock, feed_client};
use crate::feed::{Answer, FeedSettings, FeedState, Look, fetch};
use crate::net::{Client, ClientSettings, PrivateAddresses};

/// Between two requests to one host, where no configuration says otherwise.
const GAP: Duration = Duration::from_secs(2);

/// One that asks, and remembers whom it asked.
pub struct Asker {
    client: Client,
    gap: Duration,
    /// When each host may be asked again.
    hosts: Mutex<HashMap<String, Arc<Turn<Option<Instant>>>>>,
}

impl Asker {
    /// As the daemon of a configuration asks.
    pub fn new(configuration: &Configuration) -> Result<Self> {
        Ok(Self::of(feed_client(configuration)?, configuration.polling.gap))
    }

    /// For somebody who types an address, and may mean one of their own network.
    pub fn for_a_person(configuration: Option<&Configuration>) -> Result<Self> {
        let polling = configuration.map(|configuration| &configuration.polling);
        let contact = polling.and_then(|polling| polling.contact.as_deref());
        let contact = contact.map(|contact| format!("; {contact}")).unwrap_or_default();
        let client = Client::new(ClientSettings {
            user_agent: format!("Wirewatch/{} (feed reader{contact})", env!("CARGO_PKG_VERSION")),
            timeout: polling.map_or(Duration::from_secs(30), |polling| polling.timeout),
            max_bytes: polling.map_or(64 << 20, |polling| polling.max_bytes),
            private_addresses: PrivateAddresses::Allowed,
            via: polling.map(|polling| polling.via.clone()).unwrap_or_default(),
        })?;
        Ok(Self::of(client, polling.map_or(GAP, |polling| polling.gap)))
    }

    fn of(client: Client, gap: Duration) -> Self {
        Self {
            client,
            gap,
            hosts: Mutex::default(),
        }
    }

    /// Asks once, when it is the host's turn.
    pub async fn ask(&self, feed: &FeedSettings) -> (Answer, Look) {
        let host = feed.url.host_str().unwrap_or_default().to_owned();
        let turn = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            hosts.entry(host).or_default().clone()
        };
        let mut asked = turn.lock().await;
        if let Some(last) = asked.filter(|_| feed.url.has_host()) {
            tokio::time::sleep_until(last + self.gap).await;
        }
        let unread = FeedState::unread(&feed.url, SystemClock.now());
        let answer = fetch(&self.client, &unread, feed, SystemClock.now()).await;
        *asked = Some(Instant::now());
        drop(asked);
        let look = Look::of(&answer, feed, SystemClock.now());
        (answer, look)
    }

    /// Asks an address of which nothing is configured.
    pub async fn ask_url(&self, url: &Url) -> (Answer, Look) {
        self.ask(&FeedSettings::new(url.clone(), "")).await
    }
}

/// "20 entries, the newest 14 minutes ago".
pub fn contents(look: &Look, now: Timestamp) -> String {
    let entries = crate::text::count(look.entries, "entry");
    match look.newest {
        Some(newest) if look.entries > 0 => {
            format!("{entries}, the newest {}", crate::cli::print::relative(newest, now))
        }
        _ if look.entries > 0 => format!("{entries}, without dates"),
        _ => "no entries".to_owned(),
    }
}
