//! A name that was found, and the places that it may mean.

use super::senses::Reading;
use crate::document::Field;
use crate::places::context::Standing;
use crate::places::find::Found;
use crate::places::place_mention::Why;

/// A name in the document before its sense is known.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<'t> {
    pub(crate) field: Field,
    pub(crate) found: Found<'t>,
    pub(crate) senses: Vec<Reading>,
    pub(crate) standing: Standing,
    /// The sense that the words around it leave no doubt of.
    pub(crate) pinned: Option<(Reading, Why)>,
}

impl<'t> Candidate<'t> {
    pub(crate) fn new(field: Field, found: Found<'t>, senses: Vec<Reading>, standing: Standing) -> Self {
        Self {
            field,
            found,
            senses,
            standing,
            pinned: None,
        }
    }

    /// Of the largest place that it can mean.
    pub(crate) fn weight(&self) -> f64 {
        self.senses.iter().map(|reading| reading.weight).fold(0.0, f64::max)
    }
}
