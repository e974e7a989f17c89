//! Everything that one poll leaves behind, written in one transaction.

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use wirewatch_syndication::{Entry, EntryKey};

use super::alert::{Alert, Notice};
use super::decide::{Assessed, Assessment, Context, Decision, Prepared, Seen, is_new, prepared};
use super::ids::StoryId;
use super::route::{Delivery, DeliveryId, Recipient, route};
use super::story::{StoryRecord, content_hash};
use crate::feed::{FeedState, article_link};

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

/// A page to be opened for an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToOpen {
    pub key: EntryKey,
    pub url: String,
    pub host: String,
}

/// Everything that the article of one entry leaves behind, written in one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleRecord {
    /// URL of the feed.
    pub feed: String,
    /// The entry with its article as text; its hash is that of the feed's own text, which was read before.
    pub entry: EntryRecord,
    pub stories: Vec<Arc<StoryRecord>>,
    pub alerts: Vec<Alert>,
    pub deliveries: Vec<Delivery>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub feed: Arc<FeedState>,
    /// Every key of the body that was read, so that `prune` keeps those that the feed still shows; none where no body was
    /// read. [`record`] leaves it to the caller.
    pub shown: Vec<EntryKey>,
    pub entries: Vec<EntryRecord>,
    /// Articles of these entries that are wanted.
    pub articles: Vec<ToOpen>,
    pub stories: Vec<Arc<StoryRecord>>,
    pub alerts: Vec<Alert>,
    pub deliveries: Vec<Delivery>,
    /// What is told of the feed or the network, with the deliveries of each; [`record`] leaves it to the caller.
    pub notices: Vec<(Notice, Vec<Delivery>)>,
    /// Deliveries of an earlier notice that is out of date; those not sent yet are dropped. [`record`] leaves it to the
    /// caller.
    pub dropped: Vec<DeliveryId>,
}

/// What a decision leads to: the record of a whole poll, or of one article.
#[derive(Debug)]
pub enum ToRecord {
    Poll(Record),
    Article(Box<ArticleRecord>),
}

impl Record {
    /// A record of nothing but the feed's state.
    pub fn of_feed(feed: Arc<FeedState>) -> Self {
        Self {
            feed,
            shown: Vec::new(),
            entries: Vec::new(),
            articles: Vec::new(),
            stories: Vec::new(),
            alerts: Vec::new(),
            deliveries: Vec::new(),
            notices: Vec::new(),
            dropped: Vec::new(),
        }
    }
}

/// Gathers what is to be written. `feed` is [`crate::feed::Reading::memory`].
pub fn record(
    feed: Arc<FeedState>,
    seen: &[Seen<'_>],
    assessment: Assessment,
    context: Context<'_>,
    recipients: &[Recipient],
) -> Record {
    let articles = seen.iter().filter(|seen| is_new(seen, context));
    let articles = articles.filter_map(|seen| to_open(seen.entry, context)).collect();
    let (entries, stories, alerts, deliveries) = gather(seen, assessment, context, recipients);
    Record {
        entries,
        articles,
        stories,
        alerts,
        deliveries,
        ..Record::of_feed(feed)
    }
}

/// The same for one entry whose article was read; `before` is what the feed's own text came to. `None` without an entry.
pub fn record_article(
    seen: &Seen<'_>,
    before: Fate,
    feed_text: &Entry,
    assessment: Assessment,
    context: Context<'_>,
    recipients: &[Recipient],
) -> Option<ArticleRecord> {
    let (entries, stories, alerts, deliveries) = gather(std::slice::from_ref(seen), assessment, context, recipients);
    let mut entry = entries.into_iter().next()?;
    entry.content_hash = content_hash(feed_text);
    entry.fate = both(before, entry.fate);
    Some(ArticleRecord {
        feed: context.feed.url.as_str().to_owned(),
        entry,
        stories,
        alerts,
        deliveries,
    })
}

/// The fate of an entry by both of its texts: an alert that the feed's own raised is not forgotten over the article.
fn both(before: Fate, after: Fate) -> Fate {
    let raised = |fate: &WatchFate| matches!(fate.decision, Some(Decision::Raise(_)));
    let mut watches: Vec<WatchFate> = before.watches.into_iter().filter(raised).collect();
    let known: HashSet<String> = watches.iter().map(|fate| fate.watch.clone()).collect();
    watches.extend(after.watches.into_iter().filter(|fate| !known.contains(&fate.watch)));
    Fate { watches }
}

fn to_open(entry: &Entry, context: Context<'_>) -> Option<ToOpen> {
    let url = article_link(context.feed, entry)?;
    Some(ToOpen {
        key: entry.key,
        host: url.host_str()?.to_owned(),
        url: url.into(),
    })
}

type Gathered = (Vec<EntryRecord>, Vec<Arc<StoryRecord>>, Vec<Alert>, Vec<Delivery>);

fn gather(seen: &[Seen<'_>], assessment: Assessment, context: Context<'_>, recipients: &[Recipient]) -> Gathered {
    let (mut entries, mut alerts, mut deliveries) = (Vec::new(), Vec::new(), Vec::new());
    for (seen, assessed) in seen.iter().zip(assessment.entries) {
        let prepared = prepared(seen, context);
        entries.push(EntryRecord {
            entry: seen.entry.clone(),
            content_hash: prepared.content_hash,
            story: assessed.story,
            fate: fate(seen, &prepared, &assessed, context),
        });
        let raised = assessed
            .decisions
            .iter()
            .filter(|(_, decision)| matches!(decision, Decision::Raise(_)));
        for (alert, (watch, _)) in assessed.alerts.into_iter().zip(raised) {
            let tell = &context.watchlist.watches()[*watch].tell;
            deliveries.extend(route(alert.payload(), alert.level, tell, recipients, context.now));
            alerts.push(alert);
        }
    }
    (entries, assessment.stories, alerts, deliveries)
}

fn fate(seen: &Seen<'_>, prepared: &Prepared, assessed: &Assessed, context: Context<'_>) -> Fate {
    // Both in the order of the watches.
    let mut decisions = assessed.decisions.iter().peekable();
    let verdicts = seen.examined.verdicts.iter().zip(&prepared.findings);
    let watches = verdicts.map(|(verdict, finding)| WatchFate {
        watch: context.watchlist.watches()[verdict.watch].name.clone(),
        because: finding.because.clone(),
        decision: decisions
            .next_if(|(watch, _)| *watch == verdict.watch)
            .map(|(_, decision)| decision.clone()),
    });
    Fate {
        watches: watches.collect(),
    }
}
