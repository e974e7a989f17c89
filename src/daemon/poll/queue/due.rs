//! Feeds by when they are due, and how many of them are: each is counted once as the time passes it. Pure.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

#[derive(Debug, Default)]
pub(super) struct Due {
    feeds: BTreeSet<(Timestamp, Arc<str>)>,
    /// So many were due at that time.
    counted: (Timestamp, usize),
}

impl Due {
    pub(super) fn insert(&mut self, at: Timestamp, feed: Arc<str>) {
        if self.feeds.insert((at, feed)) && at <= self.counted.0 {
            self.counted.1 += 1;
        }
    }

    pub(super) fn remove(&mut self, at: Timestamp, feed: &Arc<str>) -> bool {
        let removed = self.feeds.remove(&(at, feed.clone()));
        if removed && at <= self.counted.0 {
            self.counted.1 -= 1;
        }
        removed
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(Timestamp, Arc<str>)> {
        self.feeds.iter()
    }

    /// How many are due at `now`; what it costs grows with those that became so since it was last asked.
    pub(super) fn count(&mut self, now: Timestamp) -> usize {
        let (before, known) = self.counted;
        let (from, known) = match before.checked_add(SignedDuration::from_nanos(1)) {
            Ok(after) if before <= now => (after, known),
            _ => (Timestamp::MIN, 0),
        };
        let since = self.feeds.range((from, Arc::from(""))..);
        let count = known + since.take_while(|(at, _)| *at <= now).count();
        self.counted = (now, count);
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_that_of_the_due_however_they_come_and_go() {
        let mut due = Due::default();
        let mut jitter = fastrand::Rng::with_seed(7);
        let mut there: Vec<(i64, Arc<str>)> = Vec::new();
        for step in 0..2_000 {
            let at = jitter.i64(0..1_000);
            if jitter.bool() || there.is_empty() {
                let feed: Arc<str> = step.to_string().into();
                due.insert(Timestamp::from_second(at).unwrap(), feed.clone());
                there.push((at, feed));
            } else {
                let (at, feed) = there.swap_remove(jitter.usize(0..there.len()));
                assert!(due.remove(Timestamp::from_second(at).unwrap(), &feed));
            }
            // Mostly forwards, as time goes, and back at times.
            let now = if jitter.u8(0..10) == 0 { at } else { step / 2 };
            let counted = due.count(Timestamp::from_second(now).unwrap());
            assert_eq!(
                counted,
                there.iter().filter(|(at, _)| *at <= now).count(),
                "step {step}"
            );
        }
    }
}
