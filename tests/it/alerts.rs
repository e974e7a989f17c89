//! From entries to alerts: stories, edits, backlogs, quiet hours, and what a message may carry.

mod bounds;
mod edits;
mod messages;
mod routes;
mod stories;
mod warnings;

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use wirewatch::alert::{
    Alert, AlertId, AlsoIn, Assessment, Context, Decision, Excerpt, Hold, Kind, Known, Novelty, PartialFingerprint,
    Payload, QuietHours, Raise, RecentStories, Recipient, Seen, SourceLine, StoryRecord, assess, content_hash, digest,
    message, notice_message, record, route,
};
use wirewatch::feed::{Backfill, FeedSettings, FeedState, FullText, Trust};
use wirewatch_recognition::{Document, HowClose, Level, LookIn, Pattern, Term, TermList, Watch, Watchlist};
use wirewatch_syndication::{Entry, EntryKey, derive_id};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn noon() -> Timestamp {
    at("2024-09-17T12:00:00Z")
}

fn term(written: &str) -> Term {
    let pattern = match written.strip_suffix('*') {
        Some(start) => Pattern::Prefix(start.into()),
        None => Pattern::Words(written.into()),
    };
    Term {
        pattern,
        exact_case: false,
        entity: None,
    }
}

fn watch(name: &str, find: &[&str]) -> Watch {
    Watch {
        name: name.to_owned(),
        title: format!("News of {name}"),
        level: Level::Normal,
        tell: Vec::new(),
        find: find.iter().map(|written| term(written)).collect(),
        together_with: TermList::default(),
        how_close: HowClose::SameArticle,
        but_not: TermList::default(),
        look_in: LookIn::TitleAndText,
        ..Watch::default()
    }
}

fn bamako() -> Watchlist {
    Watchlist::compile(vec![watch("bamako", &["Bamako", "Senou"])]).unwrap()
}

fn feed(host: &str) -> FeedSettings {
    FeedSettings {
        url: format!("https://{host}/feed").parse().unwrap(),
        group: "desks".to_owned(),
        title: None,
        backfill: Backfill::Remember,
        full_text: FullText::Never,
        trust: Trust::Normal,
        country: None,
        language: None,
        fastest: Duration::from_secs(300),
        slowest: Duration::from_secs(3600),
        access: wirewatch::feed::Access::default(),
    }
}

fn entry(id: &str, title: &str, text: &str) -> Entry {
    Entry {
        key: EntryKey(derive_id(&[id])),
        id: None,
        title: title.to_owned(),
        link: Some(format!("https://{id}")),
        text: text.to_owned(),
        published: Some(noon()),
        updated: None,
        authors: Vec::new(),
        tags: Vec::new(),
        language: None,
        ..Entry::default()
    }
}

/// A desk that remembers: what the daemon and the store do around the heart.
struct Desk {
    watchlist: Watchlist,
    stories: RecentStories,
    known: std::collections::HashMap<(String, EntryKey), Known>,
    now: Timestamp,
}

impl Desk {
    fn new(watchlist: Watchlist) -> Self {
        Self {
            watchlist,
            stories: RecentStories::default(),
            known: Default::default(),
            now: noon(),
        }
    }

    fn poll(&mut self, feed: &FeedSettings, first_sight: bool, entries: &[Entry]) -> Assessment {
        let mut seen: Vec<Seen<'_>> = entries
            .iter()
            .map(|entry| Seen {
                entry,
                examined: self.watchlist.examine(Document {
                    title: &entry.title,
                    text: &entry.text,
                    feed: Some("desks"),
                    ..Default::default()
                }),
                known: self.known.get(&(feed.url.to_string(), entry.key)).copied(),
                prepared: None,
                archive: false,
            })
            .collect();
        let context = Context {
            watchlist: &self.watchlist,
            feed,
            feed_title: feed.url.host_str().unwrap(),
            first_sight,
            opened: false,
            now: self.now,
        };
        let assessment = assess(&mut seen, context, &mut self.stories);
        for (entry, assessed) in entries.iter().zip(&assessment.entries) {
            let known = Known {
                content_hash: content_hash(entry),
                story: assessed.story,
            };
            self.known.insert((feed.url.to_string(), entry.key), known);
        }
        // Stories go through the store as JSON.
        for story in &assessment.stories {
            let back: StoryRecord = serde_json::from_str(&serde_json::to_string(&**story).unwrap()).unwrap();
            assert_eq!(back, **story);
        }
        assessment
    }

    fn alerts(&mut self, host: &str, entries: &[Entry]) -> Vec<Alert> {
        alerts(self.poll(&feed(host), false, entries))
    }
}

fn alerts(assessment: Assessment) -> Vec<Alert> {
    assessment.entries.into_iter().flat_map(|entry| entry.alerts).collect()
}

const HEADLINE: &str = "Gunmen storm the military airport of Bamako at dawn";
const STORY: &str = "Gunmen stormed the gendarmerie school and the military airport of Bamako before dawn on Tuesday, \
    killing at least 11 people, two security sources said. Smoke rose over the Senou district for hours while soldiers \
    searched house after house, and flights were turned back until the evening.";
