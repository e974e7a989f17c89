//! Everything that one poll leaves behind, written in one transaction.

use serde::{Deserialize, Serialize};

use super::alert::{Alert, Notice};
use super::assess::{Assessed, Assessment, Context, Seen, document};
use super::decide::Decision;
use super::link::canonical;
use super::route::{Delivery, Recipient, route};
use super::story::{StoryId, StoryRecord};
use crate::feed::{Entry, EntryKey, FeedMemory, derive_id};

/// An entry, new or changed, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRecord {
    pub entry: Entry,
    pub content_hash: u64,
    pub story: Option<StoryId>,
    /// What `why` prints.
    pub fate: Fate,
}

/// What became of an entry: each watch that a term touched, whether it fired, why, and what was decided.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Fate {
    pub watches: Vec<WatchFate>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WatchFate {
    pub watch: String,
    pub because: String,
    /// `None` where the watch did not fire.
    pub decision: Option<Decision>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub feed: FeedMemory,
    /// Every key of the body that was read, so that `prune` keeps those that the feed still shows; none where no body was
    /// read. [`record`] leaves it to the caller.
    pub shown: Vec<EntryKey>,
    pub entries: Vec<EntryRecord>,
    pub stories: Vec<StoryRecord>,
    pub alerts: Vec<Alert>,
    pub deliveries: Vec<Delivery>,
    /// What is told of the feed or the network, with the deliveries of each; [`record`] leaves it to the caller.
    pub notices: Vec<(Notice, Vec<Delivery>)>,
}

/// Over title, text and canonical link; dates are left out, so that a rewritten date is no change, as are links that are
/// another one at every fetch.
pub fn content_hash(entry: &Entry) -> u64 {
    hash_of(entry, entry.link.as_deref().and_then(canonical).as_deref())
}

/// [`content_hash`] of an entry whose canonical link is known.
pub(super) fn hash_of(entry: &Entry, page: Option<&str>) -> u64 {
    derive_id(&["content", &entry.title, &entry.text, page.unwrap_or_default()])
}

/// Gathers what is to be written. `feed` is [`crate::feed::Reading::memory`].
pub fn record(
    feed: FeedMemory,
    seen: &[Seen<'_>],
    assessment: Assessment,
    context: Context<'_>,
    recipients: &[Recipient],
) -> Record {
    let mut record = Record {
        feed,
        shown: Vec::new(),
        entries: Vec::new(),
        stories: assessment.stories,
        alerts: Vec::new(),
        deliveries: Vec::new(),
        notices: Vec::new(),
    };
    for (seen, assessed) in seen.iter().zip(assessment.entries) {
        record.entries.push(EntryRecord {
            entry: seen.entry.clone(),
            content_hash: match &seen.sketch {
                Some(sketch) => sketch.content_hash,
                None => content_hash(seen.entry),
            },
            story: assessed.story,
            fate: fate(seen, &assessed, context),
        });
        for alert in assessed.alerts {
            let watch = context
                .watchlist
                .watches()
                .iter()
                .find(|watch| watch.name == alert.watch);
            let tell = watch.map_or(&[][..], |watch| &watch.tell);
            record
                .deliveries
                .extend(route(alert.payload(), alert.level, tell, recipients, context.now));
            record.alerts.push(alert);
        }
    }
    record
}

fn fate(seen: &Seen<'_>, assessed: &Assessed, context: Context<'_>) -> Fate {
    let document = document(seen.entry, context);
    let watches = seen.examined.verdicts.iter().map(|verdict| WatchFate {
        watch: context.watchlist.watches()[verdict.watch].name.clone(),
        because: verdict.sentence(context.watchlist, document, &seen.examined),
        decision: assessed
            .decisions
            .iter()
            .find(|(watch, _)| *watch == verdict.watch)
            .map(|(_, decision)| decision.clone()),
    });
    Fate {
        watches: watches.collect(),
    }
}
