//! The record of a story that the store keeps: its entries and what each watch was alerted of.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::fingerprint::Fingerprint;
use crate::alert::ids::{AlertId, StoryId};

/// What is remembered of a story to know it again, and which watches were told. Kept by the store as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoryRecord {
    pub id: StoryId,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub headline: String,
    /// Entries that reported it after the first.
    pub copies: u32,
    /// The first of its entries; further ones are only counted.
    pub members: Vec<Member>,
    /// What each watch was alerted of.
    pub told: Vec<Told>,
}

/// An entry of a story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    pub print: Fingerprint,
    /// What watches found in it when it was held without an alert: the feed's backlog.
    pub held: Vec<Held>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Held {
    pub watch: String,
    #[serde(rename = "brings")]
    pub facts: Facts,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The watch's name: it stays while the watchlist is edited.
    pub watch: String,
    /// The first alert.
    pub alert: AlertId,
    /// All that was said in it and its updates.
    pub said: Facts,
}

impl StoryRecord {
    pub fn told(&self, watch: &str) -> Option<&Told> {
        self.told.iter().find(|told| told.watch == watch)
    }
}
