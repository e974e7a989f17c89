//! Addresses that are relative to another.

use url::Url;

/// Bytes of an address to which others are relative: each of them is written out in full.
const LONGEST_BASE: usize = 512;

/// A base that a document gives, itself relative to the one around it. One that is too long is none.
pub(crate) fn base_of(written: &str, outer: Option<&Url>) -> Option<Url> {
    let written = written.trim();
    if written.len() > LONGEST_BASE {
        return None;
    }
    let base = match outer {
        Some(outer) => outer.join(written),
        None => Url::parse(written),
    };
    base.ok().filter(|base| base.as_str().len() <= LONGEST_BASE)
}

/// `link` against `base`; an absolute one is left exactly as written.
pub(crate) fn absolute(link: &str, base: Option<&Url>) -> String {
    match base {
        Some(base) if !link.is_empty() && Url::parse(link) == Err(url::ParseError::RelativeUrlWithoutBase) => {
            base.join(link).map_or_else(|_| link.to_owned(), String::from)
        }
        _ => link.to_owned(),
    }
}
