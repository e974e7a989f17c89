//! Reads dates of any format: a scanner of tokens rather than a list of formats.

use super::calendar::{Found, century};
use super::month::{before_era, month, month_of_two, noon, zone_minutes};
use super::pieces::Piece;

impl Found {
    /// Reads the piece at `at`; returns how many pieces it used.
    pub(super) fn take(&mut self, pieces: &[Piece], at: usize) -> usize {
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
            && self.with_unit(word, value, at.checked_sub(1).map(|at| &pieces[at]))
        {
            return 2;
        }
        match len {
            8.. if self.year.is_none() && self.loose.is_empty() => self.packed(value, len),
            // `2024-09-17T10Z`
            2 if self.has_date() && self.hour.is_none() && separated_by_t(pieces, at) => self.hour = Some(value),
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

    /// Whether day, month and year were read.
    fn has_whole_date(&self) -> bool {
        self.year.is_some() && self.day.is_some() || self.loose.len() + usize::from(self.named) > 2
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
        // 10.30 behind a whole date
        if self.has_whole_date()
            && let Some(minute) = part(at + 1, '.')
            && len <= 2
            && pieces.get(at + 3) != Some(&Piece::Sign('.'))
            && matches!(
                at.checked_sub(1).map(|at| &pieces[at]),
                Some(Piece::Space | Piece::Word(_))
            )
        {
            (self.hour, self.minute) = (Some(value), minute);
            return Some(3);
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

    fn with_unit(&mut self, unit: &str, value: i64, before: Option<&Piece>) -> bool {
        match unit {
            "年" | "년" => {
                let era = match before {
                    Some(Piece::Word(word)) => before_era(word),
                    _ => None,
                };
                self.year = Some(value + era.unwrap_or(0));
            }
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
        // Vietnamese counts the days of the week: "Thứ 3, 17/09/2024".
        if word == "thu"
            && let Some([Piece::Space, Piece::Number { len: 1, .. }, Piece::Sign(',')]) = pieces.get(at + 1..at + 4)
        {
            return 4;
        }
        if let Some(named) = month(word).filter(|_| !self.named || self.weak && self.hour.is_none()) {
            self.month = Some(named);
            self.named = true;
            // Before any number it may be a day of the week.
            self.weak = self.loose.is_empty() && self.year.is_none();
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
