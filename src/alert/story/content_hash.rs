//! The hash that tells an edited entry from an unchanged one.

use wirewatch_syndication::{Entry, derive_id};

use super::link::canonical;

/// Over title, text and canonical link; dates are left out, so that a rewritten date is no change, as are links that are
/// another one at every fetch.
pub fn content_hash(entry: &Entry) -> u64 {
    hash_of(entry, entry.link.as_deref().and_then(canonical).as_deref())
}

/// [`content_hash`] of an entry whose canonical link is known.
pub(super) fn hash_of(entry: &Entry, page: Option<&str>) -> u64 {
    derive_id(&["content", &entry.title, &entry.text, page.unwrap_or_default()])
}
