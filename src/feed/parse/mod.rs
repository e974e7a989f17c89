//! Bytes to entries: decode, mend, read, and derive keys.

mod ahead;
mod calendar;
mod capture;
mod dates;
mod decode;
mod draft;
mod feed;
mod fields;
mod found;
mod json;
mod mend;
mod month;
mod names;
mod page;
mod pieces;
mod repair;
mod text;
mod tokens;

pub use feed::{Hints, ParseError, ParsedFeed, Source, parse};
pub(super) use found::join;
pub use page::{Link, is_of_comments, page_links};
pub(super) use page::{links_of, tag_depth};
pub use repair::Repair;
