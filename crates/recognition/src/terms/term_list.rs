//! The terms of one list of a watch.

use std::ops::Deref;
use std::sync::Arc;

use crate::terms::term::Term;

/// Terms of which a watch asks for any. Clones share the list: a hundred thousand watches may ask for the same `@list`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TermList(Arc<[Term]>);

impl Deref for TermList {
    type Target = [Term];

    fn deref(&self) -> &[Term] {
        &self.0
    }
}

impl From<Vec<Term>> for TermList {
    fn from(terms: Vec<Term>) -> Self {
        Self(terms.into())
    }
}

impl FromIterator<Term> for TermList {
    fn from_iter<I: IntoIterator<Item = Term>>(terms: I) -> Self {
        Self(terms.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a TermList {
    type Item = &'a Term;
    type IntoIter = std::slice::Iter<'a, Term>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
