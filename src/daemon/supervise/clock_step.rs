//! Steps of the clock: the time of day held against a clock that nobody sets. Pure.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::feed::TOLERANCE;

/// Both clocks at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// The time of day.
    pub day: Timestamp,
    pub steady: Duration,
}

/// What the clock did between two looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It went, or was corrected by a little.
    None,
    Back(SignedDuration),
    /// Or the machine slept, which the steady clock does not count.
    Ahead(SignedDuration),
}

/// A leap ahead that is worth a notice: a machine sleeps over a night, or a weekend.
const LEAP: SignedDuration = SignedDuration::from_hours(4 * 24);

pub fn step(before: Clocks, now: Clocks) -> Step {
    let passed = SignedDuration::try_from(now.steady.saturating_sub(before.steady)).unwrap_or(SignedDuration::MAX);
    let moved = now.day.duration_since(before.day).saturating_sub(passed);
    match moved {
        moved if moved < -TOLERANCE => Step::Back(-moved),
        moved if moved > LEAP => Step::Ahead(moved),
        _ => Step::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_the_clock_are_told_from_time_that_passes() {
        for (what, day, steady, expected) in [
            ("ten seconds", 10, 10, Step::None),
            ("a late look", 7_200, 7_200, Step::None),
            ("corrected by a second", 9, 10, Step::None),
            ("back by two minutes", -110, 10, Step::None),
            ("back by an hour", -3_590, 10, Step::Back(SignedDuration::from_hours(1))),
            (
                "back by less than has passed",
                3_600,
                7_200,
                Step::Back(SignedDuration::from_hours(1)),
            ),
            (
                "back by ten years",
                -315_359_990,
                10,
                Step::Back(SignedDuration::from_secs(315_360_000)),
            ),
            ("a night's sleep", 43_210, 10, Step::None),
            (
                "ahead by ten years",
                315_360_010,
                10,
                Step::Ahead(SignedDuration::from_secs(315_360_000)),
            ),
        ] {
            let before = Clocks {
                day: Timestamp::from_second(1_772_438_400).unwrap(),
                steady: Duration::from_secs(5),
            };
            let now = Clocks {
                day: before.day + SignedDuration::from_secs(day),
                steady: before.steady + Duration::from_secs(steady),
            };
            assert_eq!(step(before, now), expected, "{what}");
        }
    }
}
