//! Hours and days at which a feed declares that it brings nothing (RSS 2.0, `skipHours` and `skipDays`; both in GMT).

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::entry::Entry;

/// One bit for each hour from midnight on, one for each day from Monday on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Skips {
    hours: u32,
    days: u8,
}

const ALL_HOURS: u32 = (1 << 24) - 1;
const ALL_DAYS: u8 = (1 << 7) - 1;

/// Maximum hours without a poll: over a weekend the feed is polled once in between.
const LONGEST_HOURS: usize = 24;

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

impl Skips {
    /// Reads the texts of `hour` and `day` elements. A feed that skips every hour or every day is not believed.
    ///
    /// 24 is midnight too, as RSS 0.91 counts.
    ///
    /// ```
    /// use wirewatch_syndication::Skips;
    ///
    /// let skips = Skips::of(["0", "1"], ["Sunday"]);
    /// assert!(skips.until("2026-03-01T10:00:00Z".parse()?).is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of<'a>(hours: impl IntoIterator<Item = &'a str>, days: impl IntoIterator<Item = &'a str>) -> Self {
        let mut skips = Self::default();
        for hour in hours {
            if let Ok(hour @ 0..=24) = hour.trim().parse::<u32>() {
                skips.hours |= 1 << (hour % 24);
            }
        }
        for day in days {
            let day = day.trim().to_ascii_lowercase();
            if let Some(at) = DAYS.iter().position(|name| *name == day) {
                skips.days |= 1 << at;
            }
        }
        if skips.hours == ALL_HOURS || skips.days == ALL_DAYS {
            return Self::default();
        }
        skips
    }

    /// Keeps the hours and days only if the feed keeps to them: empty if one of its entries was published at such a
    /// time. Midnight to the second is a date without a time of day.
    pub fn kept_by(self, entries: &[Entry]) -> Self {
        let broken = entries
            .iter()
            .filter_map(|entry| entry.published)
            .filter(|at| at.as_second() % 86_400 != 0)
            .any(|at| self.holds(at));
        if broken { Self::default() } else { self }
    }

    fn holds(self, at: Timestamp) -> bool {
        if self == Self::default() {
            return false;
        }
        let at = at.to_zoned(TimeZone::UTC);
        let day = at.weekday().to_monday_zero_offset();
        self.hours >> at.hour() & 1 == 1 || self.days >> day & 1 == 1
    }

    /// Returns the end of the skipped hours around `at`; `None` if it lies in none.
    pub fn until(self, at: Timestamp) -> Option<Timestamp> {
        if !self.holds(at) {
            return None;
        }
        let into_the_hour = at.as_second().rem_euclid(3600);
        let hour = Timestamp::from_second(at.as_second() - into_the_hour).ok()?;
        let ahead = (1..=LONGEST_HOURS).map(|hours| hour + SignedDuration::from_hours(hours as i64));
        let mut last = None;
        for at in ahead {
            last = Some(at);
            if !self.holds(at) {
                break;
            }
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skipped_hours_and_days_end() {
        let night = Skips::of(["0", "1", " 2 ", "24", "no"], []);
        let weekend = Skips::of([], ["Saturday", "SUNDAY", "Caturday"]);
        // 2024-09-21 is a Saturday.
        for (case, skips, at, until) in [
            ("by day", night, "2024-09-21T12:00:00Z", None),
            ("at night", night, "2024-09-21T01:30:00Z", Some("2024-09-21T03:00:00Z")),
            (
                "on a Saturday, for a day",
                weekend,
                "2024-09-21T05:30:00Z",
                Some("2024-09-22T05:00:00Z"),
            ),
            (
                "on a Sunday evening",
                weekend,
                "2024-09-22T22:10:00Z",
                Some("2024-09-23T00:00:00Z"),
            ),
            ("on a Monday", weekend, "2024-09-23T00:00:00Z", None),
            (
                "every hour means nothing",
                Skips::of(
                    (0..24)
                        .map(|hour| hour.to_string())
                        .collect::<Vec<_>>()
                        .iter()
                        .map(String::as_str),
                    [],
                ),
                "2024-09-21T12:00:00Z",
                None,
            ),
        ] {
            let until: Option<Timestamp> = until.map(|until: &str| until.parse().unwrap());
            assert_eq!(skips.until(at.parse().unwrap()), until, "{case}");
        }
    }
}
