//! A JSON Feed item by item: none of them waits in memory for the others, and those that came before an error stay.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use url::Url;

use super::few::{Few, Left};
use super::json_entry::entry;
use crate::entry::Entry;
use crate::limits::MOST_VALUES;
use crate::parse::kept::Kept;
use crate::parse::repair::{MANY_VALUES, Repairs};

/// All that is read of a feed beside its items.
const FEED_FIELDS: &[&str] = &[
    "version",
    "title",
    "home_page_url",
    "feed_url",
    "next_url",
    "language",
    "ttl",
    "hubs",
];

/// All that is read of an item.
const ITEM_FIELDS: &[&str] = &[
    "id",
    "guid",
    "title",
    "url",
    "external_url",
    "content_html",
    "content_text",
    "content",
    "summary",
    "date_published",
    "published",
    "date_modified",
    "updated",
    "authors",
    "author",
    "tags",
    "language",
];

fn item(left: &mut Left) -> Few<'_> {
    Few {
        left,
        names: ITEM_FIELDS,
    }
}

/// What was read of a document.
pub(crate) struct Gathered<'u, 'r> {
    pub(crate) url: Option<&'u Url>,
    pub(crate) repairs: &'r mut Repairs,
    /// All of the feed but its entries.
    pub(crate) fields: Map<String, Value>,
    /// `None` where no list of them was met.
    pub(crate) entries: Option<Kept<Entry>>,
}

impl<'de> DeserializeSeed<'de> for &mut Gathered<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, document: D) -> Result<(), D::Error> {
        document.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Gathered<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut feed: A) -> Result<(), A::Error> {
        let mut left = Left::of(MOST_VALUES);
        while let Some(name) = feed.next_key::<String>()? {
            if matches!(name.as_str(), "items" | "entries") && self.entries.is_none() {
                feed.next_value_seed(Items(self))?;
            } else if !FEED_FIELDS.contains(&name.as_str()) {
                feed.next_value::<IgnoredAny>()?;
            } else if let Some(value) = feed.next_value_seed(Few::of(&mut left))? {
                self.fields.insert(name, value);
            }
        }
        if left.exceeded {
            self.repairs.add(MANY_VALUES);
        }
        Ok(())
    }
}

/// A list of items, an object of them, or something else, which has none.
struct Items<'g, 'u, 'r>(&'g mut Gathered<'u, 'r>);

impl Items<'_, '_, '_> {
    fn take(&mut self, item: Option<&Value>, left: Left) {
        if left.exceeded {
            self.0.repairs.add(MANY_VALUES);
        }
        if let Some(item) = item.and_then(Value::as_object).filter(|item| !item.is_empty()) {
            let entry = entry(item, self.0.url, self.0.repairs);
            self.0.entries.get_or_insert_default().push(entry);
        }
    }
}

impl<'de> DeserializeSeed<'de> for Items<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, items: D) -> Result<(), D::Error> {
        items.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("items")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.0.entries.get_or_insert_default();
        let mut left = Left::of(MOST_VALUES);
        while let Some(value) = items.next_element_seed(item(&mut left))? {
            self.take(value.as_ref(), left);
            left = Left::of(MOST_VALUES);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.0.entries.get_or_insert_default();
        while items.next_key::<IgnoredAny>()?.is_some() {
            let mut left = Left::of(MOST_VALUES);
            let value = items.next_value_seed(item(&mut left))?;
            self.take(value.as_ref(), left);
        }
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}
