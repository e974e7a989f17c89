//! What was written, as one tree whose every value knows where it was written.

use super::spot::SpotId;
use crate::config::schema::bare_or_quoted;

#[derive(Debug)]
pub(crate) struct Node {
    pub at: SpotId,
    pub value: Written,
}

/// A value as written.
#[derive(Debug)]
pub(crate) enum Written {
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
pub(crate) fn folded(name: &str) -> String {
    name.to_lowercase()
}

pub(crate) fn shown_name(table: &str, name: &str) -> String {
    format!("[{table}.{}]", bare_or_quoted(name))
}
