//! Documents: the text that is examined, and its fields.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::stated_position::StatedPosition;

/// A field of a [`Document`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    Title,
    Text,
    /// What a [`StatedPosition`] says in words: no text of the document, so terms are not looked for in it.
    Position,
}

/// A document as plain text, for example an entry of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Document<'a> {
    pub title: &'a str,
    pub text: &'a str,
    /// The `[feeds.NAME]` table that it came from; `None` outside of feeds (then `feeds = […]` does not restrict).
    pub feed: Option<&'a str>,
    /// The country that the feed reports from, ISO 3166-1 alpha-2: between places of one name, its own come first.
    pub country: Option<&'a str>,
    /// BCP 47, as the configuration, the entry or its feed says; `None`: found out from the text where a watch asks.
    pub language: Option<&'a str>,
    /// The publisher, as the entry's `<source>` or the feed's title says: a place in its name is none of the events.
    pub publisher: Option<&'a str>,
    /// Bytes of `text` that most entries of the feed share, rising and apart from each other: places there do not count for
    /// `where`.
    pub boilerplate: &'a [Range<usize>],
    /// Where its subject is, by fields of its own: its places count with full confidence.
    pub position: Option<&'a StatedPosition>,
}

impl<'a> Document<'a> {
    pub fn field(&self, field: Field) -> &'a str {
        match field {
            Field::Title => self.title,
            Field::Text => self.text,
            Field::Position => self.position.map_or("", StatedPosition::text),
        }
    }

    /// Whether a span lies in what most entries of the feed share.
    pub(crate) fn is_boilerplate(&self, field: Field, span: &Range<usize>) -> bool {
        let before = self.boilerplate.partition_point(|part| part.start <= span.start);
        let last = before.checked_sub(1).map(|at| &self.boilerplate[at]);
        field == Field::Text && last.is_some_and(|part| span.end <= part.end)
    }
}
