//! A configured feed with its stored state, as the commands on feeds list it.

use std::collections::HashMap;

use crate::alert::clean;
use crate::config::Configuration;
use crate::feed::{FeedMemory, FeedSettings};
use crate::net::shown_text;

/// A feed as configured, and what is remembered of it.
pub type Row<'a> = (&'a FeedSettings, Option<&'a FeedMemory>);

/// The name that it goes by: the one written for it, its own, or its address.
pub fn name(settings: &FeedSettings, memory: Option<&FeedMemory>) -> String {
    let title = settings
        .title
        .as_deref()
        .or_else(|| memory.and_then(|memory| memory.title.as_deref()));
    match title {
        Some(title) => clean(&shown_text(title)),
        None => clean(settings.shown().as_str()),
    }
}

pub(super) fn rows<'a>(configuration: &'a Configuration, memories: &'a [FeedMemory]) -> Vec<Row<'a>> {
    let known: HashMap<&str, &FeedMemory> = memories.iter().map(|memory| (memory.url.as_str(), memory)).collect();
    configuration
        .feeds
        .iter()
        .map(|settings| (settings, known.get(settings.url.as_str()).copied()))
        .collect()
}
