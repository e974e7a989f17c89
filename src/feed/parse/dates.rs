//! Dates in whatever way feeds write them: a scanner of tokens rather than a list of formats.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use unicode_normalization::UnicodeNormalization;

use super::month::{is_weak, month, noon, zone_minutes};

/// Reads a date; without a zone it is taken as UTC. `None` for what is no date, or lies before 1970 or past 2200.
pub(super) fn scan(text: &str) -> Option<Timestamp> {
    /// No date is longer; what is, is prose.
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

/// A run of one kind of character.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Number { value: u64, len: usize },
    Word(String),
    Space,
    Sign(char),
}

/// Digits of any script and of full width become ASCII digits, letters lose case and diacritics.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let folded = text
        .nfkd()
        .filter(|char| !unicode_normalization::char::is_combining_mark(*char))
        .flat_map(char::to_lowercase);
    // Hangul comes apart under NFKD and is put together again.
    for char in folded.nfc() {
        let digit = char.to_digit(10).or_else(|| arabic_digit(char));
        match (digit, pieces.last_mut()) {
            (Some(digit), Some(Piece::Number { value, len })) => {
                *value = value.saturating_mul(10).saturating_add(u64::from(digit));
                *len += 1;
            }
            (Some(digit), _) => pieces.push(Piece::Number {
                value: u64::from(digit),
                len: 1,
            }),
            (None, last) if char.is_alphabetic() => match last {
                Some(Piece::Word(word)) if !is_unit(char) && !word.chars().all(is_unit) => word.push(char),
                _ => pieces.push(Piece::Word(char.to_string())),
            },
            (None, last) if char.is_whitespace() => {
                if last != Some(&mut Piece::Space) {
                    pieces.push(Piece::Space);
                }
            }
            (None, _) => pieces.push(Piece::Sign(if matches!(char, '\u{2212}' | '–' | '‐' | '‑') {
                '-'
            } else {
                char
            })),
        }
    }
    pieces
}

fn arabic_digit(char: char) -> Option<u32> {
    match char {
        '\u{660}'..='\u{669}' => Some(u32::from(char) - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(u32::from(char) - 0x6f0),
        _ => None,
    }
}

/// Year, month, day, hour, minute and second in Chinese, Japanese and Korean.
fn is_unit(char: char) -> bool {
    matches!(
        char,
        '年' | '月' | '日' | '時' | '时' | '点' | '分' | '秒' | '년' | '월' | '일' | '시' | '분' | '초'
    )
}

#[derive(Debug, Default)]
struct Found {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    /// A month written as a word.
    named: bool,
    /// That word may have been a day of the week.
    weak: bool,
    hour: Option<i64>,
    minute: i64,
    second: i64,
    /// Minutes east of UTC.
    zone: Option<i64>,
    /// `true` after noon.
    half: Option<bool>,
    /// Seconds since 1970, where the date is nothing else.
    unix: Option<i64>,
    /// Numbers of the date, in order, with digits and the sign before.
    loose: Vec<(i64, usize, char)>,
    ordinal: Option<i64>,
    week: Option<i64>,
}

impl Found {
    /// Reads what stands at `at`; says how many pieces it took.
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

    /// Digits without a sign between: `YYYYMMDD`, with `hhmm`, with `hhmmss`; `YYMMDDhhmmss`; seconds or milliseconds
    /// since 1970.
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
        if word == "w" && self.loose.len() == 1 {
            if let Some(Piece::Number { value, .. }) = pieces.get(at + 1) {
                self.week = i64::try_from(*value).ok();
                return 2;
            }
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

    /// `+01:00`, `-0500`, `+01` after the time of day, also behind `GMT`.
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
        // A year may follow a time: "12:00:00 -2004" is met nowhere, "+1900" neither.
        if minutes > 15 * 60 {
            return None;
        }
        self.zone = Some(self.zone.unwrap_or(0) + if sign == '-' { -minutes } else { minutes });
        Some(taken + spaces)
    }

    fn timestamp(mut self) -> Option<Timestamp> {
        if self.year.is_none() && self.month.is_none() && self.loose.is_empty() {
            return self
                .unix
                .and_then(|unix| Timestamp::from_second(unix).ok())
                .and_then(plausible);
        }
        self.place_numbers()?;
        let year = i16::try_from(self.year?).ok()?;
        let date = if let Some(week) = self.week {
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
        let start = midnight.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
        plausible(start.checked_add(jiff::SignedDuration::from_secs(seconds)).ok()?)
    }

    /// Gives each loose number its part of the date.
    fn place_numbers(&mut self) -> Option<()> {
        if self.year.is_some() {
            return Some(());
        }
        let loose = std::mem::take(&mut self.loose);
        let is_year = |(value, len, _): &(i64, usize, char)| {
            *len == 4 && (1000..=9999).contains(value) || *value > 31 && *len == 2
        };
        match (self.named, loose.as_slice()) {
            // Day and year around a month's name; of two short numbers the first is the day.
            (true, [one]) => {
                if is_year(one) && one.1 == 4 {
                    self.year = Some(one.0)
                } else {
                    return None;
                }
            }
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
                        second.0 > 12 || sign == '/'
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

/// Whether the number follows a `T` or a space, as a time of day does.
fn separated_by_t(pieces: &[Piece], at: usize) -> bool {
    match at.checked_sub(1).map(|at| &pieces[at]) {
        Some(Piece::Word(word)) => word == "t",
        _ => false,
    }
}

/// Years of two digits (RFC 5322 §4.3): 00 to 49 are ours, 50 to 99 the last century's.
fn century(year: i64) -> i64 {
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
        ];
        for (case, text, expected) in table {
            assert_eq!(
                scan(text).map(|at| at.to_string()).as_deref(),
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
            let read = scan(text);
            assert!(read.is_none() || text.contains("1970"), "{text}: {read:?}");
        }
    }
}
