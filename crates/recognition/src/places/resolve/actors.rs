//! Armed groups that a document names, as a sign of the countries that it speaks of.

use std::sync::LazyLock;

use crate::document::Field;
use crate::groups::{Group, GroupKind, groups};
use crate::index::QuickMap;
use crate::places::find::Hash;
use crate::text::{Folded, Shape, Tokens, runs};

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

/// A group that a document names, and where: words `first` to `last` of a field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Acting {
    pub(crate) group: &'static Group,
    pub(crate) field: Field,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// Adds every mention of a group in a field.
pub(super) fn acting(field: Field, tokens: &Tokens, found: &mut Vec<Acting>) {
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
            {
                found.push(Acting {
                    group,
                    field,
                    first: at,
                    last,
                });
            }
            if !known.begins {
                break;
            }
            hash = hash.with(" ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Folded;
    use crate::text::tokens::Cut;

    #[test]
    fn groups_are_met_by_their_names() {
        for (what, text, key) in [
            ("letters", "JNIM kills ten in Kita", Some("jnim")),
            ("two words", "Boko Haram abducts pupils", Some("boko-haram")),
            ("letters that are exact", "ADF rebels kill 12", Some("adf")),
            ("in small letters they are another word", "a fano of fanatics", None),
            ("letters and figures", "M23 advances", Some("m23")),
            ("in Arabic", "جماعة بوكو حرام تهاجم", Some("boko-haram")),
            ("none", "Rebels kill 12", None),
        ] {
            let folded = Folded::new(text);
            let cut = Cut::new(text, &folded);
            let mut found = Vec::new();
            acting(Field::Title, &cut.of(&folded), &mut found);
            assert_eq!(found.first().map(|one| one.group.key.as_str()), key, "{what}: {text}");
        }
    }
}
