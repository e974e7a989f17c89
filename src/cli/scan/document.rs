//! The documents that `scan` reads and what it says of each: the shapes of its lines.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use wirewatch_recognition::Field;
use wirewatch_syndication::{Plain, looks_like_html, plain_text};

/// One line in.
#[derive(Debug, Deserialize)]
pub struct Given {
    pub id: serde_json::Value,
    /// Absent and `null` are empty.
    #[serde(default, deserialize_with = "or_empty")]
    pub title: String,
    #[serde(default, deserialize_with = "or_empty")]
    pub text: String,
    #[serde(default)]
    pub url: Option<String>,
    /// A time with a zone, a day, the date of a mail, or Unix seconds; what is none of these is no date.
    #[serde(default, deserialize_with = "date")]
    pub published: Option<Timestamp>,
    /// The `[feeds.NAME]` that it counts as, or the address of a feed.
    #[serde(default)]
    pub feed: Option<String>,
    /// ISO 3166-1 alpha-2: the country that its feed reports from; that of the feed where it is left out.
    #[serde(default)]
    pub country: Option<String>,
    /// BCP 47.
    #[serde(default)]
    pub language: Option<String>,
}

/// One line out.
#[derive(Debug, Serialize)]
pub struct Said {
    pub id: serde_json::Value,
    pub mentions: Vec<SaidMention>,
    pub verdicts: Vec<SaidVerdict>,
    pub story: String,
}

#[derive(Debug, Serialize)]
pub struct SaidMention {
    /// `null` where the term belongs to no group or place, and of a place that no gazetteer has.
    pub entity: Option<String>,
    pub kind: String,
    pub name: String,
    pub country: Option<String>,
    pub field: Field,
    /// Bytes of the field as given.
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub confidence: f32,
    /// The known town near which a place without an entity is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct SaidVerdict {
    pub watch: String,
    pub fires: bool,
    pub because: String,
}

/// A line that is no document, in its place.
#[derive(Debug, Serialize)]
pub struct Refused {
    pub line: usize,
    pub error: String,
}

fn or_empty<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(value)?.unwrap_or_default())
}

fn date<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(match Value::deserialize(value)? {
        Value::Number(seconds) => seconds
            .as_i64()
            .and_then(|seconds| Timestamp::from_second(seconds).ok()),
        Value::String(text) => {
            let day = |text: &str| text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok();
            let mail = |text: &str| jiff::fmt::rfc2822::parse(text).ok();
            let time = text.parse::<Timestamp>().ok();
            time.or_else(|| Some(mail(&text).or_else(|| day(&text))?.timestamp()))
        }
        _ => None,
    })
}

/// A field as it is examined: as given, or without its markup.
pub enum Shown {
    AsGiven,
    Stripped(Plain),
}

impl Shown {
    pub fn of(raw: &str) -> Self {
        if looks_like_html(raw) {
            Self::Stripped(plain_text(raw))
        } else {
            Self::AsGiven
        }
    }

    pub fn text<'a>(&'a self, raw: &'a str) -> &'a str {
        match self {
            Self::AsGiven => raw,
            Self::Stripped(plain) => &plain.text,
        }
    }

    pub fn span(&self, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
        match self {
            Self::AsGiven => span,
            Self::Stripped(plain) => plain.source_span(span),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_as_people_write_them() {
        let day = Some("2024-09-17T00:00:00Z".parse().unwrap());
        for (what, line, published) in [
            ("the least", r#"{"id":1}"#, None),
            (
                "nulls",
                r#"{"id":"a","title":null,"text":null,"url":null,"published":null}"#,
                None,
            ),
            ("Unix seconds", r#"{"id":1,"published":1726531200}"#, day),
            ("a time", r#"{"id":1,"published":"2024-09-17T02:00:00+02:00"}"#, day),
            ("a day", r#"{"id":1,"published":"2024-09-17"}"#, day),
            (
                "the date of a mail",
                r#"{"id":1,"published":"Tue, 17 Sep 2024 00:00:00 +0000"}"#,
                day,
            ),
            ("no date", r#"{"id":1,"published":"last week"}"#, None),
        ] {
            let given: Given = serde_json::from_str(line).unwrap();
            assert_eq!(given.published, published, "{what}");
        }
    }
}
