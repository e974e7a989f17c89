//! One sense for each name, by what stands with it, by the rest of the document, by population.

use super::actors::{Acting, acting};
use super::address::{by_list, by_office, pin};
use super::beside::Beside;
use super::candidate::Candidate;
use super::senses::{Reading, reading};
use super::votes::Votes;
use super::weights::SenseWeights;
use crate::document::Field;
use crate::gazetteer::{Gazetteer, NameKind, PlaceKind};
use crate::index::QuickMap;
use crate::places::context::{Standing, Word, division, is_spoken};
use crate::places::find::{Found, NameId};
use crate::places::place_mention::{PlaceContext, PlaceMention, Why};
use crate::text::{Gap, Shape, Tokens, steps};

/// Words that say what a name is the name of.
const KINDS: [&str; 8] = [
    " county",
    " township",
    " parish",
    " province",
    " region",
    " district",
    " oblast",
    " prefecture",
];

pub(crate) fn resolve<'t>(
    mut candidates: Vec<Candidate<'t>>,
    tokens: impl Fn(Field) -> &'t Tokens<'t>,
    context: PlaceContext<'_>,
    language: Option<&'static str>,
    weights: &SenseWeights,
) -> Vec<PlaceMention> {
    let acting = groups_of(&mut candidates, &tokens);
    add_divisions(&mut candidates, &tokens, weights);
    pin(&mut candidates, &tokens);
    by_list(&mut candidates, &tokens);
    by_office(&mut candidates, &tokens);
    one_sense(&mut candidates);
    let votes = Votes::count(&candidates, weights);
    let beside = Beside::new(&candidates, &tokens, &acting, weights);
    let gazetteer = Gazetteer::built_in();
    let mut decided: QuickMap<NameId, (Reading, f64, Vec<Why>)> = QuickMap::default();
    let mut mentions = Vec::new();
    for candidate in &candidates {
        let (reading, mut confidence, mut because) = decided
            .entry(candidate.found.name)
            .or_insert_with(|| decide(candidate, &votes, &beside, context, language, weights))
            .clone();
        if candidate.standing == Standing::Weak(Why::Publisher) {
            because.push(Why::Publisher);
            confidence = confidence.min(weights.publisher);
        } else if let Standing::Weak(why) = candidate.standing
            && candidate.pinned.is_none()
        {
            because.push(why);
            let supported = reading.place.country.is_some_and(|country| {
                let name = candidate.found.name;
                votes.country(country, name) >= 0.5
                    || context.country == Some(country)
                    || beside.names(country, name)
                    || beside.group(country).is_some()
            });
            confidence *= if supported && why != Why::Surname {
                weights.supported
            } else {
                weights.doubted
            };
        }
        if candidate.standing == Standing::Word && candidate.pinned.is_none() {
            because.push(Why::CommonWord);
            let named = |country| beside.names(country, candidate.found.name) || beside.group(country).is_some();
            let told = reading.place.country.is_some_and(named)
                || (context.country.is_some() && context.country == reading.place.country);
            confidence *= if told { weights.supported } else { weights.doubted };
        }
        let Some(place) = gazetteer.numbered(reading.place.number) else {
            continue;
        };
        mentions.push(PlaceMention {
            place,
            field: candidate.field,
            span: tokens(candidate.field)
                .folded
                .original_span(candidate.found.start..candidate.found.end),
            confidence: confidence as f32,
            because,
            aside: None,
        });
    }
    mentions.sort_by_key(|mention| (mention.field, mention.span.start));
    mentions
}

/// The groups of a document in which a name may mean this place or that; of the candidates, towns inside the name of a group
/// go: Haram in Norway.
fn groups_of<'t>(candidates: &mut Vec<Candidate<'t>>, tokens: &impl Fn(Field) -> &'t Tokens<'t>) -> Vec<Acting> {
    let mut found = Vec::new();
    if candidates.iter().any(is_open) {
        for field in [Field::Title, Field::Text] {
            acting(field, tokens(field), &mut found);
        }
    }
    candidates.retain(|one| {
        let (first, last) = (one.found.first, one.found.last);
        // In the order of the text: only the few groups that begin shortly before can reach over it.
        let end = found.partition_point(|group| (group.field, group.first) <= (one.field, first));
        let mut near = found[end.saturating_sub(NEAR)..end].iter();
        let inside =
            |group: &Acting| group.field == one.field && last <= group.last && group.last - group.first > last - first;
        one.weight() >= KNOWN || !near.any(inside)
    });
    found
}

/// Whether it may mean places in several countries, or a town that needs a second sign.
fn is_open(candidate: &Candidate) -> bool {
    let first = candidate.senses.first().and_then(|sense| sense.place.country);
    let several = || candidate.senses.iter().any(|sense| sense.place.country != first);
    candidate.weight() < KNOWN || (candidate.weight() < COUNTRY && several())
}

/// Names of groups that may reach over a word.
const NEAR: usize = 8;
/// The weight of a town that is known everywhere, and of a country.
const KNOWN: f64 = 5.5;
const COUNTRY: f64 = 8.0;

/// `Pineville, La.`: states that only count after a town.
fn add_divisions<'t>(
    candidates: &mut Vec<Candidate<'t>>,
    tokens: &impl Fn(Field) -> &'t Tokens<'t>,
    weights: &SenseWeights,
) {
    let mut added = Vec::new();
    for candidate in candidates.iter() {
        let tokens = tokens(candidate.field);
        let next = candidate.found.last + 1;
        let token = &tokens.list[candidate.found.last];
        if token.after != Gap::Comma || !tokens.capital(next) {
            continue;
        }
        let shape = tokens.list[next].shape;
        let dotted = tokens.list[next].after == Gap::Dot;
        // N.Y., W.Va.: letters with stops.
        let (mut short, mut last) = (tokens.word(next).to_owned(), next);
        if short.len() == 1 && dotted && tokens.word(next + 1).len() <= 2 && next + 1 < tokens.list.len() {
            short.push_str(tokens.word(next + 1));
            last = next + 1;
        }
        if !(dotted || shape == Shape::Upper) {
            continue;
        }
        let Some(place) = division(&short, shape == Shape::Upper).and_then(|id| {
            let gazetteer = Gazetteer::built_in();
            gazetteer.spot(gazetteer.place(&id)?.number)
        }) else {
            continue;
        };
        let found = Found {
            first: next,
            last,
            start: tokens.list[next].stream.start,
            end: tokens.list[last].stream.end,
            name: NameId::beyond(&short),
            key: format!("{short}.").into(),
        };
        let senses = vec![reading(place, NameKind::Main, weights)];
        let mut division = Candidate::new(candidate.field, found, senses, Standing::Firm);
        division.pinned = Some((division.senses[0], Why::WellKnown));
        added.push(division);
    }
    if added.is_empty() {
        return;
    }
    // A division takes the place of what overlaps with it, of an earlier division too (`Rome, Ga., Ky.`).
    let words = |one: &Candidate| (one.field, one.found.first, one.found.last);
    let mut divisions: Vec<Candidate> = Vec::with_capacity(added.len());
    added.sort_by_key(|one| (one.field, one.found.first));
    for division in added {
        let (field, first, _) = words(&division);
        while divisions
            .last()
            .is_some_and(|one| one.field == field && one.found.last >= first)
        {
            divisions.pop();
        }
        divisions.push(division);
    }
    candidates.retain(|one| {
        let (field, first, last) = words(one);
        let before = divisions.partition_point(|division| (division.field, division.found.first) <= (field, last));
        steps::count(1);
        let nearest = before.checked_sub(1).map(|at| &divisions[at]);
        nearest.is_none_or(|division| division.field != field || division.found.last < first)
    });
    candidates.append(&mut divisions);
    candidates.sort_by_key(|candidate| (candidate.field, candidate.found.start));
}

/// What one mention makes clear holds for the others of the same name.
fn one_sense(candidates: &mut [Candidate]) {
    let pinned: QuickMap<NameId, (Reading, Why)> = candidates
        .iter()
        .filter_map(|candidate| Some((candidate.found.name, candidate.pinned?)))
        .collect();
    for candidate in candidates.iter_mut().filter(|candidate| candidate.pinned.is_none()) {
        candidate.pinned = pinned.get(&candidate.found.name).copied();
    }
}

fn decide(
    candidate: &Candidate,
    votes: &Votes,
    beside: &Beside,
    context: PlaceContext<'_>,
    language: Option<&'static str>,
    weights: &SenseWeights,
) -> (Reading, f64, Vec<Why>) {
    let (key, name) = (&*candidate.found.key, candidate.found.name);
    if let Some((reading, why)) = &candidate.pinned {
        return (*reading, weights.certain, vec![*why]);
    }
    let picked = |reading: &Reading| context.preferred.contains(&reading.place.number);
    let of_feed = |reading: &Reading| context.country.is_some() && reading.place.country == context.country;
    let others = |reading: &Reading| {
        reading
            .place
            .country
            .map_or(0.0, |country| votes.country(country, name))
    };
    let spoken = |reading: &Reading| {
        language.is_some_and(|language| {
            reading
                .place
                .country
                .is_some_and(|country| is_spoken(language, country))
        })
    };
    let at_home = candidate
        .senses
        .iter()
        .any(|one| of_feed(one) && one.weight >= weights.at_home)
        && context
            .country
            .is_some_and(|country| votes.abroad(country, name) < weights.gate);
    let elsewhere = |reading: &Reading| match () {
        () if !at_home || of_feed(reading) => 0.0,
        () if reading.weight >= 8.0 => weights.namesake,
        () => weights.namesake_town,
    };
    let itself_country = candidate.senses.iter().any(|one| one.weight >= 8.0);
    let told = |reading: &Reading| {
        let Some(country) = reading.place.country else {
            return 0.0;
        };
        let by_group = match beside.group(country) {
            Some((_, true)) => weights.group,
            Some(_) => weights.group_abroad,
            None => 0.0,
        };
        let told = beside.country(country, name, weights) + by_group;
        if itself_country && reading.weight < weights.constituent {
            told * weights.itself_country
        } else {
            told
        }
    };
    let score = |reading: &Reading| {
        // Of a division the places in it, of a town those in its division.
        let (division, worth) = match reading.place.kind {
            PlaceKind::Admin1 => (Some(reading.place.number), weights.division_of_others),
            _ => (reading.place.admin1, weights.same_division),
        };
        let near = worth
            * division
                .map_or(0.0, |division| votes.division(division, name))
                .ln_1p()
                .min(2.0);
        reading.preference
            + (told(reading) + weights.others * (1.0 + others(reading)).ln().min(weights.others_most))
                .min(weights.evidence_most)
            + near
            + if of_feed(reading) { weights.feed } else { 0.0 }
            + if spoken(reading) { weights.language } else { 0.0 }
            + if picked(reading) { weights.picked } else { 0.0 }
            - elsewhere(reading)
    };
    let mut ranked: Vec<(f64, Reading)> = candidate
        .senses
        .iter()
        .map(|reading| (score(reading), *reading))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (top, reading) = ranked[0];
    let rival = ranked
        .iter()
        .skip(1)
        .find(|(_, other)| other.place.country != reading.place.country);
    let size = reading.preference;
    let largest = candidate.senses.iter().all(|other| other.preference <= size);
    let mut because = Vec::new();
    let country = reading.place.country.unwrap_or_default();
    if reading.name_kind == NameKind::Demonym {
        because.push(Why::Demonym);
    } else if reading.weight >= 8.0 {
        because.push(Why::WellKnown);
    } else if candidate.senses.len() == 1 {
        because.push(Why::OnlyOne);
    } else if largest {
        because.push(Why::MostPopulous);
    }
    if picked(&reading) {
        because.push(Why::Picked);
    }
    if of_feed(&reading) {
        because.push(Why::CountryOfFeed(country));
    }
    if let Some(language) = language.filter(|_| candidate.senses.len() > 1 && spoken(&reading)) {
        because.push(Why::LanguageOfText(language));
    }
    let second_sign = second_sign(&reading, name, others(&reading), beside, weights);
    because.extend(second_sign);
    let certain = match rival {
        None => weights.certain,
        Some((score, _)) => {
            let even = if reading.weight >= weights.constituent {
                weights.even_countries
            } else {
                weights.even
            };
            (even + weights.lead * (top - score)).min(weights.certain)
        }
    };
    let confidence = if reading.name_kind == NameKind::Demonym {
        weights.demonym
    } else if reading.is_small(weights) && second_sign.is_none() && !of_feed(&reading) && !picked(&reading) {
        let one_country =
            rival.is_none_or(|(score, _)| top - score > weights.alone_lead && candidate.standing == Standing::Located);
        // Of two words and more that no other place bears: Font Romeu, Tin Zaouatine.
        let of_words = || key.split(' ').all(|word| Word::new(word).is_common(Some("en")));
        let several = key.split(' ').filter(|word| word.len() > 2).count() > 1;
        let unmistakable = candidate.senses.len() == 1 && several && !of_words();
        let clear = match candidate.standing {
            Standing::Located => reading.weight >= weights.alone || unmistakable,
            Standing::Firm => reading.weight >= weights.alone,
            _ => false,
        };
        if KINDS.iter().any(|kind| key.ends_with(kind)) || (clear && one_country) {
            certain.min(weights.barely)
        } else {
            because.push(Why::SmallAlone);
            weights.small_alone
        }
    } else {
        certain
    };
    (reading, confidence, because)
}

/// Another sign in the document that a place in the reading's country is meant.
fn second_sign(reading: &Reading, name: NameId, others: f64, beside: &Beside, weights: &SenseWeights) -> Option<Why> {
    let country = reading.place.country?;
    if others >= weights.gate {
        return Some(Why::CountryOfOthers(country));
    }
    if beside.names(country, name) {
        return Some(Why::CountryNamed(country));
    }
    beside.group(country).map(|(group, _)| Why::GroupActs(&group.name))
}
