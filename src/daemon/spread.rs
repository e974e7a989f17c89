//! How fast feeds that are overdue together are caught up with, after a restart, an outage or a long sleep. Pure.

use std::time::Duration;

use jiff::Timestamp;

/// So many polls may begin at once, whatever the time.
const AT_ONCE: f64 = 10.0;

/// All feeds are caught up with in about this time where that is slower than [`SLOWEST_START`].
const CATCH_UP: Duration = Duration::from_secs(5 * 60);

/// Between two polls there is never more than this: a few hundred feeds need not be spread over minutes.
const SLOWEST_START: Duration = Duration::from_millis(250);

/// A bucket of starts that fills with time.
///
/// In ordinary times it never empties: a thousand feeds at 25 polls a day are one start in three seconds.
#[derive(Debug)]
pub struct Spread {
    full_at: Timestamp,
}

impl Spread {
    pub fn new(now: Timestamp) -> Self {
        Self { full_at: now }
    }

    /// How many polls may begin now, and, where that is none, when the next may.
    pub fn room(&self, now: Timestamp, feeds: usize) -> (usize, Option<Timestamp>) {
        let between = between(feeds);
        let missing = Duration::try_from(self.full_at.duration_since(now)).unwrap_or_default();
        let room = AT_ONCE - missing.div_duration_f64(between);
        if room >= 1.0 {
            (room as usize, None)
        } else {
            (0, now.checked_add(between.mul_f64(1.0 - room)).ok())
        }
    }

    /// So many polls began.
    pub fn took(&mut self, polls: usize, now: Timestamp, feeds: usize) {
        let taken = between(feeds).mul_f64(polls as f64);
        self.full_at = self.full_at.max(now).saturating_add(taken).unwrap_or(now);
    }
}

fn between(feeds: usize) -> Duration {
    CATCH_UP.div_f64(feeds.max(1) as f64).min(SLOWEST_START)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_overdue_feeds_are_caught_up_with_in_minutes_and_never_in_a_burst() {
        for (case, feeds, slowest_secs, most_a_second) in [
            ("few: at once", 8_u32, 1, 8),
            ("three hundred", 300, 80, 4),
            ("a thousand", 1_000, 260, 4),
            ("ten thousand", 10_000, 310, 35),
        ] {
            let start = Timestamp::UNIX_EPOCH;
            let count = feeds as usize;
            let mut spread = Spread::new(start);
            let mut left = count;
            let mut per_second = Vec::new();
            let mut now = start;
            while left > 0 {
                let (room, wake) = spread.room(now, count);
                let begin = room.min(left);
                assert_eq!(room == 0, wake.is_some(), "{case}");
                spread.took(begin, now, count);
                left -= begin;
                let second = usize::try_from(now.as_second()).unwrap();
                per_second.resize(second + 1, 0);
                per_second[second] += begin;
                now = wake
                    .unwrap_or(now + Duration::from_millis(1))
                    .max(now + Duration::from_millis(1));
            }
            assert!(per_second.len() <= slowest_secs, "{case}: took {} s", per_second.len());
            assert!(
                per_second[0] <= most_a_second + 10,
                "{case}: {} at first",
                per_second[0]
            );
            let most = per_second.iter().skip(1).max().copied().unwrap_or_default();
            assert!(most <= most_a_second, "{case}: {most} in a second");
        }
    }
}
