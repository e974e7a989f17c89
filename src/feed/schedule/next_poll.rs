//! The time of the next poll of a feed, and the reason for it.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Why a feed is asked at that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Because {
    /// It was never asked.
    New,
    /// Its own rhythm, within `fastest` and `slowest`.
    Pace,
    /// Its own rhythm, and more often since entries may have been missed.
    Missed,
    /// It says that nothing comes at this hour or on this day (RSS 2.0 `skipHours`, `skipDays`).
    Skips,
    /// The server asked for it: `Retry-After` (RFC 9110 §10.2.3).
    RetryAfter,
    /// The server said that nothing changes before: `max-age` or `Expires` (RFC 9111 §4.2).
    Fresh,
    /// It failed this many times in a row.
    Backoff { failures: u32 },
    /// It is gone (410); asked rarely.
    Gone,
    /// Our own network is down.
    NoNetwork,
    /// Its hub tells us of news before.
    Pushed,
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("never asked before"),
            Self::Pace => f.write_str("its own rhythm"),
            Self::Missed => f.write_str("more often, since entries may have been missed"),
            Self::Skips => f.write_str("the feed says that nothing comes before"),
            Self::RetryAfter => f.write_str("the server asked for a pause"),
            Self::Fresh => f.write_str("the server said that nothing changes before"),
            Self::Backoff { failures: 1 } => f.write_str("after 1 failure"),
            Self::Backoff { failures } => write!(f, "after {failures} failures"),
            Self::Gone => f.write_str("gone; asked once a week"),
            Self::NoNetwork => f.write_str("no feed can be reached"),
            Self::Pushed => f.write_str("its hub tells of news at once"),
        }
    }
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

/// The reason with its time where it has one: "the server asked for a pause until 2024-09-17T08:00:00Z".
impl fmt::Display for NextPoll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = Timestamp::from_second(self.at.as_second()).unwrap_or(self.at);
        match self.because {
            Because::RetryAfter => write!(f, "{} until {at}", self.because),
            Because::Fresh | Because::Skips => write!(f, "{} {at}", self.because),
            because => write!(f, "{because}"),
        }
    }
}
