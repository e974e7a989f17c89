//! What the TOML parser found, in words for people who do not know TOML.

use toml::de::DeTable;

use super::problem::{Problem, Severity};
use super::quotes::{is_curly, plain_quotes};
use super::source::Source;

/// The text to parse in place of the file's (the same length), and its problems: one a line, the first.
pub(super) fn mend(source: &Source) -> (Option<String>, Vec<Problem>) {
    let (_, errors) = DeTable::parse_recoverable(&source.text);
    if errors.is_empty() {
        return (None, Vec::new());
    }
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
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let place = source.place(span.clone());
        if lines.contains(&place.line()) {
            continue;
        }
        lines.push(place.line());
        let (what, mend) = explain(error.message(), source, span.start, span.end);
        problems.push(Problem {
            severity: Severity::Error,
            place,
            what,
            mend,
        });
    }
    (Some(mended), problems)
}

fn explain(message: &str, source: &Source, start: usize, end: usize) -> (String, Option<String>) {
    let end = end.min(source.text.len());
    let found = source.text.get(start.min(end)..end).unwrap_or_default();
    let line = source.line_text(start).trim();
    let says = |part: &str| message.contains(part);
    let some = |text: &str| Some(text.to_owned());
    if line.chars().any(is_curly) && !says("duplicate key") {
        return (
            "a text here is closed by a quote from a word processor".to_owned(),
            some("put \" before and after the text"),
        );
    }
    if says("duplicate key") {
        return (format!("`{found}` is written twice here"), some("keep one of the two"));
    }
    if says("string values must be quoted") {
        let plain = line.split_once('=').map_or(found, |(_, value)| value).trim();
        return (
            "a text must stand in quotes".to_owned(),
            Some(if plain.contains(['[', '"', '#', ',', ']']) {
                format!("write \"{}\"", found.trim())
            } else {
                format!("write \"{plain}\"")
            }),
        );
    }
    if says("invalid basic string") || says("invalid literal string") || says("unclosed") && says("string") {
        return if found.starts_with('\'') || line.ends_with('\'') {
            (
                "this text has no closing '".to_owned(),
                some("put ' at its end, or use \" around it"),
            )
        } else {
            ("this text has no closing \"".to_owned(), some("put \" at its end"))
        };
    }
    if says("missing escaped value") || says("escape") {
        return (
            "a \\ has a meaning of its own between \"double quotes\"".to_owned(),
            some("put the text between 'single quotes' instead"),
        );
    }
    if says("unclosed array") || says("missing comma between array elements") || says("missing array close") {
        return (
            "this list does not go on as a list should".to_owned(),
            some("part the texts with commas, and close the list with ]"),
        );
    }
    if says("unclosed table") || says("missing table close") {
        return (
            "this table's name has no closing ]".to_owned(),
            some("write [watch.bamako]"),
        );
    }
    if says("key with no value") || says("missing value for key") || says("missing assignment") {
        return (
            "there is a name here without a value".to_owned(),
            some("write NAME = \"value\", or put # before a remark"),
        );
    }
    if line.starts_with('[') && (says("unquoted") || says("key") || says("unexpected content")) {
        return (
            "a name with spaces or accents must stand in quotes".to_owned(),
            some("write [watch.\"Ségou nord\"]"),
        );
    }
    if says("unquoted") || says("invalid key") {
        return ("a key with spaces or accents must stand in quotes".to_owned(), None);
    }
    (format!("this is not TOML: {message}"), None)
}
