//! What is configured for a feed, and what is remembered of it between polls.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::schedule::NextPoll;

/// What happens to the entries that a feed already holds when it is first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Backfill {
    /// Remembered, never alerted.
    #[default]
    Remember,
    /// Alerted like new ones.
    All,
    /// Alerted where published (or, undated, never) within this time before the first poll.
    Within(Duration),
}

/// Whether the entry's link is opened for the whole article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FullText {
    #[default]
    Never,
    WhenShort,
    Always,
}

/// How far the operator trusts a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trust {
    Low,
    #[default]
    Normal,
    High,
}

/// One feed as configured: ready, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedSettings {
    /// Its identity: `https:`, `http:` or `file:`, normalised.
    pub url: Url,
    /// The `[feeds.NAME]` table it stands in; watches refer to it by `feeds = ["NAME"]`.
    pub group: String,
    /// A name of its own to show, where written.
    pub title: Option<String>,
    pub backfill: Backfill,
    pub full_text: FullText,
    pub trust: Trust,
    /// ISO 3166-1 alpha-2, where written.
    pub country: Option<String>,
    /// BCP 47, where written; overrides what the feed says.
    pub language: Option<String>,
    /// Bounds of the pace for this feed.
    pub fastest: Duration,
    pub slowest: Duration,
}

impl FeedSettings {
    /// A feed of which nothing is written but its address and its table.
    pub fn new(url: Url, group: &str) -> Self {
        Self {
            url,
            group: group.to_owned(),
            title: None,
            backfill: Backfill::default(),
            full_text: FullText::default(),
            trust: Trust::default(),
            country: None,
            language: None,
            fastest: Duration::from_secs(5 * 60),
            slowest: Duration::from_secs(60 * 60),
        }
    }
}

/// What the server said of the representation, kept verbatim and sent back verbatim (RFC 9110 §8.8).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// A permanent redirect that is being watched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub to: String,
    pub since: Timestamp,
}

/// How often a feed brings something new.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Rhythm {
    /// Seconds between new entries, newest last; at most 32.
    pub gaps_secs: Vec<u32>,
    pub newest_entry: Option<Timestamp>,
}

/// What is remembered of a feed between polls: one row of the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedMemory {
    /// [`FeedSettings::url`] as text.
    pub url: String,
    pub title: Option<String>,
    pub validators: Validators,
    /// Hash of the last whole body that was read, so that an unchanged one is not parsed again.
    pub body_hash: Option<u64>,
    pub next: NextPoll,
    pub first_read: Option<Timestamp>,
    pub last_polled: Option<Timestamp>,
    /// The last poll that brought a readable feed or 304.
    pub last_read: Option<Timestamp>,
    /// Failed polls in a row.
    pub failures: u32,
    pub failing_since: Option<Timestamp>,
    /// As words for a person; `None` while the feed is fine.
    pub last_error: Option<String>,
    /// Entries in the last body that was read.
    pub entries_last: u32,
    /// What the pre-pass mended in the last body, as words.
    pub repairs: Vec<String>,
    pub moved: Option<Move>,
    pub rhythm: Rhythm,
}

impl FeedMemory {
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
            entries_last: 0,
            repairs: Vec::new(),
            moved: None,
            rhythm: Rhythm::default(),
        }
    }
}
