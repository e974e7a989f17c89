//! What is common to everything that is printed: tables, times, ids, and a reader that went away.

use std::io::{self, BufWriter, Write, stdout};

use anyhow::{Result, bail};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

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
            serde_json::to_writer(&mut *out, &row)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    })
}

/// `wirewatch … | head` is no error.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
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
                .map(|(cell, (_, limit))| shorten(cell, *limit))
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

/// At most `limit` columns of a terminal.
pub fn shorten(text: &str, limit: usize) -> String {
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
fn length(length: SignedDuration) -> String {
    let seconds = length.as_secs();
    let (count, unit) = match seconds {
        ..10 => return String::new(),
        10..90 => (seconds, "second"),
        90..5_400 => ((seconds + 30) / 60, "minute"),
        5_400..129_600 => ((seconds + 1_800) / 3_600, "hour"),
        _ => ((seconds + 43_200) / 86_400, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// "1 feed", "2 feeds".
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
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
    fn an_id_is_sixteen_hex_digits() {
        assert_eq!(id("00000000000000ff").unwrap(), 255);
        assert!(id("ff").is_err() && id("not an id at all").is_err());
    }
}
