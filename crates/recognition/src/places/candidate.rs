//! A name that was found, and the places that it may mean.

use super::place_mention::Why;
use super::senses::Reading;
use super::standing::Standing;
use super::walk::Found;
use crate::document::Field;

/// A name in the document before its sense is known.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'t> {
    pub(super) field: Field,
    pub(super) found: Found<'t>,
    pub(super) senses: Vec<Reading>,
    pub(super) standing: Standing,
    /// The sense that the words around it leave no doubt of.
    pub(super) pinned: Option<(Reading, Why)>,
}

impl<'t> Candidate<'t> {
    pub(super) fn new(field: Field, found: Found<'t>, senses: Vec<Reading>, standing: Standing) -> Self {
        Self {
            field,
            found,
            senses,
            standing,
            pinned: None,
        }
    }

    /// Of the largest place that it can mean.
    pub(super) fn weight(&self) -> f64 {
        self.senses.iter().map(|reading| reading.weight).fold(0.0, f64::max)
    }
}
