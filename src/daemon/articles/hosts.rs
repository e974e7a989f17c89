//! One request at a time for each host, and a pause between two, for polls and articles alike: a feed and the pages that it
//! links to are most often of one host.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

use crate::daemon::supervise::{Clock, lock};

/// Which hosts are being asked, and when the others may be asked again.
#[derive(Debug, Default)]
pub struct Hosts {
    turns: Mutex<HashMap<String, Turn>>,
    ended: Notify,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Busy,
    FreeAt(Timestamp),
}

impl Hosts {
    /// Begins a turn; `false` where the host may not be asked now.
    pub fn begin(&self, host: &str, now: Timestamp) -> bool {
        self.try_begin(host, now).is_none()
    }

    /// What a turn has to wait for; begins it where that is nothing.
    fn try_begin(&self, host: &str, now: Timestamp) -> Option<Turn> {
        let mut turns = lock(&self.turns);
        let wait = turns.get(host).copied().filter(|turn| turn.is_closed(now));
        if wait.is_none() {
            turns.insert(host.to_owned(), Turn::Busy);
        }
        wait
    }

    /// Waits for the host and begins a turn. For a pause it does not wait longer than `gap`: a poll comes at the time that
    /// is right for its feed, and a long pause is a demand that articles are given.
    pub async fn enter(&self, host: &str, gap: Duration, clock: &dyn Clock) {
        let latest = clock.now() + gap;
        loop {
            let ended = self.ended.notified();
            let now = clock.now();
            match self.try_begin(host, now) {
                None => return,
                Some(Turn::Busy) => ended.await,
                Some(Turn::FreeAt(_)) if now >= latest => return,
                Some(Turn::FreeAt(at)) => clock.until(at.min(latest)).await,
            }
        }
    }

    /// Ends the turn; the next one may begin after `gap`. A longer pause that was demanded meanwhile stays.
    pub fn end(&self, host: &str, now: Timestamp, gap: Duration) {
        let mut turns = lock(&self.turns);
        let demanded = match turns.remove(host) {
            Some(Turn::FreeAt(at)) => at,
            _ => now,
        };
        turns.retain(|_, turn| turn.is_closed(now));
        let free = Turn::FreeAt(demanded.max(now + gap));
        if free.is_closed(now) {
            turns.insert(host.to_owned(), free);
        }
        drop(turns);
        self.ended.notify_waiters();
    }

    /// Brings pauses forward by as much as the clock was set back.
    pub fn set_back(&self, by: SignedDuration) {
        for turn in lock(&self.turns).values_mut() {
            if let Turn::FreeAt(at) = turn {
                *at = at.saturating_sub(by).unwrap_or(*at);
            }
        }
        self.ended.notify_waiters();
    }

    /// The hosts that may not be asked now.
    pub fn closed(&self, now: Timestamp) -> Vec<String> {
        let turns = lock(&self.turns);
        let closed = turns.iter().filter(|(_, turn)| turn.is_closed(now));
        closed.map(|(host, _)| host.clone()).collect()
    }

    /// When the first of those that only pause may be asked again.
    pub fn next_open(&self, now: Timestamp) -> Option<Timestamp> {
        let turns = lock(&self.turns);
        let pauses = turns.values().filter_map(|turn| match turn {
            Turn::FreeAt(at) if *at > now => Some(*at),
            _ => None,
        });
        pauses.min()
    }
}

impl Turn {
    fn is_closed(self, now: Timestamp) -> bool {
        match self {
            Self::Busy => true,
            Self::FreeAt(at) => at > now,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    use super::*;

    /// It stands still, and whoever waits for it waits for ever.
    #[derive(Debug)]
    struct Still(Timestamp);

    impl Clock for Still {
        fn now(&self) -> Timestamp {
            self.0
        }

        fn steady(&self) -> Duration {
            Duration::ZERO
        }

        fn until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
            assert!(at > self.0);
            Box::pin(std::future::pending())
        }

        fn jitter(&self) -> f64 {
            0.5
        }
    }

    const GAP: Duration = Duration::from_secs(2);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_host_is_asked_once_at_a_time_with_a_pause_between() {
        let hosts = Hosts::default();
        assert!(hosts.begin("a", at(0)) && !hosts.begin("a", at(0)) && hosts.begin("b", at(0)));
        hosts.end("b", at(0), Duration::ZERO);
        assert_eq!(
            (hosts.closed(at(0)), hosts.next_open(at(0))),
            (vec!["a".to_owned()], None)
        );
        hosts.end("a", at(0), GAP);
        assert_eq!((hosts.closed(at(0)).len(), hosts.next_open(at(0))), (1, Some(at(2))));
        assert!(!hosts.begin("a", at(1)) && hosts.begin("a", at(2)));
    }

    #[test]
    fn a_turn_waits_for_the_one_before_it_and_its_pause() {
        let hosts = Hosts::default();
        let mut cx = Context::from_waker(Waker::noop());
        assert!(hosts.begin("a", at(0)));
        let clocks = [Still(at(0)), Still(at(2)), Still(at(3))];
        let mut first = pin!(hosts.enter("a", GAP, &clocks[0]));
        assert_eq!(first.as_mut().poll(&mut cx), Poll::Pending, "the host is busy");
        hosts.end("a", at(0), GAP);
        assert_eq!(first.as_mut().poll(&mut cx), Poll::Pending, "its pause is not over");
        let mut later = pin!(hosts.enter("a", GAP, &clocks[1]));
        assert_eq!(later.as_mut().poll(&mut cx), Poll::Ready(()));
        hosts.end("a", at(3), Duration::from_secs(3600));
        let mut demanded = pin!(hosts.enter("a", Duration::ZERO, &clocks[2]));
        assert_eq!(
            demanded.as_mut().poll(&mut cx),
            Poll::Ready(()),
            "a poll waits no longer than the gap"
        );
        hosts.end("a", at(4), GAP);
        assert_eq!(hosts.next_open(at(4)), Some(at(3603)), "what was demanded stands");
    }
}
