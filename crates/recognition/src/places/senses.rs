//! What a name found in a text can mean, and how likely each is before anything else is known.

use super::keys::NameId;
use crate::gazetteer::{Gazetteer, NameKind, PlaceKind, Spot};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    pub(super) place: Spot,
    pub(super) name_kind: NameKind,
    /// In powers of ten of inhabitants; a country stands above every town.
    pub(super) weight: f64,
}

/// More than these are villages of one name.
const MOST: usize = 48;

/// Given back to an alternate name in a text that is not English, of the 1.2 that it lost.
const OTHER_NAME: f64 = 0.8;

/// Taken off a rare name of a country (`Columbia`, `Norfolk`) that is the usual name of another place.
const RARE: f64 = 3.5;

/// Puts what a name can mean in place of what `readings` holds. Language of the text: ISO 639-1.
pub(super) fn read(name: NameId, language: Option<&str>, readings: &mut Vec<Reading>) {
    let gazetteer = Gazetteer::built_in();
    readings.clear();
    readings.extend(name.senses().take(MOST).filter_map(|sense| {
        let place = gazetteer.spot(sense.place)?;
        Some(reading(place, sense.name_kind))
    }));
    let usual = readings
        .iter()
        .any(|one| one.name_kind == NameKind::Main && one.weight >= 4.0);
    for rare in readings
        .iter_mut()
        .filter(|one| usual && one.name_kind == NameKind::Alternate && one.place.kind == PlaceKind::Country)
    {
        rare.weight -= RARE;
    }
    // Elsewhere the gazetteer's other names are what newspapers write: Tombuctú, Кидаль.
    if language != Some("en") {
        for other in readings.iter_mut().filter(|one| one.name_kind == NameKind::Alternate) {
            if matches!(
                other.place.kind,
                PlaceKind::City | PlaceKind::Capital | PlaceKind::Admin1
            ) {
                other.weight += OTHER_NAME;
            }
        }
    }
}

pub(super) fn reading(place: Spot, name_kind: NameKind) -> Reading {
    let inhabitants = || f64::from(place.population.max(100)).log10();
    let by_kind = match place.kind {
        PlaceKind::Country => 9.4,
        PlaceKind::Continent => 9.0,
        PlaceKind::Region => 8.5,
        PlaceKind::Constituent => 8.0,
        PlaceKind::Admin1 => inhabitants().max(5.0) + 0.4,
        PlaceKind::Admin2 => inhabitants() - 1.0,
        PlaceKind::Capital => inhabitants() + 1.0,
        PlaceKind::City => inhabitants(),
    };
    let by_name = match (name_kind, place.kind) {
        (NameKind::Alternate, PlaceKind::City | PlaceKind::Admin2 | PlaceKind::Admin1) => -1.2,
        (NameKind::Former, _) => -1.0,
        (NameKind::Generic, _) => -2.5,
        _ => 0.0,
    };
    Reading {
        place,
        name_kind,
        weight: by_kind + by_name,
    }
}

impl Reading {
    /// Whether its name alone says little: a town of which a reader elsewhere has not heard.
    pub(super) fn is_small(&self) -> bool {
        match self.place.kind {
            PlaceKind::Country | PlaceKind::Continent | PlaceKind::Region | PlaceKind::Constituent => false,
            PlaceKind::Admin1 => self.weight < 5.7,
            PlaceKind::Admin2 => true,
            PlaceKind::Capital => self.name_kind == NameKind::Alternate && self.weight < 5.0,
            PlaceKind::City => self.weight < 5.3,
        }
    }

    pub(super) fn is_broad(&self) -> bool {
        matches!(self.place.kind, PlaceKind::Continent | PlaceKind::Region)
    }
}
