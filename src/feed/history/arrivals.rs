//! How many entries a feed brings a day, and how late they are seen. Pure.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use wirewatch_syndication::Entry;

const DAY_SECS: i64 = 24 * 60 * 60;
/// Days that are counted, today among them: a week is seven whole days at least.
const DAYS: usize = 8;
/// Delays that are remembered.
const DELAYS: usize = 32;

/// The new entries of a feed since it was first read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Arrivals {
    /// Seconds from the publication of an entry to the poll that brought it, newest last; at most 32.
    pub delays_secs: Vec<u32>,
    /// New entries of each day in UTC, the newest last; at most eight days.
    pub days: Vec<u32>,
    /// The last of `days`, counted from 1970-01-01.
    pub last_day: i64,
}

impl Arrivals {
    /// Counts entries that were not known before. What the feed held when it was first read is no arrival; an entry that
    /// is dated before that is one from an archive, and says nothing of delays.
    pub fn note<'a>(
        &mut self,
        new: impl IntoIterator<Item = &'a Entry>,
        first_read: Option<Timestamp>,
        now: Timestamp,
    ) {
        let Some(first_read) = first_read else { return };
        for entry in new {
            self.turn_to(day_of(now));
            if let Some(today) = self.days.last_mut() {
                *today = today.saturating_add(1);
            }
            if let Some(published) = entry.published.filter(|published| *published >= first_read) {
                let late = now.duration_since(published).as_secs().max(0);
                self.delays_secs.push(u32::try_from(late).unwrap_or(u32::MAX));
            }
        }
        let surplus = self.delays_secs.len().saturating_sub(DELAYS);
        self.delays_secs.drain(..surplus);
    }

    /// Ends the days that are counted with today, after the clock was set back; `wrong`: the clock that the delays were measured
    /// by was ahead.
    pub(crate) fn until(&mut self, now: Timestamp, wrong: bool) {
        let ahead = usize::try_from(self.last_day - day_of(now)).unwrap_or(0);
        if ahead > 0 {
            let kept = self.days.len().saturating_sub(ahead);
            self.days.truncate(kept);
            self.last_day = day_of(now);
        }
        if wrong {
            self.delays_secs.clear();
        }
    }

    fn turn_to(&mut self, day: i64) {
        if self.days.is_empty() {
            self.last_day = day;
            self.days.push(0);
        }
        let passed = usize::try_from(day - self.last_day).unwrap_or(0);
        self.days.extend(std::iter::repeat_n(0, passed.min(DAYS)));
        self.last_day = self.last_day.max(day);
        let surplus = self.days.len().saturating_sub(DAYS);
        self.days.drain(..surplus);
    }

    /// New entries a day over the last week, or since the feed was first read; `None` for less than a day.
    pub fn a_day(&self, first_read: Option<Timestamp>, now: Timestamp) -> Option<f64> {
        let today = day_of(now);
        let first_day = today - (DAYS as i64 - 1);
        let from = Timestamp::from_second(first_day * DAY_SECS).ok()?.max(first_read?);
        let watched = now.duration_since(from);
        if watched < SignedDuration::from_secs(DAY_SECS) {
            return None;
        }
        let days = self.days.iter().rev().zip((0..=self.last_day).rev());
        let came: u32 = days
            .filter(|(_, day)| *day >= first_day)
            .fold(0, |sum, (count, _)| sum.saturating_add(*count));
        Some(f64::from(came) * DAY_SECS as f64 / watched.as_secs_f64())
    }

    /// Half of the last entries were seen within this time after their publication.
    pub fn median_delay(&self) -> Option<Duration> {
        let mut sorted = self.delays_secs.clone();
        sorted.sort_unstable();
        let middle = sorted.get(sorted.len() / 2)?;
        Some(Duration::from_secs(u64::from(*middle)))
    }
}

fn day_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(DAY_SECS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirewatch_syndication::EntryKey;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    fn entry(published: Option<&str>) -> Entry {
        Entry {
            key: EntryKey(1),
            id: None,
            title: String::new(),
            link: None,
            text: String::new(),
            published: published.map(at),
            updated: None,
            authors: Vec::new(),
            tags: Vec::new(),
            language: None,
            ..Entry::default()
        }
    }

    #[test]
    fn entries_are_counted_by_the_day_and_delays_from_their_publication() {
        let first = Some(at("2026-03-01T00:00:00Z"));
        let mut arrivals = Arrivals::default();
        arrivals.note(&[entry(Some("2026-03-01T00:00:00Z"))], None, at("2026-03-01T00:10:00Z"));
        assert_eq!(arrivals, Arrivals::default(), "a backlog is no arrival");
        let came = [
            entry(Some("2026-03-01T09:50:00Z")),
            entry(Some("2026-03-01T09:55:00Z")),
            entry(None),
            entry(Some("2019-01-01T00:00:00Z")),
        ];
        arrivals.note(&came, first, at("2026-03-01T10:00:00Z"));
        assert_eq!((arrivals.days.as_slice(), arrivals.last_day), (&[4][..], 20_513));
        assert_eq!(
            arrivals.delays_secs,
            [600, 300],
            "an old one and an undated one have none"
        );
        assert_eq!(arrivals.median_delay(), Some(Duration::from_secs(600)));
        assert_eq!(
            arrivals.a_day(first, at("2026-03-01T20:00:00Z")),
            None,
            "less than a day"
        );
        assert_eq!(arrivals.a_day(first, at("2026-03-02T00:00:00Z")), Some(4.0));
        assert_eq!(arrivals.a_day(first, at("2026-03-05T00:00:00Z")), Some(1.0));
        arrivals.note(
            &[entry(Some("2030-01-01T00:00:00Z"))],
            first,
            at("2026-03-04T00:00:00Z"),
        );
        assert_eq!(arrivals.days, [4, 0, 0, 1]);
        assert_eq!(
            arrivals.delays_secs.last(),
            Some(&0),
            "one from the future is not early"
        );
        assert_eq!(
            arrivals.a_day(first, at("2026-03-09T00:00:00Z")),
            Some(1.0 / 7.0),
            "what came longer than a week ago does not count"
        );
        arrivals.note(&[entry(None)], first, at("2026-06-01T00:00:00Z"));
        assert_eq!(arrivals.days, [0, 0, 0, 0, 0, 0, 0, 1]);
    }
}
