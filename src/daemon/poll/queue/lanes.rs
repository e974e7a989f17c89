//! Which feed's turn it is: one lane for each host, one request at a time in each, and a gap between two. What a question
//! costs does not grow with the feeds that wait. Pure.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use hashbrown::HashMap;
use jiff::Timestamp;

/// Feeds in line, by when they are due, then by address.
type Line = BTreeSet<(Timestamp, Arc<str>)>;

/// The feeds that wait, host by host.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    lanes: HashMap<Arc<str>, Lane>,
    /// Lanes that may move, by when their first feed is due.
    free: BTreeSet<(Timestamp, Arc<str>)>,
    /// Lanes in the gap after a request, by its end.
    pausing: BTreeSet<(Timestamp, Arc<str>)>,
}

#[derive(Debug, Default)]
struct Lane {
    waiting: Line,
    turn: Turn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Turn {
    #[default]
    Free,
    Busy,
    Pausing(Timestamp),
}

impl Lanes {
    pub(super) fn put(&mut self, lane: &Arc<str>, due: Timestamp, feed: &Arc<str>) {
        self.change(lane, |lane| {
            lane.waiting.insert((due, feed.clone()));
        });
    }

    pub(super) fn remove(&mut self, lane: &Arc<str>, due: Timestamp, feed: &Arc<str>) {
        self.change(lane, |lane| {
            lane.waiting.remove(&(due, feed.clone()));
        });
    }

    /// Takes the feed that was due first, by `due_by`, of all whose lane may move; its lane is busy until [`Self::end`].
    pub(super) fn begin(&mut self, now: Timestamp, due_by: Timestamp) -> Option<Arc<str>> {
        self.end_gaps(now);
        let (due, lane) = self.free.first().filter(|(due, _)| *due <= due_by)?;
        let (due, lane) = (*due, lane.clone());
        let mut taken = None;
        self.change(&lane, |lane| {
            lane.turn = Turn::Busy;
            taken = lane.waiting.pop_first();
        });
        debug_assert!(taken.as_ref().is_some_and(|(at, _)| *at == due));
        taken.map(|(_, feed)| feed)
    }

    /// The request is over; the lane moves again after `gap`.
    pub(super) fn end(&mut self, lane: &Arc<str>, now: Timestamp, gap: Duration) {
        let until = now.saturating_add(gap).unwrap_or(Timestamp::MAX);
        self.change(lane, |lane| {
            lane.turn = match gap.is_zero() {
                true => Turn::Free,
                false => Turn::Pausing(until),
            };
        });
    }

    /// When a feed may be taken that may not be now, if no request ends before.
    pub(super) fn wake(&self) -> Option<Timestamp> {
        let after_gap = self.pausing.iter().filter_map(|(until, lane)| {
            let (due, _) = self.lanes.get(lane)?.waiting.first()?;
            Some((*until).max(*due))
        });
        let free = self.free.first().map(|(due, _)| *due);
        after_gap.chain(free).min()
    }

    /// After the clock was set back: gaps end now, since their ends may lie anywhere.
    pub(super) fn settle(&mut self, now: Timestamp) {
        let ahead: Vec<Arc<str>> = self
            .pausing
            .iter()
            .filter(|(until, _)| *until > now)
            .map(|(_, lane)| lane.clone())
            .collect();
        for lane in ahead {
            self.change(&lane, |lane| lane.turn = Turn::Free);
        }
    }

    fn end_gaps(&mut self, now: Timestamp) {
        while let Some((until, lane)) = self.pausing.first() {
            if *until > now {
                break;
            }
            let lane = lane.clone();
            self.change(&lane, |lane| lane.turn = Turn::Free);
        }
    }

    /// Changes a lane, and keeps `free` and `pausing` true of it.
    fn change(&mut self, name: &Arc<str>, change: impl FnOnce(&mut Lane)) {
        let lane = self.lanes.entry(name.clone()).or_default();
        let before = lane.place();
        change(lane);
        let after = lane.place();
        if lane.waiting.is_empty() && lane.turn == Turn::Free {
            self.lanes.remove(name);
        }
        if before == after {
            return;
        }
        match before {
            Place::Free(due) => drop(self.free.remove(&(due, name.clone()))),
            Place::Pausing(until) => drop(self.pausing.remove(&(until, name.clone()))),
            Place::Nowhere => {}
        }
        match after {
            Place::Free(due) => drop(self.free.insert((due, name.clone()))),
            Place::Pausing(until) => drop(self.pausing.insert((until, name.clone()))),
            Place::Nowhere => {}
        }
    }
}

/// Where a lane is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Free(Timestamp),
    Pausing(Timestamp),
    Nowhere,
}

impl Lane {
    fn place(&self) -> Place {
        match (self.turn, self.waiting.first()) {
            (Turn::Free, Some((due, _))) => Place::Free(*due),
            (Turn::Pausing(until), _) => Place::Pausing(until),
            _ => Place::Nowhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_lane_moves_once_at_a_time_with_a_gap_between_and_leaves_nothing_behind() {
        let (a, b): (Arc<str>, Arc<str>) = ("a".into(), "b".into());
        let feed = |name: &str| Arc::<str>::from(name);
        let mut lanes = Lanes::default();
        lanes.put(&a, at(1), &feed("a1"));
        lanes.put(&a, at(2), &feed("a2"));
        lanes.put(&b, at(3), &feed("b1"));
        lanes.put(&b, at(9), &feed("b2"));
        assert_eq!(
            lanes.begin(at(5), at(5)).as_deref(),
            Some("a1"),
            "the first that was due"
        );
        assert_eq!(lanes.begin(at(5), at(5)).as_deref(), Some("b1"));
        assert_eq!(lanes.begin(at(5), at(5)), None, "both are busy");
        assert_eq!(lanes.wake(), None, "until one ends");
        lanes.end(&a, at(6), Duration::from_secs(2));
        lanes.end(&b, at(6), Duration::ZERO);
        assert_eq!(lanes.wake(), Some(at(8)));
        assert_eq!(lanes.begin(at(7), at(7)), None, "a in its gap, b2 not due");
        assert_eq!(lanes.begin(at(8), at(8)).as_deref(), Some("a2"));
        assert_eq!(lanes.wake(), Some(at(9)));
        lanes.end(&a, at(8), Duration::from_secs(2));
        lanes.remove(&b, at(9), &feed("b2"));
        assert_eq!(lanes.begin(at(99), at(99)), None);
        assert!(lanes.lanes.is_empty() && lanes.free.is_empty() && lanes.pausing.is_empty());
    }
}
