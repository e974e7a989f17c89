//! The groups that the program itself knows, as the lists of a configuration use them.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use crate::config::layers::Suggest;
use wirewatch_recognition::{Entity, EntityKind, Group, Term, fold, groups};

pub(super) fn entity(group: &Group) -> Arc<Entity> {
    Arc::new(Entity {
        id: format!("group:{}", group.key),
        kind: EntityKind::Group,
        name: group.name.clone(),
        country: None,
    })
}

/// The key of each group by each of its names, as [`plain`] has it.
static CALLED: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let names = |group: &'static Group| group.names.iter().chain(&group.exact_case);
    groups()
        .flat_map(|group| names(group).map(|name| (plain(name), group.key.as_str())))
        .collect()
});

/// A name without accents, capitals and hyphens.
fn plain(name: &str) -> String {
    fold(&name.replace(['-', '_'], " "))
}

/// Its names, those that need their capitals first.
pub(super) fn terms(group: &Group) -> Vec<Term> {
    let entity = entity(group);
    let exact = group.exact_case.iter().chain(&group.exact_forms);
    let names = group.names.iter().chain(&group.forms);
    exact
        .map(|name| (name, true))
        .chain(names.map(|name| (name, false)))
        .filter_map(|(name, exact_case)| {
            Term::parse(name).ok().map(|term| Term {
                exact_case,
                entity: Some(entity.clone()),
                ..term
            })
        })
        .collect()
}

/// All groups that belong to this one, and what belongs to them.
pub(super) fn below(group: &Group) -> Vec<&'static Group> {
    let mut keys = vec![group.key.as_str()];
    let mut found: Vec<&'static Group> = Vec::new();
    while let Some(key) = keys.pop() {
        for child in groups().filter(|child| child.parent.as_deref() == Some(key)) {
            if child.key != group.key && !found.iter().any(|known| known.key == child.key) {
                keys.push(&child.key);
                found.push(child);
            }
        }
    }
    found
}

/// The built-in key that was probably meant.
pub(super) fn nearest(suggest: &Suggest, written: &str) -> Option<&'static str> {
    suggest.nearest(written, groups().map(|group| group.key.as_str()))
}

/// How to mend an `@name` that stands for nothing: with the files' `own` names first, then with another name of a
/// built-in group, then with a key that is written alike.
pub(super) fn meant<'n>(suggest: &Suggest, written: &str, own: impl Iterator<Item = &'n str>) -> String {
    if let Some(near) = suggest.nearest(written, own) {
        return format!("did you mean `@{near}`?");
    }
    if let Some(key) = CALLED.get(&plain(written)) {
        return format!("write `@{key}`: {written} is another name of it");
    }
    match nearest(suggest, written) {
        Some(near) => format!("did you mean `@{near}`?"),
        None => format!(
            "write a [group.NAME], [place.NAME] or [words.NAME] with the name {written}; `wirewatch groups` lists the groups that are built in"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirewatch_recognition::group;

    #[test]
    fn every_name_of_every_built_in_group_can_be_looked_for() {
        for group in groups() {
            assert_eq!(
                terms(group).len(),
                group.names.len() + group.exact_case.len() + group.forms.len() + group.exact_forms.len(),
                "@{}",
                group.key
            );
        }
    }

    #[test]
    fn what_belongs_to_a_group_is_found_through_all_generations_and_ends() {
        let below = |key: &str| -> Vec<&str> {
            below(group(key).unwrap())
                .iter()
                .map(|group| group.key.as_str())
                .collect()
        };
        let qaeda = below("al-qaeda");
        assert!(qaeda.contains(&"jnim") && qaeda.contains(&"katiba-macina"), "{qaeda:?}");
        assert!(!qaeda.contains(&"al-qaeda"), "not itself");
        assert_eq!(below("katiba-serma"), Vec::<&str>::new());
    }

    #[test]
    fn a_name_that_stands_for_nothing_is_mended_in_the_likeliest_way() {
        let own = ["sahel-desk", "attack"];
        let cases = [
            ("a slip in one's own list", "atack", "did you mean `@attack`?"),
            (
                "another name of a group",
                "GSIM",
                "write `@jnim`: GSIM is another name of it",
            ),
            (
                "with hyphens for spaces",
                "nusrat-al-islam",
                "write `@jnim`: nusrat-al-islam is another name of it",
            ),
            (
                "a slip in a built-in key",
                "katiba-mazina",
                "did you mean `@katiba-macina`?",
            ),
        ];
        for (what, written, mend) in cases {
            assert_eq!(meant(&Suggest::new(), written, own.into_iter()), mend, "{what}");
        }
        let mend = meant(&Suggest::new(), "our-warehouses-in-kayes", own.into_iter());
        assert!(mend.starts_with("write a [group.NAME]"), "{mend}");
    }
}
