//! A file as read: its text, and where in it a byte stands.

use std::ops::Range;
use std::path::{Path, PathBuf};

use encoding_rs::{UTF_16BE, UTF_16LE};

use super::problem::{Place, Problem, Severity};

#[derive(Debug)]
pub(crate) struct Source {
    pub path: PathBuf,
    pub text: String,
    /// The byte at which each line starts.
    lines: Vec<usize>,
}

impl Source {
    pub(crate) fn new(path: PathBuf, text: String) -> Self {
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self { path, text, lines }
    }

    /// Reads UTF-8 with or without its mark, and UTF-16 with its mark (RFC 3629, RFC 2781), as Windows Notepad writes
    /// them.
    pub(crate) fn decode(path: &Path, bytes: Vec<u8>) -> Result<Self, Box<Problem>> {
        let text = match bytes.as_slice() {
            [0xFF, 0xFE, ..] => UTF_16LE.decode(&bytes).0.into_owned(),
            [0xFE, 0xFF, ..] => UTF_16BE.decode(&bytes).0.into_owned(),
            _ => match String::from_utf8(bytes) {
                Ok(text) => text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text),
                Err(error) => return Err(Box::new(Self::not_utf8(path, &error))),
            },
        };
        Ok(Self::new(path.to_owned(), text))
    }

    /// Reads a document that other programs wrote, in whatever encoding they use.
    pub(crate) fn decode_any(path: &Path, bytes: &[u8]) -> Self {
        Self::new(path.to_owned(), wirewatch_syndication::decoded(bytes).into_owned())
    }

    /// Returns the sign between the cells of a table, and the byte at which its header row starts. A first line `sep=;`, as
    /// spreadsheets write it, gives the sign; else the one that the header row has most.
    pub(crate) fn cells(&self) -> (char, usize) {
        let first = self.text.lines().next().unwrap_or_default();
        let plain = first.trim_matches(['"', '\r']);
        let said = plain
            .get(..4)
            .filter(|start| start.eq_ignore_ascii_case("sep="))
            .map(|_| plain[4..].chars().next().unwrap_or(','));
        match said {
            Some(sign) if sign.is_ascii() && !sign.is_alphanumeric() => {
                let start = self.lines.get(1).copied().unwrap_or(self.text.len());
                (sign, start)
            }
            _ => {
                let count = |sign: &char| first.matches(*sign).count();
                (['|', ';', '\t', ','].into_iter().max_by_key(count).unwrap_or(','), 0)
            }
        }
    }

    fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> Problem {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        // What comes before the first bad byte is UTF-8; the bad byte becomes one replacement character.
        let source = Self::new(path.to_owned(), String::from_utf8_lossy(bytes).into_owned());
        Problem {
            severity: Severity::Error,
            place: source.place(at..at + 1),
            what: format!(
                "this file is not UTF-8: the byte {:#04X} here is no letter in it",
                bytes[at]
            ),
            mend: Some("save the file again with the encoding UTF-8".to_owned()),
        }
    }

    /// 0-based.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// `watchlist.toml:12`, for "is already in …".
    pub(crate) fn brief(&self, at: usize) -> String {
        format!("{}:{}", self.path.display(), self.line_number(at))
    }

    /// 1-based.
    pub(crate) fn line_number(&self, at: usize) -> usize {
        self.line(at) + 1
    }

    pub(crate) fn line_text(&self, at: usize) -> &str {
        let line = self.line(at);
        let end = self.lines.get(line + 1).map_or(self.text.len(), |next| next - 1);
        self.text[self.lines[line]..end].trim_end_matches('\r')
    }

    pub(crate) fn line_start(&self, at: usize) -> usize {
        self.lines[self.line(at)]
    }

    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        let mut start = span.start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let (line_start, text) = (self.line_start(start), self.line_text(start));
        let within = (start - line_start).min(text.len());
        let mut end = span.end.saturating_sub(line_start).clamp(within, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Place::File {
            path: self.path.clone(),
            line: self.line(start) + 1,
            column: text[..within].chars().count() + 1,
            text: text.to_owned(),
            width: text[within..end].chars().count().max(1),
        }
    }
}
