//! When a feed is asked again, and why then.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::memory::{FeedMemory, FeedSettings};

/// Why a feed is asked at that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Because {
    /// It was never asked.
    New,
    /// Its own rhythm, within `fastest` and `slowest`.
    Pace,
    /// The server asked for it: `Retry-After` (RFC 9110 §10.2.3).
    RetryAfter,
    /// The server said that nothing changes before: `max-age` or `Expires` (RFC 9111 §4.2).
    Fresh,
    /// It failed this many times in a row.
    Backoff { failures: u32 },
    /// It is gone (410); asked rarely.
    Gone,
}

/// When a feed is asked next, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextPoll {
    pub at: Timestamp,
    pub because: Because,
}

impl NextPoll {
    pub fn first(at: Timestamp) -> Self {
        Self {
            at,
            because: Because::New,
        }
    }
}

/// What one poll said that bears on the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pace {
    pub failed: bool,
    pub gone: bool,
    pub retry_after: Option<Duration>,
    /// How long the answer is fresh.
    pub fresh_for: Option<Duration>,
}

/// Decides the next poll. `dice` is uniform in [0, 1) and spreads the time so that feeds do not beat together.
pub fn next_poll(_memory: &FeedMemory, _settings: &FeedSettings, _pace: Pace, _now: Timestamp, _dice: f64) -> NextPoll {
    todo!()
}
