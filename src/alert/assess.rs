//! The heart: entries and verdicts become stories, decisions and alerts. `run`, `explain`, `why`, `scan` and the
//! examples of `check` all call it.

use jiff::Timestamp;

use super::alert::Alert;
use super::decide::Decision;
use super::story::{RecentStories, StoryId, StoryRecord};
use crate::feed::{Entry, FeedSettings};
use crate::watch::{Examined, Watchlist};

/// What the store knows of an entry that was seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub content_hash: u64,
    pub story: Option<StoryId>,
}

/// One entry of a poll: new, or known and changed. Entries that are known and unchanged need not be given.
#[derive(Debug)]
pub struct Seen<'a> {
    pub entry: &'a Entry,
    pub examined: Examined,
    pub known: Option<Known>,
}

/// Everything else that a decision rests on.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub watchlist: &'a Watchlist,
    pub feed: &'a FeedSettings,
    /// To show as the source.
    pub feed_title: &'a str,
    /// No poll of this feed was ever read: its entries are backlog.
    pub first_sight: bool,
    pub now: Timestamp,
}

/// What became of one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessed {
    /// Only entries on which a watch fires, or that belong to a story that is known, have one.
    pub story: Option<StoryId>,
    /// For each verdict that fires: index of the watch, and what was decided.
    pub decisions: Vec<(usize, Decision)>,
    pub alerts: Vec<Alert>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Assessment {
    /// In the order of the entries given.
    pub entries: Vec<Assessed>,
    /// Stories that are new or changed, to be recorded.
    pub stories: Vec<StoryRecord>,
}

/// Decides for each entry in turn; `stories` learns what was decided, so that the second copy in one poll is known.
pub fn assess(_seen: &[Seen<'_>], _context: Context<'_>, _stories: &mut RecentStories) -> Assessment {
    todo!()
}
