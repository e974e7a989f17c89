//! `scan`: documents in, mentions, verdicts and stories out, one JSON object a line. Documents are examined on every
//! core; stories are decided in the order of the documents.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write, stderr, stdin, stdout};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::SignedDuration;
use url::Url;

use super::document::{Given, GivenFields, Refused, Said, SaidMention, SaidVerdict, Shown};
use super::known_entities::known;
use crate::alert::{Context, PartialFingerprint, Prepared, RecentStories, Seen, assess, of_position};
use crate::cli::print::{json_line, length};
use crate::cli::startup::{Homes, configuration};
use crate::daemon::{Clock, Origin, SystemClock};
use crate::feed::{Backfill, FeedSettings};
use crate::text::clean;
use wirewatch_recognition::{Examined, Located, Mention, PlaceContext, Verdict, Watchlist};
use wirewatch_syndication::{Entry, EntryKey, derive_id};

/// Documents that are in memory at a time, for each core.
const BATCH: usize = 256;

pub async fn scan(origin: &Origin, file: &Path, known: bool) -> Result<ExitCode> {
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
    let homes = Homes::of(&configuration).await;
    let reader = Reader {
        homes: &homes,
        watchlist: &configuration.watchlist,
        feed: &feed,
        known,
    };
    let mut stories = RecentStories::default();
    let whole = std::fs::metadata(file).ok().filter(std::fs::Metadata::is_file);
    let mut progress = Progress::new(whole.map(|found| found.len()));
    let mut refused = 0;
    let mut lines = input.split(b'\n').enumerate();
    // While the documents of one batch are decided here, those of the next are read on every core.
    std::thread::scope(|scope| -> Result<()> {
        let mut ahead = Vec::new();
        loop {
            let batch: Vec<(usize, Vec<u8>)> = lines
                .by_ref()
                .take(BATCH * cores)
                .map(|(number, line)| line.map(|line| (number + 1, line)))
                .collect::<io::Result<_>>()?;
            progress.add(&batch);
            let more = !batch.is_empty();
            let share = batch.len().div_ceil(cores).max(1);
            let mut rest = batch.into_iter();
            let parts = std::iter::from_fn(|| {
                let part: Vec<_> = rest.by_ref().take(share).collect();
                (!part.is_empty()).then_some(part)
            });
            let next: Vec<_> = parts.map(|part| scope.spawn(move || reader.read_all(&part))).collect();
            for part in std::mem::replace(&mut ahead, next) {
                let read = part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                for document in read {
                    refused += say(document, reader, &mut stories, &mut out)?;
                }
            }
            if !more {
                return Ok(());
            }
        }
    })?;
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

/// What documents are read with.
#[derive(Clone, Copy)]
struct Reader<'a> {
    homes: &'a Homes,
    watchlist: &'a Watchlist,
    /// Documents come from no feed; everything in them is new.
    feed: &'a FeedSettings,
    /// Whether known groups and places are named, too.
    known: bool,
}

/// A document with what was found in it.
struct Read {
    entry: Entry,
    examined: Examined,
    sketch: PartialFingerprint,
    /// All but its story.
    said: Said,
}

/// Says a line of a document. Gives the number of those refused.
fn say(
    document: Result<Read, Refused>,
    reader: Reader<'_>,
    stories: &mut RecentStories,
    out: &mut impl Write,
) -> Result<usize> {
    match document {
        Ok(read) => json_line(out, &reader.decide(read, stories))?,
        Err(error) => {
            eprintln!("line {}: {}", error.line, clean(&error.error));
            json_line(out, &error)?;
            return Ok(1);
        }
    }
    Ok(0)
}

impl Reader<'_> {
    /// Blank lines are passed over.
    fn read_all(&self, lines: &[(usize, Vec<u8>)]) -> Vec<Result<Read, Refused>> {
        let read = lines.iter().filter_map(|(number, line)| self.read(*number, line));
        read.collect()
    }

    fn read(&self, number: usize, line: &[u8]) -> Option<Result<Read, Refused>> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii_end();
        let mut given: Given = match serde_json::from_slice(line) {
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
        let home = given.feed.as_deref().and_then(|name| self.homes.named(name));
        // What the document says itself goes first.
        let at_home = home.filter(|_| given.country.is_none());
        if let Some(home) = home {
            given.feed = Some(home.settings.group.clone());
            given.country = given.country.or_else(|| home.settings.country.clone());
            given.language = given.language.or_else(|| home.settings.language.clone());
        }
        let (title, text) = (Shown::of(&given.title), Shown::of(&given.text));
        let stated = given.position();
        let position = stated.as_deref().and_then(of_position);
        let fields = GivenFields {
            given: &given,
            title: &title,
            text: &text,
            position: position.as_ref(),
        };
        let document = fields.document();
        let (examined, known) = if self.known {
            let context = PlaceContext {
                country: document.country,
                ..PlaceContext::default()
            };
            let (examined, names) = self.watchlist.examine_and_name(document, context);
            (examined, known(fields, names))
        } else {
            (self.watchlist.examine(document), Vec::new())
        };
        // A place may answer many terms that ask where it is.
        let mut told = HashSet::new();
        let mut mentions: Vec<SaidMention> = examined
            .mentions
            .iter()
            .map(|mention| self.mention(mention, fields))
            .filter(|said| {
                said.entity.is_none() || told.insert((said.entity.clone(), said.field, said.start, said.end))
            })
            .collect();
        // Places that a `where` was judged by.
        let asked = examined.places.iter().flatten().filter(|place| place.confidence >= 0.5);
        let asked = asked.map(|place| said_place(place, fields));
        let place = |said: &SaidMention| (said.entity.clone(), said.field, said.start);
        let mut said: HashSet<_> = mentions.iter().map(place).collect();
        mentions.extend(
            known
                .into_iter()
                .chain(asked)
                .filter(|mention| said.insert(place(mention))),
        );
        let verdicts = examined
            .verdicts
            .iter()
            .map(|verdict| SaidVerdict {
                watch: self.watchlist.watches()[verdict.watch].name.clone(),
                fires: verdict.fires(),
                because: match at_home.and_then(|home| home.clause(verdict, &examined)) {
                    Some(home) => format!("{}; {home}", verdict.sentence(self.watchlist, document, &examined)),
                    None => verdict.sentence(self.watchlist, document, &examined),
                },
            })
            .collect();
        let (title, text) = (document.title.to_owned(), document.text.to_owned());
        let entry = Entry {
            key: EntryKey(derive_id(&["scan", &given.id.to_string()])),
            id: None,
            title,
            link: given.url,
            text,
            published: given.published,
            updated: None,
            authors: Vec::new(),
            tags: Vec::new(),
            language: given.language,
            position: stated,
            warning: None,
            publisher: None,
        };
        Some(Ok(Read {
            sketch: PartialFingerprint::in_full(&entry, self.feed.url.as_str(), ""),
            entry,
            examined,
            said: Said {
                id: given.id,
                mentions,
                verdicts,
                story: String::new(),
            },
        }))
    }

    fn decide(&self, read: Read, stories: &mut RecentStories) -> Said {
        let Read {
            entry,
            examined,
            sketch,
            said,
        } = read;
        let now = SystemClock.now();
        let story = if examined.verdicts.iter().any(Verdict::fires) {
            let context = Context {
                watchlist: self.watchlist,
                feed: self.feed,
                feed_title: "",
                first_sight: false,
                opened: false,
                now,
            };
            let prepared = Prepared::of(&entry, &examined, self.watchlist, self.feed, Some(sketch));
            let mut seen = [Seen {
                entry: &entry,
                examined,
                known: None,
                prepared: Some(prepared),
                archive: false,
            }];
            let assessment = assess(&mut seen, context, stories);
            assessment.entries.first().and_then(|entry| entry.story)
        } else {
            // An entry that no watch fires on has no story in the daemon; a person who scans wants to see them all.
            Some(stories.gather(&entry, sketch, self.feed.url.as_str(), now).story)
        };
        Said {
            story: story.map_or_else(String::new, |story| story.to_string()),
            ..said
        }
    }

    fn mention(&self, mention: &Mention, fields: GivenFields<'_>) -> SaidMention {
        let (span, text) = fields.written(mention.field, mention.span.clone());
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
            text: text.to_owned(),
            confidence: mention.confidence,
            near: None,
        }
    }
}

fn said_place(place: &Located, fields: GivenFields<'_>) -> SaidMention {
    let (span, text) = fields.written(place.field, place.span.clone());
    SaidMention {
        entity: Some(place.entity.id.clone()),
        kind: place.entity.kind.to_string(),
        name: place.entity.name.clone(),
        country: place.entity.country.clone(),
        field: place.field,
        start: span.start,
        end: span.end,
        text: text.to_owned(),
        confidence: place.confidence,
        near: None,
    }
}
