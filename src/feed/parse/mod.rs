//! Bytes to entries: decode, mend, parse, guard, and derive dates and keys of our own.

mod feed;

pub use feed::{Hints, ParseError, ParsedFeed, Repair, Source, parse};
