//! Whether a page that came is better than what the feed gave.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use unicode_segmentation::UnicodeSegmentation;

use super::super::refusal::challenged;
use crate::feed::state::Trouble;
use crate::net::{BodyEnd, NetError, Response, retry_after};
use wirewatch_syndication::{Entry, extract, join, page_text};

/// Why an article was not read. Words that complete "the article was not read: ".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unopened {
    /// It may be otherwise in a while, not before this time.
    Now {
        why: String,
        wait: Option<Duration>,
    },
    Ever {
        why: String,
    },
}

impl Unopened {
    pub fn why(&self) -> &str {
        match self {
            Self::Now { why, .. } | Self::Ever { why } => why,
        }
    }

    fn ever(why: impl Into<String>) -> Self {
        Self::Ever { why: why.into() }
    }
}

/// No page came at all.
pub fn without_page(error: &NetError) -> Unopened {
    let why = error.to_string();
    match Trouble::of_error(error) {
        Trouble::Unreachable => Unopened::Now { why, wait: None },
        _ => Unopened::Ever { why },
    }
}

/// The text of an entry with its article: the article, with the feed's text before it where the article does not contain
/// that. Or why the feed's own text is the better one.
pub fn read_article(response: &Response, entry: &Entry, now: Timestamp) -> Result<String, Unopened> {
    refused(response, now)?;
    let header = |name: &str| response.headers.get(name).and_then(|value| value.to_str().ok());
    let content_type = header("content-type");
    if let Some(kind) = content_type.and_then(other_kind) {
        return Err(Unopened::ever(format!("the link leads to {kind}, not to a page")));
    }
    if response.end == BodyEnd::CutShort {
        let why = "the page broke off".to_owned();
        return Err(Unopened::Now { why, wait: None });
    }
    let page = page_text(&response.body, content_type);
    let article = extract(&page, Some(&response.url)).map_err(Unopened::ever)?;
    if length(&article) < length(&entry.text) {
        return Err(Unopened::ever(
            "the page shows less than the feed does (a paywall, or a question about cookies)",
        ));
    }
    if !speaks_of(&article, entry) {
        return Err(Unopened::ever("the page speaks of something else than the feed does"));
    }
    Ok(join(entry.text.clone(), article))
}

fn refused(response: &Response, now: Timestamp) -> Result<(), Unopened> {
    let status = response.status;
    if let Some(failure) = challenged(response) {
        return Err(Unopened::ever(failure.why));
    }
    let words = match status {
        200 | 203 => return Ok(()),
        401 | 407 => "the site asks for a password",
        402 => "the site asks for payment",
        403 => "the site refuses us",
        404 => "there is no page at this address",
        410 => "the page was taken away",
        429 => "the site says that we ask too often",
        451 => "the page is blocked for legal reasons",
        500..=599 => "the site has a fault of its own",
        _ => "the site gave an answer that is no page",
    };
    let why = format!("{words} ({status})");
    Err(match status {
        408 | 425 | 429 | 500..=599 => Unopened::Now {
            why,
            wait: retry_after(&response.headers, now),
        },
        _ => Unopened::Ever { why },
    })
}

/// What a `Content-Type` names that is no page.
fn other_kind(content_type: &str) -> Option<String> {
    let kind = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let page = kind.is_empty()
        || kind.starts_with("text/")
        || kind.ends_with("html")
        || kind.ends_with("xml")
        || kind.ends_with("+xml");
    if page {
        return None;
    }
    Some(match kind.as_str() {
        "application/pdf" => "a PDF file".to_owned(),
        _ => match kind.split_once('/') {
            Some(("image", _)) => "a picture".to_owned(),
            Some(("audio", _)) => "a sound".to_owned(),
            Some(("video", _)) => "a film".to_owned(),
            _ => format!("a file ({})", kind.chars().take(60).collect::<String>()),
        },
    })
}

/// Letters and digits: what is compared is how much is told, not how it is set.
fn length(text: &str) -> usize {
    text.chars().filter(|char| char.is_alphanumeric()).count()
}

/// Words of an entry that are looked for.
const MOST_WORDS: usize = 200;

/// Whether a page has a quarter of the longer words of the entry, title or text. An entry of a few words proves nothing.
fn speaks_of(article: &str, entry: &Entry) -> bool {
    let words = |text: &str| -> HashSet<String> {
        text.unicode_words()
            .filter(|word| word.chars().nth(3).is_some())
            .map(str::to_lowercase)
            .collect()
    };
    let mut asked = words(&entry.title);
    asked.extend(words(&entry.text).into_iter().take(MOST_WORDS));
    if asked.len() < 5 {
        return true;
    }
    let there = words(article);
    let found = asked.iter().filter(|word| there.contains(*word)).count();
    found * 4 >= asked.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::{HeaderMap, HeaderValue};
    use wirewatch_syndication::EntryKey;

    const SUMMARY: &str = "Des hommes armés ont attaqué un convoi près de Ségou, selon des sources locales.";

    fn entry() -> Entry {
        Entry {
            key: EntryKey(1),
            id: None,
            title: "Mali : un convoi attaqué près de Ségou".to_owned(),
            link: None,
            text: SUMMARY.to_owned(),
            published: None,
            updated: None,
            authors: Vec::new(),
            tags: Vec::new(),
            language: None,
            ..Entry::default()
        }
    }

    fn answer(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Response {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_static(value));
        }
        Response {
            status,
            url: "https://news.example/a".parse().unwrap(),
            moved_to: None,
            headers: map,
            body: body.as_bytes().to_vec(),
            end: BodyEnd::Whole,
            large: None,
        }
    }

    fn page(text: &str) -> String {
        format!("<html><body><article><h1>Mali</h1>{text}</article></body></html>")
    }

    #[test]
    fn a_page_is_taken_only_where_it_tells_more() {
        let whole = page(&format!(
            "<p>{SUMMARY}</p><p>Le convoi de camions transportait du carburant vers Bamako quand il a été pris pour cible.</p>\
             <p>Trois chauffeurs sont portés disparus, et la route nationale est fermée depuis mardi soir.</p>"
        ));
        let other = page(&format!(
            "<p>{}</p>",
            "We and our 842 partners store information on a device and process personal data. ".repeat(6)
        ));
        let short = page("<p>Cet article est réservé aux abonnés.</p>");
        let html = ("content-type", "text/html; charset=utf-8");
        type Header = (&'static str, &'static str);
        let refused: &[(&str, u16, Header, &str, &str)] = &[
            ("a consent page", 200, html, &other, "something else"),
            ("a paywall", 200, html, &short, "less than the feed"),
            ("a PDF", 200, ("content-type", "application/pdf"), "%PDF", "a PDF file"),
            (
                "a page that is gone",
                404,
                html,
                "",
                "there is no page at this address (404)",
            ),
            (
                "a challenge",
                403,
                ("cf-mitigated", "challenge"),
                "",
                "only people with a browser",
            ),
        ];
        let now = Timestamp::UNIX_EPOCH;
        let text = read_article(&answer(200, &[html], &whole), &entry(), now).unwrap();
        assert!(text.starts_with(SUMMARY) && text.contains("Trois chauffeurs"), "{text}");
        for (case, status, header, body, why) in refused {
            let unopened = read_article(&answer(*status, &[*header], body), &entry(), now).unwrap_err();
            assert!(matches!(unopened, Unopened::Ever { .. }), "{case}");
            assert!(unopened.why().contains(why), "{case}: {}", unopened.why());
        }
        let busy = answer(503, &[("retry-after", "40")], "");
        assert_eq!(
            read_article(&busy, &entry(), now).unwrap_err(),
            Unopened::Now {
                why: "the site has a fault of its own (503)".to_owned(),
                wait: Some(Duration::from_secs(40)),
            },
        );
    }

    #[test]
    fn what_the_feed_alone_says_is_kept_before_the_article() {
        let told = "Communiqué: the ministry of defence spoke of a convoy attacked near Ségou on Tuesday.";
        let article = "The convoy was attacked near Ségou on Tuesday while it carried fuel, the ministry of defence told reporters. \
                       Three drivers are missing and the road is closed until further notice.";
        let entry = Entry {
            text: told.to_owned(),
            ..entry()
        };
        let page = answer(
            200,
            &[("content-type", "text/html")],
            &page(&format!("<p>{article}</p>")),
        );
        let text = read_article(&page, &entry, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(text, format!("{told}\n\n{article}"));
    }
}
