//! What is configured for a feed, and what is remembered of it between polls.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::rhythm::Rhythm;
use super::seat::seat_country;
use super::told::Told;
use super::trouble::Trouble;
use crate::feed::history::{Arrivals, Countries, History};
use crate::feed::schedule::NextPoll;
use crate::feed::websub::Offer;
use crate::net::ShownAddress;
use wirewatch_syndication::{GeoPoint, derive_id};

/// What the server said of the representation, kept verbatim and sent back verbatim (RFC 9110 §8.8).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// A permanent redirect that is being watched, or was adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub to: String,
    pub since: Timestamp,
    /// The first answer from there held entries of this feed that were known, or was one that had not changed.
    #[serde(default)]
    pub same_feed: bool,
}

/// A server's demand to be left alone (429 and 503 with `Retry-After`), which holds for all feeds of its site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// The host that answered.
    pub host: String,
    pub until: Timestamp,
}

/// Entries that are left out of every body of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surplus {
    /// Of the last body.
    pub entries: u32,
    pub since: Timestamp,
    pub told: bool,
}

/// What is remembered of a feed between polls: one row of the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedState {
    /// `FeedSettings::url` as text.
    pub url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    pub validators: Validators,
    /// Hash of the last whole body that was read, so that an unchanged one is not parsed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_hash: Option<u64>,
    pub next: NextPoll,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_read: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_polled: Option<Timestamp>,
    /// The last poll that brought a readable feed or 304.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_read: Option<Timestamp>,
    /// Failed polls in a row.
    pub failures: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
    /// As words for a person; `None` while the feed is fine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    /// The kind of `last_error`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
    /// A feed that the page suggests which came instead of this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggests: Option<String>,
    /// It was empty once and had entries again: that is how it is, and no trouble.
    #[serde(default)]
    pub empty_at_times: bool,
    /// What was told of it and still holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
    /// When its store was restored from a backup, until it is read again: what comes then may have been told before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored: Option<Timestamp>,
    /// Entries in the last body that was read.
    pub entries_last: u32,
    /// Entries of the last body that were left out, since it had too many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surplus: Option<Surplus>,
    /// Since when a large answer is being read. Found at a start, it says that the reading never ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading_since: Option<Timestamp>,
    /// What the pre-pass mended in the last body, as words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Move>,
    /// Where the feed is asked for instead of at its address in the configuration, which stays its identity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted: Option<Move>,
    /// Where the validators came from, after redirects; they are sent to that site alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validators_from: Option<String>,
    /// `max-age` of the last whole answer; a 304 that says nothing of its own renews it (RFC 9111 §4.3.4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age_secs: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<Pause>,
    /// When the answer was last another than the one before, byte for byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Timestamp>,
    /// How long the last answers took, newest last; at most eight.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answer_millis: Vec<u32>,
    #[serde(default)]
    pub arrivals: Arrivals,
    /// The hub that it offered last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub: Option<Offer>,
    pub rhythm: Rhythm,
    /// What it listed before.
    #[serde(default)]
    pub past: History,
    /// Hashes of paragraphs that most of its entries share.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub boilerplate: Vec<u64>,
    /// How often its entries named places of each country lately (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub countries: Countries,
    /// Where its publisher is, if it states that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<GeoPoint>,
}

/// Returns the id by which a feed is named to receivers, which are not shown its whole address: 16 hex digits, the same for as
/// long as the address is.
pub fn feed_id(url: &str) -> String {
    format!("{:016x}", derive_id(&["feed", url]))
}

impl FeedState {
    /// Returns the address as it may be shown; [`Self::url`] is a key, and holds passwords and tokens.
    pub fn shown(&self) -> ShownAddress {
        ShownAddress::of_text(&self.url)
    }

    /// Returns the country that the feed has shown to report from, ISO 3166-1 alpha-2: that of most of its entries, else
    /// that of its publisher's seat.
    pub fn home(&self) -> Option<&str> {
        self.countries.home().or_else(|| self.seat.and_then(seat_country))
    }

    /// A feed that was never polled, due at `at`.
    pub fn unread(url: &Url, at: Timestamp) -> Self {
        Self {
            url: url.as_str().to_owned(),
            title: None,
            validators: Validators::default(),
            body_hash: None,
            next: NextPoll::first(at),
            first_read: None,
            last_polled: None,
            last_read: None,
            failures: 0,
            failing_since: None,
            last_error: None,
            trouble: None,
            suggests: None,
            empty_at_times: false,
            told: None,
            restored: None,
            entries_last: 0,
            surplus: None,
            reading_since: None,
            repairs: Vec::new(),
            moved: None,
            adopted: None,
            validators_from: None,
            max_age_secs: None,
            pause: None,
            changed: None,
            answer_millis: Vec::new(),
            arrivals: Arrivals::default(),
            hub: None,
            rhythm: Rhythm::default(),
            past: History::default(),
            boilerplate: Vec::new(),
            countries: Countries::default(),
            seat: None,
        }
    }
}
