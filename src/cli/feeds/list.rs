//! `feeds`: how they are, and in and out as OPML.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::discover::discover;
use super::feed_row::{Row, name, rows};
use super::hubs::{HubLine, Subscriptions, told};
use super::import::{Wishes, export, import};
use super::parse::parse_all;
use crate::cli::print::{json_lines, length, link, out, relative, table, time};
use crate::cli::startup::{Feeds, NOTHING_YET, configuration_or_last, reader};
use crate::config::Configuration;
use crate::daemon::{Clock, Origin, SystemClock};
use crate::feed::{Because, FeedSettings, FeedState, NextPoll, State, coverage, feed_id};
use crate::net::{ShownAddress, shown_text};
use crate::store::Store;
use crate::text::clean;

/// One feed as `--json` prints it; times in Unix seconds.
#[derive(Debug, Serialize)]
struct FeedLine<'a> {
    /// As webhooks name it.
    id: String,
    url: ShownAddress,
    group: &'a str,
    title: Option<String>,
    state: &'static str,
    /// The state as a sentence, and what can be done about it.
    says: String,
    mend: Option<String>,
    newest_entry: Option<i64>,
    last_read: Option<i64>,
    last_polled: Option<i64>,
    next_poll: Option<i64>,
    next_poll_because: Option<String>,
    /// New entries a day over the last week.
    entries_a_day: Option<f64>,
    /// Seconds from publication to the poll that brought it, of half of the last entries at most.
    median_delay: Option<u64>,
    /// How long the last answers took.
    answer_millis: Vec<u32>,
    failures: u32,
    failing_since: Option<i64>,
    last_error: Option<String>,
    suggests: Option<ShownAddress>,
    moved_to: Option<ShownAddress>,
    entries_last: u32,
    repairs: Vec<String>,
    /// What is to be known of how its entries come.
    note: Option<String>,
    /// What tells of its news without being asked.
    hub: Option<HubLine>,
}

pub async fn feeds(origin: &Origin, what: Feeds) -> Result<ExitCode> {
    match what {
        Feeds::List { json } => list(origin, json).await?,
        Feeds::Parse { what, base, json } => return parse_all(&what, base.as_deref(), json).await,
        Feeds::Discover { url, json } => return discover(Some(origin.folder.clone()), &url, json).await,
        Feeds::Import {
            opml,
            offline,
            mend,
            full_text,
            json,
        } => {
            let wishes = Wishes {
                offline,
                mend,
                full_text,
                json,
            };
            import(origin, &opml, wishes).await?;
        }
        Feeds::Export { with_secrets } => {
            let configuration = configuration_or_last(origin)?;
            let (memories, _) = remembered(&configuration).await?.unwrap_or_default();
            export(&rows(&configuration, &memories), with_secrets)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(origin: &Origin, json: bool) -> Result<()> {
    let configuration = configuration_or_last(origin)?;
    let remembered = remembered(&configuration).await?;
    let nothing_yet = remembered.is_none();
    let (memories, subscriptions) = remembered.unwrap_or_default();
    let rows = rows(&configuration, &memories);
    let now = SystemClock.now();
    if json {
        return json_lines(rows.iter().map(|(settings, memory)| {
            let subscription = subscriptions.get(settings.url.as_str());
            FeedLine {
                hub: HubLine::of(*memory, subscription, now),
                ..line(settings, *memory, now)
            }
        }));
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
            ("LAST ENTRY", 16),
            ("A DAY", 6),
            ("DELAY", 12),
            ("LAST READ", 16),
            ("NEXT POLL", 80),
        ];
        table(out, &heads, &cells)?;
        if nothing_yet {
            writeln!(out, "\n{NOTHING_YET}")?;
        }
        in_full(out, &rows, now)?;
        noted(out, &rows, now)?;
        told(out, &rows, &subscriptions, now)?;
        mended(out, &rows)?;
        let known: Vec<&FeedState> = rows.iter().filter_map(|(_, memory)| *memory).collect();
        if known.is_empty() {
            return Ok(());
        }
        let line = coverage(known, &TimeZone::system(), now).join("; ");
        writeln!(out, "\n{line}.")
    })
}

/// What is to be known of how entries of a feed come.
fn noted(out: &mut dyn Write, rows: &[Row<'_>], now: Timestamp) -> io::Result<()> {
    for (settings, memory) in rows {
        if let Some(words) = memory.and_then(|memory| memory.past.words(now)) {
            writeln!(out, "\n  {}: {words}", name(settings, *memory))?;
        }
    }
    Ok(())
}

/// What was mended in the feeds that are read: nothing is to be done about it.
fn mended(out: &mut dyn Write, rows: &[Row<'_>]) -> io::Result<()> {
    /// More are found with `--json`.
    const LISTED: usize = 20;
    let mended: Vec<(String, &FeedState)> = rows
        .iter()
        .filter_map(|(settings, memory)| Some((name(settings, *memory), (*memory)?)))
        .filter(|(_, memory)| !memory.repairs.is_empty())
        .collect();
    if mended.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  Mended each time they are read; nothing is lost by it:")?;
    for (name, memory) in mended.iter().take(LISTED) {
        writeln!(out, "    {name}: {}", clean(&memory.repairs.join(", ")))?;
    }
    if mended.len() > LISTED {
        writeln!(out, "    and {} more: `--json` lists all", mended.len() - LISTED)?;
    }
    Ok(())
}

/// What is remembered of the feeds, and what is agreed with their hubs; `None` where nothing has run yet.
async fn remembered(configuration: &Configuration) -> Result<Option<(Vec<FeedState>, Subscriptions)>> {
    let Some(store) = reader(configuration)? else {
        return Ok(None);
    };
    let memories = store.feeds().await.context("failed to")?;
    let subscriptions = store.subscriptions().await.context("failed to")?;
    Ok(Some((memories, subscriptions.into_iter().collect())))
}

/// What is to be said of each feed that is not simply fine, state by state; what can be done stands once where it is the
/// same for all.
fn in_full(out: &mut dyn Write, rows: &[Row<'_>], now: Timestamp) -> io::Result<()> {
    let mut groups: Vec<(&'static str, Vec<(&Row<'_>, State)>)> = Vec::new();
    for row in rows {
        let state = state(row.1, now);
        if matches!(state, State::New | State::Fine) {
            continue;
        }
        match groups.iter_mut().find(|(name, _)| *name == state.name()) {
            Some((_, group)) => group.push((row, state)),
            None => groups.push((state.name(), vec![(row, state)])),
        }
    }
    for (head, group) in groups {
        let count = if group.len() > 1 {
            format!(" ({})", group.len())
        } else {
            String::new()
        };
        writeln!(out, "\n  {head}{count}")?;
        let first = group.first().and_then(|(_, state)| state.mend());
        let same = group.iter().all(|(_, state)| state.mend() == first);
        for ((settings, memory), state) in &group {
            let (name, address) = (name(settings, *memory), link(settings.shown().as_str()));
            let address = if name == address {
                String::new()
            } else {
                format!("  {address}")
            };
            writeln!(out, "    {name}{address}")?;
            writeln!(out, "      {}", clean(&shown_text(&in_words(state, *memory, now))))?;
            if let Some(mend) = state.mend().filter(|_| !same) {
                writeln!(out, "      {}", clean(&mend))?;
            }
        }
        if let Some(mend) = first.filter(|_| same) {
            writeln!(out, "    {}", clean(&mend))?;
        }
    }
    Ok(())
}

fn in_words(state: &State, memory: Option<&FeedState>, now: Timestamp) -> String {
    let State::Failing { since, why, .. } = state else {
        return state.words(now);
    };
    let times = match memory.map_or(0, |memory| memory.failures) {
        0 | 1 => "once".to_owned(),
        failures => format!("{failures} times in a row"),
    };
    format!("{why}; since {}, {times}", time(*since))
}

fn state(memory: Option<&FeedState>, now: Timestamp) -> State {
    memory.map_or(State::New, |memory| State::of(memory, now))
}

fn line<'a>(settings: &'a FeedSettings, memory: Option<&FeedState>, now: Timestamp) -> FeedLine<'a> {
    let second = |at: Option<Timestamp>| at.map(Timestamp::as_second);
    let state = state(memory, now);
    let delay = memory.and_then(|memory| memory.arrivals.median_delay());
    let moved = memory.and_then(|memory| memory.moved.as_ref().or(memory.adopted.as_ref()));
    FeedLine {
        id: feed_id(settings.url.as_str()),
        url: settings.shown(),
        group: &settings.group,
        title: settings
            .title
            .clone()
            .or_else(|| memory.and_then(|memory| memory.title.clone())),
        state: state.name(),
        says: shown_text(&state.words(now)),
        mend: state.mend(),
        newest_entry: second(memory.and_then(|memory| memory.rhythm.newest_entry)),
        last_read: second(memory.and_then(|memory| memory.last_read)),
        last_polled: second(memory.and_then(|memory| memory.last_polled)),
        next_poll: second(memory.map(|memory| memory.next.at)),
        next_poll_because: memory.map(|memory| memory.next.because.to_string()),
        entries_a_day: memory.and_then(|memory| memory.arrivals.a_day(memory.first_read, now)),
        median_delay: delay.map(|delay| delay.as_secs()),
        answer_millis: memory.map(|memory| memory.answer_millis.clone()).unwrap_or_default(),
        failures: memory.map_or(0, |memory| memory.failures),
        failing_since: second(memory.and_then(|memory| memory.failing_since)),
        last_error: memory.and_then(|memory| memory.last_error.as_deref()).map(shown_text),
        suggests: memory
            .and_then(|memory| memory.suggests.as_deref())
            .map(ShownAddress::of_text),
        moved_to: moved.map(|moved| ShownAddress::of_text(&moved.to)),
        entries_last: memory.map_or(0, |memory| memory.entries_last),
        repairs: memory.map(|memory| memory.repairs.clone()).unwrap_or_default(),
        note: memory.and_then(|memory| memory.past.words(now)),
        hub: None,
    }
}

fn cells(settings: &FeedSettings, memory: Option<&FeedState>, now: Timestamp) -> Vec<String> {
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
        at(
            memory.and_then(|memory| memory.rhythm.newest_entry),
            if read { "not known" } else { "-" },
        ),
        memory
            .and_then(|memory| memory.arrivals.a_day(memory.first_read, now))
            .map_or_else(|| "-".to_owned(), a_day),
        memory
            .and_then(|memory| memory.arrivals.median_delay())
            .and_then(|delay| SignedDuration::try_from(delay).ok())
            .map_or_else(|| "-".to_owned(), delay),
        at(memory.and_then(|memory| memory.last_read), "never"),
        memory.map_or_else(|| "at the next start".to_owned(), |memory| next_poll(memory, now)),
    ]
}

/// "120", "4.3", "0.4".
fn a_day(entries: f64) -> String {
    if entries < 9.95 {
        format!("{entries:.1}")
    } else {
        format!("{entries:.0}")
    }
}

fn delay(delay: SignedDuration) -> String {
    match length(delay) {
        none if none.is_empty() => "none".to_owned(),
        length => length,
    }
}

/// A daemon polls within moments of the time that was set; later than this, none is running.
const LATE: SignedDuration = SignedDuration::from_mins(10);

fn next_poll(memory: &FeedState, now: Timestamp) -> String {
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
