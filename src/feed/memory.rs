//! What is configured for a feed, and what is remembered of it between polls.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::arrivals::Arrivals;
use super::home::Countries;
use super::past::Past;
use super::report::Told;
use super::schedule::NextPoll;
use super::trouble::Trouble;
use super::websub::Offer;
use wirewatch_syndication::Entry;
use wirewatch_syndication::Skips;
use wirewatch_syndication::derive_id;

/// What happens to the entries that a feed already holds when it is first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Backfill {
    /// Remembered, never alerted.
    #[default]
    Remember,
    /// Alerted like new ones.
    All,
    /// Alerted where published (or, undated, never) within this time before the first poll.
    Within(Duration),
}

/// Whether the entry's link is opened for the whole article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FullText {
    #[default]
    Never,
    WhenShort,
    Always,
}

/// How far the operator trusts a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trust {
    Low,
    #[default]
    Normal,
    High,
}

/// One feed as configured: ready, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedSettings {
    /// Its identity: `https:`, `http:` or `file:`, normalised.
    pub url: Url,
    /// The `[feeds.NAME]` table it stands in; watches refer to it by `feeds = ["NAME"]`.
    pub group: String,
    /// A name of its own to show, where written.
    pub title: Option<String>,
    pub backfill: Backfill,
    pub full_text: FullText,
    pub trust: Trust,
    /// ISO 3166-1 alpha-2, where written.
    pub country: Option<String>,
    /// BCP 47, where written; overrides what the feed says.
    pub language: Option<String>,
    /// Bounds of the pace for this feed.
    pub fastest: Duration,
    pub slowest: Duration,
}

impl FeedSettings {
    /// A feed of which nothing is written but its address and its table.
    pub fn new(url: Url, group: &str) -> Self {
        Self {
            url,
            group: group.to_owned(),
            title: None,
            backfill: Backfill::default(),
            full_text: FullText::default(),
            trust: Trust::default(),
            country: None,
            language: None,
            fastest: Duration::from_secs(5 * 60),
            slowest: Duration::from_secs(60 * 60),
        }
    }
}

/// What the server said of the representation, kept verbatim and sent back verbatim (RFC 9110 §8.8).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// A permanent redirect that is being watched, or was adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub to: String,
    pub since: Timestamp,
    /// The first answer from there held entries of this feed that were known, or was one that had not changed.
    #[serde(default)]
    pub same_feed: bool,
}

/// A server's demand to be left alone (429 and 503 with `Retry-After`), which holds for all feeds of its site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// The host that answered.
    pub host: String,
    pub until: Timestamp,
}

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

/// What is remembered of a feed between polls: one row of the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedMemory {
    /// [`FeedSettings::url`] as text.
    pub url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    pub validators: Validators,
    /// Hash of the last whole body that was read, so that an unchanged one is not parsed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_hash: Option<u64>,
    pub next: NextPoll,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_read: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_polled: Option<Timestamp>,
    /// The last poll that brought a readable feed or 304.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_read: Option<Timestamp>,
    /// Failed polls in a row.
    pub failures: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
    /// As words for a person; `None` while the feed is fine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    /// The kind of `last_error`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
    /// A feed that the page suggests which came instead of this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggests: Option<String>,
    /// It was empty once and had entries again: that is how it is, and no trouble.
    #[serde(default)]
    pub empty_at_times: bool,
    /// What was told of it and still holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
    /// Entries in the last body that was read.
    pub entries_last: u32,
    /// What the pre-pass mended in the last body, as words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Move>,
    /// Where the feed is asked for instead of at its address in the configuration, which stays its identity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted: Option<Move>,
    /// Where the validators came from, after redirects; they are sent to that site alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validators_from: Option<String>,
    /// `max-age` of the last whole answer; a 304 that says nothing of its own renews it (RFC 9111 §4.3.4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age_secs: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<Pause>,
    /// When the answer was last another than the one before, byte for byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Timestamp>,
    /// How long the last answers took, newest last; at most eight.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answer_millis: Vec<u32>,
    #[serde(default)]
    pub arrivals: Arrivals,
    /// The hub that it offered last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub: Option<Offer>,
    pub rhythm: Rhythm,
    /// What it listed before.
    #[serde(default)]
    pub past: Past,
    /// Hashes of paragraphs that most of its entries share.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub boilerplate: Vec<u64>,
    /// How often its entries named places of each country lately (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub countries: Countries,
}

impl FeedMemory {
    /// A feed that was never polled, due at `at`.
    pub fn unread(url: &Url, at: Timestamp) -> Self {
        Self {
            url: url.as_str().to_owned(),
            title: None,
            validators: Validators::default(),
            body_hash: None,
            next: NextPoll::first(at),
            first_read: None,
            last_polled: None,
            last_read: None,
            failures: 0,
            failing_since: None,
            last_error: None,
            trouble: None,
            suggests: None,
            empty_at_times: false,
            told: None,
            entries_last: 0,
            repairs: Vec::new(),
            moved: None,
            adopted: None,
            validators_from: None,
            max_age_secs: None,
            pause: None,
            changed: None,
            answer_millis: Vec::new(),
            arrivals: Arrivals::default(),
            hub: None,
            rhythm: Rhythm::default(),
            past: Past::default(),
            boilerplate: Vec::new(),
            countries: Countries::default(),
        }
    }
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
