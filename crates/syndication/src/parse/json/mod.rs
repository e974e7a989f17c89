//! JSON Feed (jsonfeed.org, versions 1 and 1.1).

mod few;
mod gather;
mod json_entry;
mod json_feed;

pub(crate) use json_feed::read_json_feed;
