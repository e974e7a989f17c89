//! What the TOML parser found, in words for people who do not know TOML.

use std::ops::Range;

use toml::de::DeTable;

use super::file::Source;
use super::problem::{Problem, Severity};
use super::quotes::{is_curly, plain_quotes, unclosed};

/// What becomes of a file that the parser refused.
pub(crate) struct Mended {
    /// To parse in its place; of the same length.
    pub text: String,
    /// One a line, the first.
    pub problems: Vec<Problem>,
    /// The lines, counted from 1, that could not be read.
    pub lines: Vec<usize>,
    /// Whether something that stands in the file may be missing in what is read. What stands there twice is not.
    pub loses: bool,
}

pub(crate) fn mend(source: &Source) -> Mended {
    let (mended, curly) = plain_quotes(&source.text);
    let mut problems: Vec<Problem> = Vec::new();
    for curly in &curly {
        if problems
            .iter()
            .rev()
            .take(1)
            .any(|known| known.place.line() == source.place(curly.span.clone()).line())
        {
            continue;
        }
        problems.push(Problem {
            severity: Severity::Error,
            place: source.place(curly.span.clone()),
            what: "these quotes come from a word processor; a text stands between plain ones".to_owned(),
            mend: Some(match curly.plain.as_str() {
                "\"" => "write \" instead".to_owned(),
                plain => format!("write {plain}"),
            }),
        });
    }
    let errors = DeTable::parse_recoverable(&mended).1;
    let mut lines: Vec<Option<usize>> = problems.iter().map(|problem| problem.place.line()).collect();
    let mut loses = !problems.is_empty();
    let mut twice: Option<Range<usize>> = None;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let duplicate = error.message().contains("duplicate key");
        if duplicate && twice.as_ref().is_some_and(|table| table.contains(&span.start)) {
            // The keys of a table that stands there twice: its header was named.
            continue;
        }
        if duplicate && source.line_text(span.start).trim_start().starts_with('[') {
            twice = Some(span.start..end_of_table(&source.text, span.start));
        }
        loses |= !duplicate;
        if lines.contains(&source.place(span.clone()).line()) {
            continue;
        }
        lines.push(source.place(span.clone()).line());
        let (span, what, mend) = explain(error.message(), source, span);
        let place = source.place(span);
        lines.push(place.line());
        problems.push(Problem {
            severity: Severity::Error,
            place,
            what,
            mend,
        });
    }
    lines.extend(problems.iter().map(|problem| problem.place.line()));
    Mended {
        text: mended,
        problems,
        lines: lines.into_iter().flatten().collect(),
        loses,
    }
}

/// Returns where the table that has its header at `from` ends.
fn end_of_table(text: &str, from: usize) -> usize {
    let mut at = from + text[from..].find('\n').map_or(text.len() - from, |end| end + 1);
    for line in text[at..].split_inclusive('\n') {
        if line.starts_with('[') {
            break;
        }
        at += line.len();
    }
    at
}

type Explained = (Range<usize>, String, Option<String>);

fn explain(message: &str, source: &Source, span: Range<usize>) -> Explained {
    let end = span.end.min(source.text.len());
    let found = source.text.get(span.start.min(end)..end).unwrap_or_default();
    let (line, line_start) = (source.line_text(span.start), source.line_start(span.start));
    let whole = line.trim();
    let says = |parts: &[&str]| parts.iter().any(|part| message.contains(part));
    let here = |what: &str, mend: &str| (span.clone(), what.to_owned(), Some(mend.to_owned()));
    if says(&["duplicate key"]) {
        return twice(source, span.clone(), found);
    }
    if let Some((at, quote)) = unclosed(line) {
        let text = line_start + at..line_start + line.len();
        return if line[at..].chars().any(is_curly) {
            let what = "this text begins with a plain quote and ends with one from a word processor";
            (
                text,
                what.to_owned(),
                Some("put \" before and after the text".to_owned()),
            )
        } else if quote == '"' {
            (
                text,
                "this text has no closing \"".to_owned(),
                Some("put \" at its end".to_owned()),
            )
        } else {
            (
                text,
                "this text has no closing '".to_owned(),
                Some("put ' at its end, or \" around it".to_owned()),
            )
        };
    }
    if whole.starts_with('[') {
        let begin = line_start + line.len() - line.trim_start().len();
        return match whole.trim_matches(['[', ']']).split_once('.') {
            Some((table, name)) if whole.ends_with(']') => {
                let at = begin + whole.find('.').map_or(0, |dot| dot + 1);
                let name_span = at..(begin + whole.trim_end_matches(']').len()).max(at);
                let mend = format!("write [{table}.\"{}\"]", name.trim_matches('"'));
                (
                    name_span,
                    "a name with spaces or accents must stand in quotes".to_owned(),
                    Some(mend),
                )
            }
            _ => {
                let name = whole.trim_start_matches('[').trim_end_matches(']').trim();
                here("this table's name has no closing ]", &format!("write [{name}]"))
            }
        };
    }
    if says(&["unclosed array", "array elements", "array close"]) {
        return list(source, span.clone());
    }
    if says(&["key with no value", "missing value for key", "missing assignment"])
        || whole.ends_with('=') && says(&["string values must be quoted"])
    {
        let begin = line_start + line.len() - line.trim_start().len();
        let key = whole.trim_end_matches('=').trim();
        return if whole.ends_with('=') {
            let mend = format!("write {key} = \"…\", or take the line out");
            (begin..begin + whole.len(), format!("`{key}` has no value"), Some(mend))
        } else {
            (
                begin..begin + whole.len(),
                "this line is neither a key with its value nor a remark".to_owned(),
                Some("write KEY = \"value\", or put # before a remark".to_owned()),
            )
        };
    }
    if says(&["string values must be quoted"]) {
        let value = line.split_once('=').map_or(found, |(_, value)| value).trim();
        let text = if value.contains(['[', '"', '#', ',', ']']) {
            found.trim()
        } else {
            value
        };
        return (
            span.clone(),
            "a text must stand in quotes".to_owned(),
            Some(format!("write \"{text}\"")),
        );
    }
    if says(&["escape"]) {
        let what = "a \\ has a meaning of its own between \"double quotes\"";
        return here(what, "put the text between 'single quotes' instead");
    }
    if says(&["unquoted", "invalid key"]) {
        return here(
            "a key with spaces or accents must stand in quotes",
            "write \"…\" around it",
        );
    }
    (span.clone(), format!("this is not TOML: {message}"), None)
}

/// A key that stands twice in its table, or a table twice in its file: where else.
fn twice(source: &Source, span: Range<usize>, found: &str) -> Explained {
    let line = source.line_text(span.start).trim();
    let above = source.text[..source.line_start(span.start)].lines().enumerate();
    if line.starts_with('[') {
        let first = above.filter(|(_, other)| other.trim() == line).last();
        let first = first.map_or("written twice here".to_owned(), |(at, _)| {
            format!("already in line {}", at + 1)
        });
        let mend = "join the two, or give one of them another name".to_owned();
        return (span, format!("{line} is {first}"), Some(mend));
    }
    let same = |other: &str| other.split_once('=').is_some_and(|(key, _)| key.trim() == found);
    let first = above.filter(|(_, other)| same(other)).last();
    let what = match first {
        Some((at, _)) => format!("`{found}` is already in line {}", at + 1),
        None => format!("`{found}` is written twice here"),
    };
    (span, what, Some("join the two, or take one out".to_owned()))
}

/// A list that does not go on or end as it should: a missing comma, or a missing bracket.
fn list(source: &Source, span: Range<usize>) -> Explained {
    let text = &source.text;
    let before = text[..span.start].trim_end();
    let rest = text[span.start..].lines().next().unwrap_or_default();
    if before.ends_with(['"', '\'']) && rest.starts_with(['"', '\'']) {
        let quote = &rest[..1];
        let length = rest[1..].find(quote).map_or(1, |end| end + 2);
        return (
            span.start..span.start + length,
            "there is no comma before this text".to_owned(),
            Some(format!("write , {}", &rest[..length])),
        );
    }
    // The bracket that opened it, on the same line or above.
    let opening = before.rfind('[').filter(|at| !before[*at..].contains(']'));
    match opening {
        Some(at) => {
            let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            let written = text[at..line_end].trim_end();
            let mend = if written.ends_with(',') || written == "[" {
                "close it with ] after its last text".to_owned()
            } else {
                format!("write {written}]")
            };
            (at..at + written.len(), "this list has no end".to_owned(), Some(mend))
        }
        None => (
            span,
            "this list does not go on as a list should".to_owned(),
            Some("part the texts with commas, and close the list with ]".to_owned()),
        ),
    }
}
