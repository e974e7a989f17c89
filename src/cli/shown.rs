//! A field of a document as it is examined, with the way back to the field as given.

use crate::feed::{Plain, looks_like_html, plain_text};

/// A field as it is examined: as given, or without its markup.
pub(super) enum Shown {
    AsGiven,
    Stripped(Plain),
}

impl Shown {
    pub(super) fn of(raw: &str) -> Self {
        if looks_like_html(raw) {
            Self::Stripped(plain_text(raw))
        } else {
            Self::AsGiven
        }
    }

    pub(super) fn text<'a>(&'a self, raw: &'a str) -> &'a str {
        match self {
            Self::AsGiven => raw,
            Self::Stripped(plain) => &plain.text,
        }
    }

    pub(super) fn span(&self, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
        match self {
            Self::AsGiven => span,
            Self::Stripped(plain) => plain.source_span(span),
        }
    }
}
