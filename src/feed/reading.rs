//! From an answer to what it means: entries, what to remember of the feed, or what is wrong with it. Pure.

use jiff::Timestamp;

use super::entry::Entry;
use super::fetch::Answer;
use super::memory::{FeedMemory, FeedSettings};

/// Why a poll brought nothing readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Words that complete "failing: ".
    pub why: String,
    /// A feed that the page itself suggests (`rel=alternate`).
    pub suggests: Option<String>,
}

/// What one poll came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A feed was read.
    Read,
    /// 304, or the same body as before.
    Unchanged,
    Failed(Failure),
}

/// One poll, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub outcome: Outcome,
    /// Every entry that came, in the order of the feed. A body cut short gives those that came whole.
    pub entries: Vec<Entry>,
    /// What is to be remembered of the feed, next poll and validators included. Validators advance only with a whole
    /// body that was read, or with 304.
    pub memory: FeedMemory,
}

/// Understands one answer. `dice` is uniform in [0, 1).
pub fn read(_answer: &Answer, _memory: &FeedMemory, _settings: &FeedSettings, _now: Timestamp, _dice: f64) -> Reading {
    todo!()
}
