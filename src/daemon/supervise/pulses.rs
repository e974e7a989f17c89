//! Signs of life of the loops; the watchdog is fed only while every loop goes round and gets its work done.
//!
//! All times are by the steady clock: a loop that hangs is not excused by a clock that is set back.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A loop that did not go round for this long hangs. The slowest honest round is one wait (60 s) and a commit.
const ROUND_SECS: u64 = 120;
/// A loop that does its work within its round, or of whose tasks none ended for this long, hangs. The slowest honest task
/// is an attempt of 300 s.
const WORK_SECS: u64 = 900;

/// When a loop last went round, and when its work last came on.
#[derive(Debug)]
pub struct Pulse {
    round: AtomicU64,
    work: AtomicU64,
    most_secs: u64,
}

impl Pulse {
    fn new(steady: Duration, most_secs: u64) -> Self {
        Self {
            round: AtomicU64::new(steady.as_secs()),
            work: AtomicU64::new(steady.as_secs()),
            most_secs,
        }
    }

    /// Notes a round in which nothing was under way.
    pub fn beat(&self, steady: Duration) {
        self.round(steady, true);
    }

    /// Notes a round. `progress` is false while tasks are under way and none ended since the last round.
    pub fn round(&self, steady: Duration, progress: bool) {
        self.round.store(steady.as_secs(), Ordering::Relaxed);
        if progress {
            self.work.store(steady.as_secs(), Ordering::Relaxed);
        }
    }

    /// Returns for how many seconds the loop has hung; `None` while it lives.
    fn hung_for(&self, steady: Duration) -> Option<u64> {
        let silent = |since: &AtomicU64| steady.as_secs().saturating_sub(since.load(Ordering::Relaxed));
        let (round, work) = (silent(&self.round), silent(&self.work));
        (round > self.most_secs || work > WORK_SECS).then_some(round.max(work))
    }
}

/// The pulse of each loop that works without being asked from outside.
#[derive(Debug)]
pub struct Pulses {
    pub poll: Pulse,
    pub notify: Pulse,
    pub articles: Pulse,
    pub hubs: Pulse,
    pub clock: Pulse,
    pub reload: Pulse,
    pub watch_over: Pulse,
}

impl Pulses {
    pub fn new(steady: Duration) -> Self {
        let rounds = || Pulse::new(steady, ROUND_SECS);
        // These two wait for the store or for a hub within their round.
        let works = || Pulse::new(steady, WORK_SECS);
        Self {
            poll: rounds(),
            notify: rounds(),
            articles: rounds(),
            hubs: works(),
            clock: rounds(),
            reload: rounds(),
            watch_over: works(),
        }
    }

    /// Returns the loops that hang, and for how many seconds.
    pub fn hung(&self, steady: Duration) -> Vec<(&'static str, u64)> {
        let loops = [
            ("poll", &self.poll),
            ("notify", &self.notify),
            ("article", &self.articles),
            ("hub", &self.hubs),
            ("clock", &self.clock),
            ("reload", &self.reload),
            ("watch over", &self.watch_over),
        ];
        let hung = |(name, pulse): (&'static str, &Pulse)| pulse.hung_for(steady).map(|secs| (name, secs));
        loops.into_iter().filter_map(hung).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_hangs_that_goes_round_no_more_or_gets_nothing_done() {
        let at = Duration::from_secs;
        let pulses = || Pulses::new(at(0));
        let all: Vec<_> = pulses().hung(at(901)).into_iter().map(|(name, _)| name).collect();
        assert_eq!(all.len(), 7, "each loop is looked at: {all:?}");
        assert!(pulses().hung(at(120)).is_empty());
        for (what, last_round, progress, now, hangs) in [
            ("it went round lately", 100, true, 200, false),
            ("it went round long ago", 100, true, 221, true),
            ("its tasks are slow", 890, false, 900, false),
            ("none of its tasks ends", 890, false, 901, true),
            ("one ended", 890, true, 901, false),
        ] {
            let pulses = pulses();
            pulses.poll.round(at(last_round), progress);
            let hung = pulses.hung(at(now));
            assert_eq!(hung.iter().any(|(name, _)| *name == "poll"), hangs, "{what}");
        }
    }
}
