//! Everything about an entry that needs no story: its content hash, its sketch, and for each verdict the reason in words.
//! Made before the lock on the stories is taken, on any thread: strangers choose how long an entry is, and nobody else
//! decides while the lock is held.

use wirewatch_recognition::{Document, Examined, StatedPosition, Watchlist};
use wirewatch_syndication::Entry;

use super::alert::{Excerpt, Reason};
use super::facts::Facts;
use super::document_numbers::Numbers;
use super::fingerprint::PartialFingerprint;
use super::official::standing_of;
use super::reason::{excerpt, mentions, reason};
use super::content_hash::content_hash;
use super::stated::stated_position;
use crate::feed::FeedSettings;

/// An entry, ready to be assessed.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(super) content_hash: u64,
    /// `None` where it is made when a story asks for it.
    pub(super) sketch: Option<PartialFingerprint>,
    /// One for each verdict, in their order.
    pub(super) findings: Vec<Finding>,
}

/// A verdict in words.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) because: String,
    /// Where the watch fires.
    pub(super) firing: Option<Firing>,
}

/// The parts of an alert that need no story.
#[derive(Debug, Clone)]
pub(super) struct Firing {
    pub(super) reason: Reason,
    pub(super) facts: Facts,
    pub(super) excerpt: Excerpt,
}

impl Prepared {
    /// Prepares an entry. Its cost is linear in the entry; `sketch` is that of the entry, where a story may ask for it.
    pub fn of(
        entry: &Entry,
        examined: &Examined,
        watchlist: &Watchlist,
        feed: &FeedSettings,
        sketch: Option<PartialFingerprint>,
    ) -> Self {
        let position = stated_position(entry);
        let document = document(entry, feed, position.as_ref());
        let numbers = Numbers::new(document);
        let findings = examined.verdicts.iter().map(|verdict| {
            let because = verdict.sentence(watchlist, document, examined);
            let firing = verdict.fires().then(|| {
                let mentions = mentions(examined, verdict);
                let (reason, mut facts) = reason(watchlist, document, examined, verdict, &because, &numbers);
                facts.learn(&standing_of(entry));
                Firing {
                    reason,
                    facts,
                    excerpt: excerpt(document, &mentions),
                }
            });
            Finding { because, firing }
        });
        Self {
            content_hash: sketch
                .as_ref()
                .map_or_else(|| content_hash(entry), |sketch| sketch.content_hash),
            findings: findings.collect(),
            sketch,
        }
    }
}

/// The part of an entry that is examined.
fn document<'a>(entry: &'a Entry, feed: &'a FeedSettings, position: Option<&'a StatedPosition>) -> Document<'a> {
    Document {
        title: &entry.title,
        text: &entry.text,
        feed: Some(&feed.group),
        country: feed.country.as_deref(),
        language: entry.language.as_deref(),
        publisher: entry.publisher.as_deref(),
        boilerplate: &[],
        position,
    }
}
