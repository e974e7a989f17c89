//! What the work costs at least: tokio, reqwest, feed-rs, aho-corasick and SQLite in one plain loop, without repairs,
//! words, stories, alerts or politeness.

use std::fs;
use std::path::Path;
use std::sync::mpsc;

use aho_corasick::AhoCorasick;
use futures_util::{StreamExt, stream};
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use rusqlite::{Connection, OptionalExtension, params};

use crate::server::LAST_MODIFIED;

/// Asked at the same time; as many as the daemon does by default.
const AT_ONCE: usize = 32;

struct Polled {
    url: String,
    etag: String,
    entries: Vec<Found>,
}

struct Found {
    id: String,
    title: String,
    text: String,
    mentions: i64,
}

/// Polls every address of `list` (names first, a blank line, addresses) once and keeps what is new in `folder`.
pub fn run(folder: &Path, list: &Path) {
    let list = fs::read_to_string(list).expect("a list");
    let (names, urls) = list.split_once("\n\n").expect("names and addresses");
    let names = AhoCorasick::new(names.lines().map(str::to_lowercase)).expect("names");
    let conn = open(folder).expect("a database");
    let etag = |url: &str| {
        let found = conn.query_row("SELECT etag FROM feed WHERE url = ?1", [url], |row| row.get(0));
        found.optional().expect("read")
    };
    let asked: Vec<(String, Option<String>)> = urls.lines().map(|url| (url.to_owned(), etag(url))).collect();
    let (polled, written) = mpsc::channel();
    let writer = std::thread::spawn(move || {
        for polled in written {
            write(&conn, &polled).expect("written");
        }
    });
    let client = client();
    runtime().block_on(async {
        let names = &names;
        stream::iter(asked)
            .map(|(url, etag)| {
                let (client, names, polled) = (client.clone(), names.clone(), polled.clone());
                tokio::spawn(async move {
                    let mut asking = client.get(&url);
                    if let Some(etag) = etag {
                        asking = asking.header("if-none-match", etag);
                    }
                    let answer = asking.send().await.expect("an answer");
                    if answer.status() == 304 {
                        return;
                    }
                    let etag = answer.headers()["etag"].to_str().expect("text").to_owned();
                    let body = answer.bytes().await.expect("a body");
                    let entries = read(&body, &names);
                    polled.send(Polled { url, etag, entries }).expect("the writer lives");
                })
            })
            .buffer_unordered(AT_ONCE)
            .for_each(|ended| async { ended.expect("polled") })
            .await;
    });
    drop(polled);
    writer.join().expect("the writer ends");
}

/// Asks for every address of `list` (address and ETag a line) once, with the headers that a feed reader sends, and is
/// content with any answer of 304.
pub fn ask(list: &Path) {
    let list = fs::read_to_string(list).expect("a list");
    let client = client();
    let asked = list.lines().map(|line| line.split_once(' ').expect("address and ETag"));
    runtime().block_on(async {
        stream::iter(asked)
            .map(|(url, etag)| {
                let headers = headers(etag);
                let asking = client.get(url).headers(headers).send();
                tokio::spawn(async move { assert_eq!(asking.await.expect("an answer").status(), 304) })
            })
            .buffer_unordered(AT_ONCE)
            .for_each(|ended| async { ended.expect("asked") })
            .await;
    });
}

/// Those that `wirewatch` sends, so that both ask for the same.
fn headers(etag: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut insert = |name, value: &str| headers.insert(name, HeaderValue::from_str(value).expect("plain text"));
    insert(header::ACCEPT, "application/atom+xml, application/rss+xml, */*;q=0.1");
    insert(header::USER_AGENT, "bare (feed reader)");
    insert(header::IF_NONE_MATCH, etag);
    insert(header::IF_MODIFIED_SINCE, LAST_MODIFIED);
    insert(HeaderName::from_static("a-im"), "feed");
    headers
}

fn client() -> reqwest::Client {
    let client = reqwest::Client::builder().tls_backend_preconfigured(without_tls());
    client.no_proxy().build().expect("a client")
}

fn runtime() -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime")
}

fn without_tls() -> rustls::ClientConfig {
    rustls::ClientConfig::builder_with_provider(std::sync::Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

fn read(body: &[u8], names: &AhoCorasick) -> Vec<Found> {
    let feed = feed_rs::parser::parse(body).expect("a feed");
    let found = feed.entries.into_iter().map(|entry| {
        let title = entry.title.map(|title| title.content).unwrap_or_default();
        let markup = entry.content.and_then(|content| content.body).unwrap_or_default();
        let text = strip(&markup);
        let count = |text: &str| names.find_iter(&text.to_lowercase()).count();
        let mentions = i64::try_from(count(&title) + count(&text)).unwrap_or(i64::MAX);
        Found {
            id: entry.id,
            title,
            text,
            mentions,
        }
    });
    found.collect()
}

/// Everything between `<` and `>` goes.
fn strip(markup: &str) -> String {
    let parts = markup
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.collect()
}

fn open(folder: &Path) -> rusqlite::Result<Connection> {
    let conn = Connection::open(folder.join("bare.db"))?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE IF NOT EXISTS feed (url TEXT PRIMARY KEY, etag TEXT);
         CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, title TEXT, text TEXT, mentions INTEGER);
         CREATE TABLE IF NOT EXISTS seen (url TEXT, id TEXT, PRIMARY KEY (url, id)) WITHOUT ROWID;",
    )?;
    Ok(conn)
}

fn write(conn: &Connection, polled: &Polled) -> rusqlite::Result<()> {
    let tx = conn.unchecked_transaction()?;
    for entry in &polled.entries {
        let new = tx
            .prepare_cached("INSERT INTO seen VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute(params![polled.url, entry.id])?;
        if new > 0 {
            tx.prepare_cached("INSERT INTO entry (title, text, mentions) VALUES (?1, ?2, ?3)")?
                .execute(params![entry.title, entry.text, entry.mentions])?;
        }
    }
    tx.prepare_cached("INSERT INTO feed VALUES (?1, ?2) ON CONFLICT DO UPDATE SET etag = excluded.etag")?
        .execute(params![polled.url, polled.etag])?;
    tx.commit()
}
