//! A JSON value of a bounded number of values: further ones are read over.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Values that may still be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Left {
    pub(crate) values: usize,
    /// Some were read over.
    pub(crate) exceeded: bool,
}

impl Left {
    pub(crate) fn of(values: usize) -> Self {
        Self {
            values,
            exceeded: false,
        }
    }
}

/// Reads a value of at most so many values in all, which are counted down; `None` where none was left for it.
pub(crate) struct Few<'l> {
    pub(crate) left: &'l mut Left,
    /// Where it is an object, all but these are read over, and not counted; without any, none is.
    pub(crate) names: &'static [&'static str],
}

impl<'l> Few<'l> {
    pub(crate) fn of(left: &'l mut Left) -> Self {
        Self { left, names: &[] }
    }
}

impl<'de> DeserializeSeed<'de> for Few<'_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Option<Value>, D::Error> {
        if self.left.values == 0 {
            self.left.exceeded = true;
            return IgnoredAny::deserialize(value).map(|_| None);
        }
        self.left.values -= 1;
        value.deserialize_any(self).map(Some)
    }
}

impl<'de> Visitor<'de> for Few<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut few = Vec::new();
        while let Some(value) = list.next_element_seed(Few::of(self.left))? {
            few.extend(value);
        }
        Ok(Value::Array(few))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut few = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            if !self.names.is_empty() && !self.names.contains(&name.as_str()) {
                object.next_value::<IgnoredAny>()?;
            } else if let Some(value) = object.next_value_seed(Few::of(self.left))? {
                few.insert(name, value);
            }
        }
        Ok(Value::Object(few))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_values_are_read_over() {
        let rows = [
            (
                "all of them",
                "{\"a\":[1,\"x\",null],\"b\":true}",
                6,
                "{\"a\":[1,\"x\",null],\"b\":true}",
                0,
            ),
            ("the end of a list", "{\"a\":[1,2,3,4],\"b\":5}", 4, "{\"a\":[1,2]}", 0),
            (
                "the end of an object",
                "{\"a\":{\"b\":1,\"c\":2},\"d\":3}",
                3,
                "{\"a\":{\"b\":1}}",
                0,
            ),
            ("more than there are", "[-1,2.5]", 9, "[-1,2.5]", 6),
        ];
        for (case, document, values, few, still_left) in rows {
            let mut left = Left::of(values);
            let read = Few::of(&mut left).deserialize(&mut serde_json::Deserializer::from_str(document));
            assert_eq!(read.unwrap().unwrap().to_string(), few, "{case}");
            assert_eq!(left.values, still_left, "{case}");
            assert_eq!(left.exceeded, few.len() < document.len(), "{case}");
        }
    }
}
