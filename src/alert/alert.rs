//! An alert: one watch, one story, raised once; self-contained, so that it reads the same after the watchlist changed.

use std::fmt;
use std::ops::Range;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::decide::Novelty;
use super::story::StoryId;
use crate::feed::ArticleFate;
use wirewatch_recognition::{EntityKind, Field, Level};
use wirewatch_syndication::EntryKey;

/// Derived from watch, story and, for an update, what was new. Shown as 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AlertId(#[serde(with = "wirewatch_syndication::hex_id")] pub u64);

impl fmt::Display for AlertId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// The story is new to this watch.
    First,
    /// An edit or a later copy brought something new.
    Update { of: AlertId, new: Vec<Novelty> },
}

/// The entry that raised it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// URL of the feed.
    pub feed: String,
    pub feed_title: String,
    pub entry: EntryKey,
    pub title: String,
    pub link: Option<String>,
    pub published: Option<Timestamp>,
}

/// Why it came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// One sentence without its final stop, from [`wirewatch_recognition::Verdict::sentence`].
    pub because: String,
    /// What was found, as it stands in the text, without repeats.
    pub found: Vec<Found>,
    /// The groups and places among them, and those that answer `where`, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<Named>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// As it stands in the text.
    pub text: String,
    /// The term as written in the watchlist.
    pub term: String,
    /// Id and canonical name of the group or place.
    pub entity: Option<(String, String)>,
}

/// A group or place, as machines read it: the shape of a mention that `scan` writes, with where it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// Stable: `group:jnim`, `geonames:2453866`.
    pub entity: String,
    pub kind: EntityKind,
    pub name: String,
    /// Of a place, ISO 3166-1 alpha-2; `None` for a group, and for a region of several.
    pub country: Option<String>,
    /// Degrees, of a place that is small enough to be at one point.
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// From the nearest place that the watch measures from, and which that is.
    pub distance_km: Option<f64>,
    pub from: Option<String>,
    /// 0 to 1.
    pub confidence: f32,
    pub field: Field,
    /// As it stands in the entry.
    pub text: String,
}

/// The part of the text around what was found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Excerpt {
    pub text: String,
    /// Bytes of `text` to highlight.
    pub marks: Vec<Range<usize>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    pub id: AlertId,
    pub story: StoryId,
    pub kind: Kind,
    /// Name and title of the watch.
    pub watch: String,
    pub watch_title: String,
    pub level: Level,
    pub raised: Timestamp,
    pub origin: Origin,
    pub reason: Reason,
    pub excerpt: Excerpt,
    /// What became of its entry's article, where that was wanted; the store fills it in when it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleFate>,
}

/// Something that the operator is told of the service itself: a feed that fails, a receiver that refuses, a heartbeat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// Derived from what it is about and when, so that one occasion gives one notice.
    pub id: u64,
    pub raised: Timestamp,
    pub title: String,
    pub lines: Vec<String>,
}
