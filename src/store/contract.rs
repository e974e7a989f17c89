//! The list of what is remembered, with its promises. SQLite is the first to keep them; another database can be the
//! second: ids are derived by the caller, an insert says whether it created, and a claim is a lease with an end.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use thiserror::Error;

use crate::alert::{
    Alert, AlertId, AlsoIn, Delivery, DeliveryId, Fate, Known, Notice, Record, StoryId, StoryRecord, ToRecord,
};
use crate::deliver::Next;
use crate::feed::{ArticleFate, FeedState, Subscription};
use wirewatch_syndication::{Entry, EntryKey};

/// Fragments that complete "failed to …".
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("open the store at {path}: {why}")]
    Open { path: String, why: String },
    #[error(
        "the store is of version {found}, which is newer than this program knows ({known}); use the newer program, or restore the copy made before it"
    )]
    TooNew { found: u32, known: u32 },
    #[error("{doing}: {why}")]
    Failed { doing: &'static str, why: String },
    /// Nothing can be written any more, so nothing may be sent or polled either: the process has to end.
    #[error("{doing}: the store's writer has stopped")]
    Stopped { doing: &'static str },
}

/// What a method of the store gives back when awaited.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// What a record created, as opposed to what was there already (after a crash, a second poll of the same entries).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recorded {
    pub entries: usize,
    pub alerts: Vec<AlertId>,
    pub deliveries: usize,
}

/// A parcel that is due: one delivery, or all of one digest.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// The id it is sent under.
    pub id: DeliveryId,
    pub deliveries: Vec<Delivery>,
    /// Attempts made before.
    pub attempts: u32,
    /// When the first attempt was due; where nothing ran at that time, when it was first claimed.
    pub first_due: Timestamp,
    pub alerts: Vec<(Alert, AlsoIn)>,
    pub notices: Vec<Notice>,
}

/// One attempt to send a message, made.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// All that the message delivers.
    pub deliveries: Vec<DeliveryId>,
    pub at: Timestamp,
    /// For people: `accepted: 250 ok`.
    pub outcome: String,
    pub next: Next,
    /// The notice that the receiver fails, with its own deliveries to others.
    pub notice: Option<(Notice, Vec<Delivery>)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum DeliveryState {
    /// To be tried at this time.
    Due(Timestamp),
    Done(Timestamp),
    /// Given up; kept, and can be replayed.
    Dead {
        at: Timestamp,
        why: String,
    },
    /// Dropped by a person.
    Dropped(Timestamp),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttemptRow {
    pub at: Timestamp,
    /// 1 for the first.
    pub number: u32,
    /// What came of it, as words.
    pub outcome: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryRow {
    pub delivery: Delivery,
    pub state: DeliveryState,
    /// Oldest first.
    pub attempts: Vec<AttemptRow>,
    /// Headline of its alert, title of its notice.
    pub about: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct AlertRow {
    pub alert: Alert,
    /// The entries of the story but the one that raised the alert.
    pub also_in: AlsoIn,
    pub deliveries: Vec<DeliveryRow>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct EntryRow {
    pub feed: String,
    pub entry: Entry,
    pub first_seen: Timestamp,
    pub story: Option<StoryId>,
    pub fate: Fate,
    /// Where its article was wanted.
    pub article: Option<ArticleFate>,
}

/// An article that is due, with its entry as last recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct DueArticle {
    pub feed: String,
    pub entry: Entry,
    pub story: Option<StoryId>,
    pub fate: Fate,
    /// The page to open.
    pub url: String,
    /// Tries made before.
    pub tries: u32,
    /// When the feed brought the entry.
    pub since: Timestamp,
}

/// What an entry is looked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoryMatch {
    /// This link, with or without a slash at its end.
    Link(String),
    /// Any link to the same page ([`canonical`]): with other tracking, from a mobile host, wrapped by a search engine.
    /// Looks at every entry.
    ///
    /// [`canonical`]: crate::alert::canonical
    Page(String),
    Story(StoryId),
}

pub trait Store: Send + Sync + std::fmt::Debug {
    /// What is remembered of every feed, polled or not.
    fn feeds(&self) -> Pending<'_, Vec<FeedState>>;

    /// The same of one feed.
    fn feed<'a>(&'a self, url: &'a str) -> Pending<'a, Option<FeedState>>;

    /// Adds feeds that are not known yet; a known one keeps what is remembered of it (a feed that is removed and added
    /// again is no stranger).
    fn add_feeds(&self, feeds: Vec<FeedState>) -> Pending<'_, usize>;

    /// Of these entries of a feed, what is known.
    fn known<'a>(&'a self, feed: &'a str, keys: &'a [EntryKey]) -> Pending<'a, HashMap<EntryKey, Known>>;

    /// Records the schedules ([`crate::feed::ScheduleUpdate`]) of feeds that brought nothing else since they were recorded.
    fn record_schedules(&self, feeds: Vec<Arc<FeedState>>) -> Pending<'_, ()>;

    /// Everything of one poll, in one transaction: on disk when it returns, or nothing of it. Entries, alerts and
    /// deliveries that exist by id are left as they are (an entry's text, hash, story and fate are renewed).
    fn record(&self, record: Record, at: Timestamp) -> Pending<'_, Recorded>;

    /// Records a poll or an article in two steps. The first future is ready when the record has its place in the order in
    /// which records reach the disk; the one that it gives is ready when the record is there. If one fails, each that took
    /// its place after it fails too: what was decided in the knowledge of another record is never on disk without it.
    ///
    /// Of an article, the entry's text, story and fate are renewed. What the entry is known by (its hash) stays that of the
    /// feed's own text; if the feed changed the entry meanwhile, its text stays too.
    fn queue(&self, record: ToRecord, at: Timestamp) -> Pending<'_, Pending<'static, Recorded>>;

    /// Claims up to `limit` articles that are due at `now` and not leased, oldest first, none of a host in `not_of`;
    /// nobody else is given them until the lease ends. One whose entry was forgotten is forgotten too.
    fn claim_articles<'a>(
        &'a self,
        now: Timestamp,
        limit: usize,
        lease: Duration,
        not_of: &'a [String],
    ) -> Pending<'a, Vec<DueArticle>>;

    /// When the next article is due that is of no host in `not_of` (leased ones when their lease ends).
    fn next_article<'a>(&'a self, not_of: &'a [String]) -> Pending<'a, Option<Timestamp>>;

    /// A try that failed, and when the next one is; without one the feed's own text stands.
    fn article_failed<'a>(
        &'a self,
        feed: &'a str,
        key: EntryKey,
        at: Timestamp,
        why: String,
        again: Option<Timestamp>,
    ) -> Pending<'a, ()>;

    /// What is agreed with hubs, each with the URL of its feed.
    fn subscriptions(&self) -> Pending<'_, Vec<(String, Subscription)>>;

    /// Remembers what is agreed with the hub of a feed; `None` forgets it.
    fn subscribe<'a>(&'a self, feed: &'a str, subscription: Option<Subscription>) -> Pending<'a, ()>;

    /// Stories last seen at or after `since`.
    fn stories(&self, since: Timestamp) -> Pending<'_, Vec<StoryRecord>>;

    /// A notice and its deliveries, unless the notice was there already; `false` where it was.
    fn tell(&self, notice: Notice, deliveries: Vec<Delivery>) -> Pending<'_, bool>;

    /// Claims up to `limit` parcels that are due at `now` and not leased, oldest first, none of a receiver in `not_to`;
    /// nobody else is given them until the lease ends.
    fn claim<'a>(
        &'a self,
        now: Timestamp,
        limit: usize,
        lease: Duration,
        not_to: &'a [String],
    ) -> Pending<'a, Vec<Due>>;

    /// Records an attempt and its notice, and ends the lease, in one transaction. What is done stays done; what a person
    /// dropped meanwhile stays dropped unless it went out.
    fn attempted(&self, attempt: Attempt) -> Pending<'_, ()>;

    /// When the next delivery is due (leased ones when their lease ends).
    fn next_due(&self) -> Pending<'_, Option<Timestamp>>;

    /// Alerts raised at or after `since`, newest first.
    fn alerts(&self, since: Timestamp, limit: usize) -> Pending<'_, Vec<AlertRow>>;

    /// Alerts whose id begins with these hex digits.
    fn alert<'a>(&'a self, id_prefix: &'a str) -> Pending<'a, Vec<AlertRow>>;

    /// Alerts of a story, newest first.
    fn alerts_of(&self, story: StoryId) -> Pending<'_, Vec<AlertRow>>;

    /// Deliveries, newest first; of all states where `open_only` is false, else only due and dead ones.
    fn deliveries(&self, open_only: bool, limit: usize) -> Pending<'_, Vec<DeliveryRow>>;

    /// Makes deliveries due again at `now`, with a fresh count of attempts: dead ones, or all of an alert but those that
    /// are just being sent. Of an alert they leave their digest and go each under its own id. Gives their number.
    fn replay(&self, what: Replay, now: Timestamp) -> Pending<'_, usize>;

    /// Drops deliveries that are not done. Gives their number.
    fn drop_deliveries(&self, ids: Vec<DeliveryId>, now: Timestamp) -> Pending<'_, usize>;

    /// Entries by link or story, newest first.
    fn entries<'a>(&'a self, of: &'a StoryMatch) -> Pending<'a, Vec<EntryRow>>;

    /// Number of entries, alerts, deliveries, and those due, for a line in the log.
    fn tally(&self) -> Pending<'_, Tally>;

    /// Gives deliveries and articles that wait by a clock that was ahead a time by `now`: those of alerts and notices that are
    /// dated later, and those that wait longer than anything does. A lease ends as late as it may. Gives their number.
    fn settle(&self, now: Timestamp) -> Pending<'_, usize>;

    /// Whether an entry was first seen at or after `from` and before `until`.
    fn recorded_between(&self, from: Timestamp, until: Timestamp) -> Pending<'_, bool>;

    /// Forgets texts, stories, alerts and finished deliveries from before `before`, and keys that no feed has shown since.
    /// What is due or dead stays with its alert; keys that were in the last body of a feed stay, however old. Gives the
    /// number of things forgotten. Works in slices, so that polls go on meanwhile.
    fn prune(&self, before: Timestamp) -> Pending<'_, usize>;
}

/// What is made due again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replay {
    Deliveries(Vec<DeliveryId>),
    AllDead,
    Alert(AlertId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    pub feeds: u64,
    pub entries: u64,
    pub alerts: u64,
    pub deliveries_due: u64,
    pub deliveries_dead: u64,
}
