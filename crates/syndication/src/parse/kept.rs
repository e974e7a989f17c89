//! The entries of one body that are kept, of any number that come.

use std::collections::VecDeque;

use jiff::Timestamp;

use crate::entry::Entry;
use crate::limits::MOST_ENTRIES;

/// Says when an entry was published or changed.
pub(crate) trait Dated {
    fn date(&self) -> Option<Timestamp>;
}

impl Dated for Entry {
    fn date(&self) -> Option<Timestamp> {
        self.published.max(self.updated)
    }
}

/// Collects up to [`MOST_ENTRIES`] entries. Most feeds list the newest first, so the first ones are kept; of a feed that
/// lists the oldest first, the last ones.
#[derive(Debug)]
pub(crate) struct Kept<T> {
    /// These stay whatever follows.
    fixed: Vec<T>,
    /// The first of these gives way to a newer one.
    rest: VecDeque<T>,
    pub(crate) left_out: u32,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self {
            fixed: Vec::new(),
            rest: VecDeque::new(),
            left_out: 0,
        }
    }
}

impl<T: Dated> Kept<T> {
    pub(crate) fn is_empty(&self) -> bool {
        self.fixed.is_empty() && self.rest.is_empty()
    }

    fn is_full(&self) -> bool {
        self.fixed.len() + self.rest.len() >= MOST_ENTRIES
    }

    /// Adds an entry that is never displaced; to be called for the first ones only, of which there are few.
    pub(crate) fn push_fixed(&mut self, entry: T) {
        if self.is_full() {
            self.left_out = self.left_out.saturating_add(1);
        } else {
            self.fixed.push(entry);
        }
    }

    pub(crate) fn push(&mut self, entry: T) {
        if !self.is_full() {
            self.rest.push_back(entry);
            return;
        }
        self.left_out = self.left_out.saturating_add(1);
        let oldest = self.rest.front().map(Dated::date);
        if oldest.is_some_and(|oldest| entry.date() > oldest) {
            self.rest.pop_front();
            self.rest.push_back(entry);
        }
    }

    /// Returns them in the order of the document, and how many were left out.
    pub(crate) fn into_parts(self) -> (Vec<T>, u32) {
        let mut all = self.fixed;
        all.extend(self.rest);
        (all, self.left_out)
    }
}
