//! What a name found in a text can mean, and how likely each is before anything else is known.

use std::sync::LazyLock;

use super::weights::SenseWeights;
use crate::gazetteer::{Gazetteer, NameKind, PlaceKind, Spot};
use crate::index::QuickSet;
use crate::places::find::NameId;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading {
    pub(crate) place: Spot,
    pub(crate) name_kind: NameKind,
    /// In powers of ten of inhabitants; a country stands above every town.
    pub(crate) weight: f64,
    /// The same against the other senses of the name: a town goes before a province that is called like it.
    pub(crate) preference: f64,
}

/// More than these are villages of one name.
const MOST: usize = 48;

/// Puts what a name can mean in place of what `readings` holds. `written` is the name as it stands in the text; language
/// of the text: ISO 639-1.
pub(crate) fn read(
    name: NameId,
    written: &str,
    language: Option<&str>,
    weights: &SenseWeights,
    readings: &mut Vec<Reading>,
) {
    let gazetteer = Gazetteer::built_in();
    readings.clear();
    readings.extend(name.senses().take(MOST).filter_map(|sense| {
        let place = gazetteer.spot(sense.place)?;
        Some(reading(place, sense.name_kind, weights))
    }));
    // Accents tell Búzi from Buzi and Pékin from Pekin; a name without any may have lost them.
    let accented = readings.len() > 1 && has_accents(written);
    let other_accents = |one: &Reading| {
        accented
            && one.name_kind == NameKind::Main
            && gazetteer
                .numbered(one.place.number)
                .is_some_and(|place| differ_in_accents(place.name, written))
    };
    let usual = readings
        .iter()
        .any(|one| one.name_kind == NameKind::Main && one.weight >= weights.usual && !other_accents(one));
    for rare in readings
        .iter_mut()
        .filter(|one| usual && matches!(one.name_kind, NameKind::Alternate | NameKind::Former))
    {
        rare.weight -= match rare.place.kind {
            PlaceKind::Country => weights.rare_country,
            PlaceKind::Capital => weights.rare_capital,
            PlaceKind::City | PlaceKind::Admin1 | PlaceKind::Admin2 => weights.rare_place,
            _ => 0.0,
        };
    }
    // Elsewhere the gazetteer's other names are what newspapers write: Tombuctú, Кидаль.
    if language != Some("en") {
        for other in readings.iter_mut().filter(|one| one.name_kind == NameKind::Alternate) {
            if matches!(other.place.kind, PlaceKind::City | PlaceKind::Admin1) {
                other.weight += weights.alternate - weights.alternate_elsewhere;
            }
        }
    }
    let is_town =
        |one: &Reading| matches!(one.place.kind, PlaceKind::City | PlaceKind::Capital) && one.weight >= weights.usual;
    let is_country = |one: &Reading| one.place.kind <= PlaceKind::Constituent && one.weight >= weights.constituent;
    let behind = readings.iter().any(is_town) && !readings.iter().any(is_country);
    for reading in readings.iter_mut() {
        let behind = if behind && reading.place.kind == PlaceKind::Admin1 {
            weights.division_behind
        } else {
            0.0
        };
        let spelling = if other_accents(reading) { weights.spelling } else { 0.0 };
        reading.preference = reading.weight - behind - spelling;
    }
    add_namesakes(readings);
}

/// A name that many towns of a country have speaks for the country as one town of all their people would.
fn add_namesakes(readings: &mut [Reading]) {
    let is_town = |one: &Reading| {
        one.name_kind == NameKind::Main && matches!(one.place.kind, PlaceKind::City | PlaceKind::Capital)
    };
    for at in 0..readings.len() {
        let one = readings[at];
        let same = |other: &&Reading| is_town(other) && other.place.country == one.place.country;
        if !is_town(&one) || readings[..at].iter().any(|other| same(&other)) {
            continue;
        }
        let others: u32 = readings[at + 1..]
            .iter()
            .filter(same)
            .map(|other| other.place.population)
            .sum();
        if others > 0 {
            let own = f64::from(one.place.population.max(100));
            readings[at].preference += ((own + f64::from(others)) / own).log10();
        }
    }
}

/// Whether a name in Latin letters has some beyond ASCII.
fn has_accents(written: &str) -> bool {
    !written.is_ascii()
        && written
            .chars()
            .all(|c| !c.is_alphabetic() || matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}'))
        && written.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
}

/// Whether two spellings of a name, as long as each other (one may be declined), differ in more than capitals and signs.
fn differ_in_accents(one: &str, other: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
    }
    letters(one).count() == letters(other).count() && letters(one).ne(letters(other))
}

/// Countries of one city, whose other towns are its districts: Victoria in Hong Kong.
static CITY_STATES: LazyLock<QuickSet<&'static str>> = LazyLock::new(|| {
    let gazetteer = Gazetteer::built_in();
    let spots = (0..gazetteer.len() as u32).filter_map(|number| gazetteer.spot(number));
    let capitals = spots.filter(|spot| spot.kind == PlaceKind::Capital);
    capitals
        .filter_map(|capital| {
            let country = gazetteer.country(capital.country?)?;
            // The city and what little lies around it.
            let all = u64::from(country.population);
            (10 * u64::from(capital.population) >= 9 * all && all > 0).then_some(country.country?)
        })
        .collect()
});

fn is_city_state(country: Option<&str>) -> bool {
    country.is_some_and(|country| CITY_STATES.contains(country))
}

pub(crate) fn reading(place: Spot, name_kind: NameKind, weights: &SenseWeights) -> Reading {
    let inhabitants = || f64::from(place.population.max(100)).log10();
    let by_kind = match place.kind {
        PlaceKind::Country => weights.country,
        PlaceKind::Continent => weights.continent,
        PlaceKind::Region => weights.region,
        PlaceKind::Constituent => weights.constituent,
        PlaceKind::Admin1 => inhabitants().max(weights.division_least) + weights.division,
        PlaceKind::Admin2 => inhabitants() + weights.district,
        PlaceKind::Capital => inhabitants() + weights.capital,
        PlaceKind::City if is_city_state(place.country) => inhabitants() + weights.district,
        PlaceKind::City => inhabitants(),
    };
    let fine = match (name_kind, place.kind) {
        (NameKind::Alternate, PlaceKind::City | PlaceKind::Admin2 | PlaceKind::Admin1) => weights.alternate,
        (NameKind::Former, _) => weights.former,
        (NameKind::Generic, _) => weights.generic,
        _ => 0.0,
    };
    let weight = by_kind - fine;
    Reading {
        place,
        name_kind,
        weight,
        preference: weight,
    }
}

impl Reading {
    /// Whether its name alone says little: a town of which a reader elsewhere has not heard.
    pub(crate) fn is_small(&self, weights: &SenseWeights) -> bool {
        match self.place.kind {
            PlaceKind::Country | PlaceKind::Continent | PlaceKind::Region | PlaceKind::Constituent => false,
            PlaceKind::Admin1 => self.weight < weights.small_division + weights.division,
            PlaceKind::Admin2 => true,
            PlaceKind::Capital => self.name_kind == NameKind::Alternate && self.weight < weights.small_capital,
            PlaceKind::City => self.weight < weights.small_town,
        }
    }

    pub(crate) fn is_broad(&self) -> bool {
        matches!(self.place.kind, PlaceKind::Continent | PlaceKind::Region)
    }
}
