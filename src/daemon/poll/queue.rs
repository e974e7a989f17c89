//! Which feeds are polled now. Pure: it is told the time and answers with feeds and the time to look again.

mod due;
mod lanes;
mod take;

use std::sync::Arc;
use std::time::Duration;

use hashbrown::{HashMap, HashSet};
use jiff::Timestamp;
use url::Url;

use crate::daemon::articles::{site_of, site_of_host};
use crate::feed::{Because, FeedState, TOLERANCE};
use due::Due;
use lanes::Lanes;
use wirewatch_syndication::derive_id;

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
    feeds: HashMap<Arc<str>, Waiting>,
    due: Due,
    lanes: Lanes,
    asked: HashMap<Arc<str>, Asked>,
    /// Sites that asked to be left alone, and until when.
    pauses: HashMap<String, Timestamp>,
    /// The longest pace of any feed, as of the last [`Self::settle`].
    slowest: Duration,
}

#[derive(Debug)]
struct Waiting {
    /// Given away while it is asked.
    memory: Option<Arc<FeedState>>,
    road: Arc<Road>,
    /// When it is due, its site's pause included.
    due: Timestamp,
}

/// What follows from the addresses of a feed.
#[derive(Debug)]
struct Road {
    feed: Arc<str>,
    /// The address that is asked, and where the last answer came from: when either changes, so does the rest.
    addresses: (Option<String>, Option<String>),
    /// Its host, or itself for a local file, which waits for nobody.
    lane: Arc<str>,
    is_file: bool,
    /// That of its address, and that of the host which answered last where it leads elsewhere.
    sites: Vec<String>,
}

/// A feed that is being asked.
#[derive(Debug)]
enum Asked {
    /// Its lane is busy with it.
    InTurn(Arc<Road>),
    /// What was pushed of it is worked on: its host has nothing to do with that.
    OutOfTurn,
}

/// What to do now.
#[derive(Debug, PartialEq, Default)]
pub struct Picked {
    pub feeds: Vec<Arc<FeedState>>,
    /// When there is something to do again, if no poll ends before.
    pub wake: Option<Timestamp>,
}

impl Queue {
    /// Takes the feeds that are wanted from now on; what is remembered of a feed that stays is kept.
    pub fn want(&mut self, memories: Vec<FeedState>) {
        let wanted: HashSet<&str> = memories.iter().map(|memory| memory.url.as_str()).collect();
        let gone: Vec<Arc<str>> = self
            .feeds
            .keys()
            .filter(|url| !wanted.contains(&***url))
            .cloned()
            .collect();
        drop(wanted);
        for url in gone {
            self.step_out(&url);
            self.feeds.remove(&url);
        }
        let newly_wanted = |memory: &&FeedState| !self.feeds.contains_key(memory.url.as_str());
        let pauses: Vec<_> = memories.iter().filter(newly_wanted).filter_map(pause_of).collect();
        for memory in memories {
            if !self.feeds.contains_key(memory.url.as_str()) {
                self.put(Arc::new(memory), None);
            }
        }
        for (site, until) in pauses {
            self.pause(site, until);
        }
    }

    /// Puts a feed where it belongs. `road` is where it stood before, if that is known.
    fn put(&mut self, memory: Arc<FeedState>, road: Option<Arc<Road>>) {
        let road = road
            .filter(|road| road.is_of(&memory))
            .unwrap_or_else(|| Arc::new(Road::of(&memory)));
        let due = self.due_at(&memory, &road.sites);
        if !self.asked.contains_key(&road.feed) {
            self.due.insert(due, road.feed.clone());
            self.lanes.put(&road.lane, due, &road.feed);
        }
        let memory = Some(memory);
        let waiting = Waiting { memory, road, due };
        self.feeds.insert(waiting.road.feed.clone(), waiting);
    }

    /// Takes a feed out of its line; false where it stood in none.
    fn step_out(&mut self, url: &str) -> bool {
        let Some(waiting) = self.feeds.get(url) else {
            return false;
        };
        let Road { feed, lane, .. } = &*waiting.road;
        let stood = self.due.remove(waiting.due, feed);
        if stood {
            self.lanes.remove(lane, waiting.due, feed);
        }
        stood
    }

    /// When a feed may be asked: at its own time, or, where its site has a pause that ends later, soon after that.
    fn due_at(&self, memory: &FeedState, sites: &[String]) -> Timestamp {
        let pauses = sites.iter().filter_map(|site| Some((*self.pauses.get(site)?, site)));
        let Some((until, site)) = pauses.max().filter(|(until, _)| *until > memory.next.at) else {
            return memory.next.at;
        };
        let feeds = self.feeds.values().filter(|waiting| waiting.road.sites.contains(site));
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
        let of_site = |waiting: &&Waiting| waiting.road.sites.contains(&site);
        let of_site = self.feeds.values().filter(of_site);
        let moved: Vec<Arc<str>> = of_site.map(|waiting| waiting.road.feed.clone()).collect();
        for url in moved {
            self.place_anew(&url);
        }
    }

    /// Puts a feed where it now belongs among those that wait; one that is being asked stays out.
    fn place_anew(&mut self, url: &str) {
        let Some(waiting) = self.feeds.get(url) else { return };
        let Some(memory) = &waiting.memory else { return };
        let due = self.due_at(memory, &waiting.road.sites);
        let stood = self.step_out(url);
        let Some(waiting) = self.feeds.get_mut(url) else { return };
        waiting.due = due;
        if stood {
            self.due.insert(due, waiting.road.feed.clone());
            self.lanes.put(&waiting.road.lane, due, &waiting.road.feed);
        }
    }

    /// Picks up to `room` feeds that were due at `due_by` and whose host may be asked now, the longest due first; they count
    /// as asked until [`Self::done`].
    pub fn pick(&mut self, now: Timestamp, due_by: Timestamp, room: usize) -> Picked {
        let mut feeds = Vec::new();
        while feeds.len() < room
            && let Some(url) = self.lanes.begin(now, due_by)
        {
            let Some(waiting) = self.feeds.get_mut(&url) else {
                continue;
            };
            self.due.remove(waiting.due, &url);
            self.asked.insert(url, Asked::InTurn(waiting.road.clone()));
            feeds.extend(waiting.memory.take());
        }
        // Without room, nothing is to be done before a poll ends.
        let wake = self.lanes.wake().filter(|_| feeds.len() < room);
        Picked { feeds, wake }
    }

    /// Spreads the feeds that `overdue` names, in the order in which they were due, so that a restart or the return of the
    /// network is no burst: one a second, or all within five minutes where there are more than that allows. The first is
    /// due now.
    pub fn spread(&mut self, now: Timestamp, overdue: impl Fn(&FeedState) -> bool) {
        let is_late = |memory: &FeedState| memory.next.because != Because::New && overdue(memory);
        let late: Vec<Arc<str>> = self
            .due
            .iter()
            .filter(|(_, url)| {
                let memory = self.feeds.get(url).and_then(|waiting| waiting.memory.as_ref());
                memory.is_some_and(|memory| is_late(memory))
            })
            .map(|(_, url)| url.clone())
            .collect();
        let many = u32::try_from(late.len()).unwrap_or(u32::MAX).max(1);
        let apart = APART.min(CAUGHT_UP / many);
        let mut at = now;
        for url in late {
            if let Some(memory) = self.feeds.get_mut(&url).and_then(|waiting| waiting.memory.as_mut()) {
                Arc::make_mut(memory).next.at = at;
            }
            self.place_anew(&url);
            at = at.saturating_add(apart).unwrap_or(at);
        }
    }

    /// After the clock was set back: gives every feed that waits a time by the clock as it is; `slowest` is the longest pace of
    /// any. Returns how many waited by another.
    pub fn settle(&mut self, slowest: Duration, now: Timestamp) -> usize {
        self.lanes.settle(now);
        self.slowest = slowest;
        let all: Vec<Arc<str>> = self.feeds.keys().cloned().collect();
        let (mut settled, mut pauses) = (0, Vec::new());
        for url in &all {
            if let Some(memory) = self.feeds.get_mut(url).and_then(|waiting| waiting.memory.as_mut()) {
                settled += usize::from(Arc::make_mut(memory).settle(slowest, now).is_some());
                pauses.extend(pause_of(memory).filter(|(_, until)| *until > now));
            }
        }
        self.pauses.clear();
        for (site, until) in pauses {
            self.pause(site, until);
        }
        for url in &all {
            self.place_anew(url);
        }
        settled
    }

    /// A poll ended; the feed waits for its next one, unless it is wanted no more.
    pub fn done(&mut self, mut memory: Arc<FeedState>, now: Timestamp, gap: Duration) {
        // The clock may have been set back since it was asked.
        if memory
            .last_polled
            .is_some_and(|polled| polled.duration_since(now) > TOLERANCE)
        {
            Arc::make_mut(&mut memory).settle(self.slowest, now);
        }
        let road = match self.asked.remove(memory.url.as_str()) {
            Some(Asked::InTurn(road)) => {
                let gap = if road.is_file { Duration::ZERO } else { gap };
                self.lanes.end(&road.lane, now, gap);
                Some(road)
            }
            _ => None,
        };
        self.pauses.retain(|_, until| *until > now);
        if let Some((site, until)) = pause_of(&memory).filter(|(_, until)| *until > now) {
            self.pause(site, until);
        }
        if self.feeds.contains_key(memory.url.as_str()) {
            self.put(memory, road);
        }
    }

    /// Feeds that are due at `now` or being asked.
    pub fn open(&mut self, now: Timestamp) -> usize {
        self.asked.len() + self.due.count(now)
    }
}

impl Road {
    fn of(memory: &FeedState) -> Self {
        let feed: Arc<str> = memory.url.as_str().into();
        let address = memory.address().filter(|url| url.scheme() != "file");
        let host = address.as_ref().and_then(|url| url.host_str().map(Arc::from));
        let answered = memory.validators_from.as_deref().and_then(|from| Url::parse(from).ok());
        Self {
            addresses: addresses(memory),
            is_file: host.is_none(),
            lane: host.unwrap_or_else(|| feed.clone()),
            sites: address.iter().chain(&answered).filter_map(site_of).collect(),
            feed,
        }
    }

    fn is_of(&self, memory: &FeedState) -> bool {
        let (adopted, answered) = &self.addresses;
        memory.adopted_address() == adopted.as_deref() && memory.validators_from == *answered
    }
}

fn addresses(memory: &FeedState) -> (Option<String>, Option<String>) {
    let adopted = memory.adopted_address().map(str::to_owned);
    (adopted, memory.validators_from.clone())
}

/// The site that demanded a pause at the last poll, and until when.
fn pause_of(memory: &FeedState) -> Option<(String, Timestamp)> {
    let pause = memory.pause.as_ref()?;
    Some((site_of_host(&pause.host), pause.until))
}

#[cfg(test)]
mod tests;
