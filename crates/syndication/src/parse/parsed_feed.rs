//! A body to be read, and the feed or the error that comes of it.

use std::time::Duration;

use jiff::tz::TimeZone;
use thiserror::Error;
use url::Url;

use super::repair::Repair;
use crate::entry::Entry;
use crate::hub::Offered;
use crate::position::Position;
use crate::skips::Skips;

/// A body and what its transport said of it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub bytes: &'a [u8],
    pub content_type: Option<&'a str>,
    /// Against which relative links are resolved.
    pub url: Option<&'a Url>,
    /// BCP 47: of a document that says the same in several languages, the one to show.
    pub language: Option<&'a str>,
    /// The time zone of dates that name none; `None` is UTC.
    pub zone: Option<&'a TimeZone>,
}

/// What a feed says of its own pace; floors only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hints {
    /// `ttl` (RSS 2.0) or `sy:updatePeriod` / `sy:updateFrequency`.
    pub update_every: Option<Duration>,
    pub skips: Skips,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedFeed {
    pub title: Option<String>,
    pub link: Option<String>,
    pub language: Option<String>,
    /// Where the publisher is, rather than the subjects of its entries: stated for the whole feed, or the same for all
    /// of its entries.
    pub seat: Option<Box<Position>>,
    pub entries: Vec<Entry>,
    /// Entries that were left out, since there were more than are read of one body.
    pub left_out: u32,
    pub repairs: Vec<Repair>,
    pub hints: Hints,
    /// Where the entries before these stand (RFC 5005 §3 and §4; JSON Feed `next_url`), as written.
    pub older: Option<String>,
    /// What it says of hubs that push it.
    pub offered: Offered,
    /// The document ended before its root did, or, in RSS, before its channel did.
    pub cut_short: bool,
}

/// Fragments that complete "failed to read the feed: …".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ParseError {
    #[error("the answer is empty")]
    Empty,
    #[error("the answer is a web page, not a feed")]
    Html { suggests: Vec<String> },
    #[error("the answer is packed ({how}), and cannot be unpacked")]
    Packed { how: &'static str },
    #[error("the answer is not a feed (it starts with {starts_with:?})")]
    NotAFeed { starts_with: String },
    #[error("{why}")]
    Unreadable { why: String },
}
