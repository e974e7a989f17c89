//! Whether a watch fires on a document, and why.

use super::matcher::{Document, Mention, Watchlist};

/// Why a watch fires or does not. Numbers are indices into [`Examined::mentions`].
#[derive(Debug, Clone, PartialEq)]
pub enum Because {
    /// It fires: these mentions of `find`, and, where asked for, these of `together_with` close enough.
    Found { find: Vec<usize>, together: Vec<usize> },
    /// No term of `find` is in the fields that are looked in.
    NothingFound,
    /// `find` is there, `together_with` is not.
    NotTogether { find: Vec<usize> },
    /// Both are there, not close enough.
    TooFar { find: Vec<usize>, together: Vec<usize> },
    /// A term of `but_not` is there.
    Dropped { by: usize },
    /// The watch is limited to other feeds.
    OtherFeed,
}

/// A watch on a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Index into [`Watchlist::watches`].
    pub watch: usize,
    pub because: Because,
}

impl Verdict {
    pub fn fires(&self) -> bool {
        matches!(self.because, Because::Found { .. })
    }

    /// The reason as one sentence for a person, without the final stop: `“GSIM” (JNIM) and “embuscade” stand in the same
    /// paragraph`.
    pub fn sentence(&self, _watchlist: &Watchlist, _document: Document<'_>, _examined: &Examined) -> String {
        todo!()
    }
}

/// What is in a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Examined {
    /// In the order of the text, title first; none lies within another of the same term.
    pub mentions: Vec<Mention>,
    /// One for each watch that a mention touches, in the order of the watches.
    pub verdicts: Vec<Verdict>,
}
