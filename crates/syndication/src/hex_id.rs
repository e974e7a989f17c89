//! Ids in JSON as 16 hex digits, as they are shown: many readers of JSON damage numbers of 64 bits.

use serde::{Deserialize, Deserializer, Serializer, de::Error};

pub fn serialize<S: Serializer>(id: &u64, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{id:016x}"))
}

pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    let written = String::deserialize(from)?;
    u64::from_str_radix(&written, 16)
        .map_err(|_| D::Error::custom(format!("`{written}` is not an id of 16 hex digits")))
}
