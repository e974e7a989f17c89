//! The tables about the machine: feeds, receivers, mail, polling, health, the web.

pub mod feeds;
pub mod machine;
mod opml;
pub mod receivers;
pub mod web;

pub(crate) use feeds::{Feeds, country};
pub(crate) use machine::tidy;
pub use opml::{OpmlError, OpmlFeed, read_opml};
pub(crate) use receivers::Known;
