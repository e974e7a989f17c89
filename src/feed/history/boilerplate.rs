//! Text that most entries of a feed share: “Sign up for our Africa newsletter”, a list of editions, a copyright line.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use wirewatch_syndication::Entry;

/// Fewer entries show no habit.
const FEWEST: usize = 4;
/// Letters below which a paragraph is a word that articles may share by chance.
const SHORTEST: usize = 12;
/// Paragraphs remembered of one feed; a few dozen bytes each would be too many for thousands of feeds.
const MOST: usize = 64;

/// What of a feed's entries is shared by more than half of them, as hashes of paragraphs. `known` is what was found before;
/// it stays where these entries are too few to show anything.
pub fn boilerplate(entries: &[Entry], known: &[u64]) -> Vec<u64> {
    if entries.len() < FEWEST {
        return known.to_vec();
    }
    let mut counted: HashMap<u64, usize> = HashMap::new();
    for entry in entries {
        let own: HashSet<u64> = paragraphs(&entry.text).map(|(hash, _)| hash).collect();
        for hash in own {
            *counted.entry(hash).or_default() += 1;
        }
    }
    let mut shared: Vec<u64> = counted
        .into_iter()
        .filter(|(_, count)| count * 2 > entries.len())
        .map(|(hash, _)| hash)
        .collect();
    shared.sort_unstable();
    shared.truncate(MOST);
    shared
}

/// Where such paragraphs stand in a text, in bytes.
pub fn boilerplate_in(text: &str, shared: &[u64]) -> Vec<Range<usize>> {
    if shared.is_empty() {
        return Vec::new();
    }
    paragraphs(text)
        .filter(|(hash, _)| shared.contains(hash))
        .map(|(_, span)| span)
        .collect()
}

/// Lines with their hashes, white space and capitals aside.
fn paragraphs(text: &str) -> impl Iterator<Item = (u64, Range<usize>)> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let from = start;
        start += line.len();
        let trimmed = line.trim();
        if trimmed.chars().filter(|c| c.is_alphabetic()).count() < SHORTEST {
            return None;
        }
        // Keys of the default hasher are fixed; a new version of it costs one poll's worth of habit.
        let mut hasher = DefaultHasher::new();
        for word in trimmed.split_whitespace() {
            word.to_lowercase().hash(&mut hasher);
        }
        let begin = from + line.len() - line.trim_start().len();
        Some((hasher.finish(), begin..begin + trimmed.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirewatch_syndication::EntryKey;

    fn entry(key: u64, text: &str) -> Entry {
        Entry {
            key: EntryKey(key),
            id: None,
            title: String::new(),
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

    #[test]
    fn what_most_entries_share_is_no_news() {
        let footer = "Sign up for our newsletter on Mali and Niger.";
        let texts = [
            "Rice is cheap.",
            "Rain fell in the north today.",
            "An ambush near Ségou killed seven.",
            "The minister spoke for an hour.",
        ];
        let with_footer: Vec<Entry> = (0..)
            .zip(texts)
            .map(|(key, text)| entry(key, &format!("{text}\n\n  {} ", footer.to_uppercase())))
            .collect();
        let shared = boilerplate(&with_footer, &[]);
        assert_eq!(shared.len(), 1);
        let text = format!("Shots were heard in Gao.\n\n{footer}");
        let spans = boilerplate_in(&text, &shared);
        assert_eq!(
            spans.iter().map(|span| &text[span.clone()]).collect::<Vec<_>>(),
            [footer]
        );
        assert!(boilerplate_in("Shots were heard in Gao.", &shared).is_empty());
        assert_eq!(boilerplate(&with_footer[..3], &[7]), [7], "three entries show no habit");
        let plain: Vec<Entry> = (0..).zip(texts).map(|(key, text)| entry(key, text)).collect();
        assert!(boilerplate(&plain, &[7]).is_empty(), "what has ended is forgotten");
    }
}
