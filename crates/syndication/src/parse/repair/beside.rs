//! The parts of an entry that are carried past feed-rs.

use jiff::Timestamp;

use crate::entry::Entry;
use crate::parse::kept::Dated;
use crate::position::Position;
use crate::warning::Warning;

/// What is carried past feed-rs.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    pub(crate) language: Option<String>,
    pub(crate) publisher: Option<String>,
    /// As written, but absolute: feed-rs would percent-encode it and lower its case.
    pub(crate) link: Option<String>,
    /// Further texts, in which the entry may say something else.
    pub(crate) further: Vec<String>,
    pub(crate) position: Option<Box<Position>>,
    pub(crate) warning: Option<Box<Warning>>,
    /// The whole entry, where it was not written for feed-rs.
    pub(crate) straight: Option<Box<Entry>>,
}

impl Dated for Beside {
    fn date(&self) -> Option<Timestamp> {
        self.straight.as_ref().and_then(|entry| entry.date())
    }
}
