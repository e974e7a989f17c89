//! A query as it is run: clauses over terms.

use std::ops::Range;

use crate::terms::options::{HowClose, LookIn};
use crate::terms::term::Term;

/// A part of a query that holds of a document or does not.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// Any of these terms stands in these fields. Places in [`Query::terms`]; no two clauses share one.
    Any {
        terms: Range<usize>,
        look_in: LookIn,
    },
    All(Vec<Clause>),
    Either(Vec<Clause>),
    /// All of these stand this close to each other. With [`HowClose::Words`] they are two, each [`Clause::Any`],
    /// [`Clause::Either`] or another with words; in a sentence or paragraph they may also be of a smaller passage.
    Close {
        how_close: HowClose,
        of: Vec<Clause>,
    },
    Not(Box<Clause>),
    /// The entry comes from this `[feeds.NAME]`; of a document from nowhere it is not asked.
    Feed(String),
    /// The entry is in this language (ISO 639-1 in small letters); of one that is not clear it is not asked.
    Language(String),
}

/// A query: `@jnim AND (attack* OR ambush*) NEAR/10 (Ségou OR Mopti) NOT football`.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub(crate) written: String,
    pub(crate) terms: Vec<Term>,
    pub(crate) clause: Clause,
}

impl Query {
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Every term, in the order in which they are written.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }
}
