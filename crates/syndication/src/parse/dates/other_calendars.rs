//! Years that are counted from elsewhere: the Buddhist era of Thailand, the solar calendar of Iran and Afghanistan.

use jiff::civil::Date;

/// Returns the Gregorian year of a year of the Buddhist era; other years stay.
pub(super) fn of_buddhist_era(year: i64) -> i64 {
    match year {
        2500..=2743 => year - 543,
        year => year,
    }
}

/// Whether a year can only be one of the solar calendar. Years of the lunar one are higher: 1448 begins in 2026.
pub(super) fn is_solar_hijri(year: i64) -> bool {
    (1349..=1425).contains(&year)
}

/// Returns the Gregorian date of a date of the solar calendar. Leap years follow the cycle of 33 years, which agrees with
/// the astronomical one from 1244 to 1502.
pub(super) fn of_solar_hijri(year: i64, month: i64, day: i64) -> Option<Date> {
    /// 1 Farvardin of this year is 20 March 2024.
    const ANCHOR: i64 = 1403;
    let longest = match month {
        1..=6 => 31,
        7..=12 => 30,
        _ => return None,
    };
    if !is_solar_hijri(year) || !(1..=longest).contains(&day) {
        return None;
    }
    let length = |year: i64| if is_leap(year) { 366 } else { 365 };
    let years: i64 = if year >= ANCHOR {
        (ANCHOR..year).map(length).sum()
    } else {
        -(year..ANCHOR).map(length).sum::<i64>()
    };
    let months = (month - 1) * 31 - (month - 7).max(0);
    let days = years + months + day - 1;
    let anchor = jiff::civil::date(2024, 3, 20);
    anchor.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

fn is_leap(year: i64) -> bool {
    matches!(year % 33, 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solar_dates_are_those_of_the_calendar() {
        let table = [
            ((1403, 1, 1), "2024-03-20"),
            ((1404, 1, 1), "2025-03-21"),
            ((1403, 7, 15), "2024-10-06"),
            ((1402, 12, 29), "2024-03-19"),
            ((1403, 12, 30), "2025-03-20"),
            ((1399, 12, 30), "2021-03-20"),
            ((1398, 1, 1), "2019-03-21"),
            ((1357, 11, 22), "1979-02-11"),
            ((1405, 6, 31), "2026-09-22"),
        ];
        for ((year, month, day), date) in table {
            let read = of_solar_hijri(year, month, day).map(|date| date.to_string());
            assert_eq!(read.as_deref(), Some(date), "{year}-{month}-{day}");
        }
        for (year, month, day) in [(1403, 13, 1), (1403, 7, 31), (1448, 1, 1), (1403, 0, 1), (1403, 1, 0)] {
            assert_eq!(of_solar_hijri(year, month, day), None, "{year}-{month}-{day}");
        }
    }
}
