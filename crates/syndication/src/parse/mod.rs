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
mod json_feed;
mod kept;
mod mend;
mod month;
mod names;
mod page;
mod parsed_feed;
mod pieces;
mod read;
mod repair;
mod stated;
mod text;
mod tokens;

pub use feed::parse;
pub(crate) use page::tag_depth;
pub use page::{Link, is_of_comments, offered, page_links};
pub use parsed_feed::{Hints, ParseError, ParsedFeed, Source};
pub use read::join;
pub use repair::Repair;
