//! The words around a name: whether they allow it to be a place.

mod abbreviations;
mod everyday_words;
mod exceptions;
mod language_cues;
mod name_context;
mod organisations;
mod persons;
mod standing;
mod word_lists;
mod wording;

pub(crate) use abbreviations::division;
pub(crate) use language_cues::{is_spoken, language};
pub(crate) use name_context::standing;
pub(crate) use standing::{Setting, Standing};
pub(crate) use wording::Word;
