//! OPML, the list of feeds that readers export.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use thiserror::Error;

/// One feed of an OPML list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpmlFeed {
    pub title: Option<String>,
    /// `xmlUrl` as written, entities resolved.
    pub url: String,
    /// Titles of the outlines around it, outermost first, parted by ` / `.
    pub folder: Option<String>,
    /// The byte of the list at which its outline starts.
    pub at: usize,
}

/// Fragments that complete "failed to read the list of feeds: …".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpmlError {
    #[error("it is not OPML: there is no <opml> in it")]
    NotOpml,
    #[error("no outline in it has an xmlUrl")]
    NoFeeds,
    #[error("it is broken at byte {at}: {why}")]
    Broken { at: usize, why: String },
}

/// The value of an attribute whatever its capitals, entities resolved where they can be.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element
        .html_attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref().eq_ignore_ascii_case(name))?;
    let value = htmlize::unescape_attribute(found.value.as_ref())
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    (!value.is_empty()).then_some(value)
}

/// Reads OPML 1 and 2: outlines with an `xmlUrl`, however deep, in the order of the list.
pub fn read_opml(text: &str) -> Result<Vec<OpmlFeed>, OpmlError> {
    let mut reader = Reader::from_str(text);
    let settings = reader.config_mut();
    settings.check_end_names = false;
    settings.allow_dangling_amp = true;
    settings.allow_unmatched_ends = true;
    let (mut feeds, mut folders, mut opml): (Vec<OpmlFeed>, Vec<Option<String>>, bool) =
        (Vec::new(), Vec::new(), false);
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let event = reader.read_event().map_err(|error| OpmlError::Broken {
            at: usize::try_from(reader.error_position()).unwrap_or(at),
            why: error.to_string(),
        })?;
        let (element, empty) = match event {
            Event::Eof => break,
            Event::End(end) if end.local_name().as_ref().eq_ignore_ascii_case("outline") => {
                folders.pop();
                continue;
            }
            Event::Start(element) => (element, false),
            Event::Empty(element) => (element, true),
            _ => continue,
        };
        let name = element.local_name();
        opml |= name.as_ref().eq_ignore_ascii_case("opml");
        if !name.as_ref().eq_ignore_ascii_case("outline") {
            continue;
        }
        let title = attribute(&element, "title").or_else(|| attribute(&element, "text"));
        let url = attribute(&element, "xmlUrl");
        let folder = folders.iter().flatten().cloned().collect::<Vec<_>>().join(" / ");
        if !empty {
            folders.push(if url.is_none() { title.clone() } else { None });
        }
        if let Some(url) = url {
            feeds.push(OpmlFeed {
                title,
                url,
                folder: (!folder.is_empty()).then_some(folder),
                at,
            });
        }
    }
    match (opml, feeds.is_empty()) {
        (false, _) => Err(OpmlError::NotOpml),
        (true, true) => Err(OpmlError::NoFeeds),
        _ => Ok(feeds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_readers_export_them() {
        let opml = |body: &str| format!("<?xml version=\"1.0\"?><opml version=\"2.0\"><body>{body}</body></opml>");
        let nested = r#"<outline text="Sahel"><outline text="Mali"><outline type="rss" title="A &amp; B" xmlUrl="https://a.example/?x=1&amp;y=2"/></outline></outline><outline text="C" xmlUrl="https://c.example/"/>"#;
        let cases = [
            (
                "nested folders",
                opml(nested),
                vec![
                    ("A & B", "https://a.example/?x=1&y=2", "Sahel / Mali"),
                    ("C", "https://c.example/", ""),
                ],
            ),
            (
                "a bare ampersand",
                opml(r#"<outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/>"#),
                vec![("A & B", "https://a.example/?x=1&y=2", "")],
            ),
            (
                "other capitals",
                opml(r#"<outline TEXT="A" xmlurl="https://a.example/"></outline>"#),
                vec![("A", "https://a.example/", "")],
            ),
        ];
        for (what, text, expected) in cases {
            let feeds = read_opml(&text).unwrap();
            let read: Vec<(&str, &str, &str)> = feeds
                .iter()
                .map(|f| {
                    (
                        f.title.as_deref().unwrap_or(""),
                        f.url.as_str(),
                        f.folder.as_deref().unwrap_or(""),
                    )
                })
                .collect();
            assert_eq!(read, expected, "{what}");
            assert!(
                feeds.iter().all(|f| text[f.at..].starts_with("<outline")),
                "{what}: where each stands"
            );
        }
        assert_eq!(read_opml("<html><body/></html>"), Err(OpmlError::NotOpml));
        assert_eq!(read_opml(&opml("")), Err(OpmlError::NoFeeds));
    }
}
