//! `scan`: documents in, mentions, verdicts and stories out, one JSON object a line. Documents are examined on every
//! core; stories are decided in the order of the documents.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write, stderr, stdin, stdout};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result};
use indicatif::ProgressBar;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::place::configuration;
use super::shown::Shown;
use crate::alert::{Context, RecentStories, Seen, assess};
use crate::daemon::{Clock, Origin, SystemClock};
use crate::feed::{Backfill, Entry, EntryKey, FeedSettings, derive_id};
use crate::watch::{Document, Examined, Field, Mention, PlaceContext, PlaceMention, Watchlist, named_groups, places};

/// Documents that are in memory at a time, for each core.
const BATCH: usize = 256;

/// One line in.
#[derive(Debug, Deserialize)]
struct Given {
    id: serde_json::Value,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    published: Option<Timestamp>,
    /// The `[feeds.NAME]` that it counts as.
    #[serde(default)]
    feed: Option<String>,
    #[serde(default)]
    language: Option<String>,
}

/// One line out.
#[derive(Debug, Serialize)]
struct Said {
    id: serde_json::Value,
    mentions: Vec<SaidMention>,
    verdicts: Vec<SaidVerdict>,
    story: String,
}

#[derive(Debug, Serialize)]
struct SaidMention {
    /// `null` where the term belongs to no group or place.
    entity: Option<String>,
    kind: String,
    name: String,
    country: Option<String>,
    field: Field,
    /// Bytes of the field as given.
    start: usize,
    end: usize,
    text: String,
    confidence: f32,
}

#[derive(Debug, Serialize)]
struct SaidVerdict {
    watch: String,
    fires: bool,
    because: String,
}

/// A line that is no document, in its place.
#[derive(Debug, Serialize)]
struct Refused {
    line: usize,
    error: String,
}

pub fn scan(origin: &Origin, file: &Path) -> Result<ExitCode> {
    let configuration = configuration(origin)?;
    let input: Box<dyn BufRead> = match file.to_str() {
        Some("-") => Box::new(BufReader::new(stdin())),
        _ => Box::new(BufReader::new(
            File::open(file).with_context(|| format!("cannot read {}", file.display()))?,
        )),
    };
    let mut out = BufWriter::with_capacity(1 << 16, stdout().lock());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let feed = FeedSettings {
        backfill: Backfill::All,
        ..FeedSettings::new(Url::parse("scan:documents")?, "")
    };
    let watchlist = &configuration.watchlist;
    let mut round = Round {
        watchlist,
        feed,
        stories: RecentStories::default(),
        cores,
    };
    let progress = progress();
    let mut refused = 0;
    let mut lines = input.split(b'\n').enumerate();
    loop {
        let batch: Vec<(usize, Vec<u8>)> = lines
            .by_ref()
            .take(BATCH * cores)
            .map(|(number, line)| line.map(|line| (number + 1, line)))
            .collect::<io::Result<_>>()?;
        if batch.is_empty() {
            break;
        }
        progress.inc(batch.len() as u64);
        refused += round.say(&batch, &mut out)?;
    }
    out.flush()?;
    progress.finish_and_clear();
    Ok(ExitCode::from(u8::from(refused > 0)))
}

/// Counts documents on a terminal once it takes longer than a second.
fn progress() -> ProgressBar {
    if !stderr().is_terminal() || stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::no_length();
    bar.enable_steady_tick(Duration::from_secs(1));
    bar
}

struct Round<'a> {
    watchlist: &'a Watchlist,
    /// Documents come from no feed; everything in them is new.
    feed: FeedSettings,
    stories: RecentStories,
    cores: usize,
}

/// A document with what was found in it.
struct Read {
    given: Given,
    title: Shown,
    text: Shown,
    examined: Examined,
    places: Vec<PlaceMention>,
    groups: Vec<Mention>,
}

impl Round<'_> {
    /// Says a line for each line given; blank ones are passed over. Gives the number of those refused.
    fn say(&mut self, batch: &[(usize, Vec<u8>)], out: &mut impl Write) -> Result<usize> {
        let share = batch.len().div_ceil(self.cores);
        let watchlist = self.watchlist;
        let read: Vec<Result<Read, Refused>> = std::thread::scope(|scope| {
            let parts: Vec<_> = batch
                .chunks(share)
                .map(|part| {
                    scope.spawn(move || {
                        part.iter()
                            .filter_map(|(number, line)| read(watchlist, *number, line))
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            parts
                .into_iter()
                .flat_map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        let mut refused = 0;
        for document in read {
            match document {
                Ok(document) => serde_json::to_writer(&mut *out, &self.decide(document))?,
                Err(error) => {
                    refused += 1;
                    eprintln!("line {}: {}", error.line, error.error);
                    serde_json::to_writer(&mut *out, &error)?;
                }
            }
            out.write_all(b"\n")?;
        }
        Ok(refused)
    }

    fn decide(&mut self, read: Read) -> Said {
        let Read {
            given,
            title,
            text,
            examined,
            places,
            groups,
        } = read;
        let document = Document {
            title: title.text(&given.title),
            text: text.text(&given.text),
            feed: None,
        };
        let mut mentions: Vec<SaidMention> = examined
            .mentions
            .iter()
            .map(|mention| self.mention(mention, &given, &title, &text))
            .collect();
        // A group that a watch asks for is said already.
        for group in &groups {
            let Some(entity) = group.entity.as_deref() else {
                continue;
            };
            let said = examined.mentions.iter().any(|one| {
                let same = one.entity.as_deref().is_some_and(|one| one.id == entity.id);
                same && one.field == group.field && one.span == group.span
            });
            if !said {
                let placed = Placed {
                    field: group.field,
                    span: group.span.clone(),
                    confidence: group.confidence,
                };
                let (id, country) = (entity.id.clone(), entity.country.clone());
                mentions.push(placed.said(id, "group", &entity.name, country, &given, &title, &text));
            }
        }
        for mention in &places {
            let placed = Placed {
                field: mention.field,
                span: mention.span.clone(),
                confidence: mention.confidence,
            };
            let (place, country) = (&mention.place, mention.place.country.map(str::to_owned));
            mentions.push(placed.said(place.id(), "place", place.name, country, &given, &title, &text));
        }
        let verdicts = examined
            .verdicts
            .iter()
            .map(|verdict| SaidVerdict {
                watch: self.watchlist.watches()[verdict.watch].name.clone(),
                fires: verdict.fires(),
                because: verdict.sentence(self.watchlist, document, &examined),
            })
            .collect();
        let now = SystemClock.now();
        let entry = Entry {
            key: EntryKey(derive_id(&["scan", &given.id.to_string()])),
            id: None,
            title: document.title.to_owned(),
            link: given.url.clone(),
            text: document.text.to_owned(),
            published: given.published,
            updated: None,
            authors: Vec::new(),
            tags: Vec::new(),
            language: given.language.clone(),
        };
        let context = Context {
            watchlist: self.watchlist,
            feed: &self.feed,
            feed_title: "",
            first_sight: false,
            now,
        };
        let seen = [Seen {
            entry: &entry,
            examined,
            known: None,
        }];
        let assessment = assess(&seen, context, &mut self.stories);
        // An entry that no watch fires on has no story in the daemon; a person who scans wants to see them all.
        let story = match assessment.entries.first().and_then(|entry| entry.story) {
            Some(story) => story,
            None => self.stories.gather(&entry, self.feed.url.as_str(), "", now).story,
        };
        Said {
            id: given.id,
            mentions,
            verdicts,
            story: story.to_string(),
        }
    }

    fn mention(&self, mention: &Mention, given: &Given, title: &Shown, text: &Shown) -> SaidMention {
        let (raw, shown) = match mention.field {
            Field::Title => (&given.title, title),
            Field::Text => (&given.text, text),
        };
        let span = shown.span(mention.span.clone());
        let entity = mention.entity.as_deref();
        SaidMention {
            entity: entity.map(|entity| entity.id.clone()),
            kind: entity.map_or_else(|| "term".to_owned(), |entity| entity.kind.to_string()),
            name: entity.map_or_else(
                || self.watchlist.term(mention.term).written(),
                |entity| entity.name.clone(),
            ),
            country: entity.and_then(|entity| entity.country.clone()),
            field: mention.field,
            start: span.start,
            end: span.end,
            text: raw.get(span).unwrap_or_default().to_owned(),
            confidence: mention.confidence,
        }
    }
}

/// Where something was found in the text as examined, and how sure it is.
struct Placed {
    field: Field,
    span: std::ops::Range<usize>,
    confidence: f32,
}

impl Placed {
    #[expect(clippy::too_many_arguments, reason = "the line that is said has as many parts")]
    fn said(
        self,
        entity: String,
        kind: &str,
        name: &str,
        country: Option<String>,
        given: &Given,
        title: &Shown,
        text: &Shown,
    ) -> SaidMention {
        let (raw, shown) = match self.field {
            Field::Title => (&given.title, title),
            Field::Text => (&given.text, text),
        };
        let span = shown.span(self.span);
        SaidMention {
            entity: Some(entity),
            kind: kind.to_owned(),
            name: name.to_owned(),
            country,
            field: self.field,
            start: span.start,
            end: span.end,
            text: raw.get(span).unwrap_or_default().to_owned(),
            confidence: self.confidence,
        }
    }
}

fn read(watchlist: &Watchlist, number: usize, line: &[u8]) -> Option<Result<Read, Refused>> {
    if line.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    let given: Given = match serde_json::from_slice(line) {
        Ok(given) => given,
        Err(error) => {
            return Some(Err(Refused {
                line: number,
                error: format!("not a document: {error}"),
            }));
        }
    };
    let (title, text) = (Shown::of(&given.title), Shown::of(&given.text));
    let document = Document {
        title: title.text(&given.title),
        text: text.text(&given.text),
        feed: given.feed.as_deref(),
    };
    let examined = watchlist.examine(document);
    let places = places(document, PlaceContext::default());
    let groups = named_groups(document);
    Some(Ok(Read {
        given,
        title,
        text,
        examined,
        places,
        groups,
    }))
}
