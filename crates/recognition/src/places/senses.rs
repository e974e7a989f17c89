//! What a name found in a text can mean, and how likely each is before anything else is known.

use super::keys::NameId;
use super::weights::SenseWeights;
use crate::gazetteer::{Gazetteer, NameKind, PlaceKind, Spot};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    pub(super) place: Spot,
    pub(super) name_kind: NameKind,
    /// In powers of ten of inhabitants; a country stands above every town.
    pub(super) weight: f64,
    /// The same against the other senses of the name: a town goes before a province that is called like it.
    pub(super) preference: f64,
}

/// More than these are villages of one name.
const MOST: usize = 48;

/// Puts what a name can mean in place of what `readings` holds. Language of the text: ISO 639-1.
pub(super) fn read(name: NameId, language: Option<&str>, weights: &SenseWeights, readings: &mut Vec<Reading>) {
    let gazetteer = Gazetteer::built_in();
    readings.clear();
    readings.extend(name.senses().take(MOST).filter_map(|sense| {
        let place = gazetteer.spot(sense.place)?;
        Some(reading(place, sense.name_kind, weights))
    }));
    let usual = readings
        .iter()
        .any(|one| one.name_kind == NameKind::Main && one.weight >= weights.usual);
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
            if matches!(
                other.place.kind,
                PlaceKind::City | PlaceKind::Capital | PlaceKind::Admin1
            ) {
                other.weight += weights.alternate - weights.alternate_elsewhere;
            }
        }
    }
    let is_town =
        |one: &Reading| matches!(one.place.kind, PlaceKind::City | PlaceKind::Capital) && one.weight >= weights.usual;
    let behind = readings.iter().any(is_town) && !readings.iter().any(|one| one.weight >= weights.constituent);
    for reading in readings.iter_mut() {
        let behind = if behind && reading.place.kind == PlaceKind::Admin1 {
            weights.division_behind
        } else {
            0.0
        };
        reading.preference = reading.weight - behind;
    }
}

/// Accents tell Búzi from Buzi; a name without any may have lost them.
pub(super) fn prefer_spelling(written: &str, readings: &mut [Reading], weights: &SenseWeights) {
    if written.is_ascii() {
        return;
    }
    let gazetteer = Gazetteer::built_in();
    for reading in readings.iter_mut() {
        if gazetteer
            .numbered(reading.place.number)
            .is_some_and(|place| place.name == written)
        {
            reading.preference += weights.spelling;
        }
    }
}

pub(super) fn reading(place: Spot, name_kind: NameKind, weights: &SenseWeights) -> Reading {
    let inhabitants = || f64::from(place.population.max(100)).log10();
    let by_kind = match place.kind {
        PlaceKind::Country => weights.country,
        PlaceKind::Continent => weights.continent,
        PlaceKind::Region => weights.region,
        PlaceKind::Constituent => weights.constituent,
        PlaceKind::Admin1 => inhabitants().max(weights.division_least) + weights.division,
        PlaceKind::Admin2 => inhabitants() + weights.district,
        PlaceKind::Capital => inhabitants() + weights.capital,
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
    pub(super) fn is_small(&self, weights: &SenseWeights) -> bool {
        match self.place.kind {
            PlaceKind::Country | PlaceKind::Continent | PlaceKind::Region | PlaceKind::Constituent => false,
            PlaceKind::Admin1 => self.weight < weights.small_division + weights.division,
            PlaceKind::Admin2 => true,
            PlaceKind::Capital => self.name_kind == NameKind::Alternate && self.weight < weights.small_capital,
            PlaceKind::City => self.weight < weights.small_town,
        }
    }

    pub(super) fn is_broad(&self) -> bool {
        matches!(self.place.kind, PlaceKind::Continent | PlaceKind::Region)
    }
}
