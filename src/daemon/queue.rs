//! Which feeds are polled now. Pure: it is told the time and answers with feeds and the time to look again.

mod take;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::hosts::{Hosts, MayAsk};
use super::site::{site_of, site_of_host};
use crate::feed::{Because, FeedMemory, derive_id};

/// Between two feeds that are late, at most.
const APART: Duration = Duration::from_secs(1);
/// All that are late are asked within this time.
const CAUGHT_UP: Duration = Duration::from_secs(5 * 60);

/// After a site's pause its feeds are asked again over this time for each of them, at random; never all at its end.
const AFTER_PAUSE: Duration = Duration::from_secs(30);

/// And over no more than this for all of them.
const LONGEST_AFTER_PAUSE: Duration = Duration::from_secs(15 * 60);

/// The feeds that are wanted, by when they are due.
#[derive(Debug, Default)]
pub struct Queue {
    feeds: HashMap<String, Waiting>,
    due: BTreeSet<(Timestamp, String)>,
    /// With the host that is busy with it.
    asked: HashMap<String, Option<String>>,
    hosts: Hosts,
    /// Sites that asked to be left alone, and until when.
    pauses: HashMap<String, Timestamp>,
}

#[derive(Debug)]
struct Waiting {
    memory: FeedMemory,
    /// `None` for a local file, which waits for nobody.
    host: Option<String>,
    /// That of its address, and that of the host which answered last where it leads elsewhere.
    sites: Vec<String>,
    /// When it is due, its site's pause included.
    due: Timestamp,
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
        let newly_wanted = |memory: &&FeedMemory| !self.feeds.contains_key(&memory.url);
        let pauses: Vec<_> = memories.iter().filter(newly_wanted).filter_map(pause_of).collect();
        for memory in memories {
            if !self.feeds.contains_key(&memory.url) {
                self.put(memory);
            }
        }
        for (site, until) in pauses {
            self.pause(site, until);
        }
    }

    fn put(&mut self, memory: FeedMemory) {
        let address = memory.address().filter(|url| url.scheme() != "file");
        let host = address.as_ref().and_then(|url| url.host_str().map(str::to_owned));
        let answered = memory.validators_from.as_deref().and_then(|from| Url::parse(from).ok());
        let sites: Vec<String> = address.iter().chain(&answered).filter_map(site_of).collect();
        let due = self.due_at(&memory, &sites);
        if !self.asked.contains_key(&memory.url) {
            self.due.insert((due, memory.url.clone()));
        }
        let waiting = Waiting {
            memory,
            host,
            sites,
            due,
        };
        self.feeds.insert(waiting.memory.url.clone(), waiting);
    }

    /// When a feed may be asked: at its own time, or, where its site has a pause that ends later, soon after that.
    fn due_at(&self, memory: &FeedMemory, sites: &[String]) -> Timestamp {
        let pauses = sites.iter().filter_map(|site| Some((*self.pauses.get(site)?, site)));
        let Some((until, site)) = pauses.max().filter(|(until, _)| *until > memory.next.at) else {
            return memory.next.at;
        };
        let feeds = self.feeds.values().filter(|waiting| waiting.sites.contains(site));
        let width = AFTER_PAUSE.saturating_mul(u32::try_from(feeds.count()).unwrap_or(u32::MAX).max(1));
        // Each pause deals the places anew, and the same to the same feed each time it is asked after.
        let dealt = derive_id(&[&memory.url, &until.to_string()]) as f64 / u64::MAX as f64;
        let after = width.min(LONGEST_AFTER_PAUSE).mul_f64(dealt);
        until.saturating_add(after).unwrap_or(until)
    }

    /// All feeds of the site that wait for their turn wait until then.
    fn pause(&mut self, site: String, until: Timestamp) {
        if self.pauses.get(&site).is_some_and(|known| *known >= until) {
            return;
        }
        self.pauses.insert(site.clone(), until);
        let of_site = |waiting: &&Waiting| waiting.sites.contains(&site);
        let of_site = self.feeds.values().filter(of_site);
        let moved: Vec<String> = of_site.map(|waiting| waiting.memory.url.clone()).collect();
        for url in moved {
            self.place_anew(&url);
        }
    }

    /// Puts a feed where it now belongs among those that wait; one that is being asked stays out.
    fn place_anew(&mut self, url: &str) {
        let Some(waiting) = self.feeds.get(url) else { return };
        let due = self.due_at(&waiting.memory, &waiting.sites);
        let Some(waiting) = self.feeds.get_mut(url) else { return };
        let was_due = std::mem::replace(&mut waiting.due, due);
        if self.due.remove(&(was_due, url.to_owned())) {
            self.due.insert((due, url.to_owned()));
        }
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
            let Some(waiting) = self.feeds.get(&memory.url) else {
                continue;
            };
            self.due.remove(&(waiting.due, memory.url.clone()));
            self.asked.insert(memory.url.clone(), waiting.host.clone());
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
        for (_, url) in late {
            if let Some(waiting) = self.feeds.get_mut(&url) {
                waiting.memory.next.at = at;
            }
            self.place_anew(&url);
            at = at.saturating_add(apart).unwrap_or(at);
        }
    }

    /// A poll ended; the feed waits for its next one, unless it is wanted no more.
    pub fn done(&mut self, memory: FeedMemory, now: Timestamp, gap: Duration) {
        if let Some(host) = self.asked.remove(&memory.url).flatten() {
            self.hosts.end(&host, now, gap);
        }
        self.hosts.forget(now);
        self.pauses.retain(|_, until| *until > now);
        if let Some((site, until)) = pause_of(&memory).filter(|(_, until)| *until > now) {
            self.pause(site, until);
        }
        if self.feeds.contains_key(&memory.url) {
            self.put(memory);
        }
    }

    /// Feeds that are due at `now` or being asked.
    pub fn open(&self, now: Timestamp) -> usize {
        self.asked.len() + self.due.iter().take_while(|(at, _)| *at <= now).count()
    }
}

/// The site that demanded a pause at the last poll, and until when.
fn pause_of(memory: &FeedMemory) -> Option<(String, Timestamp)> {
    let pause = memory.pause.as_ref()?;
    Some((site_of_host(&pause.host), pause.until))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{NextPoll, Pause};

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
    fn what_was_late_is_asked_once_and_after_its_sites_pause() {
        let late = |url: &str| {
            let mut memory = memory(url, 0);
            memory.next.because = Because::Pace;
            memory
        };
        let mut queue = Queue::default();
        let mut paused = late("http://paused.test/");
        paused.pause = Some(Pause {
            host: "paused.test".to_owned(),
            until: at(900),
        });
        queue.want(vec![late("http://a.test/"), late("http://b.test/"), paused]);
        queue.spread(at(500), |memory| memory.next.at < at(500));
        let mut asked = Vec::new();
        for second in 500..1000 {
            for mut memory in queue.pick(at(second), at(second), 8).feeds {
                asked.push((memory.url.clone(), second));
                memory.next = NextPoll::first(at(9000));
                queue.done(memory, at(second), Duration::ZERO);
            }
        }
        assert_eq!(asked.len(), 3, "{asked:?}");
        assert_eq!(
            asked[..2],
            [("http://a.test/".to_owned(), 500), ("http://b.test/".to_owned(), 501)]
        );
        assert!(asked[2].1 >= 900, "inside the pause: {asked:?}");
    }

    #[test]
    fn no_more_are_picked_than_there_is_room_for() {
        let mut queue = Queue::default();
        queue.want((0..9).map(|n| memory(&format!("http://h{n}.test/"), 0)).collect());
        assert_eq!(queue.pick(at(0), at(0), 4).feeds.len(), 4);
        assert_eq!(queue.open(at(0)), 9);
    }

    #[test]
    fn case_12_twenty_feeds_of_one_site_one_answers_429() {
        let mut queue = Queue::default();
        let feeds = |host: &str| {
            (0..20)
                .map(|n| memory(&format!("http://{n}.{host}/feed"), n))
                .collect::<Vec<_>>()
        };
        let all: Vec<FeedMemory> = [feeds("example.org"), feeds("bridge.lan")].concat();
        queue.want(all.clone());
        let first = queue.pick(at(0), at(0), 8);
        assert_eq!(urls(&first), ["http://0.bridge.lan/feed", "http://0.example.org/feed"]);
        let mut answered = first.feeds.clone();
        for memory in &mut answered {
            memory.next = NextPoll::first(at(700));
            memory.pause = Some(Pause {
                host: Url::parse(&memory.url).unwrap().host_str().unwrap().to_owned(),
                until: at(600),
            });
            queue.done(memory.clone(), at(1), Duration::ZERO);
        }
        let during = queue.pick(at(599), at(599), 99);
        assert_eq!(during.feeds.len(), 19, "the other hosts of the house are asked");
        assert!(urls(&during).iter().all(|url| url.contains("bridge.lan")), "{during:?}");
        // The rest come back over ten minutes, and a restart in the middle of the pause knows of it.
        let mut restarted = Queue::default();
        let known = all.into_iter().filter(|memory| memory.url.contains("example.org"));
        let known = known.map(|memory| {
            answered
                .iter()
                .find(|other| other.url == memory.url)
                .cloned()
                .unwrap_or(memory)
        });
        restarted.want(known.collect());
        for mut queue in [queue, restarted] {
            assert_eq!(queue.pick(at(599), at(599), 99).feeds.len(), 0);
            let mut by_minute = [0_usize; 10];
            for second in 600..1200 {
                let minute = usize::try_from(second - 600).unwrap() / 60;
                let picked = queue.pick(at(second), at(second), 99);
                by_minute[minute] += urls(&picked).iter().filter(|url| url.contains("example.org")).count();
            }
            assert_eq!(by_minute.iter().sum::<usize>(), 20, "{by_minute:?}");
            assert!(by_minute.iter().all(|count| *count <= 6), "a burst: {by_minute:?}");
        }
    }
}
