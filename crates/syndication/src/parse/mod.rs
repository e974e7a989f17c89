//! Bytes to entries: decode, mend, parse, guard, and derive dates and keys of our own.

mod cap;
mod dates;
mod decode;
mod feed;
mod feed_rs_reader;
mod json;
mod kept;
mod page;
mod parsed_feed;
mod repair;
mod xml;

pub use dates::zone_of_country;
pub use decode::decoded;
pub use feed::parse;
pub use feed_rs_reader::join;
pub(crate) use page::tag_depth;
pub use page::{Link, is_of_comments, offered, page_links};
pub use parsed_feed::{Hints, ParseError, ParsedFeed, Source};
pub use repair::Repair;
