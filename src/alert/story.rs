//! Stories: which entries report the same event.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Derived from the first entry of the story. Shown as 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StoryId(pub u64);

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What is remembered of a story to know it again, and which watches were told. Kept by the store as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoryRecord {
    pub id: StoryId,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub headline: String,
}

/// The stories of the last days, indexed to be found by key, canonical URL, title and shingles.
#[derive(Debug, Default)]
pub struct RecentStories {}

impl RecentStories {
    pub fn new(_stories: Vec<StoryRecord>) -> Self {
        todo!()
    }

    /// Forgets stories that were last seen before `before`.
    pub fn forget(&mut self, _before: Timestamp) {
        todo!()
    }
}
