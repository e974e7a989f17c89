//! What a hub pushed, read like the body of a poll; but it is no answer of the feed's own server, and may be a part.

use std::sync::Arc;

use super::super::bridge::take_errors;
use crate::feed::interpret::Reading;
use crate::feed::outcome::Outcome;
use crate::feed::state::{FeedSettings, FeedState, take_off_seat};
use wirewatch_syndication::{ParseError, Source, parse};

/// Reads what was pushed, and notes its entries for the next poll, which is held against them. All else that is remembered
/// of the feed stays as it is: validators, schedule, rhythm and health are told by polls alone, which see the whole of it.
pub fn read_push(
    body: &[u8],
    content_type: Option<&str>,
    memory: &FeedState,
    settings: &FeedSettings,
) -> Result<Reading, ParseError> {
    let url = memory.address().unwrap_or_else(|| settings.url.clone());
    let zone = settings.zone();
    let source = Source {
        bytes: body,
        content_type,
        url: Some(&url),
        language: settings.language.as_deref(),
        zone: zone.as_ref(),
    };
    let mut entries = parse(source)?.entries;
    take_errors(&mut entries);
    take_off_seat(&mut entries, memory.seat);
    let mut memory = memory.clone();
    memory.past.key(&mut entries);
    let change = memory.past.note_push(&entries);
    if settings.language.is_some() {
        for entry in &mut entries {
            entry.language.clone_from(&settings.language);
        }
    }
    Ok(Reading {
        outcome: Outcome::Read,
        entries,
        change,
        memory: Arc::new(memory),
    })
}
