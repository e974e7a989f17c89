//! `scan`: documents in, mentions, verdicts and stories out, one JSON object a line. Documents are examined on every
//! core; stories are decided in the order of the documents.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write, stderr, stdin, stdout};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::SignedDuration;
use url::Url;

use super::document::{Given, Refused, Said, SaidMention, SaidVerdict, Shown};
use super::known::known;
use super::place::configuration;
use super::print::{json_line, length};
use crate::alert::{Context, RecentStories, Seen, assess, clean};
use crate::daemon::{Clock, Origin, SystemClock};
use crate::feed::{Backfill, Entry, EntryKey, FeedSettings, derive_id};
use crate::watch::{Document, Examined, Field, Located, Mention, Watchlist};

/// Documents that are in memory at a time, for each core.
const BATCH: usize = 256;

pub fn scan(origin: &Origin, file: &Path, known: bool) -> Result<ExitCode> {
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
        known,
        cores,
    };
    let whole = std::fs::metadata(file).ok().filter(std::fs::Metadata::is_file);
    let mut progress = Progress::new(whole.map(|found| found.len()));
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
        progress.add(&batch);
        refused += round.say(&batch, &mut out)?;
    }
    out.flush()?;
    progress.end();
    Ok(ExitCode::from(u8::from(refused > 0)))
}

/// How far it has come: shown on a terminal that is not the one that the lines go to, once it takes longer than this.
const PATIENCE: Duration = Duration::from_secs(1);

struct Progress {
    began: Instant,
    /// Bytes of the file, where it is one.
    whole: Option<u64>,
    bytes: u64,
    documents: u64,
    bar: Option<ProgressBar>,
}

impl Progress {
    fn new(whole: Option<u64>) -> Self {
        Self {
            began: Instant::now(),
            whole,
            bytes: 0,
            documents: 0,
            bar: None,
        }
    }

    fn add(&mut self, batch: &[(usize, Vec<u8>)]) {
        self.documents += batch.len() as u64;
        self.bytes += batch.iter().map(|(_, line)| line.len() as u64 + 1).sum::<u64>();
        if self.began.elapsed() < PATIENCE || !stderr().is_terminal() || stdout().is_terminal() {
            return;
        }
        let words = format!("{} documents{}", self.documents, self.share());
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{msg}").ok();
            let bar = ProgressBar::no_length();
            style.into_iter().for_each(|style| bar.set_style(style));
            bar
        });
        bar.set_message(words);
    }

    /// Of a file: how much of it was read, and how long the rest takes at this pace.
    fn share(&self) -> String {
        let Some(whole) = self.whole.filter(|whole| (1..=*whole).contains(&self.bytes)) else {
            return String::new();
        };
        let done = self.bytes as f64 / whole as f64;
        let left = self.began.elapsed().mul_f64((1.0 - done) / done);
        let left = match length(SignedDuration::try_from(left).unwrap_or(SignedDuration::MAX)) {
            moments if moments.is_empty() => String::new(),
            words => format!(", {words} left"),
        };
        format!(", {:.0} %{left}", done * 100.0)
    }

    fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

struct Round<'a> {
    watchlist: &'a Watchlist,
    /// Documents come from no feed; everything in them is new.
    feed: FeedSettings,
    stories: RecentStories,
    /// Whether known groups and places are named, too.
    known: bool,
    cores: usize,
}

/// A document with what was found in it.
struct Read {
    given: Given,
    title: Shown,
    text: Shown,
    examined: Examined,
    known: Vec<SaidMention>,
}

impl Round<'_> {
    /// Says a line for each line given; blank ones are passed over. Gives the number of those refused.
    fn say(&mut self, batch: &[(usize, Vec<u8>)], out: &mut impl Write) -> Result<usize> {
        let share = batch.len().div_ceil(self.cores);
        let (watchlist, wants_known) = (self.watchlist, self.known);
        let read: Vec<Result<Read, Refused>> = std::thread::scope(|scope| {
            let parts: Vec<_> = batch
                .chunks(share)
                .map(|part| {
                    scope.spawn(move || {
                        part.iter()
                            .filter_map(|(number, line)| read(watchlist, wants_known, *number, line))
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
                Ok(document) => json_line(out, &self.decide(document))?,
                Err(error) => {
                    refused += 1;
                    eprintln!("line {}: {}", error.line, clean(&error.error));
                    json_line(out, &error)?;
                }
            }
        }
        Ok(refused)
    }

    fn decide(&mut self, read: Read) -> Said {
        let Read {
            given,
            title,
            text,
            examined,
            known,
        } = read;
        let document = Document {
            title: title.text(&given.title),
            text: text.text(&given.text),
            feed: given.feed.as_deref(),
            country: given.country.as_deref(),
            language: given.language.as_deref(),
            ..Document::default()
        };
        let mut mentions: Vec<SaidMention> = examined
            .mentions
            .iter()
            .map(|mention| self.mention(mention, &given, &title, &text))
            .collect();
        let watched = mentions.len();
        // Places that a `where` was judged by.
        let asked = examined.places.iter().flatten().filter(|place| place.confidence >= 0.5);
        let asked: Vec<SaidMention> = asked.map(|place| said_place(place, &given, &title, &text)).collect();
        for mention in known.into_iter().chain(asked) {
            let same = |said: &SaidMention| {
                (&said.entity, said.field, said.start) == (&mention.entity, mention.field, mention.start)
            };
            if !mentions[..watched].iter().any(same) && !mentions[watched..].iter().any(same) {
                mentions.push(mention);
            }
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
            opened: false,
            now,
        };
        let seen = [Seen {
            entry: &entry,
            examined,
            known: None,
            sketch: None,
            archive: false,
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

fn said_place(place: &Located, given: &Given, title: &Shown, text: &Shown) -> SaidMention {
    let (raw, shown) = match place.field {
        Field::Title => (&given.title, title),
        Field::Text => (&given.text, text),
    };
    let span = shown.span(place.span.clone());
    SaidMention {
        entity: Some(place.entity.id.clone()),
        kind: place.entity.kind.to_string(),
        name: place.entity.name.clone(),
        country: place.entity.country.clone(),
        field: place.field,
        start: span.start,
        end: span.end,
        text: raw.get(span).unwrap_or_default().to_owned(),
        confidence: place.confidence,
    }
}

fn read(watchlist: &Watchlist, wants_known: bool, number: usize, line: &[u8]) -> Option<Result<Read, Refused>> {
    if line.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii_end();
    let given: Given = match serde_json::from_slice(line) {
        Ok(given) => given,
        Err(error) => {
            // Each line is read alone, so that its own number would always be 1.
            let why = error.to_string().replace("at line 1 column", "at column");
            return Some(Err(Refused {
                line: number,
                error: format!("not a document: {why}"),
            }));
        }
    };
    let (title, text) = (Shown::of(&given.title), Shown::of(&given.text));
    let document = Document {
        title: title.text(&given.title),
        text: text.text(&given.text),
        feed: given.feed.as_deref(),
        country: given.country.as_deref(),
        language: given.language.as_deref(),
        ..Document::default()
    };
    let examined = watchlist.examine(document);
    let known = if wants_known {
        known(&given, &title, &text)
    } else {
        Vec::new()
    };
    Some(Ok(Read {
        given,
        title,
        text,
        examined,
        known,
    }))
}
