//! Places of a document, each with the reason for its sense.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::context::{Setting, Standing, language, standing};
use super::find::{NameId, find};
use super::non_locative::{Publishers, mark};
use super::peoples::add_peoples;
use super::place_mention::{PlaceContext, PlaceMention, Why};
use super::resolve::{Candidate, SenseWeights, add_capitals, read, resolve};
use super::signs::add_signs;
use crate::document::{Document, Field};
use crate::gazetteer::Gazetteer;
use crate::text::{FoldedDocument, Gap, Tokens};

/// A city of more than three million is not forgotten for a person of its name.
const LARGE: f64 = 6.5;

/// Returns every place that a document names, in the order of the text, title first. Cost grows with the text.
///
/// ```
/// use wirewatch_recognition::{Document, PlaceContext, places};
///
/// let found = places(Document { title: "Floods in Paris, Texas", ..Document::default() }, PlaceContext::default());
/// assert_eq!(found[0].place.country, Some("US"));
/// ```
pub fn places(document: Document<'_>, context: PlaceContext<'_>) -> Vec<PlaceMention> {
    places_in(&FoldedDocument::new(document), context)
}

/// [`places`] under other weights than the usual ones: for whoever tunes them.
pub fn places_weighed(document: Document<'_>, context: PlaceContext<'_>, weights: &SenseWeights) -> Vec<PlaceMention> {
    recognise(&FoldedDocument::new(document), context, weights)
}

/// [`places`] of a document that others look into, too.
pub(crate) fn places_in(folded: &FoldedDocument<'_>, context: PlaceContext<'_>) -> Vec<PlaceMention> {
    recognise(folded, context, &SenseWeights::DEFAULT)
}

fn recognise(folded: &FoldedDocument<'_>, context: PlaceContext<'_>, weights: &SenseWeights) -> Vec<PlaceMention> {
    let document = folded.document;
    let fields = [Field::Title, Field::Text].map(|field| (field, folded.tokens(field)));
    let given = context.language.or(document.language);
    let language = language(
        given,
        fields.iter().map(|(field, tokens)| (document.field(*field), tokens)),
    );
    let publishers = Publishers::of(document, &fields[0].1);
    let mut candidates = Vec::new();
    let mut senses = Vec::new();
    for (field, tokens) in &fields {
        let setting = Setting {
            tokens,
            language,
            original: document.field(*field),
            given,
        };
        let mut admitted: Vec<Candidate> = Vec::new();
        for found in find(tokens, language) {
            let written = &setting.original[tokens.folded.original_span(found.start..found.end)];
            read(found.name, written, language, weights, &mut senses);
            senses.retain(|sense| !context.avoided.contains(&sense.place.number));
            let mut standing = standing(&setting, &found, &mut senses);
            if standing.is_place() && publishers.cover(tokens, &found) {
                standing = Standing::Weak(Why::Publisher);
            }
            if !senses.is_empty() {
                // Of what is no place only the span counts, or the name.
                let kept = if matches!(standing, Standing::FullName | Standing::Out) {
                    &[][..]
                } else {
                    &senses[..]
                };
                admitted.push(Candidate::new(*field, found, kept.to_vec(), standing));
            }
        }
        add_peoples(*field, &setting, weights, &mut admitted);
        add_signs(*field, &setting, weights, &mut admitted);
        drop_possessives(tokens, &mut admitted);
        choose_longest(&mut admitted);
        // A longer name that is no place (`Paris Hilton`) hides the shorter one inside it, and goes only then.
        admitted.retain(|candidate| candidate.standing != Standing::Out);
        candidates.extend(admitted);
    }
    introduce(&mut candidates);
    unmask(&mut candidates);
    let tokens = |field: Field| {
        let at = usize::from(field == Field::Text);
        &fields[at].1
    };
    let mut mentions = resolve(candidates, tokens, context, language, weights);
    add_capitals(document, &fields, &mut mentions);
    mark(document, &mut mentions);
    mentions
}

/// A name that is a person's once (`President Obama`, `Aisha Moyo`) is one elsewhere, unless it says where.
fn unmask(candidates: &mut Vec<Candidate>) {
    let persons: HashSet<NameId> = candidates
        .iter()
        .filter(|candidate| candidate.standing == Standing::Person)
        .map(|candidate| candidate.found.name)
        .collect();
    candidates.retain_mut(|candidate| {
        if candidate.standing == Standing::Person {
            return false;
        }
        if candidate.standing == Standing::Located || !persons.contains(&candidate.found.name) {
            return true;
        }
        candidate.standing = Standing::Weak(Why::PersonName);
        candidate.weight() >= LARGE
    });
}

/// A name that is first a person's in full (`Jordan Peterson`) is that person's afterwards, unless it says where; other
/// places of the country are a sign that it is meant all the same, as where `Israel Katz` speaks for Israel.
fn introduce(candidates: &mut Vec<Candidate>) {
    let mut introduced: HashMap<NameId, bool> = HashMap::new();
    candidates.retain_mut(|candidate| {
        let standing = candidate.standing;
        let in_full = matches!(standing, Standing::FullName | Standing::Weak(Why::Surname));
        let person = *introduced.entry(candidate.found.name).or_insert(in_full);
        if person && standing == Standing::Firm {
            candidate.standing = Standing::Weak(Why::PersonName);
        }
        standing != Standing::FullName
    });
}

/// Peru's is Peru and not Perus, and Matthew's not the town of Matthews: a name that ends with `'s` in the text counts for
/// places that are written so (King's Lynn, St. John's).
fn drop_possessives(tokens: &Tokens, candidates: &mut Vec<Candidate>) {
    candidates.retain_mut(|candidate| {
        let (first, last) = (candidate.found.first, candidate.found.last);
        let possessive = last > first && tokens.word(last) == "s" && tokens.list[last - 1].after == Gap::Apostrophe;
        if possessive {
            let gazetteer = Gazetteer::built_in();
            candidate.senses.retain(|sense| {
                let place = gazetteer.numbered(sense.place.number);
                place.is_some_and(|place| place.name.contains(['\'', '’']))
            });
        }
        !possessive || !candidate.senses.is_empty()
    });
}

/// Of names that overlap the longest stays; of equal ones the first.
fn choose_longest(candidates: &mut Vec<Candidate>) {
    let mut by_length: Vec<usize> = (0..candidates.len()).collect();
    by_length.sort_by_key(|&at| {
        let found = &candidates[at].found;
        (std::cmp::Reverse(found.end - found.start), found.start)
    });
    // By where they begin: where each ends.
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut stays = vec![false; candidates.len()];
    for at in by_length {
        let found = &candidates[at].found;
        let before = taken.range(..found.start).next_back();
        let after = taken.range(found.start..).next();
        let clear_before = before.is_none_or(|(_, end)| *end <= found.start);
        let clear_after = after.is_none_or(|(start, _)| found.end <= *start);
        if clear_before && clear_after {
            taken.insert(found.start, found.end);
            stays[at] = true;
        }
    }
    let mut stays = stays.into_iter();
    candidates.retain(|_| stays.next().unwrap_or(false));
}
