//! The parts of an entry that are carried past feed-rs.

use jiff::Timestamp;

use super::kept::Dated;
use crate::entry::Entry;
use crate::position::Position;
use crate::warning::Warning;

/// What is carried past feed-rs.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) language: Option<String>,
    pub(super) publisher: Option<String>,
    /// As written, but absolute: feed-rs would percent-encode it and lower its case.
    pub(super) link: Option<String>,
    pub(super) position: Option<Box<Position>>,
    pub(super) warning: Option<Box<Warning>>,
    /// The whole entry, where it was not written for feed-rs.
    pub(super) straight: Option<Box<Entry>>,
}

impl Dated for Beside {
    fn date(&self) -> Option<Timestamp> {
        self.straight.as_ref().and_then(|entry| entry.date())
    }
}
