//! Reads dates of any format: a scanner of tokens rather than a list of formats.

use jiff::Timestamp;

use super::calendar::{Found, century};
use super::month::{is_weak, month, month_of_two, noon, zone_minutes};
use super::pieces::{Piece, pieces};

/// Reads a date; without a zone it is UTC. `None` if it is no date, or before 1970 or after 2200.
pub(crate) fn read_date(text: &str) -> Option<Timestamp> {
    /// Longer texts are prose.
    const LONGEST: usize = 120;
    let text = text.trim();
    if text.len() > LONGEST || text.is_empty() {
        return None;
    }
    let pieces = pieces(text);
    let mut found = Found::default();
    let mut at = 0;
    while at < pieces.len() {
        at += found.take(&pieces, at);
    }
    found.timestamp()
}

impl Found {
    /// Reads the piece at `at`; returns how many pieces it used.
    fn take(&mut self, pieces: &[Piece], at: usize) -> usize {
        match &pieces[at] {
            Piece::Number { value, len } => self.number(pieces, at, *value, *len),
            Piece::Word(word) => self.word(pieces, at, word),
            Piece::Sign(sign @ ('+' | '-')) => self.offset(pieces, at, *sign).unwrap_or(1),
            _ => 1,
        }
    }

    fn number(&mut self, pieces: &[Piece], at: usize, value: u64, len: usize) -> usize {
        let value = i64::try_from(value).unwrap_or(i64::MAX);
        if let Some(taken) = self.clock(pieces, at, value, len) {
            return taken;
        }
        if let Some(Piece::Word(word)) = pieces.get(at + 1)
            && self.with_unit(word, value)
        {
            return 2;
        }
        match len {
            8.. if self.year.is_none() && self.loose.is_empty() => self.packed(value, len),
            6 | 4 if self.has_date() && self.hour.is_none() && separated_by_t(pieces, at) => {
                let clock = if len == 6 { value } else { value * 100 };
                (self.hour, self.minute, self.second) = (Some(clock / 10_000), clock / 100 % 100, clock % 100);
            }
            _ => {
                let before = match at.checked_sub(1).map(|at| &pieces[at]) {
                    Some(Piece::Sign(sign)) => *sign,
                    _ => ' ',
                };
                self.loose.push((value, len, before));
            }
        }
        1
    }

    fn has_date(&self) -> bool {
        self.year.is_some() || self.loose.len() + usize::from(self.named) > 2 || self.loose.len() > 1
    }

    /// `h:mm`, `h:mm:ss`, `h.mm.ss`, `h:mm:ss.fff`, or an hour with its half of the day.
    fn clock(&mut self, pieces: &[Piece], at: usize, value: i64, len: usize) -> Option<usize> {
        if self.hour.is_some() || len > 2 {
            return None;
        }
        let part = |at: usize, sign: char| match (pieces.get(at), pieces.get(at + 1)) {
            (Some(Piece::Sign(found)), Some(Piece::Number { value, len: 1 | 2 })) if *found == sign => {
                i64::try_from(*value).ok()
            }
            _ => None,
        };
        if let Some(minute) = part(at + 1, ':') {
            self.hour = Some(value);
            self.minute = minute;
            let Some(second) = part(at + 3, ':').or_else(|| part(at + 3, '.')) else {
                return Some(3);
            };
            self.second = second;
            let fraction = matches!(pieces.get(at + 5), Some(Piece::Sign('.' | ',' | ':')))
                && matches!(pieces.get(at + 6), Some(Piece::Number { .. }));
            return Some(if fraction { 7 } else { 5 });
        }
        // An hour alone needs its half: "3 pm".
        let word = match (pieces.get(at + 1), pieces.get(at + 2)) {
            (Some(Piece::Word(word)), _) | (Some(Piece::Space), Some(Piece::Word(word))) => word,
            _ => return None,
        };
        if matches!(word.as_str(), "am" | "pm") && (1..=12).contains(&value) {
            self.hour = Some(value);
            return Some(1);
        }
        // 14h05
        if word == "h" && matches!(pieces.get(at + 1), Some(Piece::Word(_))) {
            self.hour = Some(value);
            if let Some(Piece::Number { value, len: 2 }) = pieces.get(at + 2) {
                self.minute = i64::try_from(*value).ok()?;
                return Some(3);
            }
            return Some(2);
        }
        None
    }

    fn with_unit(&mut self, unit: &str, value: i64) -> bool {
        match unit {
            "年" | "년" => self.year = Some(value),
            "月" | "월" => self.month = Some(value),
            "日" | "일" => self.day = Some(value),
            "時" | "时" | "点" | "시" => self.hour = Some(value),
            "分" | "분" => self.minute = value,
            "秒" | "초" => self.second = value,
            _ => return false,
        }
        true
    }

    /// Digits without separators: `YYYYMMDD`, with `hhmm`, with `hhmmss`; `YYMMDDhhmmss`; seconds or milliseconds since
    /// 1970.
    fn packed(&mut self, value: i64, len: usize) {
        let (date, clock) = match len {
            8 => (value, None),
            12 if (1970..=2200).contains(&(value / 100_000_000)) && (1..=12).contains(&(value / 1_000_000 % 100)) => {
                (value / 10_000, Some(value % 10_000 * 100))
            }
            12 => (
                century(value / 10_000_000_000) * 10_000 + value / 1_000_000 % 10_000,
                Some(value % 1_000_000),
            ),
            14 => (value / 1_000_000, Some(value % 1_000_000)),
            9 | 10 => {
                self.unix = Some(value);
                return;
            }
            13 => {
                self.unix = Some(value / 1000);
                return;
            }
            _ => return,
        };
        (self.year, self.month, self.day) = (Some(date / 10_000), Some(date / 100 % 100), Some(date % 100));
        if let Some(clock) = clock {
            (self.hour, self.minute, self.second) = (Some(clock / 10_000), clock / 100 % 100, clock % 100);
        }
    }

    fn word(&mut self, pieces: &[Piece], at: usize, word: &str) -> usize {
        if let Some(after) = noon(word) {
            self.half = Some(after);
            return 1;
        }
        // "a.m.", "p. m."
        if matches!(word, "a" | "p") && self.hour.is_some() && matches!(pieces.get(at + 1), Some(Piece::Sign('.'))) {
            let m = pieces[at + 2..]
                .iter()
                .take(2)
                .any(|piece| matches!(piece, Piece::Word(word) if word == "m"));
            if m {
                self.half = Some(word == "p");
                return 4;
            }
        }
        if word == "w"
            && self.loose.len() == 1
            && let Some(Piece::Number { value, .. }) = pieces.get(at + 1)
        {
            self.week = i64::try_from(*value).ok();
            return 2;
        }
        if let (Some(Piece::Space), Some(Piece::Word(next))) = (pieces.get(at + 1), pieces.get(at + 2))
            && let Some(named) = month_of_two(word, next)
        {
            (self.month, self.named) = (Some(named), true);
            return 3;
        }
        if let Some(named) = month(word).filter(|_| !self.named || self.weak) {
            self.month = Some(named);
            self.named = true;
            self.weak = is_weak(word);
            return 1;
        }
        if self.hour.is_some()
            && self.zone.is_none()
            && let Some(minutes) = zone_minutes(word)
        {
            self.zone = Some(minutes);
        }
        1
    }

    /// `+01:00`, `-0500`, `+01` after the time of day, also after `GMT`.
    fn offset(&mut self, pieces: &[Piece], at: usize, sign: char) -> Option<usize> {
        self.hour?;
        let number = |at: usize| match pieces.get(at) {
            Some(Piece::Number { value, len }) => Some((i64::try_from(*value).ok()?, *len)),
            _ => None,
        };
        let spaces = usize::from(pieces.get(at + 1) == Some(&Piece::Space));
        let (value, len) = number(at + 1 + spaces)?;
        let (minutes, taken) = match len {
            4 => (value / 100 * 60 + value % 100, 2),
            3 => (value / 100 * 60 + value % 100, 2),
            6 => (value / 10_000 * 60 + value / 100 % 100, 2),
            1 | 2 => match (pieces.get(at + 2 + spaces), number(at + 3 + spaces)) {
                (Some(Piece::Sign(':' | '.')), Some((rest, 2))) => (value * 60 + rest, 4),
                _ => (value * 60, 2),
            },
            _ => return None,
        };
        // A year could follow a time: "12:00:00 -2004" and "+1900" do not occur.
        if minutes > 15 * 60 {
            return None;
        }
        self.zone = Some(self.zone.unwrap_or(0) + if sign == '-' { -minutes } else { minutes });
        Some(taken + spaces)
    }
}

/// Whether the number follows a `T` or a space, as a time of day does.
fn separated_by_t(pieces: &[Piece], at: usize) -> bool {
    match at.checked_sub(1).map(|at| &pieces[at]) {
        Some(Piece::Word(word)) => word == "t",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_kind_are_read() {
        let table = [
            ("RFC 822", "Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"),
            (
                "a zone in figures",
                "Thu, 01 Jan 2004 19:48:21 -0500",
                "2004-01-02T00:48:21Z",
            ),
            (
                "a zone by name",
                "Thu, 01 Jan 2004 19:48:21 EST",
                "2004-01-02T00:48:21Z",
            ),
            ("no day of the week", "1 Jan 04 19:48 +0100", "2004-01-01T18:48:00Z"),
            (
                "a wrong day of the week in full",
                "Sonnabend, 1 January 2004 19:48:21 UTC",
                "2004-01-01T19:48:21Z",
            ),
            ("RFC 3339", "2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z"),
            ("fractions", "2003-12-31T10:14:55.123456-08:00", "2003-12-31T18:14:55Z"),
            ("a space for T", "2003-12-31 10:14:55 +02:00", "2003-12-31T08:14:55Z"),
            (
                "a zone without its colon",
                "2003-12-31T10:14:55+0200",
                "2003-12-31T08:14:55Z",
            ),
            ("a date only", "2003-12-31", "2003-12-31T00:00:00Z"),
            ("a month only", "2003-12", "2003-12-01T00:00:00Z"),
            ("a year only", "2003", "2003-01-01T00:00:00Z"),
            ("packed", "20031231", "2003-12-31T00:00:00Z"),
            ("packed with time", "20031231T101455Z", "2003-12-31T10:14:55Z"),
            ("ASN.1 generalized time", "20031231101455Z", "2003-12-31T10:14:55Z"),
            ("ASN.1 UTC time", "031231101455Z", "2003-12-31T10:14:55Z"),
            ("a day of the year", "2003-335", "2003-12-01T00:00:00Z"),
            ("a day of the year, packed", "2003335", "2003-12-01T00:00:00Z"),
            ("a week", "2004-W02-3", "2004-01-07T00:00:00Z"),
            ("two digits", "03-12-31", "2003-12-31T00:00:00Z"),
            ("ctime", "Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z"),
            (
                "ctime with a zone",
                "Sun Jan 04 16:29:06 PST 2004",
                "2004-01-05T00:29:06Z",
            ),
            ("month first", "January 4, 2004 4:29 PM", "2004-01-04T16:29:00Z"),
            ("slashes", "01/31/2004 16:29", "2004-01-31T16:29:00Z"),
            (
                "slashes, day first by its size",
                "31/01/2004 16:29",
                "2004-01-31T16:29:00Z",
            ),
            ("points", "04.01.2004, 16:29", "2004-01-04T16:29:00Z"),
            ("noon", "Jan 4 2004 12:00 p.m.", "2004-01-04T12:00:00Z"),
            ("midnight", "Jan 4 2004 12:05:00 AM", "2004-01-04T00:05:00Z"),
            (
                "the last second of a day",
                "2004-01-04T24:00:00Z",
                "2004-01-05T00:00:00Z",
            ),
            (
                "GMT with an offset",
                "Sun, 04 Jan 2004 16:29:06 GMT+2",
                "2004-01-04T14:29:06Z",
            ),
            ("Unix seconds", "1073233746", "2004-01-04T16:29:06Z"),
            ("Unix milliseconds", "1073233746000", "2004-01-04T16:29:06Z"),
            ("French", "dim., 4 févr. 2024 16:29:06 +0100", "2024-02-04T15:29:06Z"),
            (
                "a Tuesday that looks like March",
                "mar., 6 août 2024 10:00",
                "2024-08-06T10:00:00Z",
            ),
            ("French, long", "jeudi 15 août 2024 à 14h05", "2024-08-15T14:05:00Z"),
            ("German", "Di, 05 Mär 2024 16:29:06 MEZ", "2024-03-05T15:29:06Z"),
            ("Spanish", "lun, 1 de enero de 2024 10:00", "2024-01-01T10:00:00Z"),
            ("Italian", "10 Mag 2024 10:00:00 CEST", "2024-05-10T08:00:00Z"),
            ("Portuguese", "10 de fevereiro de 2024", "2024-02-10T00:00:00Z"),
            ("Russian", "Пн, 15 июля 2024 10:00:00 MSK", "2024-07-15T07:00:00Z"),
            ("Hungarian", "2004-március-05T13:15-05:00", "2004-03-05T18:15:00Z"),
            ("Greek", "Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"),
            ("Korean", "2004년 5월 25일  오후 11:15:46", "2004-05-25T23:15:46Z"),
            ("Japanese", "2024年7月15日 10時30分", "2024-07-15T10:30:00Z"),
            ("Turkish", "15 Ağustos 2024 10:00", "2024-08-15T10:00:00Z"),
            ("Arabic", "١٥ يوليو ٢٠٢٤ 10:00", "2024-07-15T10:00:00Z"),
            (
                "Arabic of Algiers",
                "الاثنين 15 جويلية 2024 10:00",
                "2024-07-15T10:00:00Z",
            ),
            ("Arabic of Rabat", "15 غشت 2024", "2024-08-15T00:00:00Z"),
            (
                "Arabic of Beirut",
                "15 كانون الثاني 2024 10:00 م",
                "2024-01-15T22:00:00Z",
            ),
            ("Arabic of Damascus", "15 تشرين الأول 2024", "2024-10-15T00:00:00Z"),
            ("Hindi", "सोमवार, 15 जुलाई 2024 10:00 IST", "2024-07-15T04:30:00Z"),
            (
                "Hindi, its shortest months",
                "15 मई 2024; 12:30",
                "2024-05-15T12:30:00Z",
            ),
            ("Hindi figures", "१५ जून २०२४", "2024-06-15T00:00:00Z"),
            ("Hindi, January is not June", "5 जनवरी 2024", "2024-01-05T00:00:00Z"),
            (
                "Hindi, in the afternoon",
                "२३ सितम्बर २०२४, अपराह्न 3:05",
                "2024-09-23T15:05:00Z",
            ),
            ("Hebrew", "15 אוגוסט 2024", "2024-08-15T00:00:00Z"),
            ("Romanian", "15 ianuarie 2024", "2024-01-15T00:00:00Z"),
            ("Hausa", "15 Satumba 2024", "2024-09-15T00:00:00Z"),
            ("Swahili", "15 Machi 2024", "2024-03-15T00:00:00Z"),
            (
                "twelve hours and seconds",
                "9/17/2024 3:05:09 PM",
                "2024-09-17T15:05:09Z",
            ),
            ("an hour alone", "17 Sep 2024, 3 pm", "2024-09-17T15:00:00Z"),
            (
                "a zone in brackets",
                "Tue, 17 Sep 2024 10:00:00 +0200 (CEST)",
                "2024-09-17T08:00:00Z",
            ),
            ("ASN.1 without seconds", "202409171014", "2024-09-17T10:14:00Z"),
        ];
        for (case, text, expected) in table {
            assert_eq!(
                read_date(text).map(|at| at.to_string()).as_deref(),
                Some(expected),
                "{case}: {text}"
            );
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "yesterday",
            "0001-01-01T00:00:00Z",
            "Thu, 01 Jan 1970",
            "99/99/9999",
            "12:30",
            "2024-13-01",
            "5 May",
        ] {
            let read = read_date(text);
            assert!(read.is_none() || text.contains("1970"), "{text}: {read:?}");
        }
    }
}
