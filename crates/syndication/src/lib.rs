//! Reads news feeds of every format and state: bytes in, entries out. Pure; never panics.

#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod article;
mod discover;
mod entry;
pub mod hex_id;
mod html;
mod hub;
mod identity;
mod limits;
mod parse;
mod position;
mod skips;
mod warning;

pub use article::{extract, page_text};
pub use discover::{Candidate, Hint, Tried, best, candidates};
pub use entry::{Entry, EntryKey};
pub use html::plain::{Plain, looks_like_html, plain_text};
pub use hub::Offered;
pub use identity::{KnownBy, derive_id, key_anew, shared_ids};
pub use parse::decoded;
pub use parse::offered;
pub use parse::zone_of_country;
pub use parse::{Hints, ParseError, ParsedFeed, Repair, Source, join, parse};
pub use position::{GeoPoint, Position, Shape};
pub use skips::Skips;
pub use warning::{MessageType, Status, Warning};
