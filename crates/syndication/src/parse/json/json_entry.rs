//! JSON Feed (jsonfeed.org, versions 1 and 1.1), read over plain values so that a wrong type costs one field only.

use std::collections::HashSet;

use serde_json::{Map, Value};
use url::Url;

use crate::entry::{Entry, EntryKey};
use crate::limits::MOST_NAMES;
use crate::parse::dates::read_date;
use crate::parse::feed_rs_reader::{body_text, join, line_text, short_text, short_title};
use crate::parse::repair::{MANY_NAMES, Repairs, absolute};

pub(super) fn entry(item: &Map<String, Value>, base: Option<&Url>, repairs: &mut Repairs) -> Entry {
    let first = |names: &[&str]| names.iter().find_map(|name| text_of(item, name));
    let date = |names: &[&str]| first(names).and_then(|text| read_date(&text));
    // Each where it says something else: the content may be one line in one form and whole in the other.
    let body = |names: &[&str]| first(names).map(|text| body_text(&text)).unwrap_or_default();
    let summary = body(&["summary"]);
    let content = join(body(&["content_html"]), body(&["content_text", "content"]));
    let (mut names, mut seen) = (Vec::new(), HashSet::new());
    for authors in ["authors", "author"] {
        people(item.get(authors), &mut names, &mut seen);
    }
    let mut tags = words(item.get("tags"));
    if names.len() > MOST_NAMES || tags.len() > MOST_NAMES {
        names.truncate(MOST_NAMES);
        tags.truncate(MOST_NAMES);
        repairs.add(MANY_NAMES);
    }
    Entry {
        key: EntryKey::default(),
        id: first(&["id", "guid"]),
        title: short_title(
            first(&["title"]).map(|title| line_text(&title)).unwrap_or_default(),
            repairs,
        ),
        link: first(&["url", "external_url"]).map(|link| absolute(&link, base)),
        text: short_text(join(summary, content), repairs),
        published: date(&["date_published", "published"]),
        updated: date(&["date_modified", "updated"]),
        authors: names,
        tags,
        language: text_of(item, "language"),
        position: None,
        warning: None,
        publisher: None,
    }
}

/// A text, or a number or truth value written as one.
pub(super) fn text_of(map: &Map<String, Value>, name: &str) -> Option<String> {
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
            .take(MOST_NAMES + 1)
            .map(line_text)
            .collect(),
        _ => Vec::new(),
    }
}
