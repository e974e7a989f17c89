//! What follows an attempt: done, again later, or given up. Pure.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What one attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// Accepted, with what the other side said ("250 2.0.0 Ok: queued as 4X…", "204").
    Accepted { said: String },
    /// May work later. `retry_after` where the other side said so.
    Later { why: String, retry_after: Option<Duration> },
    /// Will never work as it is: 5xx to RCPT, 410, a URL that is refused.
    Never { why: String },
}

/// Why no further attempt is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum GivenUp {
    Refused {
        why: String,
    },
    /// Tried for three days.
    TooLong {
        last: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    Done,
    Again { at: Timestamp, why: String },
    GivenUp(GivenUp),
}

/// Decides after an attempt. `attempts` counts this one; `first_due` is when the first was due; `dice` is uniform in
/// [0, 1).
pub fn next_attempt(
    _outcome: &AttemptOutcome,
    _attempts: u32,
    _first_due: Timestamp,
    _now: Timestamp,
    _dice: f64,
) -> Next {
    todo!()
}
