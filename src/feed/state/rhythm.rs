//! How often a feed brings something new.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use wirewatch_syndication::{Entry, Skips, derive_id};

/// How often a feed brings something new.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Rhythm {
    /// Seconds between new entries, newest last; at most 32.
    pub gaps_secs: Vec<u32>,
    /// When the newest entry was published; for a feed without dates, when a change of its entries was seen.
    pub newest_entry: Option<Timestamp>,
    /// Over the keys of all entries of the last body: whether anything came.
    #[serde(default)]
    pub keys_hash: Option<u64>,
    /// What the feed says of its own pace ([`wirewatch_syndication::Hints`]).
    #[serde(default)]
    pub update_every_secs: Option<u32>,
    /// When it says that it brings nothing, for as long as it keeps to that.
    #[serde(default)]
    pub skips: Skips,
}

/// Gaps that are remembered.
const GAPS: usize = 32;

impl Rhythm {
    /// Learns from all entries of one body. The same entries as before teach nothing, whatever their dates say now: some
    /// feeds date everything anew at each request. Entries published at the same second are one; a date in the future
    /// counts as now.
    pub fn learn(&mut self, entries: &[Entry], now: Timestamp) {
        let hash = keys_hash(entries);
        let known = self.keys_hash.replace(hash);
        if known == Some(hash) {
            return;
        }
        let mut dates: Vec<Timestamp> = entries
            .iter()
            .filter_map(|entry| entry.published.or(entry.updated))
            .map(|date| date.min(now))
            .collect();
        dates.sort_unstable();
        if dates.is_empty() && known.is_some() {
            dates.push(now);
        }
        for date in dates {
            match self.newest_entry {
                Some(newest) if date.as_second() <= newest.as_second() => continue,
                Some(newest) => {
                    let gap = date.as_second() - newest.as_second();
                    self.gaps_secs.push(u32::try_from(gap).unwrap_or(u32::MAX));
                }
                None => {}
            }
            self.newest_entry = Some(date);
        }
        let surplus = self.gaps_secs.len().saturating_sub(GAPS);
        self.gaps_secs.drain(..surplus);
    }
}

fn keys_hash(entries: &[Entry]) -> u64 {
    let mut keys: Vec<String> = entries.iter().map(|entry| entry.key.to_string()).collect();
    keys.sort_unstable();
    derive_id(&keys.iter().map(String::as_str).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirewatch_syndication::EntryKey;

    fn entry(key: u64, published: Option<&str>) -> Entry {
        Entry {
            key: EntryKey(key),
            id: None,
            title: String::new(),
            link: None,
            text: String::new(),
            published: published.map(|date| date.parse().unwrap()),
            updated: None,
            authors: Vec::new(),
            tags: Vec::new(),
            language: None,
            ..Entry::default()
        }
    }

    #[test]
    fn the_rhythm_is_learnt_from_dates() {
        let now = "2024-09-17T12:00:00Z".parse().unwrap();
        let mut rhythm = Rhythm::default();
        let first = [
            entry(3, Some("2024-09-17T10:00:00Z")),
            entry(1, Some("2024-09-17T08:00:00Z")),
            entry(2, Some("2024-09-17T09:30:00Z")),
            entry(4, Some("2024-09-17T10:00:00Z")),
        ];
        rhythm.learn(&first, now);
        assert_eq!(
            rhythm.gaps_secs,
            [5400, 1800],
            "from oldest to newest, the same second once"
        );
        rhythm.learn(&first, now);
        let dated_anew = first.clone().map(|entry| Entry {
            published: Some("2024-09-17T11:00:00Z".parse().unwrap()),
            ..entry
        });
        rhythm.learn(&dated_anew, now);
        assert_eq!(rhythm.gaps_secs, [5400, 1800], "the same entries teach nothing more");
        rhythm.learn(&[entry(5, Some("2030-01-01T00:00:00Z"))], now);
        assert_eq!(rhythm.newest_entry, Some(now), "a date in the future is now");
        let many: Vec<Entry> = (0..50u64)
            .map(|n| entry(n, Some(&format!("2024-09-18T00:{n:02}:00Z"))))
            .collect();
        rhythm.learn(&many, "2024-09-19T00:00:00Z".parse().unwrap());
        assert_eq!(rhythm.gaps_secs, [60; GAPS], "only the newest gaps are kept");
    }

    #[test]
    fn a_feed_without_dates_has_a_rhythm_too() {
        let mut rhythm = Rhythm::default();
        let at = |time: &str| time.parse::<Timestamp>().unwrap();
        rhythm.learn(&[entry(1, None)], at("2024-09-17T08:00:00Z"));
        assert_eq!(rhythm.newest_entry, None, "when the first entries came is not known");
        rhythm.learn(&[entry(2, None), entry(1, None)], at("2024-09-17T09:00:00Z"));
        rhythm.learn(&[entry(1, None), entry(2, None)], at("2024-09-17T09:10:00Z"));
        rhythm.learn(&[entry(3, None), entry(2, None)], at("2024-09-17T09:30:00Z"));
        assert_eq!(rhythm.gaps_secs, [1800], "another order is nothing new");
    }
}
