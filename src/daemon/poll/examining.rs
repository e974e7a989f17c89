//! New and changed entries of a feed, held against the watchlist.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::task::{JoinError, spawn_blocking};
use tracing::warn;

use crate::alert::{Known, PartialFingerprint, Prepared, is_backfilled, stated_position};
use crate::daemon::supervise::{Ready, Shared, catch_panic};
use crate::feed::{FeedSettings, FeedState, boilerplate_in};
use wirewatch_recognition::{Document, Examined, Verdict, Watchlist};
use wirewatch_syndication::Entry;

/// A text of more bytes is long: it may name thousands of places, and each takes a kilobyte while it is examined.
const LONG_TEXT: usize = 16 << 10;
/// Polls whose long texts are examined at a time.
pub const LONG_TEXTS_AT_ONCE: usize = 4;

/// What an entry came to.
#[derive(Debug)]
pub struct Finding {
    pub known: Option<Known>,
    /// The verdicts alone: mentions and places of thousands of entries would fill memory.
    pub examined: Examined,
    /// Everything that an alert of it needs beside a story.
    pub prepared: Prepared,
    /// The countries of the places that it names, each once.
    pub countries: Vec<String>,
}

/// The feed that entries are of, as it is at this poll.
#[derive(Debug, Clone, Copy)]
pub struct FeedNow<'a> {
    pub settings: &'a FeedSettings,
    pub memory: &'a FeedState,
    /// The name that it goes by.
    pub title: &'a str,
    /// No poll of it was ever read.
    pub first_sight: bool,
    pub now: Timestamp,
}

/// Examines entries, each with what was known of it; one on which the examination breaks is left out.
pub async fn examine_all(
    shared: &Shared,
    ready: &Arc<Ready>,
    feed: FeedNow<'_>,
    entries: Vec<(Option<Known>, Entry)>,
) -> Result<(Vec<Entry>, Vec<Finding>), JoinError> {
    // Most polls bring nothing new, and need no other thread to say so.
    if entries.is_empty() {
        return Ok(Default::default());
    }
    // Held while texts are examined and never while a server is waited for.
    let _turn = match entries.iter().any(|(_, entry)| entry.text.len() > LONG_TEXT) {
        true => shared.long_texts.acquire().await.ok(),
        false => None,
    };
    let from = at_home(feed.settings, feed.memory);
    let (ready, title, settings) = (ready.clone(), feed.title.to_owned(), feed.settings.clone());
    let (shared_text, first_sight, now) = (feed.memory.boilerplate.clone(), feed.first_sight, feed.now);
    let any_stories = !shared.stories.lock().await.is_empty();
    let work = move || {
        let watchlist = &ready.configuration.watchlist;
        let look = |entry: &Entry, known: Option<Known>| {
            let examined = examine(watchlist, &from, &title, &shared_text, entry);
            // Made here, on any thread, rather than under the lock on the stories.
            let prepared = prepare(watchlist, &settings, &title, entry, &examined, any_stories);
            let prepared = match first_sight && known.is_none() && !is_backfilled(entry, &settings, now) {
                true => prepared.for_backlog(),
                false => prepared,
            };
            let countries = countries(&examined).into_iter().map(str::to_owned).collect();
            let verdicts = Examined {
                verdicts: examined.verdicts,
                ..Examined::default()
            };
            (verdicts, prepared, countries)
        };
        let each = entries.into_iter().filter_map(|(known, entry)| {
            let Some((examined, prepared, countries)) = catch_panic(|| look(&entry, known)) else {
                let (title, link) = (&entry.title, entry.link.as_deref());
                warn!(feed.url = %from.shown(), entry.title = title, entry.link = link, "an entry cannot be examined");
                return None;
            };
            let finding = Finding {
                known,
                examined,
                prepared,
                countries,
            };
            Some((entry, finding))
        });
        each.unzip()
    };
    spawn_blocking(work).await
}

/// With the country that the feed has shown to report from, where none is written.
pub fn at_home(settings: &FeedSettings, memory: &FeedState) -> FeedSettings {
    let country = settings.country.clone();
    FeedSettings {
        country: country.or_else(|| memory.home().map(str::to_owned)),
        ..settings.clone()
    }
}

/// `title` is the feed's, which names the publisher where the entry does not.
pub fn examine(watchlist: &Watchlist, settings: &FeedSettings, title: &str, shared: &[u64], entry: &Entry) -> Examined {
    let boilerplate = boilerplate_in(&entry.text, shared);
    let position = stated_position(entry);
    watchlist.examine(Document {
        title: &entry.title,
        text: &entry.text,
        feed: Some(&settings.group),
        country: settings.country.as_deref(),
        language: entry.language.as_deref(),
        publisher: entry.publisher.as_deref().or(Some(title)),
        boilerplate: &boilerplate,
        position: position.as_ref(),
    })
}

/// Everything of an entry that an alert needs beside a story; `any_stories`: one that is known may be its own.
pub fn prepare(
    watchlist: &Watchlist,
    settings: &FeedSettings,
    title: &str,
    entry: &Entry,
    examined: &Examined,
    any_stories: bool,
) -> Prepared {
    let (url, fires) = (settings.url.as_str(), examined.verdicts.iter().any(Verdict::fires));
    let sketch = match (fires, any_stories) {
        (true, _) => Some(PartialFingerprint::in_full(entry, url, title)),
        (false, true) => Some(PartialFingerprint::of(entry, url, title)),
        (false, false) => None,
    };
    Prepared::of(entry, examined, watchlist, settings, sketch)
}

/// The countries of the places that an entry names, each once.
fn countries(examined: &Examined) -> Vec<&str> {
    let sure = examined
        .places
        .iter()
        .flatten()
        .filter(|place| place.confidence >= 0.5 && !place.boilerplate);
    let mut countries: Vec<&str> = sure.filter_map(|place| place.entity.country.as_deref()).collect();
    countries.sort_unstable();
    countries.dedup();
    countries
}
