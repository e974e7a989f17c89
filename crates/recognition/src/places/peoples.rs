//! Adjectives and peoples of countries, and names of countries with what is written on to them, in 15 languages:
//! украинские, haitianos, الإيرانية, türkische. English and French ones are names of the gazetteer.

use std::sync::LazyLock;

use super::context::{Setting, Standing};
use super::find::{Found, Hash, NameId};
use super::resolve::{Candidate, Reading, SenseWeights, reading};
use crate::document::Field;
use crate::gazetteer::{Gazetteer, NameKind, PlaceKind, Spot};
use crate::index::fast_hash::QuickMap;
use crate::text::folded_text::fold;
use crate::text::{Gap, Shape, Tokens, may_begin, runs, script};
/// Language (ISO 639-1) and table.
const FILES: &[(&str, &str)] = &[
    ("am", include_str!("../../data/peoples/am.txt")),
    ("ar", include_str!("../../data/peoples/ar.txt")),
    ("de", include_str!("../../data/peoples/de.txt")),
    ("es", include_str!("../../data/peoples/es.txt")),
    ("fa", include_str!("../../data/peoples/fa.txt")),
    ("ha", include_str!("../../data/peoples/ha.txt")),
    ("hi", include_str!("../../data/peoples/hi.txt")),
    ("pt", include_str!("../../data/peoples/pt.txt")),
    ("ru", include_str!("../../data/peoples/ru.txt")),
    ("so", include_str!("../../data/peoples/so.txt")),
    ("sw", include_str!("../../data/peoples/sw.txt")),
    ("tr", include_str!("../../data/peoples/tr.txt")),
    ("uk", include_str!("../../data/peoples/uk.txt")),
];

/// Languages whose tables hold names of countries rather than of peoples; and the classes that do in others.
const NAMES_IN: [&str; 3] = ["am", "ha", "so"];
const NAME_CLASSES: [&str; 2] = ["land", "towns"];
/// Languages that write adjectives of countries in small letters.
const SMALL: [&str; 5] = ["de", "es", "pt", "ru", "uk"];

/// What Amharic writes on to the front of a word.
const AMHARIC_BEFORE: [&str; 6] = ["የ", "በ", "ከ", "ለ", "ስለ", "እንደ"];

/// Words of a name.
const WORDS: usize = 4;
/// Letters of a word in small letters.
const LETTERS: usize = 4;

#[derive(Debug, Clone, Copy, Default)]
struct Known {
    place: Option<(u32, NameKind)>,
    /// Longer names begin so.
    begins: bool,
}

#[derive(Debug, Default)]
struct Peoples {
    names: QuickMap<Hash, Known>,
    /// By language: the beginnings of words that make another name of a people's.
    not_before: QuickMap<&'static str, Vec<String>>,
}

static PEOPLES: LazyLock<Peoples> = LazyLock::new(|| {
    let mut peoples = Peoples::default();
    for (language, text) in FILES {
        peoples.add(language, text);
    }
    peoples
});

impl Peoples {
    fn add(&mut self, language: &'static str, text: &'static str) {
        let mut endings: QuickMap<&str, Vec<&str>> = QuickMap::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(words) = line.strip_prefix("not:") {
                let words = words.split_whitespace().map(|word| fold(word).trim().to_owned());
                self.not_before.insert(language, words.collect());
            } else if let Some((class, list)) = line.strip_prefix("ending ").and_then(|rest| rest.split_once(':')) {
                // An empty one, the stem alone, is written as two spaces.
                let list = list.strip_prefix(' ').unwrap_or(list);
                endings.insert(class, list.split(' ').collect());
            } else if let Some((class, stems)) = line.split_once(' ') {
                let none = vec![""];
                let endings = endings.get(class).unwrap_or(&none);
                let kind = if NAMES_IN.contains(&language) || NAME_CLASSES.contains(&class) {
                    NameKind::Main
                } else {
                    NameKind::Demonym
                };
                let mut words = stems.split_whitespace();
                while let (Some(place), Some(stem)) = (words.next(), words.next()) {
                    let Some(place) = number(place) else { continue };
                    for ending in endings {
                        self.insert(language, &format!("{stem}{ending}").replace('_', " "), (place, kind));
                    }
                }
            }
        }
    }

    fn insert(&mut self, language: &str, form: &str, place: (u32, NameKind)) {
        let folded = fold(form);
        let mut hash = start(language);
        let mut words = runs(&folded).map(|word| &folded[word]).peekable();
        while let Some(word) = words.next() {
            hash = hash.with_word(word);
            let known = self.names.entry(hash).or_default();
            if words.peek().is_some() {
                known.begins = true;
                hash = hash.with(" ");
            } else if known.place.is_none() {
                known.place = Some(place);
            }
        }
    }

    /// The longest name from a word on, `first` standing for the part of the word where a name may begin.
    fn longest(&self, language: &str, tokens: &Tokens, at: usize, first: &str) -> Option<(usize, (u32, NameKind))> {
        let mut hash = start(language);
        let mut longest = None;
        for last in at..tokens.list.len().min(at + WORDS) {
            hash = hash.with_word(if last == at { first } else { tokens.word(last) });
            let Some(known) = self.names.get(&hash) else { break };
            if let Some(place) = known.place {
                longest = Some((last, place));
            }
            let goes_on = matches!(tokens.list[last].after, Gap::Space | Gap::Apostrophe) || tokens.list[last].hyphen;
            if !known.begins || !goes_on {
                break;
            }
            hash = hash.with(" ");
        }
        longest
    }
}

fn start(language: &str) -> Hash {
    Hash::EMPTY.with(language).with(":")
}

/// The place of `UA`, or of `ET=Gondar`: the most populous of the name in the country.
fn number(written: &str) -> Option<u32> {
    let gazetteer = Gazetteer::built_in();
    let Some((country, name)) = written.split_once('=') else {
        return Some(gazetteer.country(written)?.number);
    };
    let spots = gazetteer
        .named(&name.replace('_', " "))
        .filter_map(|sense| gazetteer.spot(sense.place));
    let towns = spots.filter(|spot: &Spot| spot.country == Some(country) && spot.kind >= PlaceKind::Admin1);
    Some(towns.max_by_key(|spot| spot.population)?.number)
}

/// Adds the peoples that a field names; what the gazetteer found in their place goes, unless it is longer.
pub(super) fn add_peoples<'t>(
    field: Field,
    setting: &Setting<'t>,
    weights: &SenseWeights,
    candidates: &mut Vec<Candidate<'t>>,
) {
    let Some(language) = setting.language else { return };
    let Some((language, _)) = FILES.iter().find(|(one, _)| *one == language) else {
        return;
    };
    let tokens = setting.tokens;
    let mut at = 0;
    while at < tokens.list.len() {
        let Some((first, last, start, place)) = people_at(language, setting, at) else {
            at += 1;
            continue;
        };
        at = last + 1;
        let gazetteer = Gazetteer::built_in();
        let Some(spot) = gazetteer.spot(place.0) else { continue };
        let senses: Vec<Reading> = vec![reading(spot, place.1, weights)];
        let end = tokens.list[last].stream.end;
        let within = |one: &Candidate| start <= one.found.start && one.found.end <= end;
        let same = |one: &Candidate| one.senses.iter().any(|sense| sense.place.country == spot.country);
        // Armenia is the country where the gazetteer says so, and else an Armenian woman in Spanish.
        let known =
            |one: &Candidate| within(one) && same(one) && matches!(one.standing, Standing::Firm | Standing::Located);
        if candidates.iter().any(known) {
            continue;
        }
        candidates.retain(|one| !within(one));
        let found = Found {
            first,
            last,
            start,
            end,
            key: tokens.folded.text[start..end].into(),
            name: NameId::beyond(&format!("{language}:{}", place.0)),
        };
        candidates.push(Candidate::new(field, found, senses, Standing::Firm));
    }
}

/// The name of a people that begins in a word: its words, where it begins, and the place.
fn people_at(language: &str, setting: &Setting, at: usize) -> Option<(usize, usize, usize, (u32, NameKind))> {
    let tokens = setting.tokens;
    let token = &tokens.list[at];
    let word = tokens.word(at);
    let small = token.shape == Shape::Lower;
    if small && !SMALL.contains(&language) {
        return None;
    }
    let joined = at > 0 && tokens.list[at - 1].hyphen;
    let (last, start, place) = parts(language, tokens, at).find_map(|start| {
        let (last, place) = PEOPLES.longest(language, tokens, at, &tokens.folded.text[start..token.stream.end])?;
        Some((last, start, place))
    })?;
    if small && last == at && word.chars().count() < LETTERS {
        return None;
    }
    // latino-americano
    if joined && last == at && token.shape == Shape::Lower {
        return None;
    }
    let after = tokens.after(last);
    let others = PEOPLES.not_before.get(language);
    let other = |at: usize| others.is_some_and(|others| others.iter().any(|one| tokens.word(at).starts_with(&**one)));
    if place.1 == NameKind::Demonym && after.is_some_and(other) {
        return None;
    }
    if language == "ar" && tokens.before(at).is_some_and(other) {
        return None;
    }
    Some((at, last, start, place))
}

/// Where in a word a name may begin: at its beginning, and behind what is written on to it.
fn parts<'t>(language: &str, tokens: &'t Tokens, at: usize) -> impl Iterator<Item = usize> + use<'t> {
    let stream = &tokens.folded.text;
    let token = &tokens.list[at];
    let word = &stream[token.stream.clone()];
    let arabic = word.starts_with(script::arabic) && language == "ar";
    let amharic = language == "am";
    let behind = word.char_indices().skip(1).take(if arabic || amharic { 4 } else { 0 });
    let behind = behind
        .map(move |(offset, _)| token.stream.start + offset)
        .filter(move |start| {
            if arabic {
                may_begin(stream, *start, token.stream.end)
            } else {
                AMHARIC_BEFORE.contains(&&stream[token.stream.start..*start])
            }
        });
    std::iter::once(token.stream.start).chain(behind)
}
