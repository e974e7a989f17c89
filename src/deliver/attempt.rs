//! What follows an attempt: done, again later, or given up. Pure.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::net::scrubbed;

/// What one attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// Accepted, with what the other side said ("250 2.0.0 Ok: queued as 4X…", "204").
    Accepted { said: String },
    /// May work later. `retry_after` where the other side said so.
    Later { why: String, retry_after: Option<Duration> },
    /// Will never work as it is: a mailbox that does not exist, 410, a URL that is refused.
    Never { why: String },
}

impl AttemptOutcome {
    /// May work later; the other side named no time.
    pub(super) fn later(why: impl Into<String>) -> Self {
        Self::Later {
            why: why.into(),
            retry_after: None,
        }
    }

    /// The same without these secrets, which the other side may have repeated.
    pub(super) fn without(self, secrets: &[&str]) -> Self {
        match self {
            Self::Accepted { said } => Self::Accepted {
                said: scrubbed(&said, secrets),
            },
            Self::Later { why, retry_after } => Self::Later {
                why: scrubbed(&why, secrets),
                retry_after,
            },
            Self::Never { why } => Self::Never {
                why: scrubbed(&why, secrets),
            },
        }
    }

    pub(super) fn never(why: impl Into<String>) -> Self {
        Self::Never { why: why.into() }
    }
}

/// Why no further attempt is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum GivenUp {
    Refused {
        why: String,
    },
    /// Tried for three days.
    TooLong {
        last: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    Done,
    Again { at: Timestamp, why: String },
    GivenUp(GivenUp),
}

/// Seconds to wait after the first, second, … attempt; the last one is repeated. The short ones pass a greylist and a
/// server that is restarted, the long ones a server that is down for a weekend (RFC 5321 section 4.5.4.1 asks for at
/// least four to five days of patience between servers; we give up sooner so that a person hears of it in time).
const WAITS: [u32; 9] = [30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400];

/// How long a delivery is tried, counted from when the first attempt was due.
const PATIENCE: SignedDuration = SignedDuration::from_hours(72);

/// Never given up for its age before this many attempts (about eight hours of them): after a machine was off for a week,
/// the first refusal must not be the last.
const FEWEST_ATTEMPTS: u32 = 10;

/// The longest Retry-After that is honoured; a server that says "a year" is asked again after this.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(6 * 3_600);

/// Decides after an attempt. `attempts` counts this one; `first_due` is when the first was due; `jitter` is uniform in
/// [0, 1).
pub fn next_attempt(
    outcome: &AttemptOutcome,
    attempts: u32,
    first_due: Timestamp,
    now: Timestamp,
    jitter: f64,
) -> Next {
    let (why, retry_after) = match outcome {
        AttemptOutcome::Accepted { .. } => return Next::Done,
        AttemptOutcome::Never { why } => return Next::GivenUp(GivenUp::Refused { why: why.clone() }),
        AttemptOutcome::Later { why, retry_after } => (why, *retry_after),
    };
    let until = after(first_due, PATIENCE);
    let enough = attempts >= FEWEST_ATTEMPTS;
    if enough && now >= until {
        return Next::GivenUp(GivenUp::TooLong { last: why.clone() });
    }
    let wait = match retry_after {
        Some(asked) => backoff(attempts, jitter).max(asked.min(LONGEST_RETRY_AFTER)),
        None => backoff(attempts, jitter),
    };
    let at = after(now, SignedDuration::try_from(wait).unwrap_or(PATIENCE));
    // The last attempt is made at the very end, however long the wait would be.
    let at = if enough { at.min(until) } else { at };
    Next::Again { at, why: why.clone() }
}

/// The wait after the given number of attempts, spread by a fifth to either side so that many deliveries do not knock
/// together.
fn backoff(attempts: u32, jitter: f64) -> Duration {
    let step = (attempts.max(1) as usize - 1).min(WAITS.len() - 1);
    let spread = if jitter.is_finite() {
        0.8 + 0.4 * jitter.clamp(0.0, 1.0)
    } else {
        1.0
    };
    Duration::from_secs(u64::from(WAITS[step])).mul_f64(spread)
}

fn after(start: Timestamp, wait: SignedDuration) -> Timestamp {
    start.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: f64) -> Timestamp {
        after(Timestamp::UNIX_EPOCH, SignedDuration::from_secs_f64(hours * 3_600.0))
    }

    fn later(retry_after: Option<u64>) -> AttemptOutcome {
        AttemptOutcome::Later {
            why: "busy".into(),
            retry_after: retry_after.map(Duration::from_secs),
        }
    }

    #[test]
    fn what_follows_an_attempt() {
        let accepted = AttemptOutcome::Accepted { said: "250 Ok".into() };
        let too_long = Next::GivenUp(GivenUp::TooLong { last: "busy".into() });
        let again = |hours: f64| Next::Again {
            at: at(hours),
            why: "busy".into(),
        };
        let second = 1.0 / 3_600.0;
        // (what is shown, outcome, attempts made, now in hours after the first was due, dice, what follows)
        let rows: [(&str, AttemptOutcome, u32, f64, f64, Next); 18] = [
            ("accepted is done", accepted.clone(), 1, 0.0, 0.5, Next::Done),
            ("accepted after four days is done", accepted, 30, 96.0, 0.5, Next::Done),
            (
                "refused is given up at once",
                AttemptOutcome::never("no such user"),
                1,
                0.0,
                0.5,
                Next::GivenUp(GivenUp::Refused {
                    why: "no such user".into(),
                }),
            ),
            (
                "the first wait is half a minute",
                later(None),
                1,
                0.0,
                0.5,
                again(30.0 * second),
            ),
            (
                "the jitter shorten it by a fifth",
                later(None),
                1,
                0.0,
                0.0,
                again(24.0 * second),
            ),
            (
                "the jitter lengthen it by a fifth",
                later(None),
                1,
                0.0,
                1.0,
                again(36.0 * second),
            ),
            (
                "the second wait is a minute",
                later(None),
                2,
                0.0,
                0.5,
                again(60.0 * second),
            ),
            ("the sixth wait is half an hour", later(None), 6, 1.0, 0.5, again(1.5)),
            ("the ninth wait is four hours", later(None), 9, 8.0, 0.5, again(12.0)),
            (
                "later waits stay at four hours",
                later(None),
                20,
                50.0,
                0.5,
                again(54.0),
            ),
            ("Retry-After is honoured", later(Some(1_800)), 1, 0.0, 0.5, again(0.5)),
            (
                "a Retry-After shorter than our wait does not hurry us",
                later(Some(1)),
                9,
                8.0,
                0.5,
                again(12.0),
            ),
            (
                "a Retry-After of a year is capped",
                later(Some(31_536_000)),
                1,
                0.0,
                0.5,
                again(6.0),
            ),
            (
                "the last attempt is at the end of the third day",
                later(None),
                20,
                71.0,
                0.5,
                again(72.0),
            ),
            (
                "after three days it is given up",
                later(None),
                21,
                72.0,
                0.5,
                too_long.clone(),
            ),
            (
                "after three days a Retry-After changes nothing",
                later(Some(60)),
                21,
                73.0,
                0.5,
                too_long,
            ),
            (
                "a machine that was off for a week tries for hours more",
                later(None),
                1,
                168.0,
                0.5,
                again(168.0 + 30.0 * second),
            ),
            (
                "jitter that are none do no harm",
                later(None),
                1,
                0.0,
                f64::NAN,
                again(30.0 * second),
            ),
        ];
        for (sentence, outcome, attempts, now, jitter, expected) in rows {
            assert_eq!(
                next_attempt(&outcome, attempts, at(0.0), at(now), jitter),
                expected,
                "{sentence}"
            );
        }
    }

    #[test]
    fn a_server_that_is_down_is_asked_about_two_dozen_times_in_three_days() {
        for jitter in [0.0, 0.5, 0.999] {
            let (mut now, mut attempts, mut waits) = (at(0.0), 0, Vec::new());
            let last = loop {
                attempts += 1;
                match next_attempt(&later(None), attempts, at(0.0), now, jitter) {
                    Next::Again { at, .. } => {
                        waits.push(at.duration_since(now));
                        now = at;
                    }
                    next => break next,
                }
            };
            assert_eq!(last, Next::GivenUp(GivenUp::TooLong { last: "busy".into() }));
            assert_eq!(now, at(72.0), "the last attempt is made when the third day ends");
            assert!((20..=32).contains(&attempts), "{attempts} attempts");
            assert!(
                waits[..waits.len() - 1].is_sorted(),
                "waits never shrink, but for the last"
            );
        }
    }

    #[test]
    fn times_at_the_end_of_the_calendar_do_no_harm() {
        let next = next_attempt(&later(Some(u64::MAX)), u32::MAX, Timestamp::MAX, Timestamp::MAX, 0.5);
        assert_eq!(next, Next::GivenUp(GivenUp::TooLong { last: "busy".into() }));
        let next = next_attempt(&later(None), 0, Timestamp::MAX, Timestamp::MAX, 0.5);
        assert_eq!(
            next,
            Next::Again {
                at: Timestamp::MAX,
                why: "busy".into()
            }
        );
    }
}
