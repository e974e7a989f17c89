//! Reads a written date, with what is known of its feed.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::calendar::Found;
use super::pieces::pieces;

/// How the dates of one feed are read.
#[derive(Debug, Clone, Default)]
pub(crate) struct DateReader {
    /// Whether the day is first in `05/11/2026`; unknown, the month is.
    pub(crate) day_first: Option<bool>,
    /// The zone of dates that name none; `None` is UTC.
    pub(crate) zone: Option<TimeZone>,
}

/// Reads a date; without a zone it is UTC. `None` if it is no date, or before 1970 or after 2200.
pub(crate) fn read_date(text: &str) -> Option<Timestamp> {
    DateReader::default().read(text)
}

impl DateReader {
    /// Reads a date. `None` if it is no date, or before 1970 or after 2200.
    pub(crate) fn read(&self, text: &str) -> Option<Timestamp> {
        /// Longer texts are prose.
        const LONGEST: usize = 120;
        let text = text.trim();
        if text.len() > LONGEST || text.is_empty() {
            return None;
        }
        let text = spelled_out(text);
        let (text, zone) = without_zone_name(&text);
        let pieces = pieces(&text);
        let mut found = Found {
            day_first: self.day_first,
            ..Found::default()
        };
        let mut at = 0;
        while at < pieces.len() {
            at += found.take(&pieces, at);
        }
        found.timestamp(zone.as_ref().or(self.zone.as_ref()))
    }
}

/// Thai abbreviations are told apart by vowel signs only, which are taken off later.
fn spelled_out(text: &str) -> Cow<'_, str> {
    const SHORT: [(&str, &str); 12] = [
        ("มี.ค", "มีนาคม"),
        ("มิ.ย", "มิถุนายน"),
        ("เม.ย", "เมษายน"),
        ("ม.ค", "มกราคม"),
        ("ก.พ", "กุมภาพันธ์"),
        ("พ.ค", "พฤษภาคม"),
        ("ก.ค", "กรกฎาคม"),
        ("ส.ค", "สิงหาคม"),
        ("ก.ย", "กันยายน"),
        ("ต.ค", "ตุลาคม"),
        ("พ.ย", "พฤศจิกายน"),
        ("ธ.ค", "ธันวาคม"),
    ];
    match SHORT.iter().find(|(short, _)| text.contains(short)) {
        Some((short, long)) => Cow::Owned(text.replacen(short, long, 1)),
        None => Cow::Borrowed(text),
    }
}

/// Takes the name of a zone of the IANA database out of a date: `10:00 Asia/Jakarta`, `10:00+07:00[Asia/Jakarta]`.
fn without_zone_name(text: &str) -> (Cow<'_, str>, Option<TimeZone>) {
    let in_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '/' | '_' | '-' | '+');
    let mut from = 0;
    for word in text.split(|char: char| !in_name(char)) {
        let at = from;
        from += word.len() + text[from + word.len()..].chars().next().map_or(0, char::len_utf8);
        if word.starts_with(|char: char| char.is_ascii_alphabetic())
            && word.contains('/')
            && let Ok(zone) = TimeZone::get(word)
        {
            return (
                Cow::Owned(format!("{} {}", &text[..at], &text[at + word.len()..])),
                Some(zone),
            );
        }
    }
    (Cow::Borrowed(text), None)
}

#[cfg(test)]
mod tests;
