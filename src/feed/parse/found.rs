//! From the parts of an entry as they were written to plain text and moments.

use std::borrow::Cow;

use jiff::Timestamp;
use memchr::{memchr, memmem};

use super::dates;
use super::draft::Draft;
use super::repair::{ODD_DATE, Repairs};
use crate::feed::plain::{looks_like_html, plain_string};

/// An entry before it has its key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Found {
    pub(super) id: Option<String>,
    pub(super) title: String,
    pub(super) link: Option<String>,
    pub(super) text: String,
    pub(super) published: Option<Timestamp>,
    pub(super) updated: Option<Timestamp>,
    pub(super) authors: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) language: Option<String>,
}

/// Makes an entry of what was gathered between its tags.
pub(super) fn found(draft: Draft, repairs: &mut Repairs) -> Found {
    let mut moment = |text: &str| {
        let moment = dates::scan(text);
        if moment.is_none() {
            repairs.add(ODD_DATE);
        }
        moment
    };
    let [published, updated] = [draft.published, draft.updated].map(|date| date.map(|(_, text)| moment(&text)));
    // `dc:date` stands for whichever is not given.
    let date = match (published, updated) {
        (Some(_), Some(_)) => None,
        _ => draft.date.and_then(|text| moment(&text)),
    };
    let body = |text: Option<(u8, String)>| text.map(|(_, text)| body_text(&text)).unwrap_or_default();
    Found {
        id: draft.id,
        title: draft.title.map(|(_, title)| line_text(&title)).unwrap_or_default(),
        link: draft.link.map(|(_, link)| link),
        text: join(body(draft.summary), body(draft.content)),
        published: published.unwrap_or(date),
        updated: updated.unwrap_or(date),
        authors: lines(&draft.authors),
        tags: lines(&draft.categories),
        language: draft.language.filter(|language| !language.is_empty()),
    }
}

fn lines(texts: &[String]) -> Vec<String> {
    texts
        .iter()
        .map(|text| line_text(text))
        .filter(|line| !line.is_empty())
        .collect()
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
pub(in crate::feed) fn join(summary: String, content: String) -> String {
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
