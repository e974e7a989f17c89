//! Text as it is compared: folded, cut into words, sentences and paragraphs.

pub(crate) mod boundary;
pub(crate) mod fold;
pub(crate) mod folded;
pub(crate) mod folded_document;
pub(crate) mod folded_text;
pub(crate) mod folder;
pub(crate) mod language;
pub(crate) mod paragraph;
pub(crate) mod passage;
pub(crate) mod runs;
pub(crate) mod script;
pub(crate) mod segments;
pub(crate) mod sentence;
pub(crate) mod steps;
pub(crate) mod tokens;

pub(crate) use boundary::{Reach, may_begin, word_end};
pub(crate) use folded::Folded;
pub(crate) use folded_document::FoldedDocument;
pub use folded_text::words;
pub(crate) use runs::runs;
pub(crate) use segments::cuts_a_word;
pub(crate) use sentence::sentence_starts;
pub(crate) use tokens::{Gap, Shape, Token, Tokens};
