//! A message laid out for a terminal: wrapped, marked, with its labels in one column. Pure.

use std::fmt::Write;

use unicode_segmentation::UnicodeSegmentation;

use super::marked::pieces;
use super::render::{level_word, source_line, why, with_alerts};
use crate::alert::{Alert, Kind, Paragraph};
use crate::deliver::outgoing_message::OutgoingMessage;
use crate::text::one_line;
use wirewatch_recognition::Level;

/// Columns, and whether escape sequences are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    pub width: usize,
    pub colour: bool,
}

/// Longer lines are hard to read, shorter ones cannot hold a label and a word.
const WIDTHS: (usize, usize) = (40, 100);

/// Columns of "Also in" and the space behind it.
const LABEL: usize = 9;

/// Select Graphic Rendition parameters (ECMA-48).
const BOLD: &str = "1";
const FAINT: &str = "2";
const FOUND: &str = "1;33";

/// The message as lines, with an empty one at the end.
pub(crate) fn page(outgoing: &OutgoingMessage, style: Style) -> String {
    let style = Style {
        width: style.width.clamp(WIDTHS.0, WIDTHS.1),
        ..style
    };
    let mut page = String::new();
    let many = outgoing.message.paragraphs.len() > 1;
    if many {
        let _ = writeln!(page, "{}", style.paint(BOLD, &"═".repeat(style.width)));
        style.wrap(&mut page, "", BOLD, &one_line(&outgoing.message.subject));
    }
    for (paragraph, alert) in with_alerts(outgoing) {
        let _ = writeln!(page, "{}", style.paint(FAINT, &"─".repeat(style.width)));
        style.paragraph(&mut page, paragraph, alert);
        page.push('\n');
    }
    page
}

impl Style {
    fn paint(self, sgr: &str, text: &str) -> String {
        match self.colour && !text.is_empty() {
            true => format!("\u{1b}[{sgr}m{text}\u{1b}[0m"),
            false => text.to_owned(),
        }
    }

    fn paragraph(self, page: &mut String, paragraph: &Paragraph, alert: Option<&Alert>) {
        if let Some(alert) = alert {
            self.heading(page, alert);
        }
        self.wrap(page, "", BOLD, &one_line(&paragraph.headline));
        self.wrap(page, "", FAINT, &one_line(&paragraph.source));
        self.excerpt(page, paragraph);
        if paragraph.also_in.is_empty() {
            for (index, line) in paragraph.lines.iter().enumerate() {
                page.push_str(if index == 0 { "\n" } else { "" });
                self.wrap(page, "  ", "", &one_line(line));
            }
        }
        page.push('\n');
        self.labelled(page, "New", paragraph.news.as_deref().map(new_part));
        self.labelled(page, "Why", why(&paragraph.because));
        self.labelled(page, "Link", paragraph.link.as_deref().map(one_line));
        for (index, source) in paragraph.also_in.iter().enumerate() {
            self.labelled(page, if index == 0 { "Also in" } else { "" }, Some(source_line(source)));
            self.labelled(page, "", source.link.as_deref().map(one_line));
        }
        if !paragraph.also_in.is_empty() {
            for line in &paragraph.lines {
                self.labelled(page, "", Some(one_line(line)));
            }
        }
        self.labelled(page, "Alert", alert.map(|alert| alert.id.to_string()));
        while page.ends_with("\n\n") {
            page.pop();
        }
    }

    /// "URGENT  Violence near our offices".
    fn heading(self, page: &mut String, alert: &Alert) {
        let colour = match alert.level {
            Level::Urgent => "1;31",
            Level::Normal => "1;36",
            Level::Low => FAINT,
        };
        let mut level = level_word(alert.level).to_uppercase();
        if matches!(alert.kind, Kind::Update { .. }) {
            level.push_str(" UPDATE");
        }
        let watch = if alert.watch_title.is_empty() {
            &alert.watch
        } else {
            &alert.watch_title
        };
        let room = self.width.saturating_sub(columns(&level) + 2);
        let mut words = Wrapped::new(room);
        words.text(&one_line(watch), "");
        for (index, line) in words.lines().iter().enumerate() {
            let lead = if index == 0 {
                self.paint(colour, &level)
            } else {
                " ".repeat(columns(&level))
            };
            let _ = writeln!(page, "{lead}  {}", self.line(line));
        }
        page.push('\n');
    }

    /// The excerpt, indented; found words are coloured, or stand between asterisks.
    fn excerpt(self, page: &mut String, paragraph: &Paragraph) {
        let pieces = pieces(&paragraph.excerpt);
        if pieces.is_empty() {
            return;
        }
        page.push('\n');
        let mut words = Wrapped::new(self.width - 4);
        for piece in pieces {
            match (piece.marked, self.colour) {
                (false, _) => words.text(&piece.text, ""),
                (true, true) => words.text(&piece.text, FOUND),
                (true, false) => words.text(&format!("*{}*", piece.text), ""),
            }
        }
        for line in words.lines() {
            let _ = writeln!(page, "  {}", self.line(&line));
        }
    }

    fn labelled(self, page: &mut String, label: &str, text: Option<String>) {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return;
        };
        let mut words = Wrapped::new(self.width - LABEL);
        words.text(&text, "");
        for (index, line) in words.lines().iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            let _ = writeln!(
                page,
                "{}{}",
                self.paint(FAINT, &format!("{label:<LABEL$}")),
                self.line(line)
            );
        }
    }

    fn wrap(self, page: &mut String, indent: &str, sgr: &str, text: &str) {
        let mut words = Wrapped::new(self.width - indent.len());
        words.text(text, sgr);
        for line in words.lines() {
            let _ = writeln!(page, "{indent}{}", self.line(&line));
        }
    }

    fn line(self, runs: &[(String, String)]) -> String {
        runs.iter()
            .map(|(text, sgr)| {
                if sgr.is_empty() {
                    text.clone()
                } else {
                    self.paint(sgr, text)
                }
            })
            .collect()
    }
}

/// What is new, without the words that the label says.
fn new_part(news: &str) -> String {
    let news = one_line(news);
    news.strip_prefix("New since the last alert: ")
        .unwrap_or(&news)
        .to_owned()
}

/// Text broken at white space into lines of at most `room` columns; a word longer than a line (a Chinese sentence) is
/// broken between graphemes, a web address never (it could not be clicked).
struct Wrapped {
    room: usize,
    lines: Vec<Vec<(String, String)>>,
    used: usize,
    /// White space stood before what comes.
    gap: bool,
    /// The last word may go on with the next text.
    word: Vec<(String, String)>,
}

impl Wrapped {
    fn new(room: usize) -> Self {
        Self {
            room: room.max(8),
            lines: vec![Vec::new()],
            used: 0,
            gap: false,
            word: Vec::new(),
        }
    }

    fn text(&mut self, text: &str, sgr: &str) {
        for (index, word) in text.split(' ').enumerate() {
            if index > 0 {
                self.end_word();
                self.gap = true;
            }
            if !word.is_empty() {
                self.word.push((word.to_owned(), sgr.to_owned()));
            }
        }
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        let wide: usize = word.iter().map(|(text, _)| columns(text)).sum();
        if wide == 0 {
            return;
        }
        let space = usize::from(self.gap && self.used > 0);
        if self.used > 0 && self.used + space + wide > self.room {
            self.break_line();
        } else if space == 1 {
            self.push(" ", if self.same_style(&word) { &word[0].1 } else { "" });
        }
        self.gap = false;
        let address = word.first().is_some_and(|(text, _)| text.contains("://"));
        for (text, sgr) in word {
            if address || self.used + columns(&text) <= self.room {
                self.push(&text, &sgr);
                continue;
            }
            for grapheme in text.graphemes(true) {
                if self.used + columns(grapheme) > self.room {
                    self.break_line();
                }
                self.push(grapheme, &sgr);
            }
        }
    }

    /// Whether the space before the word belongs to one phrase with it.
    fn same_style(&self, word: &[(String, String)]) -> bool {
        let last = self.lines.last().and_then(|line| line.last());
        matches!((last, word.first()), (Some((_, a)), Some((_, b))) if a == b)
    }

    fn break_line(&mut self) {
        self.lines.push(Vec::new());
        self.used = 0;
    }

    fn push(&mut self, text: &str, sgr: &str) {
        self.used += columns(text);
        let Some(line) = self.lines.last_mut() else { return };
        match line.last_mut() {
            Some((run, style)) if style == sgr => run.push_str(text),
            _ => line.push((text.to_owned(), sgr.to_owned())),
        }
    }

    fn lines(mut self) -> Vec<Vec<(String, String)>> {
        self.end_word();
        self.lines.retain(|line| !line.is_empty());
        self.lines
    }
}

/// Columns that a text takes: one a grapheme, two where it is wide (UAX #11: Chinese, Japanese, Korean, emoji).
fn columns(text: &str) -> usize {
    let wide = |c: char| {
        matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
            | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3ffff)
    };
    text.graphemes(true)
        .map(|grapheme| if grapheme.chars().any(wide) { 2 } else { 1 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, room: usize) -> Vec<String> {
        let mut words = Wrapped::new(room);
        words.text(text, "");
        words
            .lines()
            .into_iter()
            .map(|line| line.into_iter().map(|(text, _)| text).collect())
            .collect()
    }

    #[test]
    fn lines_are_broken_where_people_would() {
        let rows = [
            ("at spaces", "one two three four", 9, vec!["one two", "three", "four"]),
            ("exactly full", "abcd efgh i", 9, vec!["abcd efgh", "i"]),
            (
                "a long word between letters",
                "abcdefghijkl",
                8,
                vec!["abcdefgh", "ijkl"],
            ),
            (
                "a web address never",
                "see https://example.org/a",
                9,
                vec!["see", "https://example.org/a"],
            ),
            (
                "wide letters take two columns",
                "马里北部发生袭击",
                8,
                vec!["马里北部", "发生袭击"],
            ),
            (
                "combining marks take none",
                "Se\u{301}gou ok",
                8,
                vec!["Se\u{301}gou ok"],
            ),
            ("nothing is nothing", "", 8, vec![]),
        ];
        for (sentence, text, room, lines) in rows {
            assert_eq!(wrapped(text, room), lines, "{sentence}");
        }
    }

    #[test]
    fn a_marked_word_keeps_the_comma_behind_it_on_its_line() {
        let mut words = Wrapped::new(10);
        words.text("avec le ", "");
        words.text("GSIM", FOUND);
        words.text(", hier", "");
        let lines = words.lines();
        assert_eq!(lines[0], [("avec le".to_owned(), String::new())]);
        assert_eq!(
            lines[1][..2],
            [
                ("GSIM".to_owned(), FOUND.to_owned()),
                (",".to_owned() + " hier", String::new())
            ][..]
        );
    }
}
