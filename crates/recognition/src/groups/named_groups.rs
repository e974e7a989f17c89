//! Built-in groups that a text names, whether or not a watch asks for them.

use std::sync::{Arc, LazyLock};

use crate::document::Document;
use crate::entity::{Entity, EntityKind};
use crate::groups::directory::{Group, groups};
use crate::index::compile_error::CompileError;
use crate::index::term_matcher::{TermMatcher, choose_longest};
use crate::mention::Mention;
use crate::places::{PlaceContext, PlaceMention, UnknownPlace, places_in, unknown_in};
use crate::terms::term::Term;
use crate::text::folded_document::FoldedDocument;

static DIRECTORY: LazyLock<Result<TermMatcher, CompileError>> = LazyLock::new(|| {
    let terms: Vec<Term> = groups().flat_map(terms).collect();
    Ok(TermMatcher::compile(terms.iter(), terms.len())?.matcher)
});

/// Returns every mention of a built-in group in the order of the text, title first.
///
/// ```
/// use wirewatch_recognition::{Document, named_groups};
///
/// let mentions = named_groups(Document { title: "GSIM claims ambush", ..Document::default() });
/// assert_eq!(mentions[0].entity.as_ref().map(|group| &*group.id), Some("group:jnim"));
/// ```
pub fn named_groups(document: Document<'_>) -> Vec<Mention> {
    groups_in(&FoldedDocument::new(document))
}

/// Returns the mentions of built-in groups and of places, at less than the cost of two passes.
pub fn groups_and_places(document: Document<'_>, context: PlaceContext<'_>) -> (Vec<Mention>, Vec<PlaceMention>) {
    let folded = FoldedDocument::new(document);
    (groups_in(&folded), places_in(&folded, context))
}

/// Below this a place inside of a group's name is not shown beside it.
const DOUBTFUL: f32 = 0.5;

/// Groups, places, and places that only the words around them tell.
pub type KnownNames = (Vec<Mention>, Vec<PlaceMention>, Vec<UnknownPlace>);

/// Returns all of these.
pub fn known_names(document: Document<'_>, context: PlaceContext<'_>) -> KnownNames {
    known_in(&FoldedDocument::new(document), context)
}

/// [`known_names`] of a document that others look into, too.
pub(crate) fn known_in(folded: &FoldedDocument<'_>, context: PlaceContext<'_>) -> KnownNames {
    let (groups, mut places) = (groups_in(folded), places_in(folded, context));
    // Wagner is no town in Brazil where the group is meant; Mali in “Mali's army” stays.
    places.retain(|place| {
        let mut groups = groups.iter().filter(|group| group.field == place.field);
        place.confidence >= DOUBTFUL
            || !groups.any(|group| group.span.start < place.span.end && place.span.start < group.span.end)
    });
    let mut unknown = unknown_in(folded, &places);
    unknown.retain(|place| {
        let mut groups = groups.iter().filter(|group| group.field == place.field);
        !groups.any(|group| group.span.start < place.span.end && place.span.start < group.span.end)
    });
    (groups, places, unknown)
}

fn groups_in(folded: &FoldedDocument<'_>) -> Vec<Mention> {
    let Ok(directory) = &*DIRECTORY else { return Vec::new() };
    let mut mentions = directory.find(folded);
    choose_longest(&mut mentions, |_, _| true);
    drop_nested(&mut mentions);
    mentions
}

/// Of groups whose names lie inside each other the longer is meant: Pakistani Taliban. In the order of the text.
fn drop_nested(mentions: &mut Vec<Mention>) {
    let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions.drain(..) {
        let within = kept.iter().rev().take(NESTED).any(|one| {
            let (outer, inner) = (&one.span, &mention.span);
            one.field == mention.field && inner.end <= outer.end && inner.len() < outer.len()
        });
        if !within {
            kept.push(mention);
        }
    }
    *mentions = kept;
}

/// Names that begin inside of a longer one.
const NESTED: usize = 8;

fn terms(group: &Group) -> Vec<Term> {
    let entity = Arc::new(Entity {
        id: format!("group:{}", group.key),
        kind: EntityKind::Group,
        name: group.name.clone(),
        country: None,
    });
    let names = group.names.iter().chain(&group.forms).map(|name| (name, false));
    let exact = group
        .exact_case
        .iter()
        .chain(&group.exact_forms)
        .map(|name| (name, true));
    names
        .chain(exact)
        .filter_map(|(name, exact_case)| {
            let term = Term::parse(name).ok()?;
            Some(Term {
                exact_case,
                entity: Some(entity.clone()),
                ..term
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Field;
    use crate::places::places;

    #[test]
    fn groups_are_named_without_a_watch() {
        for (what, title, id) in [
            (
                "its abbreviation",
                "JNIM claims an ambush near Kidal",
                Some("group:jnim"),
            ),
            ("its French one", "Le GSIM revendique une embuscade", Some("group:jnim")),
            ("none", "Farmers protest over prices", None),
        ] {
            let document = Document {
                title,
                ..Document::default()
            };
            let found = named_groups(document);
            let ids: Vec<&str> = found
                .iter()
                .filter_map(|one| one.entity.as_deref())
                .map(|one| one.id.as_str())
                .collect();
            assert_eq!(ids.first().copied(), id, "{what}");
            assert!(found.iter().all(|one| one.field == Field::Title), "{what}");
        }
        let document = Document {
            title: "JNIM claims an ambush near Kidal",
            text: "L’état-major à Bamako accuse le GSIM.",
            ..Document::default()
        };
        let context = PlaceContext::default();
        let (groups_there, places_there) = groups_and_places(document, context);
        assert_eq!((groups_there.len(), places_there.len()), (2, 2));
        assert_eq!(groups_there, named_groups(document), "together as alone");
        assert_eq!(places_there, places(document, context), "together as alone");
        let all: usize = groups()
            .map(|group| group.names.len() + group.exact_case.len() + group.forms.len() + group.exact_forms.len())
            .sum();
        assert_eq!(
            groups().flat_map(terms).count(),
            all,
            "every name of every group is a term"
        );
        assert!(DIRECTORY.is_ok(), "the terms compile");
    }
}
