//! The notice of a feed that was sent last and still holds.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What was told of a feed and still holds; kept with the feed, so that a restart tells nothing twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    Failing {
        since: Timestamp,
    },
    Gone {
        since: Timestamp,
    },
    Silent {
        since: Timestamp,
    },
    /// Nothing of the feed: that our own network is down.
    NoNetwork {
        since: Timestamp,
    },
}
