//! Everything that one poll leaves behind, written in one transaction.

use serde::{Deserialize, Serialize};

use super::alert::Alert;
use super::assess::{Assessment, Context, Seen};
use super::decide::Decision;
use super::route::{Delivery, Recipient};
use super::story::{StoryId, StoryRecord};
use crate::feed::{Entry, FeedMemory};

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
    pub entries: Vec<EntryRecord>,
    pub stories: Vec<StoryRecord>,
    pub alerts: Vec<Alert>,
    pub deliveries: Vec<Delivery>,
}

/// Over title, text and link; dates are left out, so that a rewritten date is no change.
pub fn content_hash(_entry: &Entry) -> u64 {
    todo!()
}

/// Gathers what is to be written. `feed` is [`crate::feed::Reading::memory`].
pub fn record(
    _feed: FeedMemory,
    _seen: &[Seen<'_>],
    _assessment: Assessment,
    _context: Context<'_>,
    _recipients: &[Recipient],
) -> Record {
    todo!()
}
