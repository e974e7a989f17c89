//! Everything about an entry that needs no story: its content hash, its sketch, and for each verdict the reason in words.
//! Made before the lock on the stories is taken, on any thread: strangers choose how long an entry is, and nobody else
//! decides while the lock is held.

use wirewatch_recognition::{Document, Examined, StatedPosition, Watchlist};
use wirewatch_syndication::Entry;

use super::official::standing_of;
use crate::alert::alert::{Excerpt, Reason};
use crate::alert::reason::{Numbers, excerpt, mentions, reason, stated_position};
use crate::alert::story::{Facts, PartialFingerprint, content_hash};
use crate::feed::FeedSettings;

/// An entry, ready to be assessed.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(crate) content_hash: u64,
    /// `None` where it is made when a story asks for it.
    pub(crate) sketch: Option<PartialFingerprint>,
    /// One for each verdict, in their order.
    pub(crate) findings: Vec<Finding>,
}

/// A verdict in words.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) because: String,
    /// Where the watch fires.
    pub(crate) firing: Option<Firing>,
}

/// The parts of an alert that need no story.
#[derive(Debug, Clone)]
pub(crate) struct Firing {
    pub(crate) reason: Reason,
    pub(crate) facts: Facts,
    pub(crate) excerpt: Excerpt,
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
                    excerpt: excerpt(document, &mentions, verdict.placed.as_deref()),
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

impl Prepared {
    /// Drops what only an alert shows. For entries of a feed's backlog: they raise none, and there may be thousands.
    pub fn for_backlog(mut self) -> Self {
        for firing in self.findings.iter_mut().filter_map(|finding| finding.firing.as_mut()) {
            firing.reason = Reason::default();
            firing.excerpt = Excerpt::default();
        }
        self
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
