//! What is told of a feed after a poll, once for each occasion. Pure.

use std::time::Duration;

use jiff::Timestamp;

use super::condition::{patience, silent};
use crate::feed::schedule::{Because, NextPoll};
use crate::feed::state::{FeedState, Told, Trouble};

/// What is to be told of a feed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// It has failed for long enough; see [`crate::feed::State`].
    Failing {
        since: Timestamp,
    },
    Mended {
        since: Timestamp,
    },
    Silent {
        since: Timestamp,
    },
    /// The publisher moved it for good, and it is asked for at its new address from now on.
    Renamed {
        since: Timestamp,
    },
    /// What was silent has brought something.
    SpeaksAgain {
        since: Timestamp,
    },
    /// Entries may have been missed several times; see [`crate::feed::History`].
    Missed {
        since: Timestamp,
    },
    /// Most of its entries came under other ids.
    Rekeyed {
        at: Timestamp,
    },
    /// It has more entries than are read.
    TooLong {
        since: Timestamp,
    },
}

/// Between two questions whatever is to be told.
const SHORTEST: Duration = Duration::from_secs(60);

/// When a feed is asked again that fails on its own after an outage.
const ANEW: Duration = Duration::from_secs(10 * 60);

/// Decides what is told after a poll and remembers it in `memory`. A feed that fails is asked once more when `failing_for`
/// is over, so that what is told was just seen; one that is gone, or asks for a longer pause, is told at once.
pub fn report(memory: &mut FeedState, failing_for: Duration, now: Timestamp) -> Option<Report> {
    match memory.failing_since {
        Some(since) => report_failing(memory, since, failing_for, now),
        None => report_read(memory, now),
    }
}

/// The feed's new address was adopted with this very poll.
pub fn report_move(memory: &FeedState, now: Timestamp) -> Option<Report> {
    let adopted = memory.adopted.as_ref()?;
    (adopted.since == now).then_some(Report::Renamed { since: now })
}

fn report_failing(memory: &mut FeedState, since: Timestamp, failing_for: Duration, now: Timestamp) -> Option<Report> {
    let gone = memory.trouble == Some(Trouble::Gone);
    // Neither gets better by waiting, and the second may end the program again.
    let at_once = gone || memory.trouble == Some(Trouble::Unended);
    let known = match memory.told {
        Some(Told::Gone { .. }) => true,
        Some(Told::Failing { .. }) => !gone,
        Some(Told::Silent { .. } | Told::NoNetwork { .. }) | None => false,
    };
    if known || (memory.empty_at_times && memory.trouble == Some(Trouble::Emptied)) {
        return None;
    }
    let due = since.saturating_add(failing_for).unwrap_or(Timestamp::MAX);
    if now < due && !at_once && memory.next.at > due {
        match memory.next.because {
            // It will not be asked before, and will not have been read for that long.
            Because::RetryAfter | Because::Fresh => {}
            _ => memory.next.at = due.max(now + SHORTEST),
        }
    }
    if now < due && !at_once && memory.next.at <= due.max(now + SHORTEST) {
        return None;
    }
    memory.told = Some(if gone {
        Told::Gone { since }
    } else {
        Told::Failing { since }
    });
    Some(Report::Failing { since })
}

fn report_read(memory: &mut FeedState, now: Timestamp) -> Option<Report> {
    let silent = silent(memory, now).map(|(since, _)| since);
    let (told, report) = match (memory.told, silent) {
        (Some(Told::Failing { since } | Told::Gone { since }), _) => (None, Some(Report::Mended { since })),
        (Some(Told::Silent { since }), None) => (None, Some(Report::SpeaksAgain { since })),
        (Some(told @ Told::Silent { .. }), Some(_)) => (Some(told), None),
        (Some(Told::NoNetwork { .. }) | None, Some(since)) if spoke_in_our_time(memory, since) => {
            (Some(Told::Silent { since }), Some(Report::Silent { since }))
        }
        (Some(Told::NoNetwork { .. }) | None, _) => (None, None),
    };
    memory.told = told;
    report
        .or_else(|| report_surplus(memory))
        .or_else(|| report_past(memory))
}

/// Missed once is an accident, of a night without network perhaps.
const MISSED: u32 = 3;

fn report_surplus(memory: &mut FeedState) -> Option<Report> {
    let surplus = memory.surplus.as_mut().filter(|surplus| !surplus.told)?;
    surplus.told = true;
    Some(Report::TooLong { since: surplus.since })
}

fn report_past(memory: &mut FeedState) -> Option<Report> {
    if let Some(rekeyed) = memory.past.rekeyed.as_mut().filter(|rekeyed| !rekeyed.told) {
        rekeyed.told = true;
        return Some(Report::Rekeyed { at: rekeyed.at });
    }
    let missed = memory.past.missed.as_mut()?;
    let due = missed.times >= MISSED && !missed.told;
    missed.told |= due;
    due.then_some(Report::Missed { since: missed.first })
}

/// A feed that was silent already when it was first read is shown as such, but is no news.
fn spoke_in_our_time(memory: &FeedState, newest: Timestamp) -> bool {
    let patience = patience(&memory.rhythm.gaps_secs).unwrap_or_default();
    memory
        .first_read
        .is_some_and(|first| newest.saturating_add(patience).is_ok_and(|until| until > first))
}

/// While our own network is down nobody is blamed and nobody backs off: the question costs the publisher nothing, and the
/// first that is answered says that the network is back. `jitter` is uniform in [0, 1).
pub fn wait_for_network(memory: &mut FeedState, slowest: Duration, now: Timestamp, jitter: f64) {
    let wait = slowest.mul_f64(0.5 + 0.5 * jitter).max(SHORTEST);
    let at = now.saturating_add(wait).unwrap_or(Timestamp::MAX);
    memory.next = NextPoll {
        at: memory.next.at.min(at),
        because: Because::NoNetwork,
    };
}

/// The network is back and the feed still fails: only from now on is that its own fault.
pub fn fails_from_now(memory: &mut FeedState, now: Timestamp) {
    memory.failing_since = Some(now);
    memory.failures = 1;
    memory.next.at = memory.next.at.min(now + ANEW);
    if matches!(memory.told, Some(Told::NoNetwork { .. })) {
        memory.told = None;
    }
}
