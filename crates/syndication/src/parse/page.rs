//! Web pages where a feed was expected, and the feeds that they link to.

use std::borrow::Cow;
use std::collections::HashSet;

use url::Url;

use super::decode::decode;
use super::parsed_feed::Source;
use super::repair::{Repairs, absolute, base_of};
use super::xml::{Token, Tokens, attributes};
use crate::html::plain::plain_string;
use crate::hub::Offered;

/// Whether a document without a feed is a web page.
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

/// A link to a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Absolute if possible.
    pub url: String,
    pub title: Option<String>,
}

/// The feeds that a page links to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageLinks {
    /// By `rel=alternate`: feeds of comments last, else in the order of the page.
    pub named: Vec<Link>,
    /// By visible links that look like feeds.
    pub linked: Vec<Link>,
}

/// A page that links to thousands of feeds is not about one of them.
const MOST: usize = 20;

/// Returns the feeds that a page links to; empty if the body is no page.
pub fn page_links(source: Source<'_>) -> PageLinks {
    let text = decode(source.bytes, source.content_type, &mut Repairs::default());
    links(&text, source.url)
}

/// Returns the addresses of the feeds that a page links to, the best first.
pub(super) fn suggestions(text: &str, url: Option<&Url>) -> Vec<String> {
    links(text, url).named.into_iter().map(|link| link.url).collect()
}

fn links(text: &str, url: Option<&Url>) -> PageLinks {
    let mut base = url.map(Cow::Borrowed);
    let mut has_base = false;
    let mut known: HashSet<&str> = HashSet::new();
    let mut found = PageLinks::default();
    for token in Tokens::new(text) {
        let Token::Start {
            name,
            attributes: source,
            empty,
            ..
        } = token
        else {
            continue;
        };
        // `<link href=/feed/>`: in HTML the last slash belongs to an unquoted value.
        let open_end = empty && !source.ends_with(|end: char| end.is_whitespace() || matches!(end, '"' | '\''));
        let value = |wanted: &str| {
            let (_, value) = attributes(source).find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
            let ending = if open_end && source.ends_with(value) { "/" } else { "" };
            Some(plain_string(value) + ending)
        };
        // The first one counts (HTML §4.2.3).
        if name.eq_ignore_ascii_case("base") {
            if !has_base && let Some(href) = value("href") {
                has_base = true;
                base = base_of(&href, url).map(Cow::Owned).or(base);
            }
            continue;
        }
        let named = name.eq_ignore_ascii_case("link");
        if !named && !name.eq_ignore_ascii_case("a") {
            continue;
        }
        // A menu occurs on a page twice or more.
        if !named && !known.insert(source) {
            continue;
        }
        let Some(href) = value("href").filter(|href| !href.trim().is_empty()) else {
            continue;
        };
        let title = value("title").filter(|title| !title.is_empty());
        let list = if named {
            let alternate = value("rel").is_some_and(|rel| {
                rel.split_ascii_whitespace()
                    .any(|word| word.eq_ignore_ascii_case("alternate") || word.eq_ignore_ascii_case("feed"))
            });
            let kind = value("type").unwrap_or_default();
            if !alternate || !(is_feed_type(&kind) || is_json_feed(&kind, &href, title.as_deref())) {
                continue;
            }
            &mut found.named
        } else if looks_like_a_feed(&href) {
            &mut found.linked
        } else {
            continue;
        };
        if list.len() >= MOST {
            continue;
        }
        let link = Link {
            url: absolute(href.trim(), base.as_deref()),
            title,
        };
        if list.iter().all(|known| known.url != link.url) {
            list.push(link);
        }
    }
    found
        .named
        .sort_by_key(|link| is_of_comments(&link.url, link.title.as_deref()));
    found
}

/// Whether a feed is one of comments, in the words of the usual software.
pub fn is_of_comments(url: &str, title: Option<&str>) -> bool {
    let words = [
        "comment",
        "kommentar",
        "comentario",
        "commenti",
        "комментари",
        "تعليقات",
    ];
    let title = title.unwrap_or_default().to_lowercase();
    let url = url.to_ascii_lowercase();
    url.contains("/comments/") || url.contains("comments-rss") || words.iter().any(|word| title.contains(word))
}

/// Version 1 of JSON Feed was labelled plain JSON; so are many things that are no feeds.
fn is_json_feed(kind: &str, href: &str, title: Option<&str>) -> bool {
    let says_feed = |text: &str| text.to_ascii_lowercase().contains("feed");
    kind.trim().eq_ignore_ascii_case("application/json")
        && !href.contains("/wp-json/")
        && (says_feed(href) || title.is_some_and(says_feed))
}

/// Whether an address looks like a feed's.
fn looks_like_a_feed(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let path = path.to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or_default();
    let named = ["rss", "feed", "atom", "feeds", "rss2"].contains(&last);
    let ending = [".rss", ".rdf", ".atom"].iter().any(|ending| last.ends_with(ending));
    let xml = last.ends_with(".xml") && ["rss", "feed", "atom"].iter().any(|word| path.contains(word));
    named || ending || xml
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
/// Returns the relation and address of each `link` element of a feed or page, in any namespace, up to its first entry.
pub(crate) fn links_of(text: &str) -> Vec<(String, String)> {
    /// More before the first entry is a page of something else.
    const MOST: usize = 2_000;
    let mut links = Vec::new();
    for token in Tokens::new(text).take(MOST) {
        let Token::Start {
            name,
            attributes: source,
            ..
        } = token
        else {
            continue;
        };
        let local = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
        match local.as_str() {
            "item" | "entry" => break,
            "link" => {
                let value = |wanted: &str| {
                    let (_, value) = attributes(source).find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
                    Some(plain_string(value))
                };
                links.extend(value("rel").zip(value("href")));
            }
            _ => {}
        }
    }
    links
}

/// Returns how deeply the elements of a page are nested, up to `most`. Elements with an optional end tag are not
/// counted, since few pages write it.
pub(crate) fn tag_depth(text: &str, most: usize) -> usize {
    const END_BY_THEMSELVES: &[&str] = &[
        "p", "li", "dt", "dd", "option", "optgroup", "br", "img", "hr", "meta", "link", "input", "source", "wbr",
        "area", "base", "col", "embed", "track", "param", "path", "thead", "tbody", "tfoot", "rp", "rt", "html",
        "head", "body",
    ];
    let counts = |name: &str| !END_BY_THEMSELVES.iter().any(|other| name.eq_ignore_ascii_case(other));
    let (mut depth, mut deepest) = (0_usize, 0);
    for token in Tokens::new(text) {
        match token {
            Token::Start { name, empty, .. } if !empty && counts(name) => depth += 1,
            Token::End { name, .. } if counts(name) => depth = depth.saturating_sub(1),
            _ => continue,
        }
        deepest = deepest.max(depth);
        if deepest >= most {
            break;
        }
    }
    deepest
}

/// Returns the hub links of a feed or page, up to its first entry.
///
/// ```
/// let feed = r#"<feed><link rel="hub" href="https://hub.example/"/></feed>"#;
/// assert_eq!(wirewatch_syndication::offered(feed).hubs, ["https://hub.example/"]);
/// ```
pub fn offered(document: &str) -> Offered {
    let mut offered = Offered::default();
    for (rel, address) in links_of(document) {
        offered.note(&rel, &address);
    }
    offered
}
