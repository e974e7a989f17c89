//! Mentions: occurrences of terms in a document.

use std::ops::Range;
use std::sync::Arc;

use crate::document::Field;
use crate::entity::Entity;

/// Index of a distinct term in its [`Watchlist`](crate::Watchlist).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TermId(pub u32);

/// One occurrence of a term.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    pub term: TermId,
    /// The group or place, where the term is an alias of one.
    pub entity: Option<Arc<Entity>>,
    pub field: Field,
    /// Bytes of the field as given: the term with its plural, the whole word of a `prefix*`.
    pub span: Range<usize>,
    /// 0 to 1. Below 1 where capitals should tell an acronym from a word, and the whole document is in capitals.
    pub confidence: f32,
}
