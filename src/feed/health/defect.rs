//! When this program itself breaks on what a feed brings, which is a defect of it: the feed counts as failing, and is told
//! of like any other that fails; all others go on. Pure.

use std::sync::Arc;

use jiff::Timestamp;

use crate::feed::history::Diff;
use crate::feed::interpret::{Reading, note_fault};
use crate::feed::outcome::{Outcome, plain_failure};
use crate::feed::schedule::{PollSignals, next_poll};
use crate::feed::state::{FeedSettings, FeedState, Trouble, Validators};

const FAILED: PollSignals = PollSignals {
    failed: true,
    gone: false,
    retry_after: None,
    fresh_for: None,
};

/// What a person can do, who is no programmer.
const MEND: &str = "read it by other means, and give the lines of the log that name it to whoever maintains Wirewatch";

/// What a poll comes to whose answer could not be read for that reason.
pub fn broke_on_answer(memory: &FeedState, settings: &FeedSettings, now: Timestamp, jitter: f64) -> Reading {
    let why = format!("nothing of it is watched, for Wirewatch breaks on what it sends; {MEND}");
    let failure = plain_failure(Trouble::Other, why);
    let mut left = Arc::new(memory.clone());
    let memory = Arc::make_mut(&mut left);
    memory.last_polled = Some(now);
    memory.pause = None;
    note_fault(memory, &failure, now);
    memory.next = next_poll(memory, settings, FAILED, now, jitter);
    Reading {
        outcome: Outcome::Failed(failure),
        entries: Vec::new(),
        change: Diff::default(),
        memory: left,
    }
}

/// Notes that so many entries of an answer that was read could not be examined for that reason. The next answer is read
/// whole, and they are tried again.
pub fn broke_on_entries(
    entries: usize,
    before: &FeedState,
    memory: &mut FeedState,
    settings: &FeedSettings,
    now: Timestamp,
    jitter: f64,
) {
    memory.validators = Validators::default();
    memory.body_hash = None;
    (memory.failures, memory.failing_since) = (before.failures, before.failing_since);
    let unwatched = match entries {
        1 => "one of its entries is not watched, for Wirewatch breaks on it".to_owned(),
        many => format!("{many} of its entries are not watched, for Wirewatch breaks on them"),
    };
    let why = format!("{unwatched}; {MEND}");
    note_fault(memory, &plain_failure(Trouble::Other, why), now);
    let next = next_poll(memory, settings, FAILED, now, jitter);
    if next.at > memory.next.at {
        memory.next = next;
    }
}

/// What a feed comes to whose large answer was being read when the process ended, perhaps since it took all memory.
pub fn ended_while_reading(memory: &mut FeedState, settings: &FeedSettings, now: Timestamp, jitter: f64) {
    memory.reading_since = None;
    let why = "Wirewatch was ended from outside while it read a large answer, perhaps for taking too much memory; it is asked \
               again, each time later";
    note_fault(memory, &plain_failure(Trouble::Unended, why.to_owned()), now);
    memory.next = next_poll(memory, settings, FAILED, now, jitter);
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::feed::Because;

    #[test]
    fn a_feed_whose_reading_never_ended_waits_longer_each_time() {
        let now: Timestamp = "2024-09-17T06:00:00Z".parse().unwrap();
        let settings = FeedSettings::new(Url::parse("https://example.org/feed").unwrap(), "desk");
        let mut memory = FeedState::unread(&settings.url, now);
        let mut waits = Vec::new();
        for failures in 1..=4 {
            memory.reading_since = Some(now);
            ended_while_reading(&mut memory, &settings, now, 0.5);
            assert_eq!(memory.next.because, Because::Backoff { failures });
            assert_eq!((memory.reading_since, memory.trouble), (None, Some(Trouble::Unended)));
            waits.push(memory.next.at.duration_since(now));
        }
        assert!(waits[0] >= jiff::SignedDuration::from_mins(4), "{waits:?}");
        assert!(waits.is_sorted() && waits[0] < waits[3], "{waits:?}");
    }

    #[test]
    fn a_feed_that_this_program_breaks_on_fails_and_is_asked_again() {
        let now: Timestamp = "2024-09-17T06:00:00Z".parse().unwrap();
        let settings = FeedSettings::new(Url::parse("https://example.org/feed").unwrap(), "desk");
        let mut memory = FeedState::unread(&settings.url, now);
        memory.validators.etag = Some("\"one\"".to_owned());
        memory.body_hash = Some(1);
        let first = broke_on_answer(&memory, &settings, now, 0.5).memory;
        assert_eq!((first.failures, first.failing_since), (1, Some(now)));
        assert_eq!(first.next.because, Because::Backoff { failures: 1 });
        assert_eq!(first.validators, memory.validators, "nothing is forgotten");
        // The next answer is read, but for two entries.
        let later = now + std::time::Duration::from_secs(600);
        broke_on_entries(2, &first, &mut memory, &settings, later, 0.5);
        assert_eq!(
            (memory.failures, memory.failing_since),
            (2, Some(now)),
            "it still fails"
        );
        assert_eq!(memory.next.because, Because::Backoff { failures: 2 });
        assert_eq!((&memory.validators.etag, memory.body_hash), (&None, None));
        let why = memory.last_error.as_deref().unwrap_or_default();
        assert!(
            why.starts_with("2 of its entries are not watched") && why.contains("by other means"),
            "{why}"
        );
    }
}
