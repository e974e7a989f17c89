//! JSON Feed (jsonfeed.org, versions 1 and 1.1), read over plain values so that a wrong type costs one field only.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::{Map, Value};
use url::Url;

use super::dates;
use super::feed::Hints;
use super::mend::absolute;
use super::read::{Found, body_text, join, line_text};
use super::repair::{CUT_ENTRY, ODD_JSON, Repairs};
use crate::feed::websub::Offered;

/// A JSON Feed, read.
pub(super) struct JsonFeed {
    pub(super) title: Option<String>,
    pub(super) link: Option<String>,
    pub(super) language: Option<String>,
    pub(super) entries: Vec<Found>,
    pub(super) hints: Hints,
    pub(super) older: Option<String>,
    pub(super) offered: Offered,
    pub(super) cut_short: bool,
}

/// Reads a document that starts with `{`; `None` where it is no feed.
pub(super) fn read(text: &str, url: Option<&Url>, repairs: &mut Repairs) -> Option<JsonFeed> {
    let mut cut_short = false;
    let value: Value = match serde_json::Deserializer::from_str(text).into_iter().next() {
        Some(Ok(value)) => value,
        _ => {
            let whole = close(text)?;
            cut_short = true;
            repairs.add(CUT_ENTRY);
            serde_json::from_str(&whole).ok()?
        }
    };
    let feed = value.as_object()?;
    let items = feed.get("items").or_else(|| feed.get("entries"));
    let version = text_of(feed, "version");
    let known = version
        .as_deref()
        .is_some_and(|version| version.contains("jsonfeed.org/version/"));
    if items.is_none() && !known {
        return None;
    }
    if !version.is_some_and(|version| version.starts_with("https://jsonfeed.org/version/1")) {
        repairs.add(ODD_JSON);
    }
    let entries = match items {
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(Value::as_object)
            .map(|item| entry(item, url))
            .collect(),
        Some(Value::Object(map)) => map
            .values()
            .filter_map(Value::as_object)
            .map(|item| entry(item, url))
            .collect(),
        _ => Vec::new(),
    };
    Some(JsonFeed {
        title: text_of(feed, "title").map(|title| line_text(&title)),
        link: text_of(feed, "home_page_url").map(|link| absolute(&link, url)),
        language: text_of(feed, "language"),
        entries,
        hints: Hints {
            update_every: minutes(feed, "ttl"),
            ..Hints::default()
        },
        older: text_of(feed, "next_url"),
        offered: Offered::of_json(feed),
        cut_short,
    })
}

fn minutes(feed: &Map<String, Value>, name: &str) -> Option<Duration> {
    let minutes: u32 = text_of(feed, name)?.parse().ok()?;
    Some(Duration::from_secs(u64::from(minutes) * 60))
}

fn entry(item: &Map<String, Value>, base: Option<&Url>) -> Found {
    let first = |names: &[&str]| names.iter().find_map(|name| text_of(item, name));
    let date = |names: &[&str]| first(names).and_then(|text| dates::scan(&text));
    let html = first(&["content_html"]).map(|html| body_text(&html));
    let text = first(&["content_text", "content"]).map(|text| body_text(&text));
    let summary = first(&["summary"]).map(|text| body_text(&text)).unwrap_or_default();
    let (mut names, mut seen) = (Vec::new(), HashSet::new());
    for authors in ["authors", "author"] {
        people(item.get(authors), &mut names, &mut seen);
    }
    Found {
        id: first(&["id", "guid"]),
        title: first(&["title"]).map(|title| line_text(&title)).unwrap_or_default(),
        link: first(&["url", "external_url"]).map(|link| absolute(&link, base)),
        text: join(summary, html.or(text).unwrap_or_default()),
        published: date(&["date_published", "published"]),
        updated: date(&["date_modified", "updated"]),
        authors: names,
        tags: words(item.get("tags")),
        language: text_of(item, "language"),
    }
}

/// A text, or a number or truth value written as one.
fn text_of(map: &Map<String, Value>, name: &str) -> Option<String> {
    let text = match map.get(name)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Adds the names of people, given as objects, texts, or one of either; each once.
fn people<'v>(value: Option<&'v Value>, names: &mut Vec<String>, seen: &mut HashSet<&'v str>) {
    match value {
        Some(Value::Array(list)) => list.iter().for_each(|one| people(Some(one), names, seen)),
        Some(Value::Object(map)) => people(map.get("name").filter(|name| name.is_string()), names, seen),
        Some(Value::String(name)) => {
            let name = name.trim();
            if !name.is_empty() && seen.insert(name) {
                names.push(name.to_owned());
            }
        }
        _ => {}
    }
}

/// Tags, given as a list or as one text with commas.
fn words(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(line_text).collect(),
        Some(Value::String(text)) => text
            .split(',')
            .map(str::trim)
            .filter(|tag| !tag.is_empty())
            .map(line_text)
            .collect(),
        _ => Vec::new(),
    }
}

/// A document that was cut short, closed after its last whole object within a list.
fn close(text: &str) -> Option<String> {
    let mut open: Vec<u8> = Vec::new();
    let mut whole: Option<(usize, Vec<u8>)> = None;
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' => {
                if open.pop() != Some(byte) {
                    return None;
                }
                // An entry: an object in a list in the feed.
                if byte == b'}' && open == [b'}', b']'] {
                    whole = Some((at + 1, open.clone()));
                }
            }
            _ => {}
        }
    }
    let (end, open) = whole?;
    let mut closed = text[..end].to_owned();
    closed.extend(open.iter().rev().map(|byte| char::from(*byte)));
    Some(closed)
}
