//! The tables about the machine: feeds, receivers, mail, polling, health, the web.

mod feed_address;
pub(crate) mod feeds;
pub(crate) mod machine;
mod opml;
pub(crate) mod receivers;
pub(crate) mod web;

pub use feed_address::listed_address;
pub(crate) use feeds::{FeedTables, Feeds, country};
pub(crate) use machine::tidy;
pub use opml::{OpmlError, OpmlFeed, read_opml};
pub(crate) use receivers::Known;
