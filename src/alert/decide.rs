//! Raise or hold, and why.

use serde::{Deserialize, Serialize};

use super::alert::AlertId;
use super::story::StoryId;

/// What an update brings that the story did not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Novelty {
    /// A number, as it stands in the text (the death toll).
    Number(String),
    /// A term of the watch, as it stands in the text.
    Term(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Raise {
    First,
    Update { of: AlertId, new: Vec<Novelty> },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hold {
    /// The watch was told of this story already.
    SameStory { story: StoryId, alert: AlertId },
    /// The entry was edited, and nothing that matters to the watch is new.
    NothingNew { alert: AlertId },
    /// The entry was there when the feed was first seen.
    Backlog,
    /// The entry was known, unchanged, before this watch existed or fired.
    KnownEntry,
}

/// What becomes of a verdict that fires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    Raise(Raise),
    Hold(Hold),
}
