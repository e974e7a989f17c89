//! Reads a JSON Feed: its own fields, its entries, and what is wrong with it.

use std::time::Duration;

use serde::de::DeserializeSeed;
use serde_json::{Map, Value};
use url::Url;

use super::gather::Gathered;
use super::json_entry::text_of;
use crate::entry::Entry;
use crate::hub::Offered;
use crate::parse::feed_rs_reader::line_text;
use crate::parse::kept::Kept;
use crate::parse::parsed_feed::Hints;
use crate::parse::repair::{CUT_ENTRY, ODD_JSON, Repairs, absolute};

/// A JSON Feed, read.
pub(crate) struct JsonFeed {
    pub(crate) title: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) left_out: u32,
    pub(crate) hints: Hints,
    pub(crate) older: Option<String>,
    pub(crate) offered: Offered,
    pub(crate) cut_short: bool,
}

/// Reads a document that starts with `{`; `None` where it is no feed. Of one that breaks off, what came before.
pub(crate) fn read_json_feed(text: &str, url: Option<&Url>, repairs: &mut Repairs) -> Option<JsonFeed> {
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
