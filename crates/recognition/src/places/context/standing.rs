//! Standings: whether the words around a name allow it to be a place.

use super::wording::Word;
use crate::places::place_mention::Why;
use crate::text::Tokens;

/// How far the words around a name speak for a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Standing {
    /// Nothing speaks against it.
    Firm,
    /// After “in”, “near”, “à”.
    Located,
    /// Something does: it needs a second sign.
    Weak(Why),
    /// An everyday word after “in”: it counts only where its country is named outright.
    Word,
    /// Here it is the name of a person; elsewhere in the document most likely too.
    Person,
    /// A phrase that is known to be a person's first name and surname (`Jordan Peterson`): no place here, and hardly one
    /// afterwards.
    FullName,
    Out,
}

impl Standing {
    /// Whether it may be a place at all.
    pub(crate) fn is_place(self) -> bool {
        !matches!(self, Self::Person | Self::FullName | Self::Out)
    }
}

/// What holds for all names of a field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) tokens: &'a Tokens<'a>,
    /// ISO 639-1; `None` where neither the feed nor the words tell.
    pub(crate) language: Option<&'static str>,
    /// The field as given.
    pub(crate) original: &'a str,
    /// As the feed says it, also those that are not told apart here.
    pub(crate) given: Option<&'a str>,
}

impl Setting<'_> {
    pub(crate) fn word(&self, at: Option<usize>) -> Word {
        at.map_or_else(Word::default, |at| Word::new(self.tokens.word(at)))
    }
}
