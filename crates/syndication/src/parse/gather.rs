//! A JSON Feed item by item: none of them waits in memory for the others, and those that came before an error stay.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use url::Url;

use super::json::entry;
use crate::entry::Entry;

/// What was read of a document.
pub(super) struct Gathered<'u> {
    pub(super) url: Option<&'u Url>,
    /// All of the feed but its entries.
    pub(super) fields: Map<String, Value>,
    /// `None` where no list of them was met.
    pub(super) entries: Option<Vec<Entry>>,
}

impl<'de> DeserializeSeed<'de> for &mut Gathered<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, document: D) -> Result<(), D::Error> {
        document.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Gathered<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut feed: A) -> Result<(), A::Error> {
        while let Some(name) = feed.next_key::<String>()? {
            if matches!(name.as_str(), "items" | "entries") && self.entries.is_none() {
                feed.next_value_seed(Items(self))?;
            } else {
                self.fields.insert(name, feed.next_value()?);
            }
        }
        Ok(())
    }
}

/// A list of items, an object of them, or something else, which has none.
struct Items<'g, 'u>(&'g mut Gathered<'u>);

impl Items<'_, '_> {
    fn take(&mut self, item: &Value) {
        let url = self.0.url;
        let entries = self.0.entries.get_or_insert_default();
        entries.extend(
            item.as_object()
                .filter(|item| !item.is_empty())
                .map(|item| entry(item, url)),
        );
    }
}

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, items: D) -> Result<(), D::Error> {
        items.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("items")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.0.entries.get_or_insert_default();
        while let Some(item) = items.next_element::<Value>()? {
            self.take(&item);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.0.entries.get_or_insert_default();
        while let Some((_, item)) = items.next_entry::<IgnoredAny, Value>()? {
            self.take(&item);
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
