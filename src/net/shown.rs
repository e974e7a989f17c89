//! Addresses as they may be shown: without user name, password and fragment, and without the values of a query, which
//! hold tokens. What is stored and asked for stays whole.

use std::fmt;
use std::ops::Range;

use serde::{Serialize, Serializer};
use url::Url;

/// An address that may reach receivers, terminals, logs and files: `http://host/feed?key=***&lang=fr`.
///
/// Everything that prints an address takes this type; a `Url` or the key of a feed is never printed itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownAddress(String);

impl ShownAddress {
    /// Returns the address as it may be shown.
    pub fn of(url: &Url) -> Self {
        Self::of_text(url.as_str())
    }

    /// Returns the same for an address as text, which need not be whole or valid: the target of a redirect, a typed word.
    pub fn of_text(address: &str) -> Self {
        let mut secrets = Vec::new();
        find_in_address(address, 0..address.len(), &mut secrets);
        Self(replaced(address, &secrets))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShownAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for ShownAddress {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

/// Returns a text in which every address is written as [`ShownAddress`] writes it: an error of a library, a stored notice.
pub fn shown_text(text: &str) -> String {
    replaced(text, &secrets_in(text))
}

/// Returns the same with every secret character replaced by `*`, so that columns stay where they are.
pub fn veiled_text(text: &str) -> String {
    let mut veiled = String::with_capacity(text.len());
    let mut from = 0;
    for Secret { at, .. } in secrets_in(text) {
        veiled.push_str(&text[from..at.start]);
        veiled.extend(text[at.clone()].chars().map(|_| '*'));
        from = at.end;
    }
    veiled.push_str(&text[from..]);
    veiled
}

/// Names of query parameters whose values say what is asked for, never who asks.
const HARMLESS: &[&str] = &[
    "alt",
    "atom",
    "cat",
    "category",
    "ceid",
    "channel_id",
    "count",
    "country",
    "feed",
    "format",
    "gl",
    "hl",
    "lang",
    "language",
    "limit",
    "locale",
    "order",
    "output",
    "page",
    "paged",
    "playlist_id",
    "q",
    "query",
    "region",
    "rss",
    "search",
    "section",
    "sort",
    "tag",
    "topic",
    "type",
    "version",
];

/// Stands for a value that is not shown.
const MASK: &str = "***";

/// A part of a text that is not shown, and what is written in its place.
#[derive(Debug, PartialEq, Eq)]
struct Secret {
    at: Range<usize>,
    instead: &'static str,
}

fn replaced(text: &str, secrets: &[Secret]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for Secret { at, instead } in secrets {
        shown.push_str(&text[from..at.start]);
        shown.push_str(instead);
        from = at.end;
    }
    shown.push_str(&text[from..]);
    shown
}

/// Finds the secrets of every address in a text, in order.
fn secrets_in(text: &str) -> Vec<Secret> {
    let mut secrets = Vec::new();
    let mut from = 0;
    while let Some(found) = text[from..].find("//") {
        let slashes = from + found;
        let start = scheme_before(text, slashes);
        let end = slashes + end_of_address(&text[slashes..], text[..start].chars().next_back());
        // Without a scheme it may be a comment or a path; only a password makes it an address that matters.
        if start < slashes || userinfo(text, slashes + 2..end).is_some() {
            find_in_address(text, start..end, &mut secrets);
            from = end.max(slashes + 2);
        } else {
            from = slashes + 2;
        }
    }
    find_without_slashes(text, &mut secrets);
    secrets
}

/// Finds user names and passwords before a host where the scheme was forgotten: `bob:sesame@host/x`.
fn find_without_slashes(text: &str, secrets: &mut Vec<Secret>) {
    let parts =
        |char: char| char.is_whitespace() || matches!(char, '"' | '\'' | '`' | '<' | '>' | '“' | '”' | '«' | '»' | '[');
    let mut from = 0;
    while let Some(found) = text[from..].find('@') {
        let at = from + found;
        from = at + 1;
        let start = text[..at].rfind(parts).map_or(0, |before| {
            before + text[before..].chars().next().map_or(1, char::len_utf8)
        });
        let word = &text[start..at];
        let known = secrets
            .iter()
            .any(|secret| secret.at.contains(&start) || secret.at.contains(&at));
        if known || word.contains("//") || word.starts_with("mailto:") || !word.contains(':') {
            continue;
        }
        let end = start + end_of_address(&text[start..], text[..start].chars().next_back());
        if end > at {
            find_in_address(text, start..end, secrets);
            from = end;
        }
    }
    secrets.sort_by_key(|secret| secret.at.start);
}

/// Where the scheme before `//` begins; `slashes` itself where there is none.
fn scheme_before(text: &str, slashes: usize) -> usize {
    let Some(name) = text[..slashes].strip_suffix(':') else {
        return slashes;
    };
    let bare = name.trim_end_matches(|char: char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.'));
    if bare.len() == name.len() { slashes } else { bare.len() }
}

/// Where an address ends in a text: at white space, a quote, or what closes the quote before it.
fn end_of_address(text: &str, before: Option<char>) -> usize {
    let closing = match before {
        Some('\'') => Some('\''),
        Some('`') => Some('`'),
        Some('“') => Some('”'),
        Some('«') => Some('»'),
        Some('(') => Some(')'),
        _ => None,
    };
    // A quote within a word is a slip, behind which the address goes on.
    let closes = |at: usize| !text[at + 1..].starts_with(|next: char| next.is_alphanumeric() || next == '%');
    let ends = |(at, char): &(usize, char)| match char {
        '"' => closes(*at),
        '<' | '>' => true,
        char => char.is_whitespace() || Some(*char) == closing,
    };
    let end = text.char_indices().find(ends).map_or(text.len(), |(at, _)| at);
    text[..end]
        .trim_end_matches(['.', ',', ';', ':', '!', '…', '”', '’'])
        .len()
}

/// Finds the secrets of one address: scheme and slashes may be missing.
fn find_in_address(text: &str, address: Range<usize>, secrets: &mut Vec<Secret>) {
    let whole = &text[address.clone()];
    let rest = match whole.find("//") {
        Some(slashes) if !whole[..slashes].contains(['/', '?', '#']) => address.start + slashes + 2,
        _ => address.start,
    };
    let mut from = rest;
    if let Some(userinfo) = userinfo(text, rest..address.end) {
        from = userinfo.end;
        secrets.push(Secret {
            at: userinfo,
            instead: "",
        });
    }
    let part = &text[from..address.end];
    let fragment = part.find('#').unwrap_or(part.len());
    let query = part[..fragment].find('?').unwrap_or(fragment);
    find_in_path(text, from..from + query, secrets);
    if query < fragment {
        find_in_query(text, from + query + 1..from + fragment, secrets);
    }
    if fragment < part.len() {
        secrets.push(Secret {
            at: from + fragment..address.end,
            instead: "",
        });
    }
}

/// User name and password with the `@` behind them. One that was not encoded may hold a slash: then what would be the port
/// is no number.
fn userinfo(text: &str, rest: Range<usize>) -> Option<Range<usize>> {
    let part = &text[rest.clone()];
    let authority = &part[..part.find(['/', '?', '#', '\\']).unwrap_or(part.len())];
    let at = authority.rfind('@').or_else(|| {
        let (_, port) = authority.rsplit_once(':')?;
        let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        part.rfind('@').filter(|_| !is_port && !authority.starts_with('['))
    })?;
    Some(rest.start..rest.start + at + 1)
}

/// Addresses within a path (a proxy's), and the parameters of its segments (`;jsessionid=…`).
fn find_in_path(text: &str, path: Range<usize>, secrets: &mut Vec<Secret>) {
    let part = &text[path.clone()];
    if let Some(inner) = part.find("://") {
        let start = path.start + inner + 3;
        if let Some(userinfo) = userinfo(text, start..path.end) {
            secrets.push(Secret {
                at: userinfo,
                instead: "",
            });
        }
        return;
    }
    let mut from = path.start;
    for segment in part.split('/') {
        if let Some((name, _)) = segment.split_once(';').filter(|(_, more)| more.contains('=')) {
            secrets.push(Secret {
                at: from + name.len() + 1..from + segment.len(),
                instead: MASK,
            });
        }
        from += segment.len() + 1;
    }
}

fn find_in_query(text: &str, query: Range<usize>, secrets: &mut Vec<Secret>) {
    let mut from = query.start;
    for pair in text[query].split(['&', ';']) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        // A name without a value is a value without a name.
        let hidden = if value.is_empty() {
            (!pair.is_empty() && !is_harmless(name)).then_some(0..pair.len())
        } else {
            let shown = is_harmless(name) && is_plain(value);
            (!shown).then_some(name.len() + 1..pair.len())
        };
        if let Some(at) = hidden {
            secrets.push(Secret {
                at: from + at.start..from + at.end,
                instead: MASK,
            });
        }
        from += pair.len() + 1;
    }
}

fn is_harmless(name: &str) -> bool {
    HARMLESS.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a value is no address, which may hold a password of its own.
fn is_plain(value: &str) -> bool {
    let decoded: String = url::form_urlencoded::parse(value.as_bytes())
        .map(|(name, _)| name)
        .collect();
    !decoded.contains("//") && !decoded.contains('@')
}

#[cfg(test)]
mod tests;
