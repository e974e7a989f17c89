//! Terms and watches as they are run: parsed, resolved, without references.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::entity::Entity;

/// What a term matches.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// A whole word, or several as a phrase.
    Words(String),
    /// Words that begin so: `attack*`.
    Prefix(String),
    /// A regular expression over the original text, case-insensitive, size-limited.
    Regex(String),
}

/// One term of a watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub pattern: Pattern,
    /// Matches only with these capitals.
    pub exact_case: bool,
    /// The group or place that it is an alias of.
    pub entity: Option<Arc<Entity>>,
}

/// Fragments that complete "failed to read the term: …".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TermError {
    #[error("a term must not be empty")]
    Empty,
    #[error("the term has no letter or digit")]
    NoLetter,
    #[error("`*` stands only at the end of a word, after at least two letters")]
    Star,
    #[error("not a valid regular expression: {why}")]
    Regex { why: String, at: Option<usize> },
}

impl Term {
    /// Reads a term as written in a list: a word, a phrase, `prefix*` or `/regex/`. References (`@name`) are resolved
    /// before.
    pub fn parse(_written: &str) -> Result<Self, TermError> {
        todo!()
    }

    /// As it would be written.
    pub fn written(&self) -> String {
        match &self.pattern {
            Pattern::Words(words) => words.clone(),
            Pattern::Prefix(prefix) => format!("{prefix}*"),
            Pattern::Regex(regex) => format!("/{regex}/"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HowClose {
    SameSentence,
    SameParagraph,
    #[default]
    SameArticle,
}

/// Which fields are searched. Tags never are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LookIn {
    Title,
    Text,
    #[default]
    TitleAndText,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Low,
    #[default]
    Normal,
    Urgent,
}

/// A named interest.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// The `NAME` of `[watch.NAME]`.
    pub name: String,
    /// To show; the name where none is written.
    pub title: String,
    pub level: Level,
    /// Names of receivers; empty: all.
    pub tell: Vec<String>,
    /// Any of these …
    pub find: Vec<Term>,
    /// … and, where not empty, any of these …
    pub together_with: Vec<Term>,
    /// … this close to each other …
    pub how_close: HowClose,
    /// … and none of these anywhere.
    pub but_not: Vec<Term>,
    pub look_in: LookIn,
    /// Names of `[feeds.NAME]` tables; empty: all.
    pub feeds: Vec<String>,
}
