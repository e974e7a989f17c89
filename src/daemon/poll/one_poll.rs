//! One poll of one feed, on one page: ask, read, find what is new, examine, decide, record. What a hub pushes goes the same
//! way from its second step on.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use tracing::{debug, info, warn};
use url::Url;
use wirewatch_syndication::{Entry, EntryKey};

use super::arrivals::{add_older, known};
use super::begun::{begin_large, end_large};
use super::deciding::decide_and_record;
use super::examining::{FeedNow, examine_all};
use super::polled::{PollError, Polled};
use crate::alert::{Assessment, Context, Record, Seen, ToRecord, content_hash, held_after_restore, record};
use crate::daemon::health::{ToTell, after_poll, shown_name};
use crate::daemon::hubs::Push;
use crate::daemon::supervise::{Ready, Shared, catch_panic, spawn_catching};
use crate::feed::{
    Answer, FeedSettings, FeedState, FullText, Outcome, Reading, ScheduleUpdate, boilerplate, broke_on_answer,
    broke_on_entries, fetch, follow_move, read, read_push,
};
use crate::net::{LARGE, ShownAddress};
use crate::store::Recorded;

/// Polls one feed.
pub async fn poll(shared: &Shared, before: Arc<FeedState>) -> Result<Polled, PollError> {
    let ready = shared.ready();
    let Some(settings) = ready.feed(&before.url).cloned() else {
        return Ok(Polled::nothing(before));
    };
    let answer = ask(shared, &ready, &before, &settings).await;
    let (now, jitter) = (shared.clock.now(), shared.clock.jitter());
    // Its turn among large bodies lasts until all of it is recorded.
    let large = answer
        .response
        .as_ref()
        .ok()
        .and_then(|response| response.large.clone());
    let before = match &large {
        Some(_) => begin_large(shared, before, now).await?,
        None => before,
    };

    // An answer without a body is understood in microseconds.
    let bodiless = answer.response.as_ref().is_ok_and(|response| response.body.is_empty());
    let understood = if bodiless {
        catch_panic(|| read(&answer, &before, &settings, now, jitter))
    } else {
        let (of_feed, known) = (settings.clone(), before.clone());
        spawn_catching(move || read(&answer, &known, &of_feed, now, jitter)).await?
    };
    let mut reading = understood.unwrap_or_else(|| broke_on_answer(&before, &settings, now, jitter));
    log_outcome(&before, &reading);
    if let Some(older) = reading.change.older.take() {
        add_older(shared, &ready, older, &before, &settings, &mut reading).await?;
    }
    take_in(shared, &ready, settings, before, reading, Way::Poll, now).await
}

/// Asks for a feed. Where articles are opened, its host may be busy with one, or have just been.
async fn ask(shared: &Shared, ready: &Ready, memory: &FeedState, settings: &FeedSettings) -> Answer {
    let address = ready.opens_articles.then(|| memory.address()).flatten();
    let host = address.as_ref().and_then(Url::host_str);
    let gap = ready.configuration.polling.gap;
    if let Some(host) = host {
        shared.hosts.enter(host, gap, shared.clock.as_ref()).await;
    }
    let answer = fetch(&ready.client, memory, settings, shared.clock.now()).await;
    if let Some(host) = host {
        shared.hosts.end(host, shared.clock.now(), gap);
    }
    answer
}

/// Takes in what a hub pushed of a feed.
pub async fn take_in_push(shared: &Shared, before: Arc<FeedState>, push: Push) -> Result<Polled, PollError> {
    let ready = shared.ready();
    let Some(settings) = ready.feed(&before.url).cloned() else {
        return Ok(Polled::nothing(before));
    };
    let now = shared.clock.now();
    let _room = push.room;
    let (mut before, mut _large) = (before, None);
    if push.body.len() > LARGE {
        _large = ready.client.large_bodies().enter().await;
        if _large.is_none() {
            warn!(feed.url = %before.shown(), "a large push did not come to its turn, the next poll will tell");
            return Ok(Polled::nothing(before));
        }
        before = begin_large(shared, before, now).await?;
    }
    let (memory, of_feed) = (before.clone(), settings.clone());
    let read = move || read_push(&push.body, push.content_type.as_deref(), &memory, &of_feed);
    match spawn_catching(read).await? {
        None => {
            warn!(feed.url = %before.shown(), "what the hub pushed cannot be read, the next poll will tell");
            Ok(Polled::nothing(end_large(shared, before, now).await?))
        }
        Some(Ok(reading)) => {
            let entries = reading.entries.len();
            let polled = take_in(shared, &ready, settings, before, reading, Way::Push, now).await?;
            let url = &polled.memory.url;
            shared.hubs.pushed(shared.store.as_ref(), url, entries).await?;
            Ok(polled)
        }
        Some(Err(error)) => {
            warn!(feed.url = %before.shown(), "what the hub pushed cannot be read, the next poll will tell: {error}");
            Ok(Polled::nothing(end_large(shared, before, now).await?))
        }
    }
}

/// How entries came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Poll,
    /// From a hub: perhaps a part of the feed, and no word on its health.
    Push,
}

/// From what was read to the record: the one way for entries that were polled and for those that were pushed.
async fn take_in(
    shared: &Shared,
    ready: &Arc<Ready>,
    settings: Arc<FeedSettings>,
    before: Arc<FeedState>,
    reading: Reading,
    way: Way,
    now: Timestamp,
) -> Result<Polled, PollError> {
    let keys: Vec<_> = reading.entries.iter().map(|entry| entry.key).collect();
    let known = known(shared, &before.url, &keys, &reading.change).await?;
    let Reading {
        entries,
        change,
        memory: mut left,
        outcome,
    } = reading;
    let memory = Arc::make_mut(&mut left);
    memory.reading_since = None;
    if way == Way::Poll {
        if ready.configuration.watchlist.asks_for_places() {
            memory.boilerplate = boilerplate(&entries, &memory.boilerplate);
        }
        follow_move(&before, memory, &outcome, !known.is_empty(), now);
        let readable = !matches!(outcome, Outcome::Failed(_));
        memory.restored = memory.restored.filter(|_| !readable);
        if readable && memory.hub.is_some() && shared.hubs.relied_on(&memory.url, now).await {
            memory.next = memory.next.behind_a_hub(&settings, now, shared.clock.jitter());
        }
    }
    let fresh: Vec<_> = entries
        .into_iter()
        .map(|entry| (known.get(&entry.key).copied(), entry))
        .filter(|(known, entry)| {
            let under_its_key = !change.same_as.contains_key(&entry.key);
            known.is_none_or(|known| !under_its_key || known.content_hash != content_hash(entry))
        })
        .collect();

    let to_examine = fresh.len();
    let title = shown_name(&settings, memory);
    let first_sight = before.first_read.is_none();
    let feed = FeedNow {
        settings: &settings,
        memory,
        title: &title,
        first_sight,
        now,
    };
    let (entries, findings) = examine_all(shared, ready, feed, fresh).await?;
    if entries.len() < to_examine {
        let broken = to_examine - entries.len();
        broke_on_entries(broken, &before, memory, &settings, now, shared.clock.jitter());
    }
    // Without those on which the examination broke: they are new with every answer.
    let is_news = |entry: &&Entry| !known.contains_key(&entry.key) && !change.archive.contains(&entry.key);
    let news: HashSet<EntryKey> = entries.iter().filter(is_news).map(|entry| entry.key).collect();
    memory
        .arrivals
        .note(entries.iter().filter(is_news), before.first_read, now);
    for finding in &findings {
        let countries: Vec<&str> = finding.countries.iter().map(String::as_str).collect();
        memory.countries.learn(&countries);
    }
    let mut seen: Vec<Seen<'_>> = entries
        .iter()
        .zip(findings)
        .map(|(entry, finding)| Seen {
            entry,
            examined: finding.examined,
            known: finding.known,
            prepared: Some(finding.prepared),
            archive: change.archive.contains(&entry.key),
        })
        .collect();

    let context = Context {
        watchlist: &ready.configuration.watchlist,
        feed: &settings,
        feed_title: &title,
        first_sight,
        opened: false,
        now,
    };
    // What a hub pushes need not be all that the feed shows, and a part of it that was sent on purpose is not.
    let whole = way == Way::Poll && !change.part;
    let shown = if whole { keys } else { Vec::new() };
    let to_tell = match way {
        Way::Poll => after_poll(shared, ready, &settings, &title, memory, now),
        Way::Push => ToTell::default(),
    };
    let restored = before.restored;
    let wants_articles = settings.full_text != FullText::Never;
    let nothing_came = seen.is_empty() && shown.is_empty() && to_tell.is_empty();
    let schedule_only = nothing_came && ScheduleUpdate::is_all_that_changed(&before, memory);
    let memory = match schedule_only {
        // What is remembered stays in its place, and the copy of it is the next poll's.
        true => ScheduleUpdate::of(&left).renewing(before),
        false => left,
    };
    let recorded = match schedule_only {
        true => Recorded::default(),
        false => {
            let gather = |seen: &[Seen<'_>], assessment: Assessment| {
                let record = Record {
                    shown,
                    notices: to_tell.notices,
                    dropped: to_tell.instead_of,
                    ..record(
                        memory.clone(),
                        seen,
                        assessment,
                        context,
                        &ready.configuration.recipients,
                    )
                };
                Some(ToRecord::Poll(match restored {
                    Some(restored) => held_after_restore(record, restored, now),
                    None => record,
                }))
            };
            decide_and_record(shared, &mut seen, context, gather).await?
        }
    };
    if way == Way::Poll {
        // What was there before a feed was first read, no hub had to push.
        let missed = if first_sight { 0 } else { news.len() };
        shared.hubs.polled(shared.store.as_ref(), &memory, missed, now).await?;
    }
    if recorded.deliveries > 0 {
        shared.deliveries.notify_one();
    }
    if wants_articles && recorded.entries > 0 {
        shared.articles.notify_one();
    }
    if recorded.entries > 0 || !recorded.alerts.is_empty() {
        info!(feed.url = %memory.shown(), entries = recorded.entries, alerts = recorded.alerts.len(), "new entries");
    }
    Ok(Polled { memory, schedule_only })
}

fn log_outcome(before: &FeedState, reading: &Reading) {
    let url = before.shown();
    match &reading.outcome {
        Outcome::Failed(failure) => {
            let next = reading.memory.next;
            let wait_secs = next.at.as_second() - reading.memory.last_polled.unwrap_or(next.at).as_second();
            let failures = reading.memory.failures;
            let suggests = failure.suggests.as_deref().map(ShownAddress::of_text);
            let suggests = suggests.as_ref().map(ShownAddress::as_str);
            // The first failure and the few that double since are worth a line; a feed that is down for a week is not
            // worth a thousand.
            if failures.is_power_of_two() {
                warn!(feed.url = %url, failures, wait_secs, suggests, "cannot read the feed: {}", failure.why);
            } else {
                debug!(feed.url = %url, failures, wait_secs, "cannot read the feed: {}", failure.why);
            }
        }
        Outcome::Read | Outcome::Unchanged => {
            if before.failures > 0 {
                info!(feed.url = %url, failures = before.failures, "the feed can be read again");
            }
            debug!(feed.url = %url, entries = reading.entries.len(), "polled");
        }
    }
}
