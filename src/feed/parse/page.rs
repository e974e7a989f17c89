//! A web page where a feed was expected, and the feeds that it names.

use std::borrow::Cow;

use url::Url;

use super::mend::absolute;
use super::tokens::{Token, Tokens, attributes};
use crate::feed::plain::plain_string;

/// Whether a document that holds no feed is a web page.
pub(super) fn is_page(text: &str) -> bool {
    for token in Tokens::new(text).take(64) {
        match token {
            Token::Doctype(doctype) => {
                let words = doctype.to_ascii_lowercase();
                if words.starts_with("<!doctype html") {
                    return true;
                }
            }
            Token::Start { name, .. } => {
                let page = [
                    "html", "head", "body", "div", "table", "script", "p", "center", "h1", "title", "meta",
                ];
                return page.contains(&name.to_ascii_lowercase().as_str());
            }
            _ => {}
        }
    }
    false
}

/// The addresses of feeds in `rel=alternate` links, absolute where that can be, in the order of the page.
pub(super) fn suggestions(text: &str, url: Option<&Url>) -> Vec<String> {
    /// A page names a few feeds; one that names thousands is none of ours.
    const MOST: usize = 20;
    let mut base = url.map(Cow::Borrowed);
    let mut found: Vec<String> = Vec::new();
    for token in Tokens::new(text) {
        let Token::Start {
            name,
            attributes: source,
            ..
        } = token
        else {
            continue;
        };
        let value = |wanted: &str| {
            let (_, value) = attributes(source).find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
            Some(plain_string(value))
        };
        if name.eq_ignore_ascii_case("base") {
            if let Some(href) = value("href")
                && let Ok(url) = Url::parse(&absolute(&href, url))
            {
                base = Some(Cow::Owned(url));
            }
        } else if name.eq_ignore_ascii_case("link") {
            let alternate = value("rel").is_some_and(|rel| {
                rel.split_ascii_whitespace()
                    .any(|word| word.eq_ignore_ascii_case("alternate") || word.eq_ignore_ascii_case("feed"))
            });
            let feed = value("type").is_some_and(|kind| is_feed_type(&kind));
            if alternate
                && feed
                && let Some(href) = value("href")
            {
                let link = absolute(&href, base.as_deref());
                if !found.contains(&link) {
                    found.push(link);
                }
                if found.len() == MOST {
                    break;
                }
            }
        }
    }
    found
}

fn is_feed_type(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let known = [
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "text/xml",
        "application/xml",
        "text/rss",
    ];
    known.contains(&kind.as_str())
}
