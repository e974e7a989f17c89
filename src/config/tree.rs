//! What was written, as one tree whose every value knows where it was written.

use std::ops::Range;

use super::keys::bare_or_quoted;

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    File {
        file: usize,
        key: Range<usize>,
        value: Range<usize>,
    },
    Variable(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SpotId(pub usize);

#[derive(Debug)]
pub(super) struct Node {
    pub at: SpotId,
    pub value: Written,
}

/// A value as written.
#[derive(Debug)]
pub(super) enum Written {
    Text(String),
    Whole(i64),
    Broken(f64),
    Flag(bool),
    /// A date or time without quotes.
    Moment(String),
    List(Vec<Node>),
    /// In the order in which it was written.
    Table(Vec<(String, Node)>),
}

/// The name of a table or key as a person would look it up.
pub(super) fn folded(name: &str) -> String {
    name.to_lowercase()
}

pub(super) fn shown_name(table: &str, name: &str) -> String {
    format!("[{table}.{}]", bare_or_quoted(name))
}
