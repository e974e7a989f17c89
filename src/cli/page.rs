//! A page, a feed or a plain text becomes entries that can be explained.

use anyhow::{Result, bail};
use encoding_rs::{Encoding, UTF_8};

use super::parse::Body;
use crate::feed::{Entry, EntryKey, ParseError, Source, derive_id, parse, plain_text};

/// How far into a page its own word on its encoding is looked for (WHATWG HTML: the first 1,024 bytes).
const PRESCAN: usize = 1024;

/// The entries of a feed, the text of a web page, or a plain text.
pub fn entries(body: &Body) -> Result<Vec<Entry>> {
    let source = Source {
        bytes: &body.bytes,
        content_type: body.content_type.as_deref(),
        url: body.url.as_ref(),
    };
    match parse(source) {
        Ok(feed) => Ok(feed.entries),
        Err(ParseError::Html { .. }) => {
            let page = text(body);
            let title = between(&page, "<title", "</title>").map(plain_text);
            let title = title.map(|title| title.text.replace('\n', " ")).unwrap_or_default();
            let text = plain_text(between(&page, "<body", "</body>").unwrap_or(&page)).text;
            Ok(vec![entry(title.trim(), text.trim())])
        }
        Err(ParseError::NotAFeed { .. }) => Ok(vec![written(&text(body))]),
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
    }
}

/// Decodes by byte order mark, as UTF-8 where it is, as the server or the page itself says, else by its letters.
fn text(body: &Body) -> String {
    let bytes = &body.bytes;
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).into_owned();
    let named = [body.content_type.as_deref(), Some(head.as_str())];
    let declared = named.into_iter().flatten().find_map(charset);
    let encoding = declared.filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| {
        let mut letters = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        letters.feed(bytes, true);
        letters.guess(None, chardetng::Utf8Detection::Deny)
    });
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The encoding after `charset=`.
fn charset(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let rest = &lower[lower.find("charset=")? + "charset=".len()..];
    let rest = rest.trim_start_matches(['"', '\'', ' ']);
    let end = rest
        .find(|letter: char| !letter.is_ascii_alphanumeric() && !"-_:".contains(letter))
        .unwrap_or(rest.len());
    Encoding::for_label(&rest.as_bytes()[..end])
}

/// What stands in an element, found without regard to case.
fn between<'a>(page: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let lower = page.to_ascii_lowercase();
    let open = lower.find(open)?;
    let start = open + lower[open..].find('>')? + 1;
    let end = lower[start..].find(close).map_or(page.len(), |end| start + end);
    page.get(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_in_the_encoding_that_it_is_in() {
        let page = |head: &str| format!("<html><head>{head}<title>Segou</title></head><body>S\u{e9}gou</body></html>");
        let latin = |text: &str| text.chars().map(|letter| letter as u8).collect::<Vec<u8>>();
        for (what, bytes, content_type) in [
            ("UTF-8", page("").into_bytes(), None),
            (
                "as the server says",
                latin(&page("")),
                Some("text/html; charset=ISO-8859-1"),
            ),
            ("as the page says", latin(&page("<meta charset='windows-1252'>")), None),
            ("by its letters", latin(&page("")), Some("text/html")),
            (
                "not as the page says, wrongly",
                latin(&page("<meta charset=utf-8>")),
                None,
            ),
        ] {
            let body = Body {
                bytes,
                content_type: content_type.map(str::to_owned),
                url: None,
            };
            let entries = entries(&body).unwrap();
            assert_eq!(
                (entries[0].title.as_str(), entries[0].text.as_str()),
                ("Segou", "Ségou"),
                "{what}"
            );
        }
    }
}
