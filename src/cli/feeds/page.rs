//! A page, a feed or a plain text becomes entries that can be explained.

use anyhow::{Result, bail};

use super::parse::Body;
use wirewatch_syndication::{Entry, EntryKey, ParseError, Source, derive_id, extract, page_text, parse, plain_text};

/// The entries of a feed, the text of a web page, or a plain text.
pub fn entries(body: &Body) -> Result<Vec<Entry>> {
    let source = Source {
        bytes: &body.bytes,
        content_type: body.content_type.as_deref(),
        url: body.url.as_ref(),
        language: None,
        zone: None,
    };
    match parse(source) {
        Ok(feed) => Ok(feed.entries),
        Err(ParseError::Html { .. }) => {
            let page = page_text(&body.bytes, body.content_type.as_deref());
            let title = between(&page, "<title", "</title>").map(plain_text);
            let title = title.map(|title| title.text.replace('\n', " ")).unwrap_or_default();
            // As the daemon reads articles; a page without one is read whole.
            let text = extract(&page, body.url.as_ref())
                .unwrap_or_else(|_| plain_text(between(&page, "<body", "</body>").unwrap_or(&page)).text);
            Ok(vec![entry(title.trim(), text.trim())])
        }
        Err(ParseError::NotAFeed { .. }) => Ok(vec![written(&page_text(&body.bytes, body.content_type.as_deref()))]),
        Err(error) => bail!("{error}"),
    }
}

/// A text whose first line is the title.
pub fn written(text: &str) -> Entry {
    let (title, rest) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
    entry(title.trim(), rest.trim())
}

fn entry(title: &str, text: &str) -> Entry {
    Entry {
        key: EntryKey(derive_id(&["explain", title, text])),
        id: None,
        title: title.to_owned(),
        link: None,
        text: text.to_owned(),
        published: None,
        updated: None,
        authors: Vec::new(),
        tags: Vec::new(),
        language: None,
        ..Entry::default()
    }
}

/// What stands in an element, found without regard to case.
fn between<'a>(page: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let lower = page.to_ascii_lowercase();
    let open = lower.find(open)?;
    let start = open + lower[open..].find('>')? + 1;
    let end = lower[start..].find(close).map_or(page.len(), |end| start + end);
    page.get(start..end)
}
