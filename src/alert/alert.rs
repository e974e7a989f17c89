//! An alert: one watch, one story, raised once; self-contained, so that it reads the same after the watchlist changed.

use std::ops::Range;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use wirewatch_recognition::{EntityKind, Field, Level};
use wirewatch_syndication::EntryKey;

use super::bounds::{BECAUSE, EXCERPT, FOUND, HEADLINE, MARKS, OUTLET, QUOTE};
use super::ids::{AlertId, StoryId};
use super::story::Novelty;
use crate::feed::ArticleFate;
use crate::text::{LINK, shorten};

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
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
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
    /// It may have been sent before: its feed was first read after its store was restored from a backup.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub perhaps_sent: bool,
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

impl Alert {
    /// The alert as it would be made today.
    pub fn bounded(mut self) -> Self {
        let cut = |text: &mut String, most: usize| {
            // A short text has no more characters than bytes.
            if text.len() > most {
                *text = shorten(text, most);
            }
        };
        cut(&mut self.watch_title, HEADLINE);
        cut(&mut self.origin.title, HEADLINE);
        cut(&mut self.origin.feed_title, OUTLET);
        self.origin.link = self.origin.link.filter(|link| link.len() <= LINK);
        cut(&mut self.reason.because, BECAUSE);
        self.reason.found.truncate(FOUND);
        for found in &mut self.reason.found {
            cut(&mut found.text, QUOTE);
            cut(&mut found.term, HEADLINE);
        }
        self.reason.named.truncate(NAMED);
        for named in &mut self.reason.named {
            cut(&mut named.text, QUOTE);
        }
        let excerpt = &mut self.excerpt;
        cut(&mut excerpt.text, EXCERPT + 10);
        // The last character may be the sign that it was cut.
        excerpt.marks.retain(|mark| excerpt.text.get(mark.clone()).is_some());
        excerpt.marks.truncate(MARKS);
        if let Kind::Update { new, .. } = &mut self.kind {
            new.truncate(super::story::MOST_SAID);
        }
        if let Some(ArticleFate::NotRead { why, .. }) = &mut self.article {
            cut(why, BECAUSE);
        }
        self
    }
}

const NAMED: usize = 64;
