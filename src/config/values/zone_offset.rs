//! The zones that an offset from UTC may mean.

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// Returns what to write in place of an offset such as `GMT+3`, `UTC+05:30` or `-4`; `None` if it is none.
///
/// The names of the IANA database count westwards: `Etc/GMT-3` is three hours east of UTC.
pub(super) fn instead_of_offset(written: &str, zones: &TimeZoneDatabase) -> Option<String> {
    let minutes = offset(written)?;
    let (hours, rest) = (minutes / 60, minutes % 60);
    let shown = format!(
        "UTC{}{:02}:{:02}",
        if minutes < 0 { '-' } else { '+' },
        hours.abs(),
        rest.abs()
    );
    if rest == 0 && (-12..=14).contains(&hours) {
        let name = match hours {
            0 => "UTC".to_owned(),
            hours if hours > 0 => format!("Etc/GMT-{hours}"),
            hours => format!("Etc/GMT+{}", -hours),
        };
        return Some(format!(
            "write \"{name}\" for {shown} all year (its sign is the other way round), or a city, which knows summer time"
        ));
    }
    // Any moment of a northern winter: no zone changed its standard time in it.
    let winter = Timestamp::from_second(1_767_225_600).ok()?;
    let city = zones.available().map(|name| name.to_string()).find(|name| {
        name.contains('/')
            && TimeZone::get(name).is_ok_and(|zone| i64::from(zone.to_offset(winter).seconds()) == minutes * 60)
    });
    city.map(|city| format!("a zone goes by a city: {shown} is that of \"{city}\""))
}

/// Returns the minutes east of UTC of an offset as people write it.
fn offset(written: &str) -> Option<i64> {
    let lower = written.trim().to_ascii_lowercase().replace(' ', "").replace('−', "-");
    let rest = ["etc/", "utc", "gmt", "z"]
        .iter()
        .fold(lower.as_str(), |rest, name| rest.strip_prefix(name).unwrap_or(rest));
    let (sign, rest) = match rest.as_bytes().first()? {
        b'+' => (1, &rest[1..]),
        b'-' => (-1, &rest[1..]),
        _ => return None,
    };
    let digits = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| text.parse::<i64>().ok())?
    };
    let (hours, minutes) = match (rest.split_once([':', '.']), rest.len()) {
        (Some((hours, minutes)), _) if minutes.len() == 2 => (digits(hours)?, digits(minutes)?),
        (None, 1 | 2) => (digits(rest)?, 0),
        (None, 4) => (digits(&rest[..2])?, digits(&rest[2..])?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_offered_as_zones() {
        let table = [
            ("GMT+3", Some("\"Etc/GMT-3\" for UTC+03:00")),
            ("UTC+3", Some("\"Etc/GMT-3\" for UTC+03:00")),
            ("utc +03:00", Some("\"Etc/GMT-3\" for UTC+03:00")),
            ("+0300", Some("\"Etc/GMT-3\" for UTC+03:00")),
            ("+3", Some("\"Etc/GMT-3\" for UTC+03:00")),
            ("GMT-5", Some("\"Etc/GMT+5\" for UTC-05:00")),
            ("UTC−5", Some("\"Etc/GMT+5\" for UTC-05:00")),
            ("UTC+0", Some("\"UTC\"")),
            ("UTC+14", Some("\"Etc/GMT-14\"")),
            ("UTC-13", None),
            ("UTC+5:30", Some("UTC+05:30 is that of \"Asia/")),
            ("+0545", Some("UTC+05:45 is that of \"Asia/")),
            ("UTC+3:17", None),
            ("Etc/UTC+3", Some("\"Etc/GMT-3\"")),
            ("UTC+99", None),
            ("UTC", None),
            ("Europe/Paris", None),
            ("GMT+", None),
            ("+", None),
            ("", None),
            ("+é", None),
            ("+ééé", None),
        ];
        for (written, expected) in table {
            let offered = instead_of_offset(written, jiff::tz::db());
            assert_eq!(offered.is_some(), expected.is_some(), "{written}: {offered:?}");
            let offered = offered.unwrap_or_default();
            assert!(offered.contains(expected.unwrap_or_default()), "{written}: {offered}");
        }
    }
}
