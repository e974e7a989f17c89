//! When a feed is asked again, and why then.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::expected_delay::leave_alone;
use super::next_poll::{Because, NextPoll};
use crate::feed::state::{FeedSettings, FeedState, Pause};

impl NextPoll {
    /// Of a feed whose hub is relied on: as seldom as `slowest` allows, and never sooner than without it.
    pub fn behind_a_hub(self, settings: &FeedSettings, now: Timestamp, jitter: f64) -> Self {
        let (_, slowest) = bounds(settings);
        match now.saturating_add(slowest.mul_f64(1.0 - SPREAD * jitter)) {
            Ok(at) if at > self.at => Self {
                at,
                because: Because::Pushed,
            },
            _ => self,
        }
    }
}

/// What one poll said that bears on the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PollSignals {
    pub failed: bool,
    pub gone: bool,
    pub retry_after: Option<Duration>,
    /// How long the answer is fresh.
    pub fresh_for: Option<Duration>,
}

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A broken feed is asked at least this often: six questions a day, a quarter of what an hourly reader asks of one that
/// works, and a mended feed is noticed the same morning. With `fastest` at 5 minutes it is reached after seven failures
/// (5, 10, 20, 40, 80, 160, 240 minutes), five of them before `feed_failing_for` (3 hours) is over.
const SLOWEST_BACKOFF: Duration = Duration::from_secs(4 * 60 * 60);

/// A feed that is gone is asked this seldom; some come back.
const GONE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// `max-age` and `Expires` are believed up to here. A year is meant for pictures and was set for a whole site.
const LONGEST_FRESH: Duration = DAY;

/// `Retry-After` is believed up to here: it is a demand, but a feed must not fall silent for a year over a typing error.
const LONGEST_PAUSE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// And for the other feeds of the same site up to here.
const LONGEST_SITE_PAUSE: Duration = DAY;

/// How far times are spread: ±10 % of the interval.
const SPREAD: f64 = 0.1;

/// The spread after a time that the server named, at most.
const WIDEST_SPREAD: Duration = Duration::from_secs(5 * 60);

/// Decides the next poll. `jitter` is uniform in [0, 1) and spreads the time so that feeds do not beat together.
///
/// What the server asks for is a floor: the time is never earlier, and later only where pace or backoff say so.
pub fn next_poll(
    memory: &FeedState,
    settings: &FeedSettings,
    pace: PollSignals,
    now: Timestamp,
    jitter: f64,
) -> NextPoll {
    let (fastest, slowest) = bounds(settings);
    let (wait, because) = if pace.gone {
        (GONE.mul_f64(1.0 + SPREAD * jitter), Because::Gone)
    } else if pace.failed {
        let failures = memory.failures.max(1);
        // Never more often than while it worked, then half as often each time.
        let base = interval(memory, settings, now);
        let longest = SLOWEST_BACKOFF.max(slowest);
        let wait = base.saturating_mul(1 << (failures - 1).min(16)).min(longest);
        (spread(wait, jitter, fastest, longest), Because::Backoff { failures })
    } else {
        let wait = interval(memory, settings, now);
        let tightened = memory.past.tightened(wait, now).max(fastest);
        let because = if tightened < wait {
            Because::Missed
        } else {
            Because::Pace
        };
        // Feeds that were added together come apart at once.
        let wait = match memory.next.because {
            Because::New => fastest + (tightened - fastest).mul_f64(jitter),
            _ => spread(tightened, jitter, fastest, slowest),
        };
        (wait, because)
    };
    let skipped = now
        .checked_add(wait)
        .ok()
        .filter(|_| !pace.failed)
        .and_then(|at| memory.rhythm.skips.until(at))
        .and_then(|until| Duration::try_from(until.duration_since(now)).ok());
    let floors = [
        (skipped, Because::Skips),
        (pace.fresh_for.map(|fresh| fresh.min(LONGEST_FRESH)), Because::Fresh),
        (
            pace.retry_after.map(|pause| pause.min(LONGEST_PAUSE)),
            Because::RetryAfter,
        ),
    ];
    let (wait, because) = floors
        .into_iter()
        .fold((wait, because), |(wait, because), (floor, reason)| match floor {
            Some(floor) if floor > wait => (floor + floor.mul_f64(SPREAD).min(WIDEST_SPREAD).mul_f64(jitter), reason),
            _ => (wait, because),
        });
    NextPoll {
        at: now.saturating_add(wait).unwrap_or(Timestamp::MAX),
        because,
    }
}

/// What a demand for a pause means for the other feeds of the site that made it.
pub(crate) fn pause_of(answered: &Url, pause: Duration, now: Timestamp) -> Option<Pause> {
    Some(Pause {
        host: answered.host_str()?.to_owned(),
        until: now.saturating_add(pause.min(LONGEST_SITE_PAUSE)).ok()?,
    })
}

/// The interval that the feed's own rhythm asks for ([`leave_alone`]), within `fastest` and `slowest`.
fn interval(memory: &FeedState, settings: &FeedSettings, now: Timestamp) -> Duration {
    let (fastest, slowest) = bounds(settings);
    let rhythm = &memory.rhythm;
    let quiet = rhythm
        .newest_entry
        .or(memory.first_read)
        .and_then(|since| Duration::try_from(now.duration_since(since)).ok())
        .unwrap_or_default();
    let wait = leave_alone(rhythm, quiet.as_secs_f64(), now.as_second(), slowest.as_secs_f64());
    // What the feed says of itself is a floor for as long as it keeps to it: software that fills in "hourly" is no
    // reason to wait an hour for a feed that brings something every ten minutes.
    let by_its_word = rhythm.update_every_secs.map_or(Duration::ZERO, |secs| {
        let said = Duration::from_secs(u64::from(secs));
        first_quartile(&rhythm.gaps_secs).map_or(said, |gap| said.min(gap))
    });
    Duration::from_secs_f64(wait).max(by_its_word).clamp(fastest, slowest)
}

fn first_quartile(gaps: &[u32]) -> Option<Duration> {
    let mut sorted = gaps.to_vec();
    sorted.sort_unstable();
    let at = sorted.len().checked_sub(1)? / 4;
    sorted.get(at).map(|secs| Duration::from_secs(u64::from(*secs)))
}

/// `fastest` and `slowest` in this order, whatever was configured; `fastest` never under a minute.
fn bounds(settings: &FeedSettings) -> (Duration, Duration) {
    let fastest = settings.fastest.max(MINUTE);
    (fastest, settings.slowest.max(fastest))
}

/// ±10 %, folded back at the bounds. At the slow one, where most feeds are at most times, by a fiftieth of that, or all
/// would be asked more often than was meant: enough to part the few that fall on the same second.
fn spread(wait: Duration, jitter: f64, fastest: Duration, slowest: Duration) -> Duration {
    let width = wait.mul_f64(SPREAD);
    let width = if wait + width > slowest { width / 50 } else { width };
    let by = width.mul_f64((2.0 * jitter - 1.0).abs());
    let (earlier, later) = (wait.saturating_sub(by), wait + by);
    let chosen = match jitter < 0.5 {
        true if earlier >= fastest => earlier,
        false if later > slowest => earlier,
        _ => later,
    };
    chosen.clamp(fastest, slowest)
}

#[cfg(test)]
mod tests;
