//! Finds names of the gazetteer in a text.

mod cases;
mod finding;
mod joined;
mod keys;
mod walk;

pub(crate) use finding::find;
pub(crate) use joined::inside_longer_name;
pub(crate) use keys::{Hash, NameId};
pub(crate) use walk::{Found, named};
