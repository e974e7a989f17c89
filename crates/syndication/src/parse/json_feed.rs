//! Reads a JSON Feed: its own fields, its entries, and what is wrong with it.

use std::time::Duration;

use serde::de::DeserializeSeed;
use serde_json::{Map, Value};
use url::Url;

use super::gather::Gathered;
use super::json::text_of;
use super::kept::Kept;
use super::mend::absolute;
use super::parsed_feed::Hints;
use super::read::line_text;
use super::repair::{CUT_ENTRY, ODD_JSON, Repairs};
use crate::entry::Entry;
use crate::hub::Offered;

/// A JSON Feed, read.
pub(super) struct JsonFeed {
    pub(super) title: Option<String>,
    pub(super) link: Option<String>,
    pub(super) language: Option<String>,
    pub(super) entries: Vec<Entry>,
    pub(super) left_out: u32,
    pub(super) hints: Hints,
    pub(super) older: Option<String>,
    pub(super) offered: Offered,
    pub(super) cut_short: bool,
}

/// Reads a document that starts with `{`; `None` where it is no feed. Of one that breaks off, what came before.
pub(super) fn read(text: &str, url: Option<&Url>, repairs: &mut Repairs) -> Option<JsonFeed> {
    let mut gathered = Gathered {
        url,
        fields: Map::new(),
        entries: None,
        repairs,
    };
    let mut document = serde_json::Deserializer::from_str(text);
    let cut_short = gathered.deserialize(&mut document).is_err();
    let Gathered { fields, entries, .. } = gathered;
    if cut_short {
        if entries.as_ref().is_none_or(Kept::is_empty) {
            return None;
        }
        repairs.add(CUT_ENTRY);
    }
    let version = text_of(&fields, "version");
    let known = version
        .as_deref()
        .is_some_and(|version| version.contains("jsonfeed.org/version/"));
    if entries.is_none() && !known {
        return None;
    }
    if !version.is_some_and(|version| version.starts_with("https://jsonfeed.org/version/1")) {
        repairs.add(ODD_JSON);
    }
    let (entries, left_out) = entries.unwrap_or_default().into_parts();
    Some(JsonFeed {
        title: text_of(&fields, "title").map(|title| line_text(&title)),
        link: text_of(&fields, "home_page_url").map(|link| absolute(&link, url)),
        language: text_of(&fields, "language"),
        entries,
        left_out,
        hints: Hints {
            update_every: minutes(&fields, "ttl"),
            ..Hints::default()
        },
        older: text_of(&fields, "next_url"),
        offered: Offered::of_json(&fields),
        cut_short,
    })
}

fn minutes(feed: &Map<String, Value>, name: &str) -> Option<Duration> {
    let minutes: u32 = text_of(feed, name)?.parse().ok()?;
    Some(Duration::from_secs(u64::from(minutes) * 60))
}
