//! What was found of an entry, and how it is written for feed-rs to read.

use memchr::memchr3;

use super::fields::Field;
use super::stated::Stated;
use crate::limits::{FEED_RS_BYTES, FEED_RS_ENTRY_BYTES, LONGEST_TEXT, MOST_NAMES, MOST_TEXTS};

/// A text with the rank of the element it came from.
pub(crate) type Ranked = Option<(u8, String)>;

/// The parts of one entry, or of the feed itself, references decoded.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) title: Ranked,
    pub(crate) link: Ranked,
    pub(crate) id: Option<String>,
    pub(crate) summary: Ranked,
    /// Summaries and contents of other elements, in their order. They count where they differ.
    pub(crate) further: Vec<String>,
    pub(crate) content: Ranked,
    pub(crate) published: Ranked,
    pub(crate) updated: Ranked,
    pub(crate) date: Option<String>,
    pub(crate) authors: Vec<String>,
    author_rank: u8,
    pub(crate) categories: Vec<String>,
    /// There were more authors or tags than are kept.
    pub(crate) many_names: bool,
    /// There were more texts than are read.
    pub(crate) many_texts: bool,
    pub(crate) language: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) ttl: Option<String>,
    pub(crate) period: Option<String>,
    pub(crate) frequency: Option<String>,
    pub(crate) skip_hours: Vec<String>,
    pub(crate) skip_days: Vec<String>,
    pub(crate) older: Ranked,
    pub(crate) stated: Stated,
}

/// Entries as Atom documents.
#[derive(Debug, Default)]
pub(crate) struct Batches {
    whole: Vec<String>,
    open: String,
    entries: usize,
    bytes: usize,
    full: bool,
}

impl Batches {
    /// Whether no further entry is written.
    pub(crate) fn is_full(&self) -> bool {
        self.full
    }

    /// Writes an entry; `false` where there is nothing to write, or much was written already.
    pub(crate) fn write(&mut self, entry: &Draft) -> bool {
        /// Entries of one document.
        const MOST: usize = 256;
        /// Documents for feed-rs, which takes microseconds for an entry, however little stands in it: more entries than
        /// these 2,048 are read straight.
        const DOCUMENTS: usize = 8;
        if self.full || entry.is_empty() {
            return false;
        }
        let bytes = entry.bytes();
        if bytes > FEED_RS_ENTRY_BYTES {
            return false;
        }
        if self.entries == MOST {
            self.close();
        }
        self.bytes += bytes;
        if self.whole.len() == DOCUMENTS || self.bytes > FEED_RS_BYTES {
            self.full = true;
            return false;
        }
        if self.entries == 0 {
            self.open.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\">");
        }
        entry.write(&mut self.open);
        self.entries += 1;
        true
    }

    fn close(&mut self) {
        if self.entries > 0 {
            self.open.push_str("</feed>");
            self.whole.push(std::mem::take(&mut self.open));
            self.entries = 0;
        }
    }

    pub(crate) fn finish(mut self) -> Vec<String> {
        self.close();
        self.whole
    }
}

/// Ranks of addresses that stand elsewhere than in `link`.
pub(super) const LINK_OF_ATOM: u8 = 2;
pub(super) const LINK_OF_OTHER_TYPE: u8 = 3;
pub(super) const LINK_OF_ID: u8 = 5;
pub(super) const LINK_OF_ENCLOSURE: u8 = 7;

/// Hours or days that a feed may name; more are no list of either.
const MOST_SKIPS: usize = 24;

/// Bytes of a publisher's name with its markup; what is longer is none.
const LONGEST_PUBLISHER: usize = 480;

impl Draft {
    pub(crate) fn put(&mut self, field: Field, text: String) {
        if text.trim().is_empty() {
            return;
        }
        match field {
            Field::Title(rank) => keep(&mut self.title, rank, text),
            Field::Link(rank) => keep(&mut self.link, rank, text.trim().to_owned()),
            Field::Id => {
                self.id.get_or_insert_with(|| text.trim().to_owned());
            }
            Field::Summary(rank) => self.further(|draft| &mut draft.summary, rank, text),
            Field::Content(rank) => self.further(|draft| &mut draft.content, rank, text),
            Field::Published(rank) => keep(&mut self.published, rank, text),
            Field::Updated(rank) => keep(&mut self.updated, rank, text),
            Field::Date => {
                self.date.get_or_insert(text);
            }
            Field::Author(rank) => self.author(rank, text),
            Field::Category if self.categories.len() < MOST_NAMES => self.categories.push(text.trim().to_owned()),
            Field::Category => self.many_names = true,
            Field::Language => {
                self.language.get_or_insert_with(|| text.trim().to_owned());
            }
            Field::Publisher if text.len() <= LONGEST_PUBLISHER => {
                self.publisher.get_or_insert_with(|| text.trim().to_owned());
            }
            Field::Publisher => {}
            Field::Ttl => self.ttl = Some(text),
            Field::Period => self.period = Some(text),
            Field::Frequency => self.frequency = Some(text),
            Field::SkipHour if self.skip_hours.len() < MOST_SKIPS => self.skip_hours.push(text),
            Field::SkipDay if self.skip_days.len() < MOST_SKIPS => self.skip_days.push(text),
            Field::SkipHour | Field::SkipDay => {}
            Field::Older(rank) => keep(&mut self.older, rank, text),
            // Put by what surrounds it: see `Stated::put`.
            Field::Stated(_) => {}
        }
    }

    /// Keeps the text of the lowest rank in its place, and the other one beside it.
    fn further(&mut self, place: fn(&mut Self) -> &mut Ranked, rank: u8, text: String) {
        let kept = place(self);
        let other = match kept {
            Some((best, _)) if rank >= *best => text,
            _ => match kept.replace((rank, text)) {
                Some((_, other)) => other,
                None => return,
            },
        };
        let same = |text: &Ranked| text.as_ref().is_some_and(|(_, text)| *text == other);
        let bytes: usize = self.further.iter().map(String::len).sum();
        if same(&self.summary) || same(&self.content) || self.further.contains(&other) {
        } else if self.further.len() < MOST_TEXTS && bytes + other.len() <= LONGEST_TEXT {
            self.further.push(other);
        } else {
            self.many_texts = true;
        }
    }

    /// Names of the best kind only: `itunes:author` repeats `author`.
    fn author(&mut self, rank: u8, text: String) {
        if self.authors.is_empty() || rank < self.author_rank {
            self.authors.clear();
            self.author_rank = rank;
        }
        if rank == self.author_rank {
            if self.authors.len() < MOST_NAMES {
                self.authors.push(text.trim().to_owned());
            } else {
                self.many_names = true;
            }
        }
    }

    /// Whether the entry can be known again though its end never came.
    pub(crate) fn is_known(&self) -> bool {
        self.id.is_some() && self.title.is_some()
    }

    /// Whether nothing of it would be written.
    pub(crate) fn is_empty(&self) -> bool {
        let texts = [
            &self.title,
            &self.summary,
            &self.content,
            &self.published,
            &self.updated,
        ];
        self.id.is_none()
            && self.date.is_none()
            && self.authors.is_empty()
            && self.categories.is_empty()
            && texts.into_iter().all(Option::is_none)
    }

    /// Bytes of all that would be written.
    fn bytes(&self) -> usize {
        let ranked = [
            &self.title,
            &self.summary,
            &self.content,
            &self.published,
            &self.updated,
        ];
        let ranked = ranked.into_iter().flatten().map(|(_, text)| text);
        let plain = self
            .id
            .iter()
            .chain(&self.date)
            .chain(&self.authors)
            .chain(&self.categories);
        ranked.chain(plain).map(String::len).sum()
    }

    /// Writes an Atom entry (RFC 4287), but for its link, which is carried beside.
    fn write(&self, xml: &mut String) {
        xml.push_str("<entry>");
        let published = self.published.as_ref().map(|(_, text)| text).or(self.date.as_ref());
        let updated = self.updated.as_ref().map(|(_, text)| text).or(self.date.as_ref());
        if let Some(id) = &self.id {
            element(xml, "id", id);
        }
        for (name, text) in [
            ("title", &self.title),
            ("summary", &self.summary),
            ("content", &self.content),
        ] {
            if let Some((_, text)) = text {
                element(xml, name, text);
            }
        }
        for (name, text) in [("published", published), ("updated", updated)] {
            if let Some(text) = text {
                element(xml, name, text);
            }
        }
        for name in &self.authors {
            xml.push_str("<author>");
            element(xml, "name", name);
            xml.push_str("</author>");
        }
        for category in &self.categories {
            attribute(xml, "category", "term", category);
        }
        xml.push_str("</entry>\n");
    }
}

/// The lower rank stands; of equal ranks the first.
fn keep(kept: &mut Ranked, rank: u8, text: String) {
    if kept.as_ref().is_none_or(|(best, _)| rank < *best) {
        *kept = Some((rank, text));
    }
}

/// An element whose text stands in a CDATA section, which costs least to write and to read, or is plain. Its type is not
/// said: we take what feed-rs gives for HTML, whatever it is.
fn element(xml: &mut String, name: &str, text: &str) {
    if memchr3(b'<', b'&', b']', text.as_bytes()).is_none() {
        xml.extend(["<", name, ">", text, "</", name, ">"]);
        return;
    }
    xml.extend(["<", name, "><![CDATA["]);
    let mut parts = text.split("]]>");
    xml.push_str(parts.next().unwrap_or_default());
    for part in parts {
        xml.push_str("]]]]><![CDATA[>");
        xml.push_str(part);
    }
    xml.extend(["]]></", name, ">"]);
}

fn attribute(xml: &mut String, element: &str, name: &str, value: &str) {
    xml.extend(["<", element, " ", name, "=\""]);
    for char in value.chars() {
        match char {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '"' => xml.push_str("&quot;"),
            char => xml.push(char),
        }
    }
    xml.push_str("\"/>");
}
