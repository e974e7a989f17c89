//! Places of a document, each with the reason for its sense.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::ops::Range;

use super::capital::add_capitals;
use super::context::standing;
use super::finding::find;
use super::keys::NameId;
use super::language_cues::language;
use super::non_locative::{Aside, mark};
use super::publishers::Publishers;
use super::resolve::{Candidate, resolve};
use super::senses::read;
use super::standing::{Setting, Standing};
use super::weights::SenseWeights;
use crate::document::{Document, Field};
use crate::gazetteer::{Gazetteer, Place};
use crate::text::folded_document::FoldedDocument;
use crate::text::tokens::{Gap, Tokens};

/// What is known of a document's origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlaceContext<'a> {
    /// The country that the feed reports from, ISO 3166-1 alpha-2: between places of one name, its own come first.
    pub country: Option<&'a str>,
    /// The language that it writes, ISO 639-1 in small letters: places where it is spoken come before others.
    pub language: Option<&'a str>,
    /// Places that a watchlist has picked, by number in the gazetteer: between places of one name they come first, unless
    /// the text says otherwise.
    pub preferred: &'a [u32],
    /// Places that it has ruled out.
    pub avoided: &'a [u32],
}

/// A place that is named in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    pub place: Place,
    pub field: Field,
    /// Bytes of the field as given.
    pub span: Range<usize>,
    /// 0 to 1; below 0.5 a watch does not count it.
    pub confidence: f32,
    pub because: Vec<Why>,
    /// Set where the name does not tell where the reported events are; `where` counts only mentions without it.
    pub aside: Option<Aside>,
}

/// A step on the way to the sense of a name. Displayed as a clause about the name: `it also is a common word`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Why {
    /// The only place of this name.
    OnlyOne,
    /// Country, continent or region.
    WellKnown,
    MostPopulous,
    /// `Paris, Texas`: the wider place stands with it.
    Within(&'static str),
    /// `Niger, Chad and Mali`: it stands in a list of its like.
    InList,
    /// `Georgia governor`: an office of a state stands after it.
    Office,
    /// Other places of the document lie in the same country (ISO 3166-1 alpha-2).
    CountryOfOthers(&'static str),
    CountryOfFeed(&'static str),
    /// The document names the country (ISO 3166-1 alpha-2) outright.
    CountryNamed(&'static str),
    /// The document names a group that acts in the country.
    GroupActs(&'static str),
    /// Newspapers there are written in the language of the document (ISO 639-1).
    LanguageOfText(&'static str),
    /// `Mali's capital`: the capital of a country that is named (ISO 3166-1 alpha-2).
    CapitalOf(&'static str),
    /// The watchlist picks it.
    Picked,
    Demonym,
    CommonWord,
    PersonName,
    /// A country with a surname behind it: whatever else the text is about, `Mali Jones` is a person.
    Surname,
    PartOfName,
    Organisation,
    /// It stands in the name of the newspaper or station that published the text.
    Publisher,
    NoCapitals,
    Short,
    /// A small place, and nothing else in the document is in its country.
    SmallAlone,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OnlyOne => "no other place has this name",
            Self::WellKnown => "it is the name of a country or region",
            Self::MostPopulous => "it is the largest place of this name",
            Self::Within(wider) => return write!(f, "“{wider}” stands with it"),
            Self::InList => "it stands in a list of places of this kind",
            Self::Office => "an office of a state stands after it",
            Self::CountryOfOthers(country) => return write!(f, "other places in the text lie in {country}"),
            Self::CountryOfFeed(country) => return write!(f, "the feed reports from {country}"),
            Self::CountryNamed(country) => return write!(f, "the text names {country}"),
            Self::GroupActs(group) => return write!(f, "“{group}” acts in its country"),
            Self::LanguageOfText(language) => {
                return write!(f, "the text is in a language of its country ({language})");
            }
            Self::CapitalOf(country) => return write!(f, "the capital of {country} is meant, which is named"),
            Self::Picked => "your list means this place by it",
            Self::Demonym => "it is the word for a people, not for a place",
            Self::CommonWord => "it also is a common word",
            Self::PersonName => "it also is the name of people",
            Self::Surname => "a surname stands after it",
            Self::PartOfName => "it stands inside a longer name",
            Self::Organisation => "it stands in the name of an organisation",
            Self::Publisher => "it belongs to the publisher's name",
            Self::NoCapitals => "capitals say nothing here",
            Self::Short => "it is a very short name",
            Self::SmallAlone => "it is a small place, and nothing else in the text is in its country",
        })
    }
}

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
    let language = language(
        context.language,
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
            given: context.language,
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
