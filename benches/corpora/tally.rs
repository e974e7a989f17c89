//! Precision, recall and F1 of sets, summed over documents.

use std::collections::BTreeSet;

/// Countries or groups found, of those marked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub right: f64,
    pub wrong: f64,
    pub missed: f64,
}

impl Tally {
    pub fn add(&mut self, found: &BTreeSet<String>, marked: &BTreeSet<String>) {
        self.right += found.intersection(marked).count() as f64;
        self.wrong += found.difference(marked).count() as f64;
        self.missed += marked.difference(found).count() as f64;
    }

    pub fn precision(&self) -> f64 {
        self.right / (self.right + self.wrong)
    }

    pub fn recall(&self) -> f64 {
        self.right / (self.right + self.missed)
    }

    pub fn f1(&self) -> f64 {
        2.0 * self.right / (2.0 * self.right + self.wrong + self.missed)
    }
}
