//! Parse, assess and record, over feeds of 40 entries. Beside parse: feed-rs alone, which keeps markup and loses a feed
//! over one bare `&`; beside record: the bare rows, key and text, in one transaction a feed.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, Throughput};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use url::Url;
use wirewatch::alert::{Context, RecentStories, Record, Seen, assess, record};
use wirewatch::feed::{FeedSettings, FeedState};
use wirewatch::store::{Sqlite, Store};
use wirewatch_recognition::{Document, Watchlist};
use wirewatch_syndication::{Entry, ParsedFeed, Source, parse};

use crate::{matching, news};

const ENTRIES: usize = 40;
const FEEDS: usize = 20;

pub fn measure(criterion: &mut Criterion) {
    let bodies: Vec<String> = (0..FEEDS).map(|number| news::feed(number, ENTRIES)).collect();
    reading(criterion, &bodies);
    let feeds: Vec<Vec<Entry>> = bodies.iter().map(|body| read(body).entries).collect();
    assessing(criterion, &feeds);
    recording(criterion, &feeds);
}

fn read(body: &str) -> ParsedFeed {
    let source = Source {
        bytes: body.as_bytes(),
        content_type: None,
        url: None,
        language: None,
        zone: None,
    };
    parse(source).expect("the feed is one")
}

fn reading(criterion: &mut Criterion, bodies: &[String]) {
    let mut group = criterion.benchmark_group("parse");
    let bytes = bodies.iter().map(|body| body.len() as u64).sum();
    group.throughput(Throughput::Bytes(bytes)).sample_size(20);
    group.bench_function("wirewatch", |bench| {
        bench.iter(|| bodies.iter().map(|body| read(body).entries.len()).sum::<usize>());
    });
    group.bench_function("feed-rs alone", |bench| {
        bench.iter(|| {
            bodies
                .iter()
                .map(|body| {
                    feed_rs::parser::parse(body.as_bytes())
                        .expect("the feed is one")
                        .entries
                        .len()
                })
                .sum::<usize>()
        });
    });
    group.finish();
}

/// A watch of so many of the names that the texts name, of which each stands in one entry of 400.
fn watchlist(names: usize) -> Watchlist {
    let names: Vec<String> = (0..names).map(news::name).collect();
    matching::compile(vec![matching::watch(&names)])
}

fn settings(number: usize) -> FeedSettings {
    let url = Url::parse(&format!("https://desk-{number}.example.org/feed")).expect("an address");
    FeedSettings::new(url, "desks")
}

fn seen<'a>(list: &Watchlist, entries: &'a [Entry]) -> Vec<Seen<'a>> {
    let examine = |entry: &'a Entry| Seen {
        entry,
        examined: list.examine(Document {
            title: &entry.title,
            text: &entry.text,
            feed: Some("desks"),
            ..Document::default()
        }),
        known: None,
        prepared: None,
        archive: false,
    };
    entries.iter().map(examine).collect()
}

fn record_of(
    list: &Watchlist,
    number: usize,
    seen: &mut [Seen<'_>],
    stories: &mut RecentStories,
    now: Timestamp,
) -> Record {
    let feed = settings(number);
    let context = Context {
        watchlist: list,
        feed: &feed,
        feed_title: "Desk",
        first_sight: false,
        opened: false,
        now,
    };
    let assessment = assess(seen, context, stories);
    record(FeedState::unread(&feed.url, now).into(), seen, assessment, context, &[])
}

/// The stories of 200 feeds' alerts are remembered while those of one feed after the other are decided.
fn assessing(criterion: &mut Criterion, feeds: &[Vec<Entry>]) {
    let now = Timestamp::from_second(1_726_560_000).expect("2024-09-17");
    let mut group = criterion.benchmark_group("assess");
    group
        .throughput(Throughput::Elements((feeds.len() * ENTRIES) as u64))
        .sample_size(20);
    let (quiet, busy) = (
        matching::compile(vec![matching::watch(&["Quietstone".to_owned()])]),
        watchlist(8),
    );
    let remembered = || {
        let mut stories = RecentStories::default();
        for number in 1_000..1_200 {
            let entries = read(&news::feed(number, ENTRIES)).entries;
            record_of(&busy, number, &mut seen(&busy, &entries), &mut stories, now);
        }
        stories
    };
    for (said, list) in [("no watch is touched", &quiet), ("one entry of fifty fires", &busy)] {
        let mut stories = remembered();
        group.bench_function(said, |bench| {
            bench.iter_batched(
                || feeds.iter().map(|entries| seen(list, entries)).collect::<Vec<_>>(),
                |mut seen| {
                    for (number, seen) in seen.iter_mut().enumerate() {
                        black_box(record_of(list, number, seen, &mut stories, now));
                    }
                },
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

fn recording(criterion: &mut Criterion, feeds: &[Vec<Entry>]) {
    let mut group = criterion.benchmark_group("record");
    group
        .throughput(Throughput::Elements((feeds.len() * ENTRIES) as u64))
        .sample_size(10);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .expect("a runtime");
    let list = watchlist(8);
    let folder = tempfile::tempdir().expect("a folder");
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(&folder.path().join("ours")).expect("a store"));
    let now = Timestamp::from_second(1_726_560_000).expect("2024-09-17");
    let mut round = 0;
    group.bench_function("wirewatch, 20 polls together", |bench| {
        bench.iter_batched(
            || {
                round += FEEDS;
                let mut stories = RecentStories::default();
                feeds
                    .iter()
                    .enumerate()
                    .map(|(at, entries)| record_of(&list, round + at, &mut seen(&list, entries), &mut stories, now))
                    .collect::<Vec<_>>()
            },
            |records| {
                runtime.block_on(async {
                    let all = records.into_iter().map(|record| {
                        let store = store.clone();
                        tokio::spawn(async move { store.record(record, now).await.expect("recorded").entries })
                    });
                    let mut entries = 0;
                    for one in all.collect::<Vec<_>>() {
                        entries += one.await.expect("recorded");
                    }
                    assert_eq!(entries, FEEDS * ENTRIES);
                });
            },
            BatchSize::PerIteration,
        );
    });
    let conn = bare(&folder.path().join("bare.db")).expect("a database");
    let mut round = 0;
    group.bench_function("bare rows, a transaction a feed", |bench| {
        bench.iter(|| {
            for entries in feeds {
                round += 1;
                insert(&conn, round, entries).expect("written");
            }
        });
    });
    group.finish();
}

fn bare(path: &Path) -> rusqlite::Result<Connection> {
    let conn = Connection::open(path)?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE entry (seq INTEGER PRIMARY KEY, feed INTEGER, title TEXT, link TEXT, text TEXT);
         CREATE TABLE seen (feed INTEGER, key INTEGER, PRIMARY KEY (feed, key)) WITHOUT ROWID;",
    )?;
    Ok(conn)
}

fn insert(conn: &Connection, feed: i64, entries: &[Entry]) -> rusqlite::Result<()> {
    let tx = conn.unchecked_transaction()?;
    for entry in entries {
        tx.prepare_cached("INSERT INTO entry (feed, title, link, text) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![feed, entry.title, entry.link, entry.text])?;
        tx.prepare_cached("INSERT INTO seen VALUES (?1, ?2)")?
            .execute(params![feed, entry.key.0.cast_signed()])?;
    }
    tx.commit()
}
