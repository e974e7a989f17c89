//! The tables about the machine: feeds, receivers, mail, polling, health, the web.

mod access;
mod feed_address;
pub(crate) mod feeds;
pub(crate) mod machine;
mod opml;
mod paths;
pub(crate) mod receivers;
pub(crate) mod web;

pub use feed_address::listed_address;
pub(crate) use feeds::{FeedTables, Feeds, country};
pub use opml::{OpmlError, OpmlFeed, read_opml};
pub(crate) use paths::tidy;
pub(crate) use receivers::Known;
