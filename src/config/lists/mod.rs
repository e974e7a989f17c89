//! Lists that watches refer to: words, groups, places.

mod built_in;
mod built_in_places;
mod imports;
mod list;
mod own_places;
mod patterns;
mod pick;
mod query_like;
mod sense;

pub(crate) use list::Lists;
pub(crate) use pick::{seat, sense};
pub use sense::Sense;
pub(crate) use sense::{Senses, Wanted};
