//! A configured feed with its stored state, as the commands on feeds list it.

use std::collections::HashMap;

use crate::config::Configuration;
use crate::feed::{FeedSettings, FeedState};
use crate::net::shown_text;
use crate::text::clean;

/// A feed as configured, and what is remembered of it.
pub type Row<'a> = (&'a FeedSettings, Option<&'a FeedState>);

/// The name that it goes by: the one written for it, its own, or its address.
pub fn name(settings: &FeedSettings, memory: Option<&FeedState>) -> String {
    let title = settings
        .title
        .as_deref()
        .or_else(|| memory.and_then(|memory| memory.title.as_deref()));
    match title {
        Some(title) => clean(&shown_text(title)),
        None => clean(settings.shown().as_str()),
    }
}

pub(super) fn rows<'a>(configuration: &'a Configuration, memories: &'a [FeedState]) -> Vec<Row<'a>> {
    let known: HashMap<&str, &FeedState> = memories.iter().map(|memory| (memory.url.as_str(), memory)).collect();
    configuration
        .feeds
        .iter()
        .map(|settings| (settings, known.get(settings.url.as_str()).copied()))
        .collect()
}
