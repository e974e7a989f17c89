//! Feeds of other readers' test suites, held against what Python's feedparser 6.0.14 reads in them, and real feeds with
//! faults put into them, held against plain feed-rs.

use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use url::Url;
use wirewatch_syndication::{Entry, Source, parse, plain_text};

#[path = "faults.rs"]
mod faults;
#[path = "python.rs"]
mod python;

/// Shares of the reference's entries, titles, links and dates that must be found, in percent.
const FLOORS: [f64; 4] = [99.8, 98.0, 97.5, 97.5];
/// Shares of entries and titles in real feeds.
const REAL_FLOOR: f64 = 99.8;
/// Share of entries that must survive the faults.
const FAULT_FLOOR: f64 = 99.5;

#[derive(Default, Clone)]
struct Tally {
    files: usize,
    /// (found, in the reference) of entries, titles, links, dates.
    counts: [(usize, usize); 4],
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.files += other.files;
        for (sum, count) in self.counts.iter_mut().zip(other.counts) {
            sum.0 += count.0;
            sum.1 += count.1;
        }
    }

    fn print(&self, name: &str) {
        print!("{name:<34} {:>5}", self.files);
        for (found, all) in self.counts {
            if all == 0 {
                print!("{:>17}", "-")
            } else {
                print!("{:>9}/{:<4}{:>3.0}%", found, all, share(found, all).floor())
            }
        }
        println!();
    }
}

fn share(found: usize, all: usize) -> f64 {
    if all == 0 {
        100.0
    } else {
        100.0 * found as f64 / all as f64
    }
}

/// Prints the tables; false where a floor is not met.
pub fn measure(folder: &Path) -> bool {
    let folder = folder.join("feeds");
    let Ok(expected) = std::fs::read_to_string(folder.join("expected.jsonl")) else {
        println!("no feeds/expected.jsonl: nothing measured");
        return true;
    };
    // The base that the reference's relative links were resolved against.
    let base = Url::parse("http://example.com/feed/").ok();
    let mut suites: BTreeMap<String, Tally> = BTreeMap::new();
    let mut notes: Vec<String> = Vec::new();
    let (mut bytes, mut took, mut slowest) = (0, Duration::ZERO, Duration::ZERO);
    let mut whole = Vec::new();
    for line in expected.lines() {
        let Ok(row) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let path = row["path"].as_str().unwrap_or_default();
        let suite = row["suite"].as_str().unwrap_or_default();
        let Ok(body) = std::fs::read(folder.join(path)) else {
            continue;
        };
        let started = Instant::now();
        let parsed = parse(Source {
            bytes: &body,
            content_type: row["content_type"].as_str(),
            url: base.as_ref(),
            language: None,
            zone: None,
        });
        let time = started.elapsed();
        (bytes, took, slowest) = (bytes + body.len(), took + time, slowest.max(time));
        let entries = parsed.map(|feed| feed.entries).unwrap_or_default();
        let reference = row["norm"]["entries"].as_array().cloned().unwrap_or_default();
        suites
            .entry(suite.to_owned())
            .or_default()
            .add(&compare(path, &entries, &reference, &mut notes));
        if real(suite)
            && let Ok(text) = String::from_utf8(body)
            && !entries.is_empty()
            && text.trim_start().starts_with('<')
        {
            whole.push((text, entries.len()));
        }
    }
    println!(
        "{:<34} {:>5}{:>17}{:>17}{:>17}{:>17}",
        "suite", "files", "entries", "titles", "links", "dates"
    );
    let (mut all, mut of_real) = (Tally::default(), Tally::default());
    for (suite, tally) in &suites {
        tally.print(suite);
        all.add(tally);
        if real(suite) {
            of_real.add(tally);
        }
    }
    of_real.print("REAL FEEDS");
    all.print("ALL");
    let shares = all.counts.map(|(found, all)| share(found, all));
    println!(
        "all: entries {:.2} %, titles {:.2} %, links {:.2} %, dates {:.2} %",
        shares[0], shares[1], shares[2], shares[3]
    );
    let of_real = of_real.counts.map(|(found, all)| share(found, all));
    println!(
        "real feeds: entries {:.2} %, titles {:.2} %, links {:.2} %, dates {:.2} %",
        of_real[0], of_real[1], of_real[2], of_real[3]
    );
    println!(
        "{:.1} MB in {took:.1?}, slowest file {slowest:.1?}\n",
        bytes as f64 / 1e6
    );
    println!("Where we differ from the reference ({}):", notes.len());
    for note in &notes {
        println!("  {note}");
    }
    pace(&whole);
    let kept = faults_table(&whole);
    let all_met = shares.iter().zip(FLOORS).all(|(share, floor)| *share >= floor);
    let real_met = of_real[..2].iter().all(|share| *share >= REAL_FLOOR);
    all_met && real_met && kept >= FAULT_FLOOR
}

/// Prints what one megabyte of real feeds costs us, and feed-rs alone: the best of three rounds.
fn pace(feeds: &[(String, usize)]) {
    let bytes: usize = feeds.iter().map(|(feed, _)| feed.len()).sum();
    let best = |read: fn(&[u8]) -> usize| {
        let round = || {
            let started = Instant::now();
            let entries: usize = feeds.iter().map(|(feed, _)| read(feed.as_bytes())).sum();
            (started.elapsed(), entries)
        };
        let (time, entries) = (0..3).map(|_| round()).min().unwrap_or_default();
        format!(
            "{:.1} ms a MB ({entries} entries)",
            time.as_secs_f64() * 1e9 / bytes.max(1) as f64
        )
    };
    let ours = best(|bytes| {
        let source = Source {
            bytes,
            content_type: None,
            url: None,
            language: None,
            zone: None,
        };
        parse(source).map_or(0, |feed| feed.entries.len())
    });
    let plain =
        best(|bytes| catch_unwind(|| feed_rs::parser::parse(bytes).map_or(0, |feed| feed.entries.len())).unwrap_or(0));
    println!(
        "\n{:.1} MB of real feeds: {ours}; feed-rs alone: {plain}",
        bytes as f64 / 1e6
    );
}

fn real(suite: &str) -> bool {
    suite.starts_with("nnw") || suite.starts_with("feed-rs")
}

fn compare(path: &str, entries: &[Entry], reference: &[Value], notes: &mut Vec<String>) -> Tally {
    let mut tally = Tally {
        files: 1,
        ..Tally::default()
    };
    tally.counts[0] = (entries.len().min(reference.len()), reference.len());
    if entries.len() < reference.len() {
        notes.push(format!("{path}: {} entries of {}", entries.len(), reference.len()));
    }
    for (at, expected) in reference.iter().enumerate() {
        let ours = matching(at, expected, entries, reference.len());
        let title = expected["title"].as_str().map(folded).filter(|title| !title.is_empty());
        let link = expected["link"].as_str().map(bare).filter(|link| !link.is_empty());
        let date = expected["published"].as_i64().or_else(|| expected["updated"].as_i64());
        let our_title = ours.map(|entry| folded(&entry.title));
        let our_link = ours.and_then(|entry| entry.link.as_deref()).map(bare);
        let our_date = ours
            .and_then(|entry| entry.published.or(entry.updated))
            .map(|at| at.as_second());
        let note = |what: &str, expected: String, ours: String, why: &str| {
            let short = |text: &str| text.chars().take(90).collect::<String>();
            format!(
                "{path} [{at}] {what}: reference {}, ours {}{why}",
                short(&expected),
                short(&ours)
            )
        };
        count(&mut tally.counts[1], title.is_some(), our_title == title);
        if title.is_some() && our_title != title {
            notes.push(note("title", format!("{title:?}"), format!("{our_title:?}"), ""));
        }
        count(&mut tally.counts[2], link.is_some(), our_link == link);
        if link.is_some() && our_link != link {
            notes.push(note("link", format!("{link:?}"), format!("{our_link:?}"), ""));
        }
        count(&mut tally.counts[3], date.is_some(), our_date == date);
        if let Some(date) = date
            && our_date != Some(date)
        {
            notes.push(note(
                "date",
                shown(Some(date)),
                shown(our_date),
                our_date.map_or("", |ours| reason(date, ours)),
            ));
        }
    }
    tally
}

fn count(count: &mut (usize, usize), expected: bool, found: bool) {
    if expected {
        count.1 += 1;
        count.0 += usize::from(found);
    }
}

/// Our entry for one of the reference: the same place where both have as many, else the same link, id or title.
fn matching<'a>(at: usize, expected: &Value, entries: &'a [Entry], reference: usize) -> Option<&'a Entry> {
    if entries.len() == reference {
        return entries.get(at);
    }
    let same = |ours: Option<&str>, name: &str| ours.is_some() && ours == expected[name].as_str();
    entries
        .iter()
        .find(|entry| {
            same(entry.id.as_deref(), "id") || same(entry.link.as_deref(), "link") || same(Some(&entry.title), "title")
        })
        .or_else(|| entries.get(at))
}

/// What the reference is known to do wrong.
fn reason(reference: i64, ours: i64) -> &'static str {
    let civil = |at: i64| {
        jiff::Timestamp::from_second(at)
            .map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date())
            .ok()
    };
    match (reference - ours).abs() {
        43_200 => return " (the reference misreads a 12-hour clock)",
        gap if gap <= 14 * 3600 && gap % 900 == 0 => return " (zones differ)",
        _ => {}
    }
    match (civil(reference), civil(ours)) {
        (Some(theirs), Some(ours))
            if i16::from(theirs.month()) == i16::from(ours.day()) && theirs.year() == ours.year() =>
        {
            " (month and day are swapped)"
        }
        _ => "",
    }
}

fn shown(at: Option<i64>) -> String {
    at.and_then(|at| jiff::Timestamp::from_second(at).ok())
        .map_or_else(|| "none".to_owned(), |at| at.to_string())
}

/// Without tags, references and differences of white space.
fn folded(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..3 {
        text = plain_text(&text).text;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As the URL standard writes it, without a trailing slash.
fn bare(link: &str) -> String {
    let link = Url::parse(link.trim()).map_or_else(|_| link.trim().to_owned(), String::from);
    link.trim_end_matches('/').to_owned()
}

/// Prints entries kept through each fault by us, by plain feed-rs, and by Python's feedparser where it is at hand; our
/// share of all, in percent.
fn faults_table(feeds: &[(String, usize)]) -> f64 {
    let version = python::version();
    match &version {
        Some(version) => println!("\nfeedparser {version} reads the same bodies"),
        None => println!("\nno Python with feedparser at hand (WIREWATCH_PYTHON): its column is empty"),
    }
    std::panic::set_hook(Box::new(|_| {}));
    println!(
        "{:<78} {:>7} {:>9} {:>9} {:>11}",
        "fault", "entries", "kept", "feed-rs", "feedparser"
    );
    let mut sum = Kept::default();
    for (name, inject) in faults::FAULTS {
        let faulty: Vec<faults::Faulty> = feeds
            .iter()
            .filter_map(|(feed, count)| faults::inject(feed, *count, *inject))
            .collect();
        let kept = Kept::of(&faulty, version.is_some());
        kept.print(name);
        sum.add(kept);
    }
    drop(std::panic::take_hook());
    sum.print("ALL");
    share(sum.ours, sum.entries)
}

/// Entries that a fault left, and how many of them each reader found.
#[derive(Debug, Clone, Copy, Default)]
struct Kept {
    entries: usize,
    ours: usize,
    plain: usize,
    python: Option<usize>,
}

impl Kept {
    fn of(faulty: &[faults::Faulty], with_python: bool) -> Self {
        let mut kept = Self::default();
        for body in faulty {
            let parsed = parse(Source {
                bytes: &body.bytes,
                content_type: body.content_type,
                url: None,
                language: None,
                zone: None,
            });
            kept.entries += body.entries;
            kept.ours += parsed.map_or(0, |feed| feed.entries.len().min(body.entries));
            let parsed =
                catch_unwind(|| feed_rs::parser::parse(body.bytes.as_slice()).map_or(0, |feed| feed.entries.len()));
            kept.plain += parsed.unwrap_or(0).min(body.entries);
        }
        if with_python {
            let bodies: Vec<&[u8]> = faulty.iter().map(|body| body.bytes.as_slice()).collect();
            match python::entries(&bodies) {
                Ok(counts) => {
                    let found = counts
                        .iter()
                        .zip(faulty)
                        .map(|(count, body)| (*count).min(body.entries));
                    kept.python = Some(found.sum());
                }
                Err(error) => println!("feedparser failed: {error}"),
            }
        }
        kept
    }

    fn add(&mut self, other: Self) {
        self.entries += other.entries;
        self.ours += other.ours;
        self.plain += other.plain;
        self.python = other.python.map(|found| found + self.python.unwrap_or(0));
    }

    fn print(&self, name: &str) {
        let python = self.python.map_or_else(
            || "-".to_owned(),
            |found| format!("{:.2} %", share(found, self.entries)),
        );
        println!(
            "{name:<78} {:>7} {:>7.2} % {:>7.2} % {python:>11}",
            self.entries,
            share(self.ours, self.entries),
            share(self.plain, self.entries),
        );
    }
}
