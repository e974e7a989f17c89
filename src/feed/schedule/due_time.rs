//! Due times under a clock that was wrong, and what of it may be forgotten. Pure.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// A clock is corrected by seconds all the time; less than this is no step, and delays nothing worth a word.
pub const TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

/// A clock that shows an earlier time than this is wrong: no version of this program is as old.
const EARLIEST: i64 = 1_577_836_800; // 2020-01-01

/// Why a due time is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongTime {
    /// It was set at a time that is yet to come, by this much: the clock was ahead.
    SetAhead(SignedDuration),
    /// It is further away than anything waits, by this much.
    TooFar(SignedDuration),
}

/// The time that a due time means, and why not the one that is stored; `None` where that is believed.
///
/// `set` is when it was set, where that is known: the wait from then on was meant, and begins now. `longest` is the longest
/// wait of its kind.
pub fn corrected(
    due: Timestamp,
    set: Option<Timestamp>,
    longest: Duration,
    now: Timestamp,
) -> Option<(Timestamp, WrongTime)> {
    let latest = now.saturating_add(longest).unwrap_or(Timestamp::MAX);
    let ahead = set.map_or(SignedDuration::ZERO, |set| set.duration_since(now));
    if let Some(set) = set.filter(|_| ahead > TOLERANCE) {
        let wait = due.duration_since(set).max(SignedDuration::ZERO);
        let at = now.saturating_add(wait).unwrap_or(latest).min(latest);
        return Some((at, WrongTime::SetAhead(ahead)));
    }
    let beyond = due.duration_since(latest);
    (beyond > TOLERANCE).then_some((latest, WrongTime::TooFar(beyond)))
}

/// Whether a clock may be believed so far that what happened later than it shows is corrected: a clock that begins in 1970
/// is set right soon after, and must not date everything back.
pub fn is_credible(now: Timestamp) -> bool {
    now.as_second() >= EARLIEST
}

/// Whether what is older than `keep` may be forgotten now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgetting {
    Now,
    /// Nothing was recorded between eight days and one day ago: the clock has not shown this time for a day, or there is
    /// nothing that grows.
    NotYet,
}

/// The time within which something must have been recorded for the clock to have been plausible for a day.
pub fn proving(now: Timestamp) -> (Timestamp, Timestamp) {
    let before = |hours| {
        now.saturating_sub(SignedDuration::from_hours(hours))
            .unwrap_or(Timestamp::MIN)
    };
    (before(8 * 24), before(24))
}

/// Decides by whether anything was recorded within [`proving`]: a clock that leapt ahead by years finds nothing there until it
/// has shown the new time for a day.
pub fn forgetting(recorded: bool) -> Forgetting {
    match recorded {
        true => Forgetting::Now,
        false => Forgetting::NotYet,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600;
    const DAY: i64 = 24 * HOUR;

    #[test]
    fn a_due_time_is_believed_unless_the_clock_was_wrong() {
        let now = 1_772_438_400;
        let at = |second: i64| Timestamp::from_second(now + second).unwrap();
        let seconds = SignedDuration::from_secs;
        for (what, due, set, longest, expected) in [
            ("a wait as usual", 600, Some(-60), HOUR, None),
            ("overdue", -600, Some(-1_200), HOUR, None),
            ("a clock that was corrected by a minute", 360, Some(60), HOUR, None),
            (
                "set a day ahead, in five minutes",
                DAY + 300,
                Some(DAY),
                HOUR,
                Some((300, WrongTime::SetAhead(seconds(DAY)))),
            ),
            (
                "set a day ahead, for at once",
                DAY,
                Some(DAY),
                HOUR,
                Some((0, WrongTime::SetAhead(seconds(DAY)))),
            ),
            (
                "overdue when it was set",
                DAY - 60,
                Some(DAY),
                HOUR,
                Some((0, WrongTime::SetAhead(seconds(DAY)))),
            ),
            (
                "set ten years ahead, for ever",
                40 * 365 * DAY,
                Some(3_650 * DAY),
                HOUR,
                Some((HOUR, WrongTime::SetAhead(seconds(3_650 * DAY)))),
            ),
            (
                "nobody knows when it was set",
                DAY,
                None,
                HOUR,
                Some((HOUR, WrongTime::TooFar(seconds(DAY - HOUR)))),
            ),
            (
                "set before the clock was wrong, and never so far",
                3 * DAY,
                Some(-60),
                DAY,
                Some((DAY, WrongTime::TooFar(seconds(2 * DAY)))),
            ),
            ("a week that the server asked for", 7 * DAY, Some(0), 7 * DAY, None),
            ("a little beyond the longest", HOUR + 60, None, HOUR, None),
        ] {
            let longest = Duration::from_secs(longest.unsigned_abs());
            let expected = expected.map(|(second, why)| (at(second), why));
            assert_eq!(corrected(at(due), set.map(at), longest, at(0)), expected, "{what}");
        }
    }

    #[test]
    fn corrected_times_are_believed() {
        let mut random = fastrand::Rng::with_seed(3);
        let now = Timestamp::from_second(1_772_438_400).unwrap();
        for _ in 0..2_000 {
            let mut at = || Timestamp::from_second(now.as_second() + random.i64(-9 * DAY..400 * DAY)).unwrap();
            let (due, set) = (at(), at());
            let longest = Duration::from_secs(random.u64(0..8 * 86_400));
            if let Some((corrected_to, _)) = corrected(due, Some(set), longest, now) {
                assert!(corrected_to >= now && corrected_to <= now + longest);
                assert_eq!(corrected(corrected_to, Some(now), longest, now), None);
            }
        }
    }

    #[test]
    fn nothing_is_forgotten_before_the_clock_was_plausible_for_a_day() {
        let now: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
        let (from, until) = proving(now);
        assert_eq!(from.to_string(), "2026-02-22T08:00:00Z");
        assert_eq!(until.to_string(), "2026-03-01T08:00:00Z");
        assert_eq!(forgetting(true), Forgetting::Now);
        assert_eq!(forgetting(false), Forgetting::NotYet);
        assert!(is_credible(now) && !is_credible(Timestamp::UNIX_EPOCH));
    }
}
