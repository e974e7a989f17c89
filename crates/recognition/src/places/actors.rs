//! Armed groups that a document names, as a sign of the countries that it speaks of.

use std::sync::LazyLock;

use super::keys::Hash;
use crate::groups::directory::{Group, GroupKind, groups};
use crate::index::fast_hash::QuickMap;
use crate::text::folded::Folded;
use crate::text::runs::runs;
use crate::text::tokens::{Shape, Tokens};

/// What is known of the words of a group's name so far.
#[derive(Debug, Default)]
struct Known {
    /// The group that they name.
    group: Option<&'static Group>,
    /// Only in capitals: RSF, IS.
    exact: bool,
    /// Longer names begin so.
    begins: bool,
}

/// Words of a name.
const WORDS: usize = 8;

/// Names of groups that act in countries of their own, word by word.
static NAMES: LazyLock<QuickMap<Hash, Known>> = LazyLock::new(|| {
    let mut names: QuickMap<Hash, Known> = QuickMap::default();
    for group in groups().filter(|group| is_local(group)) {
        let safe = group.names.iter().map(|name| (name, false));
        let exact = group.exact_case.iter().map(|name| (name, true));
        for (name, exact) in safe.chain(exact) {
            let folded = Folded::new(name).text;
            let mut words = runs(&folded).map(|word| &folded[word]).peekable();
            let mut hash = Hash::EMPTY;
            while let Some(word) = words.next() {
                hash = hash.with(word);
                let known = names.entry(hash).or_default();
                if words.peek().is_some() {
                    known.begins = true;
                    hash = hash.with(" ");
                } else if known.group.is_none() {
                    (known.group, known.exact) = (Some(group), exact);
                }
            }
        }
    }
    names
});

/// Whether its name says where it is: hackers, missions and alliances act everywhere.
fn is_local(group: &Group) -> bool {
    matches!(
        group.kind,
        GroupKind::Jihadist
            | GroupKind::Rebel
            | GroupKind::Separatist
            | GroupKind::Militia
            | GroupKind::Movement
            | GroupKind::Force
            | GroupKind::Gang
    )
}

/// The groups that a field names, each once.
pub(super) fn acting(tokens: &Tokens, found: &mut Vec<&'static Group>) {
    for (at, token) in tokens.list.iter().enumerate() {
        if token.shape == Shape::Lower {
            continue;
        }
        let mut hash = Hash::EMPTY;
        for last in at..tokens.list.len().min(at + WORDS) {
            hash = hash.with(tokens.word(last));
            let Some(known) = NAMES.get(&hash) else { break };
            if let Some(group) = known.group
                && (!known.exact || token.shape == Shape::Upper)
                && !found.iter().any(|one| one.key == group.key)
            {
                found.push(group);
            }
            if !known.begins {
                break;
            }
            hash = hash.with(" ");
        }
    }
}
