//! Whether our own network is down: told by how many sites cannot be reached at once. Pure.

use std::time::Duration;

use hashbrown::{HashMap, HashSet};
use jiff::Timestamp;
use url::Url;

use crate::feed::{FeedState, Told, Trouble};

/// Which sites could be reached when they were last asked.
#[derive(Debug, Default)]
pub struct Network {
    /// Since when a site cannot be reached; `None` where it can, or was not asked yet.
    sites: HashMap<String, Option<Timestamp>>,
    /// The site of each feed, by its address.
    site_of: HashMap<String, String>,
    last_reached: Option<Timestamp>,
    down: Option<Outage>,
    /// The last outage that ended, until its end.
    past: Option<(Timestamp, Timestamp)>,
    returned: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage {
    pub since: Timestamp,
    /// Whether it was told.
    pub told: bool,
}

/// Sites that become unreachable within this time of the middle one belong to the same outage: longer than the slowest
/// usual pace, so that each was asked once.
const TOGETHER: Duration = Duration::from_secs(90 * 60);
/// A shorter outage is not worth a message.
const WORTH_TELLING: Duration = Duration::from_secs(15 * 60);

/// Host and port; `None` for a local file.
fn site(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    Some(format!("{host}:{}", url.port_or_known_default().unwrap_or_default()))
}

impl Network {
    /// Takes the feeds that are wanted from now on, as they were when last polled.
    pub fn want(&mut self, memories: &[FeedState]) {
        let mut newest: HashMap<String, &FeedState> = HashMap::new();
        self.site_of.clear();
        for memory in memories {
            let Some(site) = site(&memory.url) else { continue };
            self.site_of.insert(memory.url.clone(), site.clone());
            let known = newest.entry(site).or_insert(memory);
            if memory.last_polled > known.last_polled {
                *known = memory;
            }
        }
        let wanted: HashSet<&String> = newest.keys().collect();
        self.sites.retain(|site, _| wanted.contains(site));
        for (site, memory) in &newest {
            let unreached = memory
                .failing_since
                .filter(|_| memory.trouble == Some(Trouble::Unreachable));
            self.sites.entry(site.clone()).or_insert(unreached);
        }
        // An outage that was told before a restart goes on under its own name.
        let told = memories.iter().find_map(|memory| match memory.told {
            Some(Told::NoNetwork { since }) => Some(since),
            _ => None,
        });
        if self.down.is_none() && self.most_are_unreached() {
            self.down = match told {
                Some(since) => Some(Outage { since, told: true }),
                None => self.begin().map(|since| Outage { since, told: false }),
            };
        }
    }

    /// Notes a poll. Gives the outage that it shows to be over.
    pub fn note(&mut self, memory: &FeedState, now: Timestamp) -> Option<Outage> {
        let known = self.sites.get_mut(self.site_of.get(&memory.url)?)?;
        match memory.trouble {
            Some(Trouble::Unreachable) => {
                known.get_or_insert(now);
                if self.down.is_none() && self.most_are_unreached() {
                    self.down = self.begin().map(|since| Outage { since, told: false });
                }
                None
            }
            // Says nothing of the network.
            Some(Trouble::NoAnswer) => None,
            _ => {
                self.last_reached = Some(now);
                let before = known.take();
                let over = self
                    .down
                    .filter(|outage| before.is_some_and(|since| since >= outage.since))?;
                for since in self.sites.values_mut() {
                    // A site that was unreachable before stays so.
                    *since = since.filter(|since| *since < over.since);
                }
                self.down = None;
                self.past = Some((over.since, now));
                self.returned = true;
                Some(over)
            }
        }
    }

    /// Four in five, and no fewer than two: one site alone may as well be down itself.
    fn most_are_unreached(&self) -> bool {
        let unreached = self.sites.values().flatten().count();
        unreached >= 2 && unreached * 5 >= self.sites.len() * 4
    }

    /// The first site that became unreachable together with most others.
    fn begin(&self) -> Option<Timestamp> {
        let mut since: Vec<Timestamp> = self.sites.values().flatten().copied().collect();
        since.sort_unstable();
        let middle = *since.get(since.len() / 2)?;
        let first = middle.saturating_sub(TOGETHER).unwrap_or(Timestamp::MIN);
        since.into_iter().find(|since| *since >= first)
    }

    pub fn outage(&self) -> Option<Outage> {
        self.down
    }

    /// The outage that is to be told now, once.
    pub fn take_news(&mut self, now: Timestamp) -> Option<Timestamp> {
        let outage = self.down.as_mut().filter(|outage| !outage.told)?;
        let lasted = Duration::try_from(now.duration_since(outage.since)).unwrap_or_default();
        outage.told = lasted >= WORTH_TELLING;
        outage.told.then_some(outage.since)
    }

    /// Whether a site may be blamed for being unreachable since then: another was reached in the meantime, or there is no
    /// other to compare with.
    pub fn may_blame(&self, since: Timestamp) -> bool {
        self.sites.len() < 2 || self.last_reached.is_some_and(|reached| reached > since)
    }

    /// Whether a feed began to fail during the outage that ended last.
    pub fn failed_in_outage(&self, since: Timestamp) -> bool {
        self.past.is_some_and(|(from, until)| from <= since && since < until)
    }

    /// When the network came back, asked once.
    pub fn take_return(&mut self) -> bool {
        std::mem::take(&mut self.returned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    fn memory(url: &str, trouble: Option<Trouble>) -> FeedState {
        FeedState {
            trouble,
            failing_since: trouble.map(|_| at(0)),
            ..FeedState::unread(&Url::parse(url).unwrap(), at(0))
        }
    }

    /// Feeds by name: `r` was reached, `u` could not be, `s` had a fault of the server; a letter a minute.
    fn after(sites: usize, polls: &[(usize, char)]) -> (Network, Vec<usize>) {
        let mut network = Network::default();
        let url = |n: usize| format!("https://s{n}.test/feed");
        let all: Vec<FeedState> = (0..sites).map(|n| memory(&url(n), None)).collect();
        network.want(&all);
        let mut over = Vec::new();
        for (minute, (n, outcome)) in polls.iter().enumerate() {
            let trouble = match outcome {
                'u' => Some(Trouble::Unreachable),
                's' => Some(Trouble::ServerFault),
                _ => None,
            };
            let minute_now = i64::try_from(minute).unwrap();
            if network.note(&memory(&url(*n), trouble), at(minute_now)).is_some() {
                over.push(minute);
            }
        }
        (network, over)
    }

    #[test]
    fn most_sites_at_once_are_our_own_network() {
        let u = |range: std::ops::Range<usize>| range.map(|n| (n, 'u')).collect::<Vec<_>>();
        for (case, sites, polls, down, over) in [
            ("one site alone", 1, u(0..1), false, vec![]),
            ("both of two", 2, u(0..2), true, vec![]),
            ("half of them", 10, u(0..5), false, vec![]),
            ("four in five", 10, u(0..8), true, vec![]),
            (
                "all answer with faults of their own",
                4,
                (0..4).map(|n| (n, 's')).collect(),
                false,
                vec![],
            ),
            (
                "all, then one answers",
                4,
                [u(0..4), vec![(2, 'r')]].concat(),
                false,
                vec![4],
            ),
            (
                "all, then one answers with a fault",
                4,
                [u(0..4), vec![(2, 's')]].concat(),
                false,
                vec![4],
            ),
            (
                "a machine in the house that was reached all the time says nothing of the network",
                5,
                [u(0..4), vec![(4, 'r')]].concat(),
                true,
                vec![],
            ),
        ] {
            let (network, ended) = after(sites, &polls);
            assert_eq!((network.outage().is_some(), ended), (down, over), "{case}");
        }
    }

    #[test]
    fn an_outage_is_told_once_and_goes_on_after_a_restart() {
        let (mut network, _) = after(3, &[(0, 'u'), (1, 'u'), (2, 'u')]);
        assert_eq!(network.take_news(at(10)), None, "too short");
        assert_eq!(network.take_news(at(20)), Some(at(0)));
        assert_eq!(network.take_news(at(40)), None, "told");
        let mut again = Network::default();
        let unreached = |n: usize| FeedState {
            told: Some(Told::NoNetwork { since: at(0) }),
            ..memory(&format!("https://s{n}.test/feed"), Some(Trouble::Unreachable))
        };
        again.want(&[unreached(0), unreached(1)]);
        assert_eq!(
            again.outage(),
            Some(Outage {
                since: at(0),
                told: true
            })
        );
    }

    #[test]
    fn a_site_is_blamed_only_where_another_answers() {
        let (alone, _) = after(1, &[(0, 'u')]);
        assert!(alone.may_blame(at(0)));
        let (none, _) = after(3, &[(0, 'u'), (1, 'u')]);
        assert!(!none.may_blame(at(0)));
        let (others, _) = after(3, &[(0, 'u'), (1, 'r')]);
        assert!(others.may_blame(at(0)));
    }
}
