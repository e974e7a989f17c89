//! Texts of a configuration, each with the place where it stands.

use std::ops::Range;

use crate::config::source::{At, SpotId};

/// A text and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Text<'a> {
    pub text: &'a str,
    pub at: SpotId,
    pub of: Of,
}

/// What of a spot a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Of {
    /// The key.
    Key,
    Value,
    /// A part of the value that begins at this byte.
    Part(usize),
}

impl Text<'_> {
    pub(crate) fn at(&self) -> At {
        match self.of {
            Of::Key => At::Key(self.at),
            Of::Value => At::Value(self.at),
            Of::Part(from) => At::Within(self.at, from..from + self.text.len().max(1)),
        }
    }

    /// Bytes of the text.
    pub(crate) fn within(&self, part: Range<usize>) -> At {
        match self.of {
            Of::Key => At::Key(self.at),
            Of::Value => At::Within(self.at, part),
            Of::Part(from) => At::Within(self.at, from + part.start..from + part.end),
        }
    }
}
