//! Values that people write as text: lengths of time, sizes, times of day.

use std::str::FromStr;
use std::time::Duration;

use jiff::civil::Time;
use lettre::message::Mailbox;

use crate::alert::QuietHours;

/// What is wrong with a text, and how to mend it.
pub(crate) type Mistake = (String, Option<String>);

fn mistake(what: impl Into<String>, mend: impl Into<String>) -> Mistake {
    (what.into(), Some(mend.into()))
}

const MINUTE: f64 = 60.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;
/// The mean year of the Gregorian calendar: 97 leap years in 400.
const YEAR: f64 = 365.2425 * DAY;

fn seconds_in(unit: &str) -> Option<f64> {
    Some(match unit {
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "min" | "mins" | "minute" | "minutes" => MINUTE,
        "h" | "hr" | "hrs" | "hour" | "hours" => HOUR,
        "d" | "day" | "days" => DAY,
        "w" | "week" | "weeks" => 7.0 * DAY,
        "month" | "months" => YEAR / 12.0,
        "y" | "year" | "years" => YEAR,
        _ => return None,
    })
}

/// A length of time as it is written in the configuration and on the command line. The error completes "…: ".
pub fn parse_duration(written: &str) -> Result<Duration, String> {
    duration(written).map_err(|(what, mend)| mend.map_or(what.clone(), |mend| format!("{what}; {mend}")))
}

/// `15 min`, `3h`, `18 months`, `1 hour 30 min`. Months and years are those of the mean Gregorian year.
pub(crate) fn duration(written: &str) -> Result<Duration, Mistake> {
    let text = written.trim().to_lowercase();
    if text.is_empty() {
        return Err(mistake("there is no length of time here", "write \"15 min\""));
    }
    let mut total = 0.0;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let Ok(number) = rest[..digits].parse::<f64>() else {
            return Err(mistake(
                format!("`{written}` is not a length of time"),
                "write a number and its unit: \"30 s\", \"15 min\", \"3 hours\", \"18 months\"",
            ));
        };
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let unit = &rest[..letters];
        rest = rest[letters..].trim_start_matches([' ', ',', '.']);
        total += number
            * match unit {
                "" => {
                    return Err(mistake(
                        format!("`{written}` has no unit"),
                        format!("write \"{number} s\", \"{number} min\" or \"{number} hours\""),
                    ));
                }
                "m" => {
                    return Err(mistake(
                        format!("`{written}` can be minutes or months"),
                        format!("write \"{number} min\" or \"{number} months\""),
                    ));
                }
                unit => seconds_in(unit).ok_or_else(|| {
                    mistake(
                        format!("`{unit}` is no unit of time"),
                        "units are s, min, hours, days, weeks, months and years",
                    )
                })?,
            };
    }
    match Duration::try_from_secs_f64(total.round()) {
        Ok(duration) if total <= 100.0 * YEAR => Ok(duration),
        _ => Err(mistake(
            format!("`{written}` is longer than a hundred years"),
            "write a shorter time",
        )),
    }
}

/// `20 MB`, `512 KB`, in bytes, by powers of 1,000.
pub(super) fn size(written: &str) -> Result<u64, Mistake> {
    let text = written.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let unit = match text[digits..].trim().to_lowercase().as_str() {
        "kb" | "kib" | "k" => Some(1_000),
        "mb" | "mib" | "m" => Some(1_000_000),
        "gb" | "gib" | "g" => Some(1_000_000_000),
        _ => None,
    };
    let number: Option<u64> = text[..digits].parse().ok();
    match number.zip(unit).and_then(|(number, unit)| number.checked_mul(unit)) {
        Some(0) => Err(mistake("with a size of nothing, nothing is read", "write \"20 MB\"")),
        Some(bytes) => Ok(bytes),
        None => Err(mistake(
            format!("`{written}` is not a size"),
            "write a number and KB, MB or GB: \"20 MB\"",
        )),
    }
}

/// `07:05`, `7:05`, `07h05`, `24:00` as midnight.
pub(super) fn time(written: &str) -> Result<Time, Mistake> {
    let not_one = || {
        mistake(
            format!("`{written}` is not a time of day"),
            "write hours and minutes: \"07:05\"",
        )
    };
    let text = written.trim().to_lowercase().replace('h', ":");
    let mut parts = text.trim_end_matches(':').split(':');
    let number = |part: Option<&str>| -> Result<i8, Mistake> {
        let part = part.unwrap_or("0");
        if part.is_empty() || part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(not_one());
        }
        part.parse().map_err(|_| not_one())
    };
    if !text.contains(':') {
        return Err(not_one());
    }
    let (hour, minute, second) = (number(parts.next())?, number(parts.next())?, number(parts.next())?);
    if parts.next().is_some() {
        return Err(not_one());
    }
    let hour = if (hour, minute, second) == (24, 0, 0) { 0 } else { hour };
    Time::new(hour, minute, second, 0).map_err(|_| not_one())
}

/// `22:00-06:00`, with any dash or `to` between.
pub(super) fn quiet_hours(written: &str) -> Result<QuietHours, Mistake> {
    let text = written.replace(['–', '—', '−'], "-").replace(" to ", "-");
    let Some((from, until)) = text.split_once('-') else {
        return Err(mistake(
            format!("`{written}` is not a pair of times"),
            "write when it begins and ends: \"22:00-06:00\"",
        ));
    };
    let hours = QuietHours {
        from: time(from)?,
        until: time(until)?,
    };
    if hours.from == hours.until {
        return Err(mistake(
            "quiet hours begin and end at the same time",
            "leave `quiet_hours` out for none",
        ));
    }
    Ok(hours)
}

pub(crate) fn mailbox(written: &str) -> Result<Mailbox, (String, Option<String>)> {
    let plain = written.trim();
    Mailbox::from_str(plain).map_err(|_| {
        let mend = "write \"name@example.org\" or \"Some Name <name@example.org>\"".to_owned();
        (format!("`{plain}` is not a mail address"), Some(mend))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_read_as_people_write_them() {
        let cases = [
            ("minutes", "15 min", Some(900)),
            ("no space", "3h", Some(10_800)),
            ("one", "1 hour", Some(3_600)),
            ("two units", "1 hour 30 min", Some(5_400)),
            ("a fraction", "1.5 hours", Some(5_400)),
            ("calendar averages", "18 months", Some(47_335_428)),
            ("a year", "1 year", Some(31_556_952)),
            ("capitals", "30 S", Some(30)),
            ("no unit", "15", None),
            ("minutes or months", "3m", None),
            ("no number", "soon", None),
            ("another unit", "3 moons", None),
            ("nothing", " ", None),
            ("for ever", "500 years", None),
            ("a negative one", "-5 min", None),
        ];
        for (what, written, secs) in cases {
            assert_eq!(duration(written).ok().map(|d| d.as_secs()), secs, "{what}");
        }
    }

    #[test]
    fn times_of_day_and_sizes() {
        let cases = [
            ("usual", "07:05", Some((7, 5))),
            ("short", "7:05", Some((7, 5))),
            ("French", "7h05", Some((7, 5))),
            ("French, whole hour", "22h", Some((22, 0))),
            ("midnight", "24:00", Some((0, 0))),
            ("no such hour", "25:00", None),
            ("no minutes", "7", None),
            ("a word", "noon", None),
            ("a sign", "+7:05", None),
        ];
        for (what, written, expected) in cases {
            assert_eq!(time(written).ok().map(|t| (t.hour(), t.minute())), expected, "{what}");
        }
        assert_eq!(size("20 MB").ok(), Some(20_000_000));
        assert_eq!(size("20").ok(), None);
        assert!(quiet_hours("22:00 – 06:00").is_ok());
        assert!(quiet_hours("22:00").is_err());
    }
}
