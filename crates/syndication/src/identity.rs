//! Derived ids: the same input gives the same id after a crash.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::entry::{Entry, EntryKey};

/// Returns an id derived from parts: the first 64 bits of SHA-256 over them, each led by its length.
///
/// Lists of parts that differ never collide by concatenation. The function is permanent: stored ids depend on it.
///
/// ```
/// use wirewatch_syndication::derive_id;
///
/// assert_ne!(derive_id(&["ab", "c"]), derive_id(&["a", "bc"]));
/// ```
pub fn derive_id(parts: &[&str]) -> u64 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    digest.iter().take(8).fold(0, |id, byte| (id << 8) | u64::from(*byte))
}

/// Ids that are remembered for naming several entries. Feeds have one or none.
const MOST_SHARED: usize = 64;

/// The first thing that the entries of a feed are known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum KnownBy {
    #[default]
    Id,
    /// Its ids are others at each request, or name places in a list.
    Link,
    /// Its links too.
    Title,
}

/// What an entry may be known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Traits<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) link: Option<&'a str>,
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
    pub(crate) published: Option<Timestamp>,
}

/// The key of each entry of one feed, in order. An entry is known by the first of these that it shares with no other
/// entry of the feed: its id, its link, its title with its link, all of these with text and date. So a headline that is
/// edited changes no key where the publisher gives ids or links, and one id for all entries loses none. Entries that
/// are the same in everything share one key: they are one entry, told twice.
///
/// Where ids, or ids and links, are not to be relied on (`known_by`), nothing is derived from them.
///
/// Beside them, what several of the entries share, so that it identifies none of them. `shared` are such ids of other bodies
/// of the feed, without which one of their entries alone would be known otherwise.
fn derive(entries: &[Traits<'_>], known_by: KnownBy, shared: &[u64]) -> (Vec<EntryKey>, Vec<u64>) {
    let mut found: Vec<u64> = Vec::new();
    let entries = match known_by {
        KnownBy::Id => Cow::Borrowed(entries),
        _ => entries.iter().map(|entry| entry.relied_on(known_by)).collect(),
    };
    let entries = &*entries;
    let mut keys: Vec<Option<u64>> = vec![None; entries.len()];
    for step in [of_id, of_link, of_title] {
        if keys.iter().all(Option::is_some) {
            break;
        }
        let derived: Vec<Option<u64>> = entries.iter().map(step).collect();
        // Counted over all entries, those that have their key already too: what is shared identifies nobody.
        let mut first: HashMap<u64, Option<usize>> = HashMap::new();
        for (at, id) in derived.iter().enumerate() {
            if let Some(id) = id {
                first
                    .entry(*id)
                    .and_modify(|same| *same = same.filter(|same| entries[*same].is_the_same(&entries[at])))
                    .or_insert(Some(at));
            }
        }
        for id in derived.iter().flatten() {
            if (shared.contains(id) || first.get(id) == Some(&None)) && found.len() < MOST_SHARED && !found.contains(id)
            {
                found.push(*id);
            }
        }
        for (key, id) in keys.iter_mut().zip(derived) {
            if key.is_none() {
                *key = id.filter(|id| first.get(id).is_some_and(Option::is_some) && !shared.contains(id));
            }
        }
    }
    // Most feeds give every entry an id of its own, and then no text is hashed.
    let mut last: Option<(usize, u64)> = None;
    let mut whole = |at: usize| match last {
        Some((same, key)) if entries[same].is_the_same(&entries[at]) => key,
        _ => last.insert((at, of_whole(&entries[at]))).1,
    };
    let keys = keys.into_iter().enumerate();
    let keys = keys.map(|(at, key)| EntryKey(key.unwrap_or_else(|| whole(at))));
    (keys.collect(), found)
}

/// Gives entries that were read the keys that they have in a feed of which this is known.
pub fn key_anew(entries: &mut [Entry], known_by: KnownBy, shared: &[u64]) {
    let (keys, _) = derive(&traits(entries), known_by, shared);
    for (entry, key) in entries.iter_mut().zip(keys) {
        entry.key = key;
    }
}

/// The ids that name several entries of a body, and those known ones (`before`) that still name one.
pub fn shared_ids(entries: &[Entry], known_by: KnownBy, before: &[u64]) -> Vec<u64> {
    derive(&traits(entries), known_by, before).1
}

fn traits(entries: &[Entry]) -> Vec<Traits<'_>> {
    let traits = entries.iter().map(|entry| Traits {
        id: entry.id.as_deref(),
        link: entry.link.as_deref(),
        title: &entry.title,
        text: &entry.text,
        published: entry.published,
    });
    traits.collect()
}

impl Traits<'_> {
    fn relied_on(self, known_by: KnownBy) -> Self {
        Self {
            id: self.id.filter(|_| known_by == KnownBy::Id),
            link: self.link.filter(|_| known_by != KnownBy::Title),
            ..self
        }
    }

    /// Whether two entries have the same key by all that they have.
    fn is_the_same(&self, other: &Self) -> bool {
        let same = |ours: Option<&str>, theirs: Option<&str>| {
            without_scheme(ours.unwrap_or_default()) == without_scheme(theirs.unwrap_or_default())
        };
        self.title == other.title
            && self.published == other.published
            && same(self.id, other.id)
            && same(self.link, other.link)
            && self.text == other.text
    }
}

fn of_id(entry: &Traits<'_>) -> Option<u64> {
    entry.id.map(|id| derive_id(&["id", without_scheme(id)]))
}

fn of_link(entry: &Traits<'_>) -> Option<u64> {
    entry.link.map(|link| derive_id(&["link", without_scheme(link)]))
}

fn of_title(entry: &Traits<'_>) -> Option<u64> {
    let link = entry.link.map(without_scheme).unwrap_or_default();
    (!entry.title.is_empty()).then(|| derive_id(&["title", link, entry.title]))
}

fn of_whole(entry: &Traits<'_>) -> u64 {
    let (id, link) = (entry.id.unwrap_or_default(), entry.link.unwrap_or_default());
    let published = entry.published.map(|at| at.to_string()).unwrap_or_default();
    derive_id(&[
        "whole",
        without_scheme(id),
        without_scheme(link),
        entry.title,
        entry.text,
        &published,
    ])
}

/// A site that moves to https keeps its entries.
fn without_scheme(id: &str) -> &str {
    let id = id.trim();
    let rest = ["https://", "http://"].into_iter().find_map(|scheme| {
        id.get(..scheme.len())
            .filter(|start| start.eq_ignore_ascii_case(scheme))
            .map(|_| &id[scheme.len()..])
    });
    rest.map_or(id, |rest| rest.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn entry<'a>(id: &'a str, link: &'a str, title: &'a str, text: &'a str) -> Traits<'a> {
        let some = |text: &'a str| (!text.is_empty()).then_some(text);
        Traits {
            id: some(id),
            link: some(link),
            title,
            text,
            published: None,
        }
    }

    #[test]
    fn entries_are_told_apart_by_the_first_thing_that_differs() {
        let table: &[(&str, &[Traits<'_>], usize)] = &[
            ("ids", &[entry("1", "l", "t", ""), entry("2", "l", "t", "")], 2),
            (
                "one id, links differ",
                &[entry("1", "a", "t", ""), entry("1", "b", "t", "")],
                2,
            ),
            (
                "one link, titles differ",
                &[entry("", "a", "t", ""), entry("", "a", "u", "")],
                2,
            ),
            (
                "one id and link, titles differ",
                &[entry("1", "a", "t", ""), entry("1", "a", "u", "")],
                2,
            ),
            ("titles only", &[entry("", "", "t", ""), entry("", "", "u", "")], 2),
            ("texts only", &[entry("", "", "", "x"), entry("", "", "", "y")], 2),
            (
                "the same in everything",
                &[entry("1", "a", "t", "x"), entry("1", "a", "t", "x")],
                1,
            ),
        ];
        for (case, entries, distinct) in table {
            let keys: HashSet<EntryKey> = derive(entries, KnownBy::Id, &[]).0.into_iter().collect();
            assert_eq!(keys.len(), *distinct, "{case}");
        }
    }

    #[test]
    fn an_entry_is_known_again() {
        let table = [
            (
                "an edited headline",
                entry("1", "a", "t", "x"),
                entry("1", "a", "u", "y"),
            ),
            (
                "an edited headline without an id",
                entry("", "http://a/b", "t", "x"),
                entry("", "http://a/b", "u", "y"),
            ),
            (
                "a site that moved to https",
                entry("http://a/1", "", "t", ""),
                entry("HTTPS://a/1/", "", "t", ""),
            ),
            (
                "an edited text without anything else",
                entry("", "", "t", "x"),
                entry("", "", "t", "y"),
            ),
        ];
        let other = entry("0", "http://a/0", "other", "z");
        for (case, before, after) in table {
            assert_eq!(
                derive(&[before, other], KnownBy::Id, &[]).0[0],
                derive(&[other, after], KnownBy::Id, &[]).0[1],
                "{case}"
            );
        }
    }
}
