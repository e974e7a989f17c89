//! Places that no gazetteer has, known by the words around them: `the Banankabougou neighbourhood`, `le village de X`.
//!
//! They stand beside the town that the text puts them near, and count for no more than that town: for `where` they are
//! nothing of their own.

use std::cell::LazyCell;
use std::ops::Range;

use super::place_mention::PlaceMention;
use crate::document::{Document, Field};
use crate::gazetteer::{Place, PlaceKind};
use crate::text::folded_document::FoldedDocument;
use crate::text::sentence::sentence_starts;
use crate::text::tokens::{Gap, Shape, Tokens};

/// A place without an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownPlace {
    pub field: Field,
    /// Bytes of the field as given: the name alone.
    pub span: Range<usize>,
    /// The known town nearest in the text.
    pub near: Place,
    /// 0 to 1: at most that of the town.
    pub confidence: f32,
}

/// Behind a name: `the X neighbourhood`.
fn stands_behind(word: &str) -> bool {
    matches!(
        word,
        "neighbourhood"
            | "neighborhood"
            | "neighbourhoods"
            | "neighborhoods"
            | "quarter"
            | "suburb"
            | "district"
            | "village"
            | "hamlet"
            | "settlement"
            | "arrondissement"
            | "slum"
            | "township"
    )
}
/// Before a name, with a word for `of` or without: English, French, Spanish and Portuguese.
fn stands_before(word: &str) -> bool {
    matches!(
        word,
        "neighbourhood"
            | "neighborhood"
            | "village"
            | "town"
            | "hamlet"
            | "suburb"
            | "settlement"
            | "locality"
            | "quarter"
            | "quartier"
            | "hameau"
            | "bourg"
            | "bourgade"
            | "campement"
            | "localite"
            | "faubourg"
            | "commune"
            | "barrio"
            | "barriada"
            | "pueblo"
            | "vereda"
            | "aldea"
            | "caserio"
            | "corregimiento"
            | "localidad"
            | "bairro"
            | "aldeia"
            | "povoado"
            | "vila"
            | "localidade"
            | "favela"
    )
}
/// Of those, the ones that are followed by the name itself: `quartier X`, `barrio X`.
const DIRECT: &[&str] = &[
    "quartier",
    "barrio",
    "bairro",
    "vereda",
    "corregimiento",
    "caserio",
    "favela",
    "aldea",
    "aldeia",
    "povoado",
];
const OF: &[&str] = &["of", "de", "du", "des", "d", "da", "do", "del"];
/// `in X, a village near Kati`.
const ARTICLES: &[&str] = &["a", "an", "the", "un", "une", "una", "um", "uma", "le", "la", "el", "o"];
const KINDS: &[&str] = &[
    "village",
    "town",
    "hamlet",
    "suburb",
    "neighbourhood",
    "neighborhood",
    "settlement",
    "localite",
    "bourg",
    "hameau",
    "quartier",
    "pueblo",
    "aldea",
    "barrio",
    "aldeia",
    "bairro",
    "small",
    "remote",
    "petit",
    "pequeno",
];
/// Words of a name.
const LONGEST: usize = 3;
/// Of a name that only its context tells to be a place.
const TOLD: f32 = 0.6;
/// What a town's mention must have.
const COUNTS: f32 = 0.5;

/// Returns the places that a document names by their context, in the order of the text, title first. `mentions` are what
/// [`super::places`] found in it; without a known town among them there are none.
pub fn unknown_places(document: Document<'_>, mentions: &[PlaceMention]) -> Vec<UnknownPlace> {
    unknown_in(&FoldedDocument::new(document), mentions)
}

/// The same of a document that others look into, too.
pub(crate) fn unknown_in(folded: &FoldedDocument<'_>, mentions: &[PlaceMention]) -> Vec<UnknownPlace> {
    let document = folded.document;
    let is_town = |one: &&PlaceMention| {
        matches!(one.place.kind, PlaceKind::City | PlaceKind::Capital)
            && one.confidence >= COUNTS
            && one.aside.is_none()
    };
    let towns: Vec<&PlaceMention> = mentions.iter().filter(is_town).collect();
    if towns.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<UnknownPlace> = Vec::new();
    for field in [Field::Title, Field::Text] {
        let tokens = folded.tokens(field);
        let starts = LazyCell::new(|| sentence_starts(document.field(field)));
        for words in names(&tokens) {
            let stream = tokens.list[words.start].stream.start..tokens.list[words.end - 1].stream.end;
            let span = tokens.folded.original_span(stream);
            let known = mentions
                .iter()
                .any(|one| one.field == field && one.span.start < span.end && span.start < one.span.end);
            if known
                || found
                    .iter()
                    .any(|one| one.field == field && one.span.start < span.end && span.start < one.span.end)
            {
                continue;
            }
            if let Some(town) = nearest(&towns, field, &span, &starts) {
                found.push(UnknownPlace {
                    field,
                    span,
                    near: town.place,
                    confidence: TOLD.min(town.confidence),
                });
            }
        }
    }
    found
}

/// The names, as words from one to another.
fn names(tokens: &Tokens<'_>) -> Vec<Range<usize>> {
    if tokens.capitals_say_nothing || tokens.title_case {
        return Vec::new();
    }
    let mut names = Vec::new();
    for at in 0..tokens.list.len() {
        let word = tokens.word(at);
        // In X, a village near Kati.
        let comma = at > 0 && tokens.list[at - 1].after == Gap::Comma && ARTICLES.contains(&word);
        if comma && KINDS.contains(&tokens.word(at + 1)) {
            names.extend(ends_at(tokens, at));
        }
        // What tells stands in small letters beside a name.
        let beside_name = is_name(tokens, at + 1) || is_name(tokens, at + 2) || (at > 0 && is_name(tokens, at - 1));
        let small = tokens.list[at].shape == Shape::Lower && beside_name;
        if small && stands_behind(word) {
            names.extend(ends_at(tokens, at));
        }
        if small && stands_before(word) && tokens.after(at).is_some() {
            let of = OF.contains(&tokens.word(at + 1)) && tokens.list[at + 1].shape == Shape::Lower;
            if of || DIRECT.contains(&word) {
                names.extend(begins_at(tokens, at + 1 + usize::from(of)));
            }
        }
    }
    names.sort_by_key(|name| name.start);
    names.dedup();
    names
}

/// A run of capitalised words from here on.
fn begins_at(tokens: &Tokens<'_>, first: usize) -> Option<Range<usize>> {
    let mut end = first;
    while end < first + LONGEST && is_name(tokens, end) {
        end += 1;
        if !matches!(tokens.list[end - 1].after, Gap::Space | Gap::Apostrophe) {
            break;
        }
    }
    (end > first).then_some(first..end)
}

/// A run of capitalised words up to here; it needs a small word before it, for the first word of a sentence tells nothing.
fn ends_at(tokens: &Tokens<'_>, end: usize) -> Option<Range<usize>> {
    let mut first = end;
    while first > 0 && end - first < LONGEST && is_name(tokens, first - 1) {
        let joined = first == end || matches!(tokens.list[first - 1].after, Gap::Space | Gap::Apostrophe);
        if !joined {
            break;
        }
        first -= 1;
    }
    let before = first.checked_sub(1)?;
    let introduced = tokens.list[before].shape == Shape::Lower && tokens.list[before].after == Gap::Space;
    (first < end && introduced).then_some(first..end)
}

fn is_name(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens
        .list
        .get(at)
        .is_some_and(|token| token.shape == Shape::Title && token.stream.len() >= 2)
}

/// The town of the same sentence, else the last one before, else the first one behind, in the title or anywhere.
fn nearest<'m>(
    towns: &[&'m PlaceMention],
    field: Field,
    span: &Range<usize>,
    starts: &[usize],
) -> Option<&'m PlaceMention> {
    let sentence = |at: usize| starts.partition_point(|start| *start <= at);
    let here = sentence(span.start);
    let in_field = || towns.iter().filter(|town| town.field == field);
    let away = |town: &&&PlaceMention| town.span.start.abs_diff(span.start);
    let same = in_field()
        .filter(|town| sentence(town.span.start) == here)
        .min_by_key(away);
    let before = || {
        in_field()
            .filter(|town| town.span.start < span.start)
            .max_by_key(|town| town.span.start)
    };
    same.or_else(before).or_else(|| towns.first()).copied()
}
