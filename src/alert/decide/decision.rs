//! Raise or hold, and why.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use wirewatch_syndication::Status;

use crate::alert::ids::{AlertId, StoryId};
use crate::alert::story::{Facts, Held, Novelty, Told};

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
    /// An official message that nobody need act on: a test, an exercise, a draft.
    NotActual { status: Status },
    /// An official warning that no longer holds.
    Expired { at: Timestamp },
    /// It cancels a warning, or answers another message, of which no alert told.
    NothingToCancel,
    /// It is old, and came with many others as old: the feed shows its archive.
    Archive,
}

/// What becomes of a verdict that fires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    Raise(Raise),
    Hold(Hold),
}

/// Words that complete "watch mali: …".
impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Raise(Raise::First) => f.write_str("alert"),
            Self::Raise(Raise::Update { of, new }) => {
                let new: Vec<String> = new.iter().map(ToString::to_string).collect();
                write!(f, "update of alert {of}, since it brings {}", new.join(" and "))
            }
            Self::Hold(Hold::SameStory { alert, .. }) => write!(f, "held, since alert {alert} told of the same story"),
            Self::Hold(Hold::NothingNew { alert }) => {
                write!(
                    f,
                    "held, since the edit brings no number and no term that alert {alert} did not have"
                )
            }
            Self::Hold(Hold::Backlog) => f.write_str("held, since it was there when the feed was first read"),
            Self::Hold(Hold::Archive) => {
                f.write_str("held, since it is old and came at once with others as old: the feed shows its archive")
            }
            Self::Hold(Hold::NotActual { status }) => {
                write!(f, "held, since it is not an actual warning (status {})", status.word())
            }
            Self::Hold(Hold::Expired { at }) => write!(f, "held, since the warning expired at {at}"),
            Self::Hold(Hold::NothingToCancel) => f.write_str("held, since it cancels a warning that no alert told of"),
            Self::Hold(Hold::KnownEntry) => f.write_str("held, since the entry was known before the watch"),
        }
    }
}

/// How an entry stands to what its feed showed before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not seen before.
    New,
    /// Was there when the feed was first seen, and is not to be backfilled.
    Backlog,
    /// Not seen before, but part of an archive that is shown all at once.
    Archive,
    /// Known, with another content, or under another key. `lately`: published or changed within a week, by its own
    /// dates, or undated.
    Edited { lately: bool },
    /// Known, and the same.
    Unchanged,
}

/// Decides for one watch and one entry. Only a watch that was alerted counts as told: what was remembered silently
/// from one feed's backlog holds back edits of that very entry (`held`), never another feed's report.
pub fn decide(standing: Standing, story: StoryId, told: Option<&Told>, held: Option<&Held>, facts: &Facts) -> Decision {
    match (standing, told, held) {
        (Standing::Unchanged, Some(told), _) => Decision::Hold(Hold::NothingNew { alert: told.alert }),
        (Standing::Unchanged, None, _) => Decision::Hold(Hold::KnownEntry),
        (Standing::Archive, None, _) => Decision::Hold(Hold::Archive),
        (Standing::Backlog, _, _) => Decision::Hold(Hold::Backlog),
        (Standing::New | Standing::Archive, Some(told), _) => Decision::Hold(Hold::SameStory {
            story,
            alert: told.alert,
        }),
        (Standing::New, None, _) => Decision::Raise(Raise::First),
        (Standing::Edited { .. }, Some(told), _) => match facts.beyond(&told.said) {
            new if new.is_empty() => Decision::Hold(Hold::NothingNew { alert: told.alert }),
            new => Decision::Raise(Raise::Update { of: told.alert, new }),
        },
        (Standing::Edited { .. }, None, Some(held)) if facts.beyond(&held.facts).is_empty() => {
            Decision::Hold(Hold::Backlog)
        }
        (Standing::Edited { .. }, None, Some(_)) | (Standing::Edited { lately: true }, None, None) => {
            Decision::Raise(Raise::First)
        }
        // What it said before is forgotten, or the watch is new; its own dates say that nothing happened now.
        (Standing::Edited { lately: false }, None, None) => Decision::Hold(Hold::KnownEntry),
    }
}
