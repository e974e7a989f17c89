//! The numbers and terms that an entry states, and which of them a story did not have yet.

use std::collections::HashSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// What an update brings that the story did not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Novelty {
    /// A number, as it stands in the text (the death toll).
    Number(String),
    /// A term of the watch, as it stands in the text.
    Term(String),
    /// What an official message does to the one before it, in words: `the warning is cancelled`.
    Message(String),
}

impl fmt::Display for Novelty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(text) | Self::Term(text) => write!(f, "“{text}”"),
            Self::Message(text) => f.write_str(text),
        }
    }
}

/// Numbers, and terms, that are kept of all that was said to a watch of one story. A story that brings more is a table or a
/// trick: each further one would be an update.
pub(crate) const MOST_SAID: usize = 1_024;

/// What an entry says to a watch: the numbers that count, and the terms found, each as compared and as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    pub numbers: Vec<(String, String)>,
    pub terms: Vec<(String, String)>,
}

impl Facts {
    /// What of this the other does not say; nothing of a kind of which the other holds as many as are kept.
    pub fn beyond(&self, other: &Self) -> Vec<Novelty> {
        let missing = |mine: &[(String, String)], theirs: &[(String, String)]| -> Vec<String> {
            if theirs.len() >= MOST_SAID {
                return Vec::new();
            }
            let known: HashSet<&str> = theirs.iter().map(|(value, _)| value.as_str()).collect();
            let new = |(value, _): &&(String, String)| !known.contains(value.as_str());
            mine.iter().filter(new).map(|(_, shown)| shown.clone()).collect()
        };
        let numbers = missing(&self.numbers, &other.numbers).into_iter().map(Novelty::Number);
        let terms = missing(&self.terms, &other.terms).into_iter().map(Novelty::Term);
        numbers.chain(terms).collect()
    }

    /// Adds what the other says, as long as there is room.
    pub fn learn(&mut self, other: &Self) {
        for (mine, theirs) in [(&mut self.numbers, &other.numbers), (&mut self.terms, &other.terms)] {
            let known: HashSet<String> = mine.iter().map(|(value, _)| value.clone()).collect();
            let new = theirs.iter().filter(|(value, _)| !known.contains(value));
            let room = MOST_SAID.saturating_sub(mine.len());
            mine.extend(new.take(room).cloned());
        }
    }
}

impl Novelty {
    /// Returns the words without quotation marks.
    pub fn text(&self) -> &str {
        match self {
            Self::Number(text) | Self::Term(text) | Self::Message(text) => text,
        }
    }
}
