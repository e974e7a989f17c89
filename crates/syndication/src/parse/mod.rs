//! Bytes to entries: decode, mend, parse, guard, and derive dates and keys of our own.

mod ahead;
mod beside;
mod calendar;
mod cap;
mod capture;
mod dates;
mod decode;
mod draft;
mod feed;
mod few;
mod fields;
mod gather;
mod json;
mod kept;
mod mend;
mod month;
mod names;
mod page;
mod pieces;
mod read;
mod repair;
mod stated;
mod text;
mod tokens;

pub use feed::{Hints, ParseError, ParsedFeed, Source, parse};
pub use page::{Link, is_of_comments, page_links};
pub(crate) use page::{links_of, tag_depth};
pub use read::join;
pub use repair::Repair;
