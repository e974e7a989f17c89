//! Queries as they are run: clauses over terms.

use std::ops::Range;

use crate::terms::options::{HowClose, LookIn};
use crate::terms::term::Term;

/// A part of a query that is true or false for a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// Any of these terms occurs in these fields. Indices into [`Query::terms`]; no two clauses share one.
    Any {
        terms: Range<usize>,
        look_in: LookIn,
    },
    All(Vec<Clause>),
    Either(Vec<Clause>),
    /// All of these occur this close to each other. With [`HowClose::Words`] they are two, each [`Clause::Any`],
    /// [`Clause::Either`] or another with words; in a sentence or paragraph they may also be of a smaller passage.
    Close {
        how_close: HowClose,
        of: Vec<Clause>,
    },
    Not(Box<Clause>),
    /// The entry comes from this `[feeds.NAME]`; ignored for a document without a feed.
    Feed(String),
    /// The entry is in this language (ISO 639-1 in small letters); ignored if its language is unclear.
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

    /// Returns every term, in the order of the query.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }
}
