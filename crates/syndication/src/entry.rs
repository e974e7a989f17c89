//! An entry of a feed in plain text.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::position::Position;
use crate::warning::Warning;

/// The key by which an entry is recognised within its feed. Derived by `identity`, never taken from feed-rs. Shown as
/// 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct EntryKey(#[serde(with = "crate::hex_id")] pub u64);

impl fmt::Display for EntryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// An entry as published, decoded and without markup.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    pub key: EntryKey,
    /// The publisher's own id (`guid`, `atom:id`), as written.
    pub id: Option<String>,
    /// Plain text, one line. Empty if the feed gives none.
    pub title: String,
    /// Absolute if the feed allows it.
    pub link: Option<String>,
    /// Plain text: the content, preceded by the summary if the content does not contain it. Paragraphs are separated by
    /// one blank line.
    pub text: String,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub authors: Vec<String>,
    /// Categories; shown, never searched.
    pub tags: Vec<String>,
    /// BCP 47, as declared by the entry or its feed.
    pub language: Option<String>,
    /// Where its subject is, by fields of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Box<Position>>,
    /// Status, severity and expiry of an official warning (CAP).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warning: Option<Box<Warning>>,
    /// The publisher whose entry this is, where an aggregator names it (`source` of RSS 2.0). Plain text, one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
}
