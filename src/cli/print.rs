//! What is common to everything that is printed: tables, times, ids, and a reader that went away.

use std::io::{self, BufWriter, Write, stdout};

use anyhow::{Result, bail};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use unicode_width::UnicodeWidthStr;

use crate::text::{clean, clean_link, count, is_direction_mark, is_separator, turns_direction};

/// Writes to standard output.
pub fn out(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    write(&mut out)?;
    out.flush()?;
    Ok(())
}

/// One line of JSON each.
pub fn json_lines<T: Serialize>(rows: impl IntoIterator<Item = T>) -> Result<()> {
    out(|out| {
        for row in rows {
            json_line(out, &row)?;
        }
        Ok(())
    })
}

/// One line of JSON. Nothing in it acts on a terminal: what JSON itself would leave as it is (DEL, C1 controls, what
/// reorders text) is written as `\u….`, which says the same to a program.
pub fn json_line(out: &mut dyn Write, row: &impl Serialize) -> io::Result<()> {
    row.serialize(&mut Serializer::with_formatter(&mut *out, Harmless))?;
    out.write_all(b"\n")
}

struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let acts = |letter: char| {
            letter.is_control() || is_separator(letter) || turns_direction(letter) || is_direction_mark(letter)
        };
        for part in fragment.split_inclusive(acts) {
            match part.chars().next_back().filter(|letter| acts(*letter)) {
                None => out.write_all(part.as_bytes())?,
                Some(letter) => {
                    out.write_all(part.trim_end_matches(letter).as_bytes())?;
                    write!(out, "\\u{:04x}", u32::from(letter))?;
                }
            }
        }
        Ok(())
    }
}

/// A link of a feed, to be shown and opened.
pub fn link(written: &str) -> String {
    clean_link(written).unwrap_or_else(|| clean(written))
}

/// A headline of a feed.
pub fn headline(written: &str) -> String {
    match clean(written) {
        shown if shown.is_empty() => "(no title)".to_owned(),
        shown => shown,
    }
}

/// `wirewatch … | head` is no error.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let kind = match cause.downcast_ref::<io::Error>() {
            Some(error) => Some(error.kind()),
            None => cause
                .downcast_ref::<serde_json::Error>()
                .and_then(serde_json::Error::io_error_kind),
        };
        kind == Some(io::ErrorKind::BrokenPipe)
    })
}

/// Whether to write in colour to a stream: it is a terminal that can, and nobody objects (no-color.org).
pub fn colourful(terminal: bool) -> bool {
    let objects = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    terminal && !objects && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Columns under their heads, two spaces apart; a cell that is wider than its limit ends in `…`.
pub fn table(out: &mut dyn Write, heads: &[(&str, usize)], rows: &[Vec<String>]) -> io::Result<()> {
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .zip(heads)
                .map(|(cell, (_, limit))| fit_columns(cell, *limit))
                .collect()
        })
        .collect();
    let widths: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(column, (head, _))| {
            rows.iter()
                .map(|row| row[column].width())
                .chain([head.width()])
                .max()
                .unwrap_or_default()
        })
        .collect();
    let heads: Vec<String> = heads.iter().map(|(head, _)| (*head).to_owned()).collect();
    for row in std::iter::once(&heads).chain(&rows) {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Returns at most `limit` columns of a terminal.
pub fn fit_columns(text: &str, limit: usize) -> String {
    if text.width() <= limit {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if short.width() + letter.to_string().width() + 1 > limit {
            break;
        }
        short.push(letter);
    }
    format!("{}…", short.trim_end())
}

/// A time in the machine's zone, to the minute.
pub fn time(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// "3 minutes ago", "in 2 hours", "now".
pub fn relative(at: Timestamp, now: Timestamp) -> String {
    let apart = at.duration_since(now);
    let words = length(apart.abs());
    match (apart.as_secs(), words.as_str()) {
        (_, "") => "now".to_owned(),
        (0.., _) => format!("in {words}"),
        (_, _) => format!("{words} ago"),
    }
}

/// A length in its largest unit: "3 minutes"; empty under ten seconds.
pub fn length(length: SignedDuration) -> String {
    let seconds = length.as_secs();
    let (number, unit) = match seconds {
        ..10 => return String::new(),
        10..90 => (seconds, "second"),
        90..5_400 => ((seconds + 30) / 60, "minute"),
        5_400..129_600 => ((seconds + 1_800) / 3_600, "hour"),
        129_600..63_072_000 => ((seconds + 43_200) / 86_400, "day"),
        _ => (seconds / 31_536_000, "year"),
    };
    count(usize::try_from(number).unwrap_or_default(), unit)
}

/// An id as it is shown: 16 hex digits.
pub fn id(written: &str) -> Result<u64> {
    match u64::from_str_radix(written, 16) {
        Ok(id) if written.len() == 16 => Ok(id),
        _ => bail!("`{written}` is not an id; an id has 16 digits from 0 to 9 and a to f, as `list` prints it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_as_a_person_says_them() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        for (what, seconds, words) in [
            ("a moment", 3, "now"),
            ("seconds ahead", 45, "in 45 seconds"),
            ("minutes back", -600, "10 minutes ago"),
            ("one hour would be 60 minutes", 3_600, "in 60 minutes"),
            ("hours", 7_200, "in 2 hours"),
            ("days", -172_800, "2 days ago"),
            ("years", -94_608_000, "3 years ago"),
        ] {
            assert_eq!(relative(now + SignedDuration::from_secs(seconds), now), words, "{what}");
        }
    }

    #[test]
    fn a_table_lines_up_wide_letters_too() {
        let mut out = Vec::new();
        table(
            &mut out,
            &[("A", 6), ("B", 9)],
            &[vec!["バマコ市内".into(), "x".into()], vec!["ab".into(), "y".into()]],
        )
        .unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "A      B\nバマ…  x\nab     y\n");
    }

    #[test]
    fn json_says_the_same_and_cannot_act() {
        let given = "a\u{1b}[2J\u{9b}2J\u{9b}\u{9b}\u{7f}\u{202e}b\u{2028}é\n";
        let mut out = Vec::new();
        json_line(&mut out, &given).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert_eq!(
            line,
            "\"a\\u001b[2J\\u009b2J\\u009b\\u009b\\u007f\\u202eb\\u2028é\\n\"\n"
        );
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), given);
    }

    #[test]
    fn an_id_is_sixteen_hex_digits() {
        assert_eq!(id("00000000000000ff").unwrap(), 255);
        assert!(id("ff").is_err() && id("not an id at all").is_err());
    }
}
