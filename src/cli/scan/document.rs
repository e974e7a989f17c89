//! The documents that `scan` reads and what it says of each: the shapes of its lines.

use std::ops::Range;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use wirewatch_recognition::{Document, Field, StatedPosition};
use wirewatch_syndication::{GeoPoint, Plain, Position, Shape, looks_like_html, plain_text};

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
    /// Where its subject is: `[latitude, longitude]` in degrees, or `"12.744 -8.072"`.
    #[serde(default, deserialize_with = "point")]
    pub point: Option<GeoPoint>,
    /// The name of the area that it is about: `"Cercle de Kati"`; several are separated by semicolons.
    #[serde(default, deserialize_with = "or_empty")]
    pub area: String,
}

impl Given {
    /// Returns the position that the document states.
    pub fn position(&self) -> Option<Box<Position>> {
        let mut position = Position::default();
        self.point
            .into_iter()
            .for_each(|point| position.add_shape(Shape::Point(point)));
        position.add_areas(&self.area, ';');
        (!position.is_empty()).then(|| Box::new(position))
    }
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

fn point<'de, D: Deserializer<'de>>(value: D) -> Result<Option<GeoPoint>, D::Error> {
    let numbers = match Value::deserialize(value)? {
        Value::Null => return Ok(None),
        Value::Array(numbers) => numbers.iter().map(Value::as_f64).collect::<Option<Vec<f64>>>(),
        Value::String(text) => {
            let parts = text.split([' ', ',']).filter(|part| !part.is_empty());
            parts.map(|part| part.parse().ok()).collect()
        }
        _ => None,
    };
    let point = match numbers.as_deref() {
        Some([lat, lon]) => GeoPoint::of_degrees(*lat, *lon),
        _ => None,
    };
    let wrong = || D::Error::custom("`point` must be [latitude, longitude] in degrees, e.g. [12.744, -8.072]");
    point.map(Some).ok_or_else(wrong)
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

/// The fields of a document as given, and as they are examined.
#[derive(Clone, Copy)]
pub struct GivenFields<'a> {
    pub given: &'a Given,
    pub title: &'a Shown,
    pub text: &'a Shown,
    pub position: Option<&'a StatedPosition>,
}

impl<'a> GivenFields<'a> {
    /// Returns a span of an examined field in the field as given, with what stands there.
    pub fn written(&self, field: Field, span: Range<usize>) -> (Range<usize>, &'a str) {
        let (raw, span) = match field {
            Field::Title => (self.given.title.as_str(), self.title.span(span)),
            Field::Text => (self.given.text.as_str(), self.text.span(span)),
            Field::Position => (self.position.map_or("", StatedPosition::text), span),
        };
        (span.clone(), raw.get(span).unwrap_or_default())
    }

    /// Returns the document as it is examined.
    pub fn document(&self) -> Document<'a> {
        Document {
            title: self.title.text(&self.given.title),
            text: self.text.text(&self.given.text),
            feed: self.given.feed.as_deref(),
            country: self.given.country.as_deref(),
            language: self.given.language.as_deref(),
            position: self.position,
            ..Document::default()
        }
    }
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

    pub fn span(&self, span: Range<usize>) -> Range<usize> {
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
