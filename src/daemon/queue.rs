//! Which feeds are polled now. Pure: it is told the time and answers with feeds and the time to look again.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::hosts::{Hosts, MayAsk};
use crate::feed::{Because, FeedMemory};

/// Between two feeds that are late, at most.
const APART: Duration = Duration::from_secs(1);
/// All that are late are asked within this time.
const CAUGHT_UP: Duration = Duration::from_secs(5 * 60);

/// The feeds that are wanted, by when they are due.
#[derive(Debug, Default)]
pub struct Queue {
    feeds: HashMap<String, Waiting>,
    due: BTreeSet<(Timestamp, String)>,
    asked: HashSet<String>,
    hosts: Hosts,
}

#[derive(Debug)]
struct Waiting {
    memory: FeedMemory,
    /// `None` for a local file, which waits for nobody.
    host: Option<String>,
}

/// What to do now.
#[derive(Debug, PartialEq, Default)]
pub struct Picked {
    pub feeds: Vec<FeedMemory>,
    /// When there is something to do again, if no poll ends before.
    pub wake: Option<Timestamp>,
}

impl Queue {
    /// Takes the feeds that are wanted from now on; what is remembered of a feed that stays is kept.
    pub fn want(&mut self, memories: Vec<FeedMemory>) {
        let wanted: HashSet<String> = memories.iter().map(|memory| memory.url.clone()).collect();
        self.feeds.retain(|url, _| wanted.contains(url));
        self.due.retain(|(_, url)| wanted.contains(url));
        for memory in memories {
            if !self.feeds.contains_key(&memory.url) {
                self.put(memory);
            }
        }
    }

    fn put(&mut self, memory: FeedMemory) {
        let host = Url::parse(&memory.url).ok().filter(|url| url.scheme() != "file");
        let host = host.and_then(|url| url.host_str().map(str::to_owned));
        if !self.asked.contains(&memory.url) {
            self.due.insert((memory.next.at, memory.url.clone()));
        }
        self.feeds.insert(memory.url.clone(), Waiting { memory, host });
    }

    /// Picks up to `room` feeds that were due at `due_by` and whose host may be asked now; they count as asked until
    /// [`Self::done`].
    pub fn pick(&mut self, now: Timestamp, due_by: Timestamp, room: usize) -> Picked {
        let mut feeds = Vec::new();
        let mut wake: Option<Timestamp> = None;
        let sooner =
            |wake: &mut Option<Timestamp>, at: Timestamp| *wake = Some(wake.map_or(at, |soonest| soonest.min(at)));
        for (at, url) in &self.due {
            if *at > due_by {
                sooner(&mut wake, *at);
                break;
            }
            if feeds.len() == room {
                break;
            }
            let Some(waiting) = self.feeds.get(url) else { continue };
            if let Some(host) = &waiting.host {
                match self.hosts.may_ask(host, now) {
                    MayAsk::Now => self.hosts.begin(host),
                    MayAsk::At(free) => {
                        sooner(&mut wake, free);
                        continue;
                    }
                    MayAsk::AfterThis => continue,
                }
            }
            feeds.push(waiting.memory.clone());
        }
        for memory in &feeds {
            self.due.remove(&(memory.next.at, memory.url.clone()));
            self.asked.insert(memory.url.clone());
        }
        Picked { feeds, wake }
    }

    /// Spreads the feeds that `overdue` names, in the order in which they were due, so that a restart or the return of the
    /// network is no burst: one a second, or all within five minutes where there are more than that allows. The first is
    /// due now.
    pub fn spread(&mut self, now: Timestamp, overdue: impl Fn(&FeedMemory) -> bool) {
        let late: Vec<(Timestamp, String)> = self
            .due
            .iter()
            .filter(|(_, url)| self.feeds.get(url).is_some_and(|waiting| overdue(&waiting.memory)))
            .filter(|(_, url)| self.feeds[url].memory.next.because != Because::New)
            .cloned()
            .collect();
        let many = u32::try_from(late.len()).unwrap_or(u32::MAX).max(1);
        let apart = APART.min(CAUGHT_UP / many);
        let mut at = now;
        for (was, url) in late {
            self.due.remove(&(was, url.clone()));
            if let Some(waiting) = self.feeds.get_mut(&url) {
                waiting.memory.next.at = at;
            }
            self.due.insert((at, url));
            at = at.saturating_add(apart).unwrap_or(at);
        }
    }

    /// A poll ended; the feed waits for its next one, unless it is wanted no more.
    pub fn done(&mut self, memory: FeedMemory, now: Timestamp, gap: Duration) {
        self.asked.remove(&memory.url);
        if let Some(host) = Url::parse(&memory.url).ok().as_ref().and_then(Url::host_str) {
            self.hosts.end(host, now, gap);
        }
        self.hosts.forget(now);
        if self.feeds.contains_key(&memory.url) {
            self.put(memory);
        }
    }

    /// Feeds that are due at `now` or being asked.
    pub fn open(&self, now: Timestamp) -> usize {
        self.asked.len() + self.due.iter().take_while(|(at, _)| *at <= now).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::NextPoll;

    fn memory(url: &str, at: i64) -> FeedMemory {
        FeedMemory::unread(&Url::parse(url).unwrap(), Timestamp::from_second(at).unwrap())
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn urls(picked: &Picked) -> Vec<&str> {
        picked.feeds.iter().map(|memory| memory.url.as_str()).collect()
    }

    #[test]
    fn feeds_of_one_host_take_turns_with_a_pause_and_others_go_on() {
        let gap = Duration::from_secs(2);
        let mut queue = Queue::default();
        queue.want(vec![
            memory("http://a.test/1", 0),
            memory("http://a.test/2", 0),
            memory("http://b.test/1", 0),
        ]);
        let first = queue.pick(at(10), at(10), 8);
        assert_eq!(urls(&first), ["http://a.test/1", "http://b.test/1"]);
        assert_eq!(urls(&queue.pick(at(10), at(10), 8)), [""; 0], "the host is busy");
        let mut polled = first.feeds[0].clone();
        polled.next = NextPoll::first(at(500));
        queue.done(polled, at(11), gap);
        let paused = queue.pick(at(11), at(11), 8);
        assert_eq!((urls(&paused).len(), paused.wake), (0, Some(at(13))));
        assert_eq!(urls(&queue.pick(at(13), at(13), 8)), ["http://a.test/2"]);
        assert_eq!(queue.pick(at(14), at(14), 8).wake, Some(at(500)));
    }

    #[test]
    fn a_feed_that_is_removed_while_it_is_asked_is_not_asked_again_and_a_new_one_is() {
        let mut queue = Queue::default();
        queue.want(vec![memory("http://a.test/1", 0)]);
        let picked = queue.pick(at(0), at(0), 8);
        queue.want(vec![memory("http://b.test/1", 5)]);
        queue.done(picked.feeds[0].clone(), at(1), Duration::ZERO);
        assert_eq!(
            queue.pick(at(1), at(1), 8),
            Picked {
                feeds: vec![],
                wake: Some(at(5))
            }
        );
        assert_eq!(urls(&queue.pick(at(5), at(5), 8)), ["http://b.test/1"]);
    }

    #[test]
    fn what_is_late_is_spread_and_no_burst() {
        for (case, feeds, seconds_until_all, most_a_second) in [
            ("a few", 10, 9, 1),
            ("as many as the time allows one by one", 300, 299, 1),
            ("a thousand", 1000, 300, 4),
        ] {
            let mut queue = Queue::default();
            let late = |n: i64| {
                let mut memory = memory(&format!("http://h{n}.test/"), n % 7);
                memory.next.because = Because::Pace;
                memory
            };
            queue.want(
                (0..feeds)
                    .map(late)
                    .chain([memory("http://later.test/", 9000)])
                    .collect(),
            );
            queue.spread(at(500), |memory| memory.next.at < at(500));
            let mut a_second = Vec::new();
            for second in 500..900 {
                let due = queue.pick(at(second), at(second), usize::MAX).feeds;
                a_second.push(due.len());
            }
            assert_eq!(
                a_second.iter().sum::<usize>(),
                usize::try_from(feeds).unwrap(),
                "{case}"
            );
            assert_eq!(a_second.iter().max(), Some(&most_a_second), "{case}");
            let last = a_second.iter().rposition(|polls| *polls > 0);
            assert_eq!(last, Some(seconds_until_all), "{case}");
        }
    }

    #[test]
    fn no_more_are_picked_than_there_is_room_for() {
        let mut queue = Queue::default();
        queue.want((0..9).map(|n| memory(&format!("http://h{n}.test/"), 0)).collect());
        assert_eq!(queue.pick(at(0), at(0), 4).feeds.len(), 4);
        assert_eq!(queue.open(at(0)), 9);
    }
}
