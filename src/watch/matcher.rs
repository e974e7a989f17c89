//! All terms of all watches, run once over a text.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::entity::Entity;
use super::judge::{Examined, Verdict};
use super::term::{Term, Watch};

/// Index of a distinct term in its [`Watchlist`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TermId(pub u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    Title,
    Text,
}

/// What is examined: plain text, as in [`crate::feed::Entry`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document<'a> {
    pub title: &'a str,
    pub text: &'a str,
    /// The `[feeds.NAME]` table that it came from; `None` outside of feeds (then `feeds = […]` does not restrict).
    pub feed: Option<&'a str>,
}

impl<'a> Document<'a> {
    pub fn field(&self, field: Field) -> &'a str {
        match field {
            Field::Title => self.title,
            Field::Text => self.text,
        }
    }
}

/// One occurrence of a term.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    pub term: TermId,
    /// The group or place, where the term is an alias of one.
    pub entity: Option<Arc<Entity>>,
    pub field: Field,
    /// Bytes of the field as given.
    pub span: Range<usize>,
    /// 0 to 1.
    pub confidence: f32,
}

#[derive(Debug, Error)]
pub enum CompileError {
    #[error("the terms are too large to compile: {0}")]
    TooLarge(String),
}

/// All watches, ready to run. Cost grows with the text and the mentions in it, not with the number of watches.
#[derive(Debug)]
pub struct Watchlist {
    watches: Vec<Watch>,
}

impl Watchlist {
    pub fn compile(watches: Vec<Watch>) -> Result<Self, CompileError> {
        Ok(Self { watches })
    }

    pub fn watches(&self) -> &[Watch] {
        &self.watches
    }

    /// The distinct term behind an id.
    pub fn term(&self, _id: TermId) -> &Term {
        todo!()
    }

    /// Every mention in the document, and a verdict for each watch that one of them touches.
    pub fn examine(&self, _document: Document<'_>) -> Examined {
        todo!()
    }

    /// The verdict of one watch, touched or not (`watch` is an index into [`Self::watches`]).
    pub fn verdict(&self, _watch: usize, _document: Document<'_>, _examined: &Examined) -> Verdict {
        todo!()
    }
}
