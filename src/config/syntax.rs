//! What the TOML parser found, in words for people who do not know TOML.

use std::ops::Range;

use toml::de::DeTable;

use super::problem::{Problem, Severity};
use super::quotes::{is_curly, plain_quotes, unclosed};
use super::source::Source;

/// The text to parse in place of one that the parser refused (the same length), and its problems: one a line, the first.
pub(super) fn mend(source: &Source) -> (Option<String>, Vec<Problem>) {
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
        if lines.contains(&source.place(span.clone()).line()) {
            continue;
        }
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
    (Some(mended), problems)
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
        return (
            span.clone(),
            format!("`{found}` is written twice here"),
            Some("keep one of the two".to_owned()),
        );
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
        return match whole.trim_matches(['[', ']']).split_once('.') {
            Some((table, name)) if whole.ends_with(']') => {
                let mend = format!("write [{table}.\"{}\"]", name.trim_matches('"'));
                (
                    span.clone(),
                    "a name with spaces or accents must stand in quotes".to_owned(),
                    Some(mend),
                )
            }
            _ => here("this table's name has no closing ]", "write it as [watch.bamako]"),
        };
    }
    if says(&["unclosed array", "array elements", "array close"]) {
        return if line.contains('[') {
            here(
                "this list does not go on as a list should",
                "part the texts with commas, and close the list with ]",
            )
        } else {
            here("the list before this has no end", "close it with ]")
        };
    }
    if says(&["key with no value", "missing value for key", "missing assignment"])
        || whole.ends_with('=') && says(&["string values must be quoted"])
    {
        return here(
            "there is a name here without a value",
            "write NAME = \"value\", or put # before a remark",
        );
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
