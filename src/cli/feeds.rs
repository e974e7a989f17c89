//! `feeds`: how they are, and in and out as OPML.

use std::process::ExitCode;

use anyhow::Result;
use jiff::Timestamp;
use serde::Serialize;

use super::args::Feeds;
use super::import::{export, import};
use super::place::{configuration, open_reader};
use super::print::{json_lines, out, relative, table};
use crate::alert::clean;
use crate::config::Configuration;
use crate::daemon::{Clock, Origin, SystemClock};
use crate::feed::{FeedMemory, FeedSettings, State};
use crate::store::Store;

/// One feed as `--json` prints it; times in Unix seconds.
#[derive(Debug, Serialize)]
struct FeedLine<'a> {
    url: &'a str,
    group: &'a str,
    title: Option<String>,
    state: &'static str,
    last_read: Option<i64>,
    last_polled: Option<i64>,
    next_poll: Option<i64>,
    next_poll_because: Option<String>,
    failures: u32,
    failing_since: Option<i64>,
    last_error: Option<String>,
    entries_last: u32,
    repairs: Vec<String>,
}

pub async fn feeds(origin: &Origin, what: Feeds) -> Result<ExitCode> {
    match what {
        Feeds::List { json } => list(origin, json).await?,
        // Needs no configuration and was done before one was looked for.
        Feeds::Parse { what, json } => return super::parse::parse_all(&what, json).await,
        Feeds::Import { opml } => import(origin, &opml)?,
        Feeds::Export => export(&configuration(origin)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(origin: &Origin, json: bool) -> Result<()> {
    let configuration = configuration(origin)?;
    let memories = match open_reader(origin) {
        Ok(store) => store.feeds().await?,
        // Nothing was ever polled.
        Err(_) if !configuration.store.path.exists() => Vec::new(),
        Err(error) => return Err(error),
    };
    let rows = rows(&configuration, &memories);
    let now = SystemClock.now();
    if json {
        return json_lines(rows.iter().map(|(settings, memory)| line(settings, *memory, now)));
    }
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|(settings, memory)| cells(settings, *memory, now))
        .collect();
    out(|out| {
        table(
            out,
            &[
                ("FEED", 42),
                ("STATE", 60),
                ("ENTRIES", 8),
                ("LAST READ", 16),
                ("NEXT POLL", 60),
            ],
            &cells,
        )
    })
}

fn rows<'a>(
    configuration: &'a Configuration,
    memories: &'a [FeedMemory],
) -> Vec<(&'a FeedSettings, Option<&'a FeedMemory>)> {
    let known: std::collections::HashMap<&str, &FeedMemory> =
        memories.iter().map(|memory| (memory.url.as_str(), memory)).collect();
    configuration
        .feeds
        .iter()
        .map(|settings| (settings, known.get(settings.url.as_str()).copied()))
        .collect()
}

fn state(memory: Option<&FeedMemory>, now: Timestamp) -> State {
    memory.map_or(State::New, |memory| State::of(memory, now))
}

fn line<'a>(settings: &'a FeedSettings, memory: Option<&FeedMemory>, now: Timestamp) -> FeedLine<'a> {
    let second = |at: Option<Timestamp>| at.map(Timestamp::as_second);
    FeedLine {
        url: settings.url.as_str(),
        group: &settings.group,
        title: settings
            .title
            .clone()
            .or_else(|| memory.and_then(|memory| memory.title.clone())),
        state: state(memory, now).name(),
        last_read: second(memory.and_then(|memory| memory.last_read)),
        last_polled: second(memory.and_then(|memory| memory.last_polled)),
        next_poll: second(memory.map(|memory| memory.next.at)),
        next_poll_because: memory.map(|memory| memory.next.because.to_string()),
        failures: memory.map_or(0, |memory| memory.failures),
        failing_since: second(memory.and_then(|memory| memory.failing_since)),
        last_error: memory.and_then(|memory| memory.last_error.clone()),
        entries_last: memory.map_or(0, |memory| memory.entries_last),
        repairs: memory.map(|memory| memory.repairs.clone()).unwrap_or_default(),
    }
}

fn cells(settings: &FeedSettings, memory: Option<&FeedMemory>, now: Timestamp) -> Vec<String> {
    let title = settings
        .title
        .as_deref()
        .or_else(|| memory.and_then(|memory| memory.title.as_deref()));
    let name = clean(title.unwrap_or(settings.url.as_str()));
    let state = clean(&state(memory, now).words(now));
    vec![
        name,
        state,
        memory.map_or_else(String::new, |memory| memory.entries_last.to_string()),
        memory
            .and_then(|memory| memory.last_read)
            .map_or_else(|| "never".to_owned(), |at| relative(at, now)),
        memory.map_or_else(
            || "at the next start".to_owned(),
            |memory| format!("{}: {}", relative(memory.next.at, now), memory.next.because),
        ),
    ]
}
