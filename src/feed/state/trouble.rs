//! What kind of fault keeps a feed from being read.

use serde::{Deserialize, Serialize};

use crate::net::NetError;

/// The kind of the last fault; its words are [`crate::feed::FeedState::last_error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// Its host is unknown, refuses connections or stays silent. It may as well be our own network.
    Unreachable,
    /// No answer for another reason: its certificate, a refused address, endless redirects, a local file.
    NoAnswer,
    /// The answer is a web page, or something else that is no feed.
    NotAFeed,
    /// It has no entries any more.
    Emptied,
    /// The answer broke off, or is larger than what is read.
    CutShort,
    /// What makes the feed out of a page reports an error in place of news.
    Bridge,
    /// Only people with a browser are let in.
    Challenged,
    /// 401, 402, 403, 407, 451.
    Blocked,
    /// 429.
    Slowed,
    /// 404.
    Missing,
    /// 410.
    Gone,
    /// 5xx.
    ServerFault,
    /// The program ended while it read a large answer.
    Unended,
    Other,
}

impl Trouble {
    pub(crate) fn of_error(error: &NetError) -> Self {
        match error {
            NetError::UnknownHost { .. } | NetError::Connect { .. } | NetError::Timeout { .. } => Self::Unreachable,
            NetError::Refused { .. }
            | NetError::Tls { .. }
            | NetError::TooManyRedirects { .. }
            | NetError::WantsCookies { .. }
            | NetError::Crowded { .. }
            | NetError::BadRedirect { .. }
            | NetError::Other(_) => Self::NoAnswer,
        }
    }

    pub(crate) fn of_status(status: u16) -> Self {
        match status {
            401..=403 | 407 | 451 => Self::Blocked,
            404 => Self::Missing,
            410 => Self::Gone,
            429 => Self::Slowed,
            500..=599 => Self::ServerFault,
            _ => Self::Other,
        }
    }

    /// What the state is called in a list: one or a few words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::NoAnswer | Self::ServerFault | Self::Unended | Self::Other => "failing",
            Self::NotAFeed => "not a feed",
            Self::Emptied => "empty",
            Self::Bridge => "bridge error",
            Self::CutShort => "cut short",
            Self::Challenged | Self::Blocked => "blocked",
            Self::Slowed => "slowed",
            Self::Missing => "not found",
            Self::Gone => "gone",
        }
    }

    /// What a person can do about it, where there is something.
    pub fn mend(self) -> Option<&'static str> {
        match self {
            Self::Challenged => Some(
                "A challenge for browsers stands before it, which a feed reader may not pass: ask the publisher to let \
                 Wirewatch in, or take the same news from another feed.",
            ),
            Self::Bridge => Some(
                "Open the feed in a browser: it says what the bridge could not do. A bridge breaks when the site behind it \
                 changes, and works again after an update.",
            ),
            Self::Blocked => Some("Ask the publisher whether the feed is still open to readers."),
            Self::Slowed => Some("Raise `fastest` for this feed, so that it is asked less often."),
            Self::Missing => Some("Look on the publisher's page for the feed's new address."),
            Self::Gone => Some("Take it out of your feeds, or write its new address."),
            Self::NotAFeed => Some("Look on the publisher's page for the address of its feed."),
            Self::Unended => Some(
                "Open the feed in a browser: it may be broken, or made to do harm; then take it out of your feeds. If it is \
                 right as it is, give Wirewatch more memory (`MemoryMax=` of its unit).",
            ),
            _ => None,
        }
    }
}
