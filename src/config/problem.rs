//! What is wrong, where, and how to mend it.

use std::fmt;
use std::path::PathBuf;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// 1-based line and column (in characters), the line's text, and how many characters the carets span.
    File {
        path: PathBuf,
        line: usize,
        column: usize,
        text: String,
        width: usize,
    },
    /// The name of an environment variable.
    Environment(String),
    /// The folder or file as a whole.
    Path(PathBuf),
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    pub place: Place,
    /// A sentence without its final stop.
    pub what: String,
    /// How to mend it: "did you mean `find`?".
    pub mend: Option<String>,
}

/// All problems at once, in the order of files and lines. `Display` is what `check` prints.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|problem| problem.severity == Severity::Error)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        todo!()
    }
}
