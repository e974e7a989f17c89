//! Queries as written, before their terms are resolved.

use std::ops::Range;

use super::clause::{Clause, Query};
use crate::terms::options::{HowClose, LookIn};
use crate::terms::term::Term;

/// A part of a query and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Leaf(String),
    All(Vec<Part>),
    Either(Vec<Part>),
    Not(Box<Part>),
    Close(HowClose, Vec<Part>),
    In(LookIn, Box<Part>),
    Feed(String),
    Language(String),
    /// A place and a distance in km; `None`: inside it.
    Place(String, Option<u16>),
}

/// Resolves the names in a query; each comes with its bytes.
pub trait Names {
    /// Returns the terms of a leaf as written in a list (`attack*`, `Boko Haram`, `/fama[si]/`, `@jnim`); empty if it
    /// could not be read.
    fn terms(&mut self, written: &str, span: Range<usize>) -> Vec<Term>;
    /// Returns a `[feeds.NAME]` as its table spells it.
    fn feed(&mut self, name: &str, span: Range<usize>) -> Option<String>;
    /// Returns the code of a language.
    fn language(&mut self, name: &str, span: Range<usize>) -> Option<String>;
    /// Returns a term for any place inside this one, or within a distance in km.
    fn place(&mut self, name: &str, within_km: Option<u16>, span: Range<usize>) -> Option<Term>;
}

/// Collects the terms of the leaves.
pub(super) struct Gathering<'r> {
    pub(super) names: &'r mut dyn Names,
    pub(super) terms: Vec<Term>,
    pub(super) whole: bool,
}

impl Gathering<'_> {
    pub(super) fn query(mut self, part: &Part, written: &str) -> Option<Query> {
        let clause = self.clause(part, LookIn::TitleAndText);
        self.whole.then(|| Query {
            written: written.to_owned(),
            terms: self.terms,
            clause,
        })
    }

    fn clause(&mut self, part: &Part, look_in: LookIn) -> Clause {
        match &part.kind {
            Kind::Leaf(written) => {
                let terms = self.names.terms(written, part.span.clone());
                self.any(terms, look_in)
            }
            Kind::Place(name, within_km) => {
                let term = self.names.place(name, *within_km, part.span.clone());
                self.any(term, look_in)
            }
            Kind::Language(name) => {
                let known = self.names.language(name, part.span.clone());
                self.whole &= known.is_some();
                Clause::Language(known.unwrap_or_default())
            }
            Kind::All(parts) => Clause::All(self.flattened(parts, look_in, |clause| match clause {
                Clause::All(inner) => Ok(inner),
                other => Err(other),
            })),
            Kind::Either(parts) => either(self.flattened(parts, look_in, |clause| match clause {
                Clause::Either(inner) => Ok(inner),
                other => Err(other),
            })),
            Kind::Not(of) => Clause::Not(Box::new(self.clause(of, look_in))),
            Kind::Close(how_close, parts) => Clause::Close {
                how_close: *how_close,
                of: parts.iter().map(|part| self.clause(part, look_in)).collect(),
            },
            Kind::In(field, of) => self.clause(of, *field),
            Kind::Feed(name) => {
                let known = self.names.feed(name, part.span.clone());
                self.whole &= known.is_some();
                Clause::Feed(known.unwrap_or_default())
            }
        }
    }

    fn any(&mut self, terms: impl IntoIterator<Item = Term>, look_in: LookIn) -> Clause {
        let from = self.terms.len();
        self.terms.extend(terms);
        self.whole &= self.terms.len() > from;
        Clause::Any {
            terms: from..self.terms.len(),
            look_in,
        }
    }

    /// Returns the clauses of parts, merging nested ones of the same kind.
    fn flattened(
        &mut self,
        parts: &[Part],
        look_in: LookIn,
        open: impl Fn(Clause) -> Result<Vec<Clause>, Clause>,
    ) -> Vec<Clause> {
        let mut clauses = Vec::with_capacity(parts.len());
        for part in parts {
            match open(self.clause(part, look_in)) {
                Ok(inner) => clauses.extend(inner),
                Err(clause) => clauses.push(clause),
            }
        }
        clauses
    }
}

/// Merges alternatives that are lists of terms into one list.
fn either(clauses: Vec<Clause>) -> Clause {
    let mut merged: Vec<Clause> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        match (merged.last_mut(), &clause) {
            (
                Some(Clause::Any { terms, look_in }),
                Clause::Any {
                    terms: more,
                    look_in: also_in,
                },
            ) if look_in == also_in && terms.end == more.start => terms.end = more.end,
            _ => merged.push(clause),
        }
    }
    match merged.pop() {
        Some(only) if merged.is_empty() => only,
        last => {
            merged.extend(last);
            Clause::Either(merged)
        }
    }
}
