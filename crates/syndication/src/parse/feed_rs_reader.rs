//! The mended document through feed-rs, and what feed-rs found made plain.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use feed_rs::model;
use feed_rs::parser::{Builder, Parser};
use jiff::Timestamp;
use memchr::{memchr, memmem};

use super::dates::DateReader;
use super::repair::{Beside, Draft, LONG_TEXT, LONG_TITLE, ODD_DATE, Ranked, Repairs};
use crate::entry::{Entry, EntryKey};
use crate::html::{looks_like_html, plain_string};
use crate::limits::{LONGEST_TEXT, LONGEST_TITLE};

/// Reads the entries of a mended document; they have no keys yet. feed-rs panics on some input; the pre-pass leaves nothing known to make it
/// do so, and what is not known is caught here.
pub(super) fn read(
    atom: &[String],
    beside: Vec<Beside>,
    dates: &DateReader,
    repairs: &mut Repairs,
) -> Result<Vec<Entry>, String> {
    let dates = dates.clone();
    let parser = Builder::new()
        .sanitize_content(false)
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |text| DateTime::from_timestamp(dates.read(text)?.as_second(), 0))
        .build();
    let mut found = Vec::with_capacity(beside.len());
    let mut documents = atom.iter();
    let mut entries = Vec::new().into_iter();
    for beside in beside {
        if let Some(mut straight) = beside.straight {
            let text = with_further(std::mem::take(&mut straight.text), &beside.further);
            found.push(Entry {
                text: short_text(text, repairs),
                link: beside.link,
                language: beside.language,
                position: beside.position,
                warning: beside.warning,
                publisher: publisher(beside.publisher),
                ..*straight
            });
            continue;
        }
        if entries.len() == 0
            && let Some(atom) = documents.next()
        {
            entries = entries_of(&parser, atom, repairs)?.into_iter();
        }
        found.extend(entries.next().map(|entry| plain(entry, beside, repairs)));
    }
    Ok(found)
}

/// An entry as it was gathered, the same as feed-rs would give it; its link and language are carried beside.
pub(super) fn straight(draft: &Draft, dates: &DateReader, repairs: &mut Repairs) -> Entry {
    let mut date = |own: &Ranked| {
        let text = own.as_ref().map(|(_, text)| text).or(draft.date.as_ref())?;
        let at = dates.read(text);
        if at.is_none() {
            repairs.add(ODD_DATE);
        }
        Timestamp::from_second(at?.as_second()).ok()
    };
    let (published, updated) = (date(&draft.published), date(&draft.updated));
    let body = |text: &Ranked| text.as_ref().map(|(_, text)| body_text(text)).unwrap_or_default();
    let lines = |texts: &[String]| texts.iter().map(|text| line_text(text)).collect();
    Entry {
        key: EntryKey::default(),
        id: draft.id.clone(),
        title: short_title(
            draft
                .title
                .as_ref()
                .map(|(_, title)| line_text(title))
                .unwrap_or_default(),
            repairs,
        ),
        link: None,
        text: short_text(join(body(&draft.summary), body(&draft.content)), repairs),
        published,
        updated,
        authors: lines(&draft.authors),
        tags: lines(&draft.categories),
        language: None,
        position: None,
        warning: None,
        publisher: None,
    }
}

/// Bytes of a publisher's name; what is longer is none.
const LONGEST_NAME: usize = 120;

fn publisher(written: Option<String>) -> Option<String> {
    let name = line_text(&written?);
    (!name.is_empty() && name.len() <= LONGEST_NAME).then_some(name)
}

fn entries_of(parser: &Parser, atom: &str, repairs: &mut Repairs) -> Result<Vec<model::Entry>, String> {
    let parsed = catch_unwind(AssertUnwindSafe(|| parser.parse(atom.as_bytes())));
    let entries = match parsed {
        Ok(Ok(feed)) => feed.entries,
        Ok(Err(error)) => return Err(error.to_string()),
        Err(_) => return Err("the feed is beyond repair".to_owned()),
    };
    let dates = atom.matches("</published>").count() + atom.matches("</updated>").count();
    let read = entries
        .iter()
        .map(|entry| usize::from(entry.published.is_some()) + usize::from(entry.updated.is_some()));
    let unread = dates.saturating_sub(read.sum());
    repairs.add_many(ODD_DATE, u32::try_from(unread).unwrap_or(u32::MAX));
    Ok(entries)
}

fn plain(entry: model::Entry, beside: Beside, repairs: &mut Repairs) -> Entry {
    let at = |date: Option<DateTime<Utc>>| date.and_then(|date| Timestamp::from_second(date.timestamp()).ok());
    let summary = entry
        .summary
        .map(|summary| body_text(&summary.content))
        .unwrap_or_default();
    let content = entry
        .content
        .and_then(|content| content.body)
        .map(|body| body_text(&body))
        .unwrap_or_default();
    Entry {
        key: EntryKey::default(),
        id: Some(entry.id).filter(|id| !id.is_empty()),
        title: short_title(
            entry.title.map(|title| line_text(&title.content)).unwrap_or_default(),
            repairs,
        ),
        link: beside.link,
        text: short_text(with_further(join(summary, content), &beside.further), repairs),
        published: at(entry.published),
        updated: at(entry.updated),
        authors: entry
            .authors
            .into_iter()
            .filter_map(|author| author.name)
            .map(|name| line_text(&name))
            .collect(),
        tags: entry
            .categories
            .into_iter()
            .map(|category| line_text(&category.term))
            .collect(),
        language: beside.language,
        position: beside.position,
        warning: beside.warning,
        publisher: publisher(beside.publisher),
    }
}

/// Cuts a title that is none.
pub(super) fn short_title(title: String, repairs: &mut Repairs) -> String {
    shortened(title, LONGEST_TITLE, LONG_TITLE, repairs)
}

/// Cuts a text that is longer than what is read of an entry.
pub(super) fn short_text(text: String, repairs: &mut Repairs) -> String {
    shortened(text, LONGEST_TEXT, LONG_TEXT, repairs)
}

fn shortened(mut text: String, longest: usize, what: &'static str, repairs: &mut Repairs) -> String {
    if text.len() > longest {
        repairs.add(what);
        let end = (0..=longest).rev().find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or_default());
        text.shrink_to_fit();
    }
    text
}

/// One line of plain text; text escaped twice or three times is decoded to its end.
pub(super) fn line_text(source: &str) -> String {
    let mut text = plain_string(source);
    for _ in 0..2 {
        if !looks_like_html(&text) {
            break;
        }
        text = plain_string(&text);
    }
    match in_one_paragraph(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(line) => line,
    }
}

/// Plain text in paragraphs. Text that is still markup was escaped once too often.
pub(super) fn body_text(source: &str) -> String {
    let text = plain_string(source);
    let bytes = text.as_bytes();
    if (memchr(b'&', bytes).is_some() || memmem::find(bytes, b"</").is_some()) && looks_like_html(&text) {
        plain_string(&text)
    } else {
        text
    }
}

/// The content, with the summary before it where the content does not contain it.
pub fn join(summary: String, content: String) -> String {
    if content.is_empty() {
        return summary;
    }
    let start = summary.trim_end_matches(|char: char| char.is_whitespace() || matches!(char, '.' | '…' | '[' | ']'));
    if start.is_empty() || contains(&content, start) {
        return content;
    }
    if contains(&summary, &content) {
        return summary;
    }
    format!("{summary}\n\n{content}")
}

/// Appends texts of other elements, each where nothing before it contains it; one that contains all before replaces it.
fn with_further(text: String, further: &[String]) -> String {
    further.iter().fold(text, |text, other| join(text, body_text(other)))
}

/// Whether one text contains another, whatever their paragraphs.
fn contains(text: &str, part: &str) -> bool {
    /// Bytes of a beginning that is looked for first: it is found faster, and mostly not.
    const BEGINNING: usize = 24;
    let within = |text: &str, part: &str| memmem::find(text.as_bytes(), part.as_bytes()).is_some();
    let starts =
        |text: &str, part: &str| memmem::find(text.as_bytes(), &part.as_bytes()[..part.len().min(BEGINNING)]).is_some();
    if starts(text, part) && within(text, part) {
        return true;
    }
    match (in_one_paragraph(text), in_one_paragraph(part)) {
        (Cow::Borrowed(_), Cow::Borrowed(_)) => false,
        (text, part) => starts(&text, &part) && within(&text, &part),
    }
}

fn in_one_paragraph(text: &str) -> Cow<'_, str> {
    let mut line = String::new();
    let mut from = 0;
    for at in memmem::find_iter(text.as_bytes(), b"\n\n") {
        if from == 0 {
            line.reserve_exact(text.len());
        }
        line.push_str(&text[from..at]);
        line.push(' ');
        from = at + 2;
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    line.push_str(&text[from..]);
    Cow::Owned(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_decoded_to_their_end() {
        let table = [
            ("Caf&amp;amp;eacute; &amp;amp; bar", "Café & bar"),
            ("AT&T", "AT&T"),
            ("a <b>bold</b> word", "a bold word"),
            ("&lt;b&gt;Mali&lt;/b&gt;", "Mali"),
            ("two\n\nlines", "two lines"),
        ];
        for (source, title) in table {
            assert_eq!(line_text(source), title);
        }
    }

    #[test]
    fn a_summary_is_not_told_twice() {
        let table = [
            ("only a summary", "Short.", "", "Short."),
            ("only content", "", "Long.", "Long."),
            (
                "the beginning of the content",
                "Seven people […]",
                "Seven people died.\n\nMore.",
                "Seven people died.\n\nMore.",
            ),
            (
                "over paragraphs",
                "One. Two.",
                "One.\n\nTwo.\n\nThree.",
                "One.\n\nTwo.\n\nThree.",
            ),
            (
                "something else",
                "A word before.",
                "The text.",
                "A word before.\n\nThe text.",
            ),
        ];
        for (case, summary, content, text) in table {
            assert_eq!(join(summary.to_owned(), content.to_owned()), text, "{case}");
        }
    }
}
