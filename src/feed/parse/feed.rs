//! The whole way from a body to a feed.

use std::time::Duration;

use thiserror::Error;
use url::Url;

use crate::feed::entry::Entry;

/// A body and what its transport said of it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub bytes: &'a [u8],
    pub content_type: Option<&'a str>,
    /// Against which relative links are resolved.
    pub url: Option<&'a Url>,
}

/// One thing that the pre-pass mended, with how often; `Display` gives words for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    pub what: &'static str,
    pub count: u32,
}

/// What a feed says of its own pace; floors only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hints {
    /// `ttl` (RSS 2.0) or `sy:updatePeriod` / `sy:updateFrequency`.
    pub update_every: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedFeed {
    pub title: Option<String>,
    pub link: Option<String>,
    pub language: Option<String>,
    pub entries: Vec<Entry>,
    pub repairs: Vec<Repair>,
    pub hints: Hints,
    /// The document ended before its root did.
    pub cut_short: bool,
}

/// Fragments that complete "failed to read the feed: …".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ParseError {
    #[error("the answer is empty")]
    Empty,
    #[error("the answer is a web page, not a feed")]
    Html { suggests: Vec<String> },
    #[error("the answer is not a feed (it starts with {starts_with:?})")]
    NotAFeed { starts_with: String },
    #[error("{why}")]
    Unreadable { why: String },
}

/// Reads a body. Never panics, whatever the bytes.
pub fn parse(_source: Source<'_>) -> Result<ParsedFeed, ParseError> {
    todo!()
}
