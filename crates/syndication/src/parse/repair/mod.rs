//! The tolerant pre-pass: a feed in any state to one well-formed Atom document.

mod beside;
mod draft;
mod end_ahead;
mod fields;
mod repairs;
mod stated;
mod to_atom;

pub(crate) use beside::Beside;
pub(crate) use draft::{Draft, Ranked};
pub(crate) use fields::Field;
pub use repairs::Repair;
pub(crate) use repairs::{
    BARE_AMPERSAND, CONTROL_CHARACTERS, CUT_ENTRY, GUESSED_ENCODING, INLINE_MARKUP, LONG_TEXT, LONG_TITLE, MANY_NAMES,
    MANY_VALUES, ODD_DATE, ODD_JSON, ODD_TYPE, Repairs, STRAY_BYTES, UNKNOWN_REFERENCE, WRONG_ENCODING,
};
pub(crate) use stated::{Around, Stated, Stating, stating, time};
pub(crate) use to_atom::{Mended, absolute, base_of, to_atom};
