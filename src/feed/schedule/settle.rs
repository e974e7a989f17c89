//! A feed's state after the clock was set back: no time of it lies where the clock has yet to come to. Pure.

use std::time::Duration;

use jiff::Timestamp;

use super::due_time::{TOLERANCE, WrongTime, corrected, is_credible};
use super::next_poll::Because;
use crate::feed::state::{FeedState, Told};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// A server's demand is believed for a week ([`super::schedule`]), and spread by a tenth of that.
const LONGEST_DEMAND: Duration = Duration::from_secs(8 * 24 * 60 * 60);

impl FeedState {
    /// Corrects the times that a clock ahead of `now` left; `slowest` is that of its settings. Returns why, where its next
    /// poll is another than before.
    ///
    /// A feed that waits for its own rhythm is due now: the rhythm was learned by a clock that was wrong. The wait that a
    /// server asked for, or that follows failures, begins anew.
    pub fn settle(&mut self, slowest: Duration, now: Timestamp) -> Option<WrongTime> {
        let longest = longest_wait(self.next.because, slowest);
        let wrong = corrected(self.next.at, self.last_polled, longest, now).map(|(at, why)| {
            self.next.at = match self.next.because {
                Because::Fresh | Because::RetryAfter | Because::Backoff { .. } | Because::Gone => at,
                Because::New
                | Because::Pace
                | Because::Missed
                | Because::Skips
                | Because::NoNetwork
                | Because::Pushed => now,
            };
            why
        });
        let asked = self.last_polled;
        if let Some(pause) = &mut self.pause
            && let Some((until, _)) = corrected(pause.until, asked, DAY, now)
        {
            pause.until = until;
        }
        if is_credible(now) {
            self.happened_by(now);
        }
        wrong
    }

    /// Dates what happened later than `now` to `now`.
    fn happened_by(&mut self, now: Timestamp) {
        let ahead = |at: &Timestamp| at.duration_since(now) > TOLERANCE;
        let mut any = false;
        let mut by_now = |at: &mut Timestamp| {
            if ahead(at) {
                *at = now;
                any = true;
            }
        };
        let optional = [
            &mut self.first_read,
            &mut self.last_polled,
            &mut self.last_read,
            &mut self.failing_since,
            &mut self.changed,
            &mut self.rhythm.newest_entry,
        ];
        optional.into_iter().flatten().for_each(&mut by_now);
        for moved in [&mut self.moved, &mut self.adopted].into_iter().flatten() {
            by_now(&mut moved.since);
        }
        if let Some(
            Told::Failing { since } | Told::Gone { since } | Told::Silent { since } | Told::NoNetwork { since },
        ) = &mut self.told
        {
            by_now(since);
        }
        if let Some(rekeyed) = &mut self.past.rekeyed {
            by_now(&mut rekeyed.at);
        }
        if let Some(missed) = &mut self.past.missed {
            by_now(&mut missed.first);
            by_now(&mut missed.last);
        }
        self.arrivals.until(now, any);
    }
}

/// The longest that a feed waits for such a reason.
fn longest_wait(because: Because, slowest: Duration) -> Duration {
    match because {
        Because::New | Because::NoNetwork => slowest,
        Because::Pace | Because::Missed => slowest.mul_f64(1.1),
        Because::Pushed => DAY.max(slowest.mul_f64(1.1)),
        Because::Fresh | Because::Backoff { .. } => DAY.max(slowest).mul_f64(1.1),
        Because::Skips | Because::RetryAfter | Because::Gone => LONGEST_DEMAND,
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use url::Url;

    use super::*;
    use crate::feed::{Missed, NextPoll, Pause};

    const HOUR: Duration = Duration::from_secs(3_600);

    fn memory(now: Timestamp, because: Because, wait: Duration) -> FeedState {
        let mut memory = FeedState::unread(&Url::parse("https://a.example/feed").unwrap(), now);
        memory.last_polled = Some(now);
        memory.last_read = Some(now);
        memory.first_read = Some(now);
        memory.rhythm.newest_entry = Some(now);
        memory.next = NextPoll {
            at: now + wait,
            because,
        };
        memory
    }

    #[test]
    fn a_feed_that_was_polled_ahead_is_due_as_it_was_meant() {
        let now: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
        let five_minutes = Duration::from_secs(300);
        for (what, ahead, because, wait, due_in) in [
            ("its own rhythm", 24, Because::Pace, five_minutes, Duration::ZERO),
            (
                "its own rhythm, an hour ahead",
                1,
                Because::Pace,
                five_minutes,
                Duration::ZERO,
            ),
            (
                "its own rhythm, ten years ahead",
                87_600,
                Because::Missed,
                HOUR,
                Duration::ZERO,
            ),
            ("never polled", 24, Because::New, Duration::ZERO, Duration::ZERO),
            (
                "a pause that was asked for",
                24,
                Because::RetryAfter,
                6 * HOUR,
                6 * HOUR,
            ),
            (
                "after failures",
                24,
                Because::Backoff { failures: 5 },
                4 * HOUR,
                4 * HOUR,
            ),
            ("gone", 24, Because::Gone, 7 * DAY, 7 * DAY),
            ("fresh for an hour", 24, Because::Fresh, HOUR, HOUR),
        ] {
            let then = now + SignedDuration::from_hours(ahead);
            let mut memory = memory(then, because, wait);
            let why = memory.settle(HOUR, now);
            assert_eq!(
                why,
                Some(WrongTime::SetAhead(SignedDuration::from_hours(ahead))),
                "{what}"
            );
            assert_eq!(memory.next.at, now + due_in, "{what}");
            for time in [
                memory.first_read,
                memory.last_polled,
                memory.last_read,
                memory.rhythm.newest_entry,
            ] {
                assert_eq!(time, Some(now), "{what}");
            }
            assert_eq!(memory.settle(HOUR, now), None, "{what}: once");
        }
    }

    #[test]
    fn a_feed_of_a_right_clock_stays_as_it_is() {
        let now: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
        for (what, because, wait) in [
            ("its own rhythm", Because::Pace, HOUR),
            ("a pause of a week", Because::RetryAfter, 7 * DAY),
            ("a day off", Because::Skips, 2 * DAY),
            ("gone", Because::Gone, 7 * DAY),
        ] {
            let mut memory = memory(now, because, wait);
            let before = memory.clone();
            assert_eq!(memory.settle(HOUR, now + Duration::from_secs(60)), None, "{what}");
            assert_eq!(memory, before, "{what}");
        }
    }

    #[test]
    fn what_was_learned_ahead_teaches_nothing() {
        let now: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
        let then = now + SignedDuration::from_hours(240);
        let mut memory = memory(then, Because::Pace, HOUR);
        memory.failing_since = Some(then);
        memory.told = Some(Told::Failing { since: then });
        memory.pause = Some(Pause {
            host: "a.example".to_owned(),
            until: then + HOUR,
        });
        memory.past.missed = Some(Missed {
            first: now - HOUR,
            last: then,
            times: 2,
            told: true,
        });
        memory.arrivals.delays_secs = vec![864_000];
        memory.arrivals.days = vec![3, 1];
        memory.arrivals.last_day = then.as_second() / 86_400;
        memory.settle(HOUR, now);
        assert_eq!(memory.failing_since, Some(now));
        assert_eq!(memory.told, Some(Told::Failing { since: now }));
        assert_eq!(memory.pause.as_ref().map(|pause| pause.until), Some(now + HOUR));
        assert_eq!(
            memory.past.missed.map(|missed| (missed.first, missed.last)),
            Some((now - HOUR, now))
        );
        assert!(
            memory.arrivals.delays_secs.is_empty(),
            "delays that a wrong clock measured"
        );
        assert_eq!(memory.arrivals.last_day, now.as_second() / 86_400);
    }

    #[test]
    fn a_clock_that_begins_in_1970_dates_nothing_back() {
        let now: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
        let mut memory = memory(now, Because::Pace, HOUR);
        assert!(memory.settle(HOUR, Timestamp::UNIX_EPOCH).is_some());
        assert_eq!(memory.next.at, Timestamp::UNIX_EPOCH, "it is polled all the same");
        assert_eq!(memory.first_read, Some(now));
        assert_eq!(memory.last_polled, Some(now));
    }
}
