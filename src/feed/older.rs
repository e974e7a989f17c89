//! The page before the newest one, which a feed may name (RFC 5005), asked for once where entries may have been missed.
//! Pure.

use std::collections::HashSet;

use super::state::{FeedSettings, FeedState, take_off_seat};
use crate::net::Response;
use wirewatch_syndication::{Entry, EntryKey, Source, parse};

/// The entries of such a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Older {
    pub entries: Vec<Entry>,
    /// Those that were published before the newest that was known, or whose date is unknown: history, not what was missed.
    pub archive: HashSet<EntryKey>,
}

/// Reads such a page; nothing where it is no feed. `before` is what was remembered before the poll that missed entries;
/// keys are derived as `after` says.
pub fn read_older(response: &Response, before: &FeedState, after: &FeedState, settings: &FeedSettings) -> Older {
    let content_type = response.headers.get("content-type");
    let zone = settings.zone();
    let source = Source {
        bytes: &response.body,
        content_type: content_type.and_then(|value| value.to_str().ok()),
        url: Some(&response.url),
        language: settings.language.as_deref(),
        zone: zone.as_ref(),
    };
    let Some(mut feed) = Some(response)
        .filter(|response| response.status == 200)
        .and_then(|_| parse(source).ok())
    else {
        return Older::default();
    };
    take_off_seat(&mut feed.entries, after.seat);
    after.past.key(&mut feed.entries);
    if settings.language.is_some() {
        for entry in &mut feed.entries {
            entry.language.clone_from(&settings.language);
        }
    }
    let newest = before.rhythm.newest_entry;
    let was_missed = |entry: &&Entry| {
        entry
            .published
            .max(entry.updated)
            .zip(newest)
            .is_some_and(|(at, newest)| at > newest)
    };
    let archive = feed
        .entries
        .iter()
        .filter(|entry| !was_missed(entry))
        .map(|entry| entry.key)
        .collect();
    Older {
        entries: feed.entries,
        archive,
    }
}
