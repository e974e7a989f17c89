//! From the parts of a written date to a moment.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::other_calendars::{is_solar_hijri, of_buddhist_era, of_solar_hijri};

/// What was found in a written date.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) year: Option<i64>,
    pub(crate) month: Option<i64>,
    pub(crate) day: Option<i64>,
    /// A month written as a word.
    pub(crate) named: bool,
    /// Whether the day is first in `05/11/2026`.
    pub(crate) day_first: Option<bool>,
    /// That word may have been a day of the week.
    pub(crate) weak: bool,
    pub(crate) hour: Option<i64>,
    pub(crate) minute: i64,
    pub(crate) second: i64,
    /// Minutes east of UTC.
    pub(crate) zone: Option<i64>,
    /// `true` after noon.
    pub(crate) half: Option<bool>,
    /// Seconds since 1970, where the date is nothing else.
    pub(crate) unix: Option<i64>,
    /// Numbers of the date, in order, with digits and the sign before.
    pub(crate) loose: Vec<(i64, usize, char)>,
    pub(crate) ordinal: Option<i64>,
    pub(crate) week: Option<i64>,
}

impl Found {
    /// Returns the moment; one that names no zone is of `zone`, or of UTC.
    pub(crate) fn timestamp(mut self, zone: Option<&TimeZone>) -> Option<Timestamp> {
        if self.year.is_none() && self.month.is_none() && self.loose.is_empty() {
            return self
                .unix
                .and_then(|unix| Timestamp::from_second(unix).ok())
                .and_then(plausible);
        }
        self.place_numbers()?;
        let year = i16::try_from(of_buddhist_era(self.year?)).ok()?;
        let date = if is_solar_hijri(self.year?) {
            of_solar_hijri(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1))?
        } else if let Some(week) = self.week {
            let first =
                jiff::civil::ISOWeekDate::new(year, i8::try_from(week).ok()?, jiff::civil::Weekday::Monday).ok()?;
            let day = self.day.unwrap_or(1).clamp(1, 7);
            first.date().checked_add(jiff::Span::new().days(day - 1)).ok()?
        } else if let Some(ordinal) = self.ordinal {
            Date::new(year, 1, 1)
                .ok()?
                .checked_add(jiff::Span::new().try_days(ordinal - 1).ok()?)
                .ok()?
        } else {
            let month = i8::try_from(self.month.unwrap_or(1))
                .ok()
                .filter(|month| (1..=12).contains(month))?;
            let day = i8::try_from(self.day.unwrap_or(1))
                .ok()
                .filter(|day| (1..=31).contains(day))?;
            // 31 June is a slip of the last day of June.
            let last = Date::new(year, month, 1).ok()?.days_in_month();
            Date::new(year, month, day.min(last)).ok()?
        };
        let mut hour = self.hour.unwrap_or(0);
        match self.half {
            Some(true) if hour < 12 => hour += 12,
            Some(false) if hour == 12 => hour = 0,
            _ => {}
        }
        if hour > 24 || self.minute > 59 || self.second > 61 {
            return None;
        }
        let seconds = hour * 3600 + self.minute * 60 + self.second.min(59) - self.zone.unwrap_or(0) * 60;
        let midnight = DateTime::from_parts(date, jiff::civil::Time::midnight());
        let local = midnight.checked_add(jiff::SignedDuration::from_secs(seconds)).ok()?;
        let zone = zone.filter(|_| self.zone.is_none()).cloned();
        plausible(zone.unwrap_or(TimeZone::UTC).to_timestamp(local).ok()?)
    }

    /// Gives each loose number its part of the date.
    fn place_numbers(&mut self) -> Option<()> {
        if self.year.is_some() {
            return Some(());
        }
        let loose = std::mem::take(&mut self.loose);
        // `mar, 17/09/2024`: the name before three joined numbers is a day of the week.
        if self.named
            && let [first, second, third, ..] = loose.as_slice()
            && second.2 == third.2
            && matches!(second.2, '/' | '.' | '-')
            && first.1.max(third.1) >= 2
        {
            (self.named, self.month) = (false, None);
        }
        let is_year = |(value, len, _): &(i64, usize, char)| *len == 4 || *value > 31 && *len == 2;
        match (self.named, loose.as_slice()) {
            // Day and year around a month's name; of two short numbers the first is the day.
            (true, [year]) if year.1 == 4 => self.year = Some(year.0),
            (true, [first, second, ..]) => {
                let (day, year) = if is_year(first) && !is_year(second) {
                    (second, first)
                } else {
                    (first, second)
                };
                self.day = Some(day.0);
                self.year = Some(full_year(year));
            }
            (false, [year]) if year.1 == 4 => self.year = Some(year.0),
            // YYYYMM, YYMMDD
            (false, [packed]) if packed.1 == 6 => {
                let value = packed.0;
                if (1970..=2200).contains(&(value / 100)) && (1..=12).contains(&(value % 100)) {
                    (self.year, self.month) = (Some(value / 100), Some(value % 100));
                } else {
                    (self.year, self.month, self.day) = (
                        Some(century(value / 10_000)),
                        Some(value / 100 % 100),
                        Some(value % 100),
                    );
                }
            }
            (false, [packed]) if packed.1 == 7 => {
                (self.year, self.ordinal) = (Some(packed.0 / 1000), Some(packed.0 % 1000));
            }
            (false, [year, day]) if self.week.is_some() => {
                (self.year, self.day) = (Some(full_year(year)), Some(day.0));
            }
            (false, [year, ordinal]) if year.1 == 4 && ordinal.1 == 3 => {
                (self.year, self.ordinal) = (Some(year.0), Some(ordinal.0));
            }
            (false, [year, month]) if is_year(year) && self.month.is_none() => {
                (self.year, self.month) = (Some(full_year(year)), Some(month.0));
            }
            (false, [year, month, day, ..]) if is_year(year) => {
                (self.year, self.month, self.day) = (Some(full_year(year)), Some(month.0), Some(day.0));
            }
            (false, [first, second, year, ..]) if is_year(year) || year.1 == 2 => {
                let sign = second.2;
                if year.1 == 2 && sign == '-' {
                    // 03-12-31: ISO 8601 without its century.
                    (self.year, self.month, self.day) = (Some(century(first.0)), Some(second.0), Some(year.0));
                } else {
                    // 12/31/2003 as in the United States; 31.12.2003 and 31-12-2003 elsewhere.
                    let month_first = if first.0 > 12 {
                        false
                    } else {
                        second.0 > 12 || sign == '/' && self.day_first != Some(true)
                    };
                    let (month, day) = if month_first { (first, second) } else { (second, first) };
                    (self.year, self.month, self.day) = (Some(full_year(year)), Some(month.0), Some(day.0));
                }
            }
            _ => return None,
        }
        Some(())
    }
}

/// Years of two digits (RFC 5322 §4.3): 00 to 49 are ours, 50 to 99 the last century's.
pub(super) fn century(year: i64) -> i64 {
    match year {
        0..=49 => year + 2000,
        50..=99 => year + 1900,
        year => year,
    }
}

fn full_year((value, len, _): &(i64, usize, char)) -> i64 {
    if *len <= 2 { century(*value) } else { *value }
}

/// Zero dates of programs (year 1, 1900, 1969) are no dates.
fn plausible(at: Timestamp) -> Option<Timestamp> {
    /// 2200-01-01
    const LATEST: i64 = 7_258_118_400;
    (0..LATEST).contains(&at.as_second()).then_some(at)
}
