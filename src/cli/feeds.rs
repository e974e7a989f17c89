//! `feeds`: how they are, and in and out as OPML.

use std::collections::HashMap;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::args::Feeds;
use super::import::{export, import};
use super::parse::parse_all;
use super::place::{NOTHING_YET, configuration, reader};
use super::print::{json_lines, link, out, relative, table, time};
use crate::alert::clean;
use crate::config::Configuration;
use crate::daemon::{Clock, Origin, SystemClock};
use crate::feed::{Because, FeedMemory, FeedSettings, NextPoll, State};
use crate::store::Store;

/// One feed as `--json` prints it; times in Unix seconds.
#[derive(Debug, Serialize)]
struct FeedLine<'a> {
    url: &'a str,
    group: &'a str,
    title: Option<String>,
    state: &'static str,
    newest_entry: Option<i64>,
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
        Feeds::Parse { what, json } => return parse_all(&what, json).await,
        Feeds::Import { opml } => import(origin, &opml)?,
        Feeds::Export => {
            let configuration = configuration(origin)?;
            let memories = memories(&configuration).await?;
            export(&rows(&configuration, memories.as_deref().unwrap_or_default()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(origin: &Origin, json: bool) -> Result<()> {
    let configuration = configuration(origin)?;
    let memories = memories(&configuration).await?;
    let rows = rows(&configuration, memories.as_deref().unwrap_or_default());
    let now = SystemClock.now();
    if json {
        return json_lines(rows.iter().map(|(settings, memory)| line(settings, *memory, now)));
    }
    out(|out| {
        if rows.is_empty() {
            return writeln!(
                out,
                "No feeds are configured; write them as [feeds.NAME], or take them over with `wirewatch feeds import`."
            );
        }
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|(settings, memory)| cells(settings, *memory, now))
            .collect();
        let heads = [
            ("FEED", 40),
            ("STATE", 13),
            ("ENTRIES", 7),
            ("NEWEST ENTRY", 16),
            ("LAST READ", 16),
            ("NEXT POLL", 80),
        ];
        table(out, &heads, &cells)?;
        if memories.is_none() {
            writeln!(out, "\n{NOTHING_YET}")?;
        }
        in_full(out, &rows, now)
    })
}

/// What is remembered of the feeds; `None` where nothing has run yet.
async fn memories(configuration: &Configuration) -> Result<Option<Vec<FeedMemory>>> {
    Ok(match reader(configuration)? {
        Some(store) => Some(store.feeds().await.context("failed to")?),
        None => None,
    })
}

/// What is to be said of each feed that is not simply fine, in full.
fn in_full(out: &mut dyn Write, rows: &[Row<'_>], now: Timestamp) -> io::Result<()> {
    let told: Vec<_> = rows
        .iter()
        .map(|(settings, memory)| (settings, *memory, state(*memory, now)))
        .filter(|(.., state)| !matches!(state, State::New | State::Fine))
        .collect();
    for (settings, memory, state) in told {
        let (name, address) = (name(settings, memory), link(settings.url.as_str()));
        writeln!(out, "\n  {name}")?;
        if name != address {
            writeln!(out, "    {address}")?;
        }
        let State::Failing {
            since, why, suggests, ..
        } = &state
        else {
            writeln!(out, "    {}", clean(&state.words(now)))?;
            continue;
        };
        writeln!(out, "    {}: {}", state.name(), clean(why))?;
        let times = match memory.map_or(0, |memory| memory.failures) {
            0 | 1 => "once".to_owned(),
            failures => format!("{failures} times in a row"),
        };
        writeln!(out, "    since {}, {times}", time(*since))?;
        if let Some(feed) = suggests {
            writeln!(out, "    the page suggests {}", link(feed))?;
        }
    }
    Ok(())
}

/// A feed as configured, and what is remembered of it.
pub type Row<'a> = (&'a FeedSettings, Option<&'a FeedMemory>);

fn rows<'a>(configuration: &'a Configuration, memories: &'a [FeedMemory]) -> Vec<Row<'a>> {
    let known: HashMap<&str, &FeedMemory> = memories.iter().map(|memory| (memory.url.as_str(), memory)).collect();
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
        newest_entry: second(memory.and_then(|memory| memory.rhythm.newest_entry)),
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

/// The name that it goes by: the one written for it, its own, or its address.
pub fn name(settings: &FeedSettings, memory: Option<&FeedMemory>) -> String {
    let title = settings
        .title
        .as_deref()
        .or_else(|| memory.and_then(|memory| memory.title.as_deref()));
    clean(title.unwrap_or(settings.url.as_str()))
}

fn cells(settings: &FeedSettings, memory: Option<&FeedMemory>, now: Timestamp) -> Vec<String> {
    let at = |at: Option<Timestamp>, none: &str| at.map_or_else(|| none.to_owned(), |at| relative(at, now));
    let state = state(memory, now);
    let words = match state {
        State::New => "not read yet",
        State::Fine if memory.is_some_and(|memory| !memory.repairs.is_empty()) => "fine, mended",
        _ => state.name(),
    };
    let read = memory.is_some_and(|memory| memory.first_read.is_some());
    vec![
        name(settings, memory),
        words.to_owned(),
        memory
            .filter(|_| read)
            .map_or_else(|| "-".to_owned(), |memory| memory.entries_last.to_string()),
        at(
            memory.and_then(|memory| memory.rhythm.newest_entry),
            if read { "not known" } else { "-" },
        ),
        at(memory.and_then(|memory| memory.last_read), "never"),
        memory.map_or_else(|| "at the next start".to_owned(), |memory| next_poll(memory, now)),
    ]
}

/// A daemon polls within moments of the time that was set; later than this, none is running.
const LATE: SignedDuration = SignedDuration::from_mins(10);

fn next_poll(memory: &FeedMemory, now: Timestamp) -> String {
    let NextPoll { at, because } = memory.next;
    if now.duration_since(at) > LATE {
        return format!("was due {}: is Wirewatch running?", relative(at, now));
    }
    let when = if at <= now { "now".to_owned() } else { relative(at, now) };
    match because {
        Because::Fresh | Because::Skips => format!("{when} ({because} then)"),
        _ => format!("{when} ({because})"),
    }
}
