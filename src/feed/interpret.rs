//! From an answer to what it means: entries, what to remember of the feed, or what is wrong with it. Pure.

use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use wirewatch_syndication::{Entry, ParseError, ParsedFeed, Source, parse};

use super::bridge::take_errors;
use super::fetch::Answer;
use super::health::watch_move;
use super::history::Diff;
use super::outcome::{Failure, Outcome, plain_failure};
use super::refusal::{challenged, refused};
use super::schedule::{PollSignals, fresh_for, max_age, next_poll, pause_of};
use super::state::{FeedSettings, FeedState, Surplus, Trouble, Validators, seat_point, take_off_seat};
use super::websub::offer;
use crate::net::{BodyEnd, HeaderName, Response, header, retry_after};

/// One poll, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub outcome: Outcome,
    /// Every entry that came, in the order of the feed. A body cut short gives those that came whole.
    pub entries: Vec<Entry>,
    pub change: Diff,
    /// What is to be remembered of the feed, next poll and validators included. Validators advance only with a whole
    /// body that was read, or with 304.
    pub memory: Arc<FeedState>,
}

/// Understands one answer. `jitter` is uniform in [0, 1).
pub fn read(answer: &Answer, memory: &FeedState, settings: &FeedSettings, now: Timestamp, jitter: f64) -> Reading {
    read_with(parse, answer, memory, settings, now, jitter)
}

type Parse = fn(Source<'_>) -> Result<ParsedFeed, ParseError>;

fn read_with(
    parse: Parse,
    answer: &Answer,
    memory: &FeedState,
    settings: &FeedSettings,
    now: Timestamp,
    jitter: f64,
) -> Reading {
    let mut left = Arc::new(memory.clone());
    let memory = Arc::make_mut(&mut left);
    memory.last_polled = Some(now);
    memory.pause = None;
    if answer.response.is_ok() {
        note_time(memory, answer);
    }
    let doubted = memory.doubts_its_move();
    let mut pace = PollSignals::default();
    let (mut entries, mut change) = (Vec::new(), Diff::default());
    let outcome = match &answer.response {
        Err(error) => {
            pace.failed = true;
            Outcome::Failed(plain_failure(Trouble::of_error(error), error.to_string()))
        }
        Ok(response) => {
            pace.retry_after = retry_after(&response.headers, now);
            let understood = match response.status {
                200 | 203 | 226 => read_body(parse, response, (memory, settings), now),
                304 => read_not_modified(response, memory),
                _ => Err(Fault::Broken(refused(response))),
            };
            // At an address that is only asked because the adopted one fails, it is no news.
            pace.gone = response.status == 410 && !doubted;
            // Too many requests, and no word of how many would be fewer.
            if response.status == 429 && pace.retry_after.is_none() {
                pace.retry_after = Some(settings.slowest);
            }
            if matches!(response.status, 429 | 503) {
                memory.pause = pace.retry_after.and_then(|pause| pause_of(&response.url, pause, now));
            }
            match understood {
                Ok((outcome, came, changed)) => {
                    (entries, change) = (came, changed);
                    // What came in part is not the answer that the server calls fresh.
                    if response.end == BodyEnd::Whole {
                        memory.max_age_secs = max_age(response, memory.max_age_secs);
                        pace.fresh_for = fresh_for(response, memory.max_age_secs, now);
                    }
                    watch_move(memory, response.moved_to.as_ref(), doubted, now);
                    outcome
                }
                Err(Fault::Broken(failure)) => {
                    pace.failed = true;
                    Outcome::Failed(failure)
                }
                Err(Fault::Emptied(failure)) => {
                    pace.fresh_for = fresh_for(response, None, now);
                    Outcome::Failed(failure)
                }
            }
        }
    };
    match &outcome {
        Outcome::Failed(failure) => note_fault(memory, failure, now),
        Outcome::Read | Outcome::Unchanged => memory.last_read = Some(now),
    }
    if settings.language.is_some() {
        for entry in &mut entries {
            entry.language.clone_from(&settings.language);
        }
    }
    memory.next = next_poll(memory, settings, pace, now, jitter);
    Reading {
        outcome,
        entries,
        change,
        memory: left,
    }
}

/// Why an answer is not a reading.
enum Fault {
    /// Asked again ever more slowly.
    Broken(Failure),
    /// A feed without entries that had some. It is told like any fault, but asked at its own pace: a feed of warnings
    /// is empty between two of them, and the next one must not wait for a backoff.
    Emptied(Failure),
}

type Understood = Result<(Outcome, Vec<Entry>, Diff), Fault>;

fn read_body(
    parse: Parse,
    response: &Response,
    (memory, settings): (&mut FeedState, &FeedSettings),
    now: Timestamp,
) -> Understood {
    let whole = response.end == BodyEnd::Whole;
    let partial_by_design = response.status == 226;
    let hash = body_hash(&response.body);
    if whole && memory.body_hash == Some(hash) {
        // A document that ends early but comes the same twice is how the publisher writes it: now its validators count.
        keep_validators(memory, response);
        mended(memory);
        return Ok((Outcome::Unchanged, Vec::new(), Diff::default()));
    }
    let zone = settings.zone();
    let source = Source {
        bytes: &response.body,
        content_type: response
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok()),
        url: Some(&response.url),
        language: settings.language.as_deref(),
        zone: zone.as_ref(),
    };
    let broken_off = broken_off_words(response);
    let mut feed = match parse(source) {
        Ok(feed) => feed,
        Err(error) => return Err(Fault::Broken(unreadable(error, broken_off, response))),
    };
    let bridge_error = take_errors(&mut feed.entries);
    if let Some(why) = bridge_error.as_ref().filter(|_| feed.entries.is_empty()) {
        return Err(Fault::Broken(plain_failure(Trouble::Bridge, why.clone())));
    }
    if feed.entries.is_empty() && !partial_by_design {
        if let Some(why) = broken_off {
            return Err(Fault::Broken(plain_failure(Trouble::CutShort, why)));
        }
        if memory.entries_last > 0 {
            let why = emptied_words(memory.entries_last);
            return Err(Fault::Emptied(plain_failure(Trouble::Emptied, why)));
        }
    }
    memory.seat = feed.seat.as_deref().and_then(seat_point).or(memory.seat);
    take_off_seat(&mut feed.entries, memory.seat);
    if let Some(title) = feed.title.filter(|title| !title.is_empty()) {
        memory.title = Some(title);
    }
    memory.repairs = feed
        .repairs
        .iter()
        .map(|repair| match repair.count {
            0 | 1 => repair.what.to_owned(),
            count => format!("{} ({count} times)", repair.what),
        })
        .collect();
    memory.surplus = (feed.left_out > 0).then(|| Surplus {
        entries: feed.left_out,
        since: memory.surplus.map_or(now, |surplus| surplus.since),
        told: memory.surplus.is_some_and(|surplus| surplus.told),
    });
    memory.rhythm.update_every_secs = feed
        .hints
        .update_every
        .map(|every| u32::try_from(every.as_secs()).unwrap_or(u32::MAX));
    memory.rhythm.skips = feed.hints.skips.kept_by(&feed.entries);
    memory.past.key(&mut feed.entries);
    let mut change = Diff {
        part: partial_by_design,
        ..Diff::default()
    };
    if whole && !partial_by_design {
        change = memory.past.learn(&mut feed.entries, memory.last_read, now);
        let older = feed.older.filter(|_| change.missed);
        change.older = older.and_then(|link| response.url.join(&link).ok());
    }
    memory.rhythm.learn(&feed.entries, now);
    memory.hub = offer(response, &feed.offered);
    let broken_off = broken_off.map(|why| plain_failure(Trouble::CutShort, why));
    match broken_off.or_else(|| bridge_error.map(|why| plain_failure(Trouble::Bridge, why))) {
        None => {
            if !feed.cut_short {
                keep_validators(memory, response);
            }
            memory.changed = Some(now);
            if !partial_by_design {
                memory.body_hash = Some(hash);
                memory.entries_last = u32::try_from(feed.entries.len()).unwrap_or(u32::MAX);
            }
            memory.first_read.get_or_insert(now);
            mended(memory);
        }
        Some(fault) => {
            // A first body that broke off does not hold the whole backlog: were it taken for that, the rest would seem
            // new with the next. One that is cut every time is all there is.
            if response.end == BodyEnd::TooLarge || fault.trouble == Trouble::Bridge || memory.failures > 0 {
                memory.first_read.get_or_insert(now);
            }
            note_fault(memory, &fault, now);
        }
    }
    Ok((Outcome::Read, feed.entries, change))
}

fn read_not_modified(response: &Response, memory: &mut FeedState) -> Understood {
    if memory.validators == Validators::default() {
        return Err(Fault::Broken(plain_failure(
            Trouble::Other,
            "the server answered \"not modified\" (304) although nothing was known of the feed yet".to_owned(),
        )));
    }
    // A 304 updates what it carries and leaves the rest (RFC 9111 §4.3.4).
    let newest = validators_of(response);
    if newest.etag.is_some() {
        memory.validators.etag = newest.etag;
    }
    if newest.last_modified.is_some() {
        memory.validators.last_modified = newest.last_modified;
    }
    mended(memory);
    Ok((Outcome::Unchanged, Vec::new(), Diff::default()))
}

fn note_time(memory: &mut FeedState, answer: &Answer) {
    /// Answers whose time is remembered.
    const TIMES: usize = 8;
    let millis = u32::try_from(answer.took.as_millis()).unwrap_or(u32::MAX);
    memory.answer_millis.push(millis);
    let surplus = memory.answer_millis.len().saturating_sub(TIMES);
    memory.answer_millis.drain(..surplus);
}

fn keep_validators(memory: &mut FeedState, response: &Response) {
    memory.validators = validators_of(response);
    memory.validators_from = Some(response.url.as_str().to_owned());
}

/// Verbatim; a value that is not UTF-8 could not be sent back as it came and is left out.
fn validators_of(response: &Response) -> Validators {
    let verbatim = |name: HeaderName| {
        let value = response.headers.get(name)?;
        String::from_utf8(value.as_bytes().to_vec())
            .ok()
            .filter(|value| !value.is_empty())
    };
    Validators {
        etag: verbatim(header::ETAG),
        last_modified: verbatim(header::LAST_MODIFIED),
    }
}

pub(super) fn note_fault(memory: &mut FeedState, failure: &Failure, now: Timestamp) {
    memory.failures = memory.failures.saturating_add(1);
    memory.failing_since.get_or_insert(now);
    memory.last_error = Some(failure.why.clone());
    memory.trouble = Some(failure.trouble);
    memory.suggests.clone_from(&failure.suggests);
}

fn mended(memory: &mut FeedState) {
    memory.failures = 0;
    memory.failing_since = None;
    memory.last_error = None;
    memory.empty_at_times |= memory.trouble == Some(Trouble::Emptied);
    memory.trouble = None;
    memory.suggests = None;
}

fn unreadable(error: ParseError, broken_off: Option<String>, response: &Response) -> Failure {
    if matches!(error, ParseError::Html { .. })
        && let Some(failure) = challenged(response)
    {
        return failure;
    }
    let suggests = match &error {
        ParseError::Html { suggests } => suggests
            .iter()
            .filter_map(|link| response.url.join(link).ok())
            .find(|link| *link != response.url)
            .map(String::from),
        _ => None,
    };
    let (trouble, why) = match (broken_off, &suggests) {
        (Some(why), _) => (Trouble::CutShort, why),
        (None, Some(link)) => (Trouble::NotAFeed, format!("{error}; it says that its feed is {link}")),
        (None, None) => {
            let trouble = match &error {
                ParseError::Html { .. } | ParseError::NotAFeed { .. } | ParseError::Packed { .. } => Trouble::NotAFeed,
                ParseError::Empty | ParseError::Unreadable { .. } => Trouble::Other,
            };
            (trouble, error.to_string())
        }
    };
    Failure { trouble, why, suggests }
}

fn emptied_words(before: u32) -> String {
    match before {
        1 => "the feed is empty; it had one entry before".to_owned(),
        before => format!("the feed is empty; it had {before} entries before"),
    }
}

fn broken_off_words(response: &Response) -> Option<String> {
    let size = size_words(response.body.len());
    match response.end {
        BodyEnd::Whole => None,
        BodyEnd::CutShort => Some(format!("the answer broke off after {size}")),
        BodyEnd::TooLarge => Some(format!("the answer is larger than {size}; what is beyond was not read")),
    }
}

fn size_words(bytes: usize) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} KB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

/// The first 64 bits of SHA-256.
fn body_hash(body: &[u8]) -> u64 {
    let digest = Sha256::digest(body);
    digest
        .iter()
        .take(8)
        .fold(0, |hash, byte| (hash << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests;
