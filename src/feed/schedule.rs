//! When a feed is asked again, and why then.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::memory::{FeedMemory, FeedSettings};

/// Why a feed is asked at that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Because {
    /// It was never asked.
    New,
    /// Its own rhythm, within `fastest` and `slowest`.
    Pace,
    /// The server asked for it: `Retry-After` (RFC 9110 §10.2.3).
    RetryAfter,
    /// The server said that nothing changes before: `max-age` or `Expires` (RFC 9111 §4.2).
    Fresh,
    /// It failed this many times in a row.
    Backoff { failures: u32 },
    /// It is gone (410); asked rarely.
    Gone,
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("never asked before"),
            Self::Pace => f.write_str("its own rhythm"),
            Self::RetryAfter => f.write_str("the server asked for a pause"),
            Self::Fresh => f.write_str("the server said that nothing changes before"),
            Self::Backoff { failures: 1 } => f.write_str("after 1 failure"),
            Self::Backoff { failures } => write!(f, "after {failures} failures"),
            Self::Gone => f.write_str("gone; asked once a week"),
        }
    }
}

/// When a feed is asked next, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextPoll {
    pub at: Timestamp,
    pub because: Because,
}

impl NextPoll {
    pub fn first(at: Timestamp) -> Self {
        Self {
            at,
            because: Because::New,
        }
    }
}

/// The reason with its time where it has one: "the server asked for a pause until 2024-09-17T08:00:00Z".
impl fmt::Display for NextPoll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = Timestamp::from_second(self.at.as_second()).unwrap_or(self.at);
        match self.because {
            Because::RetryAfter => write!(f, "{} until {at}", self.because),
            Because::Fresh => write!(f, "{} {at}", self.because),
            because => write!(f, "{because}"),
        }
    }
}

/// What one poll said that bears on the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pace {
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

/// How far times are spread: ±10 % of the interval.
const SPREAD: f64 = 0.1;

/// The spread after a time that the server named, at most.
const WIDEST_SPREAD: Duration = Duration::from_secs(5 * 60);

/// Decides the next poll. `dice` is uniform in [0, 1) and spreads the time so that feeds do not beat together.
///
/// What the server asks for is a floor: the time is never earlier, and later only where pace or backoff say so.
pub fn next_poll(memory: &FeedMemory, settings: &FeedSettings, pace: Pace, now: Timestamp, dice: f64) -> NextPoll {
    let (fastest, slowest) = bounds(settings);
    let (wait, because) = if pace.gone {
        (GONE.mul_f64(1.0 + SPREAD * dice), Because::Gone)
    } else if pace.failed {
        let failures = memory.failures.max(1);
        // Never more often than while it worked, then half as often each time.
        let base = interval(memory, settings, now);
        let longest = SLOWEST_BACKOFF.max(slowest);
        let wait = base.saturating_mul(1 << (failures - 1).min(16)).min(longest);
        (spread(wait, dice, fastest, longest), Because::Backoff { failures })
    } else {
        let wait = interval(memory, settings, now);
        (spread(wait, dice, fastest, slowest), Because::Pace)
    };
    let floors = [
        (pace.fresh_for.map(|fresh| fresh.min(LONGEST_FRESH)), Because::Fresh),
        (
            pace.retry_after.map(|pause| pause.min(LONGEST_PAUSE)),
            Because::RetryAfter,
        ),
    ];
    let (wait, because) = floors
        .into_iter()
        .fold((wait, because), |(wait, because), (floor, reason)| match floor {
            Some(floor) if floor > wait => (floor + floor.mul_f64(SPREAD).min(WIDEST_SPREAD).mul_f64(dice), reason),
            _ => (wait, because),
        });
    NextPoll {
        at: now.saturating_add(wait).unwrap_or(Timestamp::MAX),
        because,
    }
}

/// The interval that the feed's own rhythm asks for, within `fastest` and `slowest`.
///
/// Half of its short gaps (first quartile), so that in a busy hour little waits long; a feed that has been quiet for
/// much longer is asked less, an eighth of the quiet. Hourly polling with the same number of requests finds entries six
/// times later.
fn interval(memory: &FeedMemory, settings: &FeedSettings, now: Timestamp) -> Duration {
    let (fastest, slowest) = bounds(settings);
    let quartile = first_quartile(&memory.rhythm.gaps_secs);
    let by_gaps = quartile.map_or(Duration::ZERO, |gap| gap / 2);
    let by_quiet = memory
        .rhythm
        .newest_entry
        .or(memory.first_read)
        .and_then(|since| Duration::try_from(now.duration_since(since)).ok())
        .map_or(Duration::ZERO, |quiet| quiet / 8);
    // What the feed says of itself is a floor for as long as it keeps to it: software that fills in "hourly" is no
    // reason to wait an hour for a feed that brings something every ten minutes.
    let by_its_word = memory.rhythm.update_every_secs.map_or(Duration::ZERO, |secs| {
        let said = Duration::from_secs(u64::from(secs));
        quartile.map_or(said, |gap| said.min(gap))
    });
    by_gaps.max(by_quiet).max(by_its_word).clamp(fastest, slowest)
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

/// ±10 %, folded back at the bounds so that feeds at a bound are spread too.
fn spread(wait: Duration, dice: f64, fastest: Duration, slowest: Duration) -> Duration {
    let width = wait.mul_f64(SPREAD);
    let by = width.mul_f64((2.0 * dice - 1.0).abs());
    let (earlier, later) = (wait.saturating_sub(by), wait + by);
    let chosen = match dice < 0.5 {
        true if earlier >= fastest => earlier,
        false if later > slowest => earlier,
        _ => later,
    };
    chosen.clamp(fastest, slowest)
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::feed::{Backfill, FullText, Rhythm, Trust};

    const HOUR: Duration = Duration::from_secs(60 * 60);

    fn now() -> Timestamp {
        "2024-09-17T06:00:00Z".parse().unwrap()
    }

    fn settings() -> FeedSettings {
        FeedSettings {
            url: Url::parse("https://example.org/feed.xml").unwrap(),
            group: "desk".to_owned(),
            title: None,
            backfill: Backfill::Remember,
            full_text: FullText::Never,
            trust: Trust::Normal,
            country: None,
            language: None,
            fastest: 5 * MINUTE,
            slowest: HOUR,
        }
    }

    /// Gaps and quiet in minutes.
    fn memory(gaps: &[u32], quiet: u64, failures: u32) -> FeedMemory {
        let settings = settings();
        FeedMemory {
            failures,
            rhythm: Rhythm {
                gaps_secs: gaps.iter().map(|gap| gap * 60).collect(),
                newest_entry: Some(now() - Duration::from_secs(quiet * 60)),
                ..Rhythm::default()
            },
            ..FeedMemory::unread(&settings.url, now())
        }
    }

    fn waits(memory: &FeedMemory, pace: Pace, dice: f64) -> (i64, Because) {
        let next = next_poll(memory, &settings(), pace, now(), dice);
        (next.at.duration_since(now()).as_mins(), next.because)
    }

    #[test]
    fn the_pace_follows_the_rhythm() {
        // Half dice: no spread.
        let table: [(&str, &[u32], u64, i64); 8] = [
            ("a busy feed is asked as fast as allowed", &[3, 4, 5, 6], 2, 5),
            ("half of the short gaps", &[40, 60, 80, 100], 10, 20),
            (
                "one long night does not slow a busy feed",
                &[20, 20, 20, 20, 600],
                10,
                10,
            ),
            ("a feed that has gone quiet is asked less", &[40, 60, 80, 100], 240, 30),
            (
                "a feed quiet for long is asked as slowly as allowed",
                &[3, 4],
                100_000,
                60,
            ),
            ("a slow feed is asked as slowly as allowed", &[1440, 1440, 2880], 10, 60),
            ("a feed just read without dates starts fast", &[], 0, 5),
            ("and slows with its quiet", &[], 160, 20),
        ];
        for (case, gaps, quiet, minutes) in table {
            assert_eq!(
                waits(&memory(gaps, quiet, 0), Pace::default(), 0.5),
                (minutes, Because::Pace),
                "{case}"
            );
        }
    }

    #[test]
    fn what_a_feed_says_of_itself_is_a_floor_while_it_keeps_to_it() {
        let table: [(&str, &[u32], u32, i64); 4] = [
            ("hourly, and no rhythm known", &[], 60, 60),
            ("half-hourly, and hourly in truth", &[60, 60, 60], 30, 30),
            ("hourly, and every ten minutes in truth", &[10, 10, 10], 60, 10),
            ("yearly: no slower than the slowest", &[], 525_600, 60),
        ];
        for (case, gaps, says, minutes) in table {
            let mut memory = memory(gaps, 0, 0);
            memory.rhythm.update_every_secs = Some(says * 60);
            assert_eq!(waits(&memory, Pace::default(), 0.5).0, minutes, "{case}");
        }
    }

    #[test]
    fn failures_back_off_and_never_give_up() {
        let failed = Pace {
            failed: true,
            ..Pace::default()
        };
        let table = [
            (1, 5),
            (2, 10),
            (3, 20),
            (4, 40),
            (5, 80),
            (6, 160),
            (7, 240),
            (8, 240),
            (u32::MAX, 240),
        ];
        for (failures, minutes) in table {
            assert_eq!(
                waits(&memory(&[6, 6, 6], 0, failures), failed, 0.5),
                (minutes, Because::Backoff { failures }),
                "after {failures} failures"
            );
        }
        assert_eq!(
            waits(&memory(&[600, 600], 0, 1), failed, 0.5).0,
            60,
            "a broken feed is never asked more often than while it worked"
        );
        let gone = Pace {
            failed: true,
            gone: true,
            ..Pace::default()
        };
        assert_eq!(waits(&memory(&[6], 0, 9), gone, 0.0), (7 * 24 * 60, Because::Gone));
    }

    #[test]
    fn what_the_server_asks_for_is_never_undercut() {
        let minutes = |n: u64| Some(Duration::from_secs(n * 60));
        let pace = |retry_after, fresh_for, failed| Pace {
            failed,
            gone: false,
            retry_after,
            fresh_for,
        };
        let table = [
            (
                "fresh for less than the pace",
                pace(None, minutes(2), false),
                5,
                Because::Pace,
            ),
            ("fresh for longer", pace(None, minutes(90), false), 90, Because::Fresh),
            (
                "fresh for a year: believed for a day",
                pace(None, minutes(525_600), false),
                1440,
                Because::Fresh,
            ),
            (
                "a pause of two hours",
                pace(minutes(120), None, true),
                120,
                Because::RetryAfter,
            ),
            (
                "a pause shorter than the backoff",
                pace(minutes(1), None, true),
                5,
                Because::Backoff { failures: 1 },
            ),
            (
                "a pause of a year: believed for a week",
                pace(minutes(525_600), None, true),
                10_080,
                Because::RetryAfter,
            ),
            (
                "a pause beyond what is fresh",
                pace(minutes(120), minutes(90), false),
                120,
                Because::RetryAfter,
            ),
            (
                "fresh beyond the pause",
                pace(minutes(60), minutes(90), false),
                90,
                Because::Fresh,
            ),
        ];
        for (case, pace, expected, because) in table {
            for dice in [0.0, 0.3, 0.5, 0.99] {
                let (at, why) = waits(&memory(&[6, 6, 6], 0, 1), pace, dice);
                assert_eq!(why, because, "{case}, dice {dice}");
                assert!(
                    at >= expected && at <= expected + 5,
                    "{case}, dice {dice}: {at} minutes"
                );
            }
        }
    }

    #[test]
    fn times_are_spread_within_the_bounds() {
        for (case, gaps) in [("in the middle", 60), ("at the fast end", 6), ("at the slow end", 600)] {
            let memory = memory(&[gaps], 0, 0);
            let mut seen: Vec<i64> = (0..100u32)
                .map(|n| next_poll(&memory, &settings(), Pace::default(), now(), f64::from(n) / 100.0))
                .map(|next| next.at.duration_since(now()).as_secs())
                .collect();
            assert!(seen.iter().all(|secs| (300..=3600).contains(secs)), "{case}: {seen:?}");
            seen.sort_unstable();
            seen.dedup();
            assert!(seen.len() >= 25, "{case}: only {} different times", seen.len());
        }
    }

    #[test]
    fn the_reason_reads_well() {
        let at = "2024-09-17T08:00:00.5Z".parse().unwrap();
        let table = [
            (Because::Pace, "its own rhythm"),
            (
                Because::RetryAfter,
                "the server asked for a pause until 2024-09-17T08:00:00Z",
            ),
            (
                Because::Fresh,
                "the server said that nothing changes before 2024-09-17T08:00:00Z",
            ),
            (Because::Backoff { failures: 1 }, "after 1 failure"),
            (Because::Backoff { failures: 3 }, "after 3 failures"),
            (Because::Gone, "gone; asked once a week"),
        ];
        for (because, words) in table {
            assert_eq!(NextPoll { at, because }.to_string(), words);
        }
    }
}
