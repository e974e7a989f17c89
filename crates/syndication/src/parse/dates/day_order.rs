//! Whether a feed writes the day or the month first in `05/11/2026`.

/// Evidence from the dates of one feed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DayOrder {
    /// Dates that can only be read with the day first, less those that can only be read with the month first.
    day_first: i32,
}

impl DayOrder {
    /// Counts a date that shows the order: one of its first two numbers is above 12.
    pub(crate) fn note(&mut self, date: &str) {
        if let Some(day_first) = shown_by(date) {
            self.day_first = self.day_first.saturating_add(if day_first { 1 } else { -1 });
        }
    }

    /// Whether the day is first: as the other dates of the feed show, else as is usual in its language (BCP 47). `None` if
    /// nothing says so.
    pub(crate) fn day_is_first(self, language: Option<&str>) -> Option<bool> {
        match self.day_first {
            1.. => Some(true),
            ..0 => Some(false),
            0 => usual(language?),
        }
    }
}

fn shown_by(date: &str) -> Option<bool> {
    if date.len() > 120 || !date.contains('/') {
        return None;
    }
    let word = date
        .split(|char: char| !(char.is_ascii_digit() || char == '/'))
        .find(|word| word.bytes().filter(|byte| *byte == b'/').count() == 2)?;
    let mut numbers = word.split('/').map(|number| (number.len(), number.parse::<u32>().ok()));
    match (numbers.next()?, numbers.next()?) {
        ((1 | 2, Some(13..)), (1 | 2, Some(1..=12))) => Some(true),
        ((1 | 2, Some(1..=12)), (1 | 2, Some(13..))) => Some(false),
        _ => None,
    }
}

/// The order of CLDR's short dates. English alone does not say which one is meant.
fn usual(language: &str) -> Option<bool> {
    let lower = language.trim().to_ascii_lowercase().replace('_', "-");
    let mut parts = lower.split('-');
    match (parts.next()?, parts.next()) {
        ("", _) | ("en", None) => None,
        ("en", Some("us" | "ph" | "pr" | "gu")) | ("fil" | "tl", _) | ("es", Some("us" | "pr" | "pa")) => Some(false),
        _ => Some(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_shows_its_order() {
        type Row<'a> = (&'a str, &'a [&'a str], Option<&'a str>, Option<bool>);
        let table: &[Row<'_>] = &[
            (
                "a day above 12",
                &["05/11/2026 10:00", "23/11/2026 08:00"],
                None,
                Some(true),
            ),
            ("a month first", &["05/11/2026", "11/23/2026"], None, Some(false)),
            ("words around it", &["mar, 17/09/2024 - 10:00"], None, Some(true)),
            (
                "most of them",
                &["17/09/2024", "18/09/2024", "09/17/2024"],
                None,
                Some(true),
            ),
            (
                "the dates before the language",
                &["09/17/2024"],
                Some("fr"),
                Some(false),
            ),
            ("nothing but the language", &["05/11/2026"], Some("fr"), Some(true)),
            ("a region", &["05/11/2026"], Some("en-GB"), Some(true)),
            ("the other region", &["05/11/2026"], Some("en_US"), Some(false)),
            ("English", &["05/11/2026"], Some("en"), None),
            ("no language", &["05/11/2026"], None, None),
            ("a year first says nothing", &["2026/11/23"], None, None),
            ("points say nothing", &["23.11.2026"], None, None),
            ("impossible ones say nothing", &["23/23/2026", "1/2"], None, None),
        ];
        for (case, dates, language, expected) in table {
            let mut order = DayOrder::default();
            dates.iter().for_each(|date| order.note(date));
            assert_eq!(order.day_is_first(*language), *expected, "{case}");
        }
    }
}
