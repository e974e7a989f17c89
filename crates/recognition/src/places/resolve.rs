//! One sense for each name, by what stands with it, by the rest of the document, by population.

use super::abbreviations::division;
use super::address::{by_list, by_office, pin};
use super::context::Standing;
use super::finding::Found;
use super::keys::NameId;
use super::language_cues::is_spoken;
use super::mention::{PlaceContext, PlaceMention, Why};
use super::senses::{Reading, reading};
use super::votes::Votes;
use crate::document::Field;
use crate::gazetteer::{Gazetteer, NameKind, PlaceKind};
use crate::index::fast_hash::QuickMap;
use crate::text::tokens::{Gap, Shape, Tokens};

/// A name in the document before its sense is known.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'t> {
    pub(super) field: Field,
    pub(super) found: Found<'t>,
    pub(super) senses: Vec<Reading>,
    pub(super) standing: Standing,
    /// The sense that the words around it leave no doubt of.
    pub(super) pinned: Option<(Reading, Why)>,
}

impl<'t> Candidate<'t> {
    pub(super) fn new(field: Field, found: Found<'t>, senses: Vec<Reading>, standing: Standing) -> Self {
        Self {
            field,
            found,
            senses,
            standing,
            pinned: None,
        }
    }

    /// Of the largest place that it can mean.
    pub(super) fn weight(&self) -> f64 {
        self.senses.iter().map(|reading| reading.weight).fold(0.0, f64::max)
    }
}

/// What other names must give before a small place counts.
const GATE: f64 = 0.4;
/// A town of so many (as a power of ten) counts alone where its name leaves no doubt of its country.
const ALONE: f64 = 4.0;
/// In powers of ten of inhabitants: a place that the watchlist picks goes before one of its name of a hundred times the
/// people.
const PICKED: f64 = 2.0;
/// Of a small place that counts for its name alone.
const BARELY: f64 = 0.55;
/// What is left of the confidence where something speaks against a name, with another sign for it and without.
const SUPPORTED: f64 = 0.75;
const DOUBTED: f64 = 0.5;
/// In powers of ten of inhabitants: what the feed's country and the text's language are worth.
const FEED: f64 = 2.0;
const LANGUAGE: f64 = 0.5;
/// Taken off a country where the text speaks of nothing abroad and the feed's own country has a town of the name, of
/// `AT_HOME` (a power of ten) people or more.
const NAMESAKE: f64 = 1.5;
const AT_HOME: f64 = 4.2;
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

pub(super) fn resolve<'t>(
    mut candidates: Vec<Candidate<'t>>,
    tokens: impl Fn(Field) -> &'t Tokens<'t>,
    context: PlaceContext<'_>,
    language: Option<&'static str>,
) -> Vec<PlaceMention> {
    add_divisions(&mut candidates, &tokens);
    pin(&mut candidates, &tokens);
    by_list(&mut candidates, &tokens);
    by_office(&mut candidates, &tokens);
    one_sense(&mut candidates);
    let votes = Votes::count(&candidates);
    let gazetteer = Gazetteer::built_in();
    let mut decided: QuickMap<NameId, (Reading, f64, Vec<Why>)> = QuickMap::default();
    let mut mentions = Vec::new();
    for candidate in &candidates {
        let (reading, mut confidence, mut because) = decided
            .entry(candidate.found.name)
            .or_insert_with(|| decide(candidate, &votes, context, language))
            .clone();
        if let Standing::Weak(why) = candidate.standing
            && candidate.pinned.is_none()
        {
            because.push(why);
            let supported = reading.place.country.is_some_and(|country| {
                votes.country(country, candidate.found.name) >= 0.5 || context.country == Some(country)
            });
            confidence *= if supported && why != Why::Surname {
                SUPPORTED
            } else {
                DOUBTED
            };
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

/// `Pineville, La.`: states that only count after a town.
fn add_divisions<'t>(candidates: &mut Vec<Candidate<'t>>, tokens: &impl Fn(Field) -> &'t Tokens<'t>) {
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
        let senses = vec![reading(place, NameKind::Main)];
        let mut division = Candidate::new(candidate.field, found, senses, Standing::Firm);
        division.pinned = Some((division.senses[0], Why::WellKnown));
        added.push(division);
    }
    for division in added {
        candidates.retain(|one| {
            one.field != division.field
                || one.found.last < division.found.first
                || one.found.first > division.found.last
        });
        candidates.push(division);
    }
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
    context: PlaceContext<'_>,
    language: Option<&'static str>,
) -> (Reading, f64, Vec<Why>) {
    let (key, name) = (&*candidate.found.key, candidate.found.name);
    if let Some((reading, why)) = &candidate.pinned {
        return (*reading, 0.95, vec![*why]);
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
    let at_home = candidate.senses.iter().any(|one| of_feed(one) && one.weight >= AT_HOME)
        && context
            .country
            .is_some_and(|country| votes.abroad(country, name) < GATE);
    let elsewhere = |reading: &Reading| at_home && reading.weight >= 8.0 && !of_feed(reading);
    let score = |reading: &Reading| {
        // Of a division the places in it, of a town those in its division.
        let (division, worth) = match reading.place.kind {
            PlaceKind::Admin1 => (Some(reading.place.number), 1.6),
            _ => (reading.place.admin1, 0.4),
        };
        let near = worth
            * division
                .map_or(0.0, |division| votes.division(division, name))
                .ln_1p()
                .min(2.0);
        reading.weight
            + 1.5 * (1.0 + others(reading)).ln().min(2.2)
            + near
            + if of_feed(reading) { FEED } else { 0.0 }
            + if spoken(reading) { LANGUAGE } else { 0.0 }
            + if picked(reading) { PICKED } else { 0.0 }
            - if elsewhere(reading) { NAMESAKE } else { 0.0 }
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
    let largest = candidate.senses.iter().all(|other| other.weight <= reading.weight);
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
    if !country.is_empty() && others(&reading) >= GATE {
        because.push(Why::CountryOfOthers(country));
    }
    let certain = match rival {
        None => 0.95,
        Some((score, _)) => (0.6 + 0.2 * (top - score)).min(0.95),
    };
    let confidence = if reading.name_kind == NameKind::Demonym {
        0.6
    } else if reading.is_small() && others(&reading) < GATE && !of_feed(&reading) && !picked(&reading) {
        let one_country = rival.is_none_or(|(score, _)| top - score > 0.8 && candidate.standing == Standing::Located);
        let clear = matches!(candidate.standing, Standing::Located | Standing::Firm) && reading.weight >= ALONE;
        if KINDS.iter().any(|kind| key.ends_with(kind)) || (clear && one_country) {
            certain.min(BARELY)
        } else {
            because.push(Why::SmallAlone);
            0.35
        }
    } else {
        certain
    };
    (reading, confidence, because)
}
