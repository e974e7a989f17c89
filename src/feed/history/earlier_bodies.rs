//! What a feed listed before, and what its next body says against it: entries under another key, entries that were
//! missed, old ones that come all at once. Pure.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;

use super::window::Window;
use wirewatch_syndication::{Entry, EntryKey, KnownBy, key_anew, shared_ids};

/// What is remembered of the bodies of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct History {
    pub window: Window,
    /// Entries that a hub pushed and that no body has listed since.
    pub pushed: Window,
    pub known_by: KnownBy,
    /// Ids, links and titles that name several entries, as they are derived for keys.
    pub shared: Vec<u64>,
    /// Bodies in a row in which most entries came under another key.
    pub rekeyed_in_a_row: u32,
    pub rekeyed: Option<Rekeyed>,
    pub missed: Option<Missed>,
}

/// Most entries of a feed came under another key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rekeyed {
    pub at: Timestamp,
    pub told: bool,
}

/// A body held nothing of the one before it: what came and went in between was not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    pub first: Timestamp,
    pub last: Timestamp,
    /// How often, each within a week of the one before.
    pub times: u32,
    pub told: bool,
}

/// What of a body is not what it seems.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diff {
    /// Entries that are known under another key: new key, known key.
    pub same_as: HashMap<EntryKey, EntryKey>,
    /// Old entries that came all at once: an archive that is shown again, not news.
    pub archive: HashSet<EntryKey>,
    /// Entries may have been missed; where the feed says that those before stand.
    pub missed: bool,
    pub older: Option<Url>,
    /// It is a part of the feed, sent on purpose (RFC 3229): what is not in it may still be there.
    pub part: bool,
}

/// Fewer entries show no pattern.
const FEWEST: usize = 3;

/// An entry of an archive is older than this.
const OLD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// And so many of them come at once. One report with an old date is news that was long in coming.
const MANY: usize = 5;

/// What was published up to this long before the last look may have come late.
const LATE: SignedDuration = SignedDuration::from_hours(24);

/// Entries that are missed within this time of each other belong together.
const TOGETHER: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Pushed entries that are remembered until a body lists them; and those that one did not: its server may be late.
const MOST_PUSHED: usize = 1000;
const MOST_LATE: usize = 100;

/// A feed is asked at most this many times twice as often for what was missed.
const MOST_DOUBLINGS: u32 = 3;

impl History {
    /// Gives the entries of any body, also of a part of the feed, the keys that this feed's entries are known by.
    pub(crate) fn key(&self, entries: &mut [Entry]) {
        if self.known_by != KnownBy::Id || !self.shared.is_empty() {
            key_anew(entries, self.known_by, &self.shared);
        }
    }

    /// Notes entries that a hub pushed: the next body is held against them too.
    pub(crate) fn note_push(&mut self, entries: &[Entry]) -> Diff {
        let came = Window::of(entries);
        let before = self.window.and(&self.pushed);
        let same_as = before.recognise_each(&came, |_| true);
        let new = came.without(|key| before.holds(key) || same_as.contains_key(&key));
        self.pushed = self.pushed.and(&new).newest(MOST_PUSHED);
        Diff {
            same_as,
            ..Diff::default()
        }
    }

    /// Learns from a whole body, and may give its entries other keys. `last_read`: when the feed was last read before.
    pub(crate) fn learn(&mut self, entries: &mut [Entry], last_read: Option<Timestamp>, now: Timestamp) -> Diff {
        let mut next = Window::of(entries);
        let (listed, pushed) = (std::mem::take(&mut self.window), std::mem::take(&mut self.pushed));
        let before = listed.and(&pushed);
        let mut change = Diff::default();
        self.shared = shared_ids(entries, self.known_by, &self.shared);
        if !before.is_empty() {
            let compared = before.compare(&next);
            let anew = next.len() - compared.known;
            let same = compared.same_as.len();
            let rekeyed = same >= FEWEST && anew * 2 > next.len() && same * 2 >= anew;
            let displaced = compared.displaced >= FEWEST && compared.displaced * 2 > compared.known;
            if rekeyed || displaced {
                self.rekeyed_in_a_row += 1;
                if (displaced || self.rekeyed_in_a_row > 1) && self.known_by != KnownBy::Title {
                    let keeps_links = compared.by_link * 2 > same && self.known_by == KnownBy::Id;
                    // Ids that name places in the list say nothing of the links.
                    let known_by = if keeps_links || displaced && self.known_by == KnownBy::Id {
                        KnownBy::Link
                    } else {
                        KnownBy::Title
                    };
                    self.known_by = known_by;
                    self.rekeyed_in_a_row = 0;
                    self.shared = shared_ids(entries, known_by, &self.shared);
                    key_anew(entries, known_by, &self.shared);
                    next = Window::of(entries);
                }
                if self
                    .rekeyed
                    .is_none_or(|rekeyed| now.duration_since(rekeyed.at) > TOGETHER)
                {
                    self.rekeyed = Some(Rekeyed { at: now, told: false });
                }
                change.same_as = before.recognise(&next);
            } else {
                if compared.known > 0 {
                    self.rekeyed_in_a_row = 0;
                }
                // One by one only what was pushed, alone and perhaps under an id that turns out to be everybody's.
                let maybe = |key: EntryKey| pushed.holds(key) || self.shared.contains(&key.0);
                change.same_as = before.recognise_each(&next, maybe);
            }
            let enough = listed.len() >= FEWEST && next.len() >= FEWEST;
            change.missed = enough && same == 0 && is_gap(entries, &listed, &pushed, &change.same_as);
            if change.missed {
                self.note_missed(now);
            }
            change.archive = archive(entries, &before, &change.same_as, last_read, now);
        }
        let found = |key| next.holds(key) || change.same_as.values().any(|known| *known == key);
        self.pushed = pushed.without(found).newest(MOST_LATE);
        self.window = next;
        change
    }

    fn note_missed(&mut self, now: Timestamp) {
        self.missed = Some(match self.missed {
            Some(missed) if now.duration_since(missed.last) <= TOGETHER => Missed {
                last: now,
                times: missed.times.saturating_add(1),
                ..missed
            },
            _ => Missed {
                first: now,
                last: now,
                times: 1,
                told: false,
            },
        });
    }

    /// What was missed within the last week.
    pub fn missed_lately(&self, now: Timestamp) -> Option<Missed> {
        self.missed.filter(|missed| now.duration_since(missed.last) <= TOGETHER)
    }

    /// What is to be known of it, in words; nothing of most feeds.
    pub fn words(&self, now: Timestamp) -> Option<String> {
        let known_by = match self.known_by {
            KnownBy::Id => None,
            KnownBy::Link => {
                Some("its ids are others at each request: its entries are known by their links".to_owned())
            }
            KnownBy::Title => Some("its ids and links change: its entries are known by their titles".to_owned()),
        };
        let missed = self.missed_lately(now).map(|missed| {
            let times = match missed.times {
                1 => "once".to_owned(),
                times => format!("{times} times"),
            };
            format!("entries may have been missed, {times}: nothing was left of what it had listed before")
        });
        let words: Vec<String> = missed.into_iter().chain(known_by).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    /// How much of its interval a feed is left after what was missed of it.
    pub(crate) fn tightened(&self, interval: Duration, now: Timestamp) -> Duration {
        match self.missed_lately(now) {
            Some(missed) => interval / (1 << missed.times.min(MOST_DOUBLINGS)),
            None => interval,
        }
    }
}

/// Whether entries may have come and gone between the last body and this one: it has nothing of that one, and what was
/// pushed since does not reach back to it. A hub that pushed an entry and not an older one may have left out others.
fn is_gap(entries: &[Entry], listed: &Window, pushed: &Window, same_as: &HashMap<EntryKey, EntryKey>) -> bool {
    let known_as = |entry: &Entry| *same_as.get(&entry.key).unwrap_or(&entry.key);
    let (listed, pushed): (HashSet<EntryKey>, HashSet<EntryKey>) = (listed.keys().collect(), pushed.keys().collect());
    if entries.iter().any(|entry| listed.contains(&known_as(entry))) {
        return false;
    }
    let was_pushed = |entry: &&Entry| pushed.contains(&known_as(entry));
    let (came, unseen): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(was_pushed);
    let newest = came.iter().filter_map(|entry| entry.published).max();
    let left_out = |entry: &&Entry| entry.published.is_some() && entry.published < newest;
    came.is_empty() || unseen.iter().any(left_out)
}

/// Old entries that came at once in a feed that was read since they were published.
fn archive(
    entries: &[Entry],
    before: &Window,
    same_as: &HashMap<EntryKey, EntryKey>,
    last_read: Option<Timestamp>,
    now: Timestamp,
) -> HashSet<EntryKey> {
    let Some(last_read) = last_read else {
        return HashSet::new();
    };
    let known: HashSet<EntryKey> = before.keys().collect();
    let is_old = |entry: &&Entry| {
        let date = entry.published.max(entry.updated);
        date.is_some_and(|at| now.duration_since(at) > OLD && last_read.duration_since(at) > LATE)
    };
    let old: HashSet<EntryKey> = entries
        .iter()
        .filter(is_old)
        .map(|entry| entry.key)
        .filter(|key| !same_as.contains_key(key) && !known.contains(key))
        .collect();
    if old.len() >= MANY { old } else { HashSet::new() }
}

#[cfg(test)]
mod tests;
