//! The areas that publishers name or number in a stated position.

use super::iso3166::alpha2;
use crate::document::{Document, Field};
use crate::gazetteer::{Gazetteer, NameKind, Place, PlaceKind, Shape};
use crate::places::{PlaceContext, places};
use crate::stated_position::{Stated, StatedPosition};

/// What else the position says: it decides between areas of one name.
pub(super) struct Hints {
    /// ISO 3166-1 alpha-2; those that the position states, else the feed's.
    countries: Vec<&'static str>,
    /// First-level divisions, by number in the gazetteer.
    divisions: Vec<u32>,
    shapes: Vec<std::sync::Arc<Shape>>,
}

/// Kilometres from a stated shape within which an area of the name is meant: divisions are measured from their main town.
const NEAR_KM: f64 = 150.0;
/// Of an area whose name alone speaks for it, though others bear it.
const LIKELY: f32 = 0.6;

impl Hints {
    pub(super) fn of(document: Document<'_>, position: &StatedPosition) -> Self {
        let mut hints = Self {
            countries: Vec::new(),
            divisions: Vec::new(),
            shapes: Vec::new(),
        };
        for part in &position.parts {
            let words = position.words(part);
            let place = match &part.stated {
                Stated::Shape(shape) => {
                    hints.shapes.push(shape.clone());
                    None
                }
                Stated::Country => country_place(words),
                Stated::Code(list) => code_place(list, words.strip_prefix(list.as_str()).unwrap_or_default().trim()),
                Stated::Area => None,
            };
            let Some(place) = place else { continue };
            hints.countries.extend(place.country);
            match place.kind {
                PlaceKind::Admin1 => hints.divisions.push(place.number),
                _ => hints.divisions.extend(place.admin1),
            }
        }
        if hints.countries.is_empty() {
            let home = document.country.and_then(|code| Gazetteer::built_in().country(code));
            hints.countries.extend(home.and_then(|country| country.country));
        }
        hints
    }

    /// How well a place fits to them, the lower the better; `None` where it contradicts.
    fn misfit(&self, place: &Place) -> Option<u8> {
        let division = match place.kind {
            PlaceKind::Admin1 => Some(place.number),
            _ => place.admin1,
        };
        if division.is_some_and(|division| self.divisions.contains(&division)) {
            return Some(0);
        }
        if !self.shapes.is_empty() {
            let near = self.shapes.iter().any(|shape| shape.km_from(place.point) <= NEAR_KM);
            return near.then_some(1);
        }
        if self.countries.is_empty() {
            return Some(3);
        }
        let country = place.country.is_some_and(|country| self.countries.contains(&country));
        country.then_some(2)
    }
}

/// Returns the country of a name or an ISO 3166-1 code.
pub(super) fn country_place(words: &str) -> Option<Place> {
    let gazetteer = Gazetteer::built_in();
    let code = words.trim().to_ascii_uppercase();
    let coded = match code.len() {
        2 => gazetteer.country(&code),
        3 => alpha2(&code).and_then(|code| gazetteer.country(code)),
        _ => None,
    };
    coded.or_else(|| {
        let senses = gazetteer
            .named(words)
            .filter(|sense| sense.name_kind != NameKind::Demonym);
        let mut places = senses.filter_map(|sense| gazetteer.numbered(sense.place));
        places.find(|place| place.kind == PlaceKind::Country)
    })
}

/// Returns the place of a code, as far as its list is known: FIPS and SAME (counties of the United States), UGC (their
/// counties and zones), ISO 3166, NUTS and EMMA_ID (Europe), which begin with a country.
pub(super) fn code_place(list: &str, code: &str) -> Option<Place> {
    let gazetteer = Gazetteer::built_in();
    let list = list.trim().to_ascii_uppercase().replace([' ', '-', '_'], "");
    let of_state = |state: &str| gazetteer.place(&format!("admin:US.{state}"));
    let of_county = |state: &str, county: &str| {
        let county = gazetteer.place(&format!("admin:US.{state}.{county}"));
        county.or_else(|| of_state(state))
    };
    if !code.is_ascii() {
        return None;
    }
    match list.as_str() {
        "SAME" | "FIPS" | "FIPS6" | "FIPS5" => {
            // A part of a county, the state, the county.
            let digits = code.get(code.len().checked_sub(5)?..)?;
            let (state, county) = digits.split_at(2);
            let at = FIPS_STATES.iter().find(|(number, _)| *number == state)?;
            of_county(at.1, county)
        }
        "UGC" => {
            let (state, rest) = code.split_at_checked(2)?;
            match rest.split_at_checked(1)? {
                ("C", county) => of_county(state, county),
                _ => of_state(state),
            }
        }
        _ if ["ISO3166", "NUTS", "EMMAID"]
            .iter()
            .any(|known| list.starts_with(known)) =>
        {
            let letters: String = code.chars().take_while(char::is_ascii_alphabetic).collect();
            let country = match letters.to_ascii_uppercase().as_str() {
                // In the lists of the European Union.
                "UK" => "GB",
                "EL" => "GR",
                other if other.len() == 3 => alpha2(other).unwrap_or_default(),
                other => return gazetteer.country(other.get(..2)?),
            };
            gazetteer.country(country)
        }
        _ => None,
    }
}

/// Returns the places that the name of an area means, each with its confidence: by its name, with what it lies in behind a
/// comma, where the rest of the position does not contradict; else the places that its words name.
pub(super) fn area_places(words: &str, hints: &Hints) -> Vec<(Place, f32)> {
    let (name, within) = match words.rsplit_once(',') {
        Some((name, within)) => (name.trim(), Some(within.trim())),
        None => (words.trim(), None),
    };
    let wider = within.map(wider_places).unwrap_or_default();
    let whole = within.is_none() || wider.is_empty();
    let candidates = senses(if whole { words } else { name });
    let lies_in = |place: &Place| {
        let within = |wider: &Place| {
            place.admin1 == Some(wider.number) || wider.kind == PlaceKind::Country && place.country == wider.country
        };
        whole || wider.iter().any(within)
    };
    let mut fitting: Vec<(u8, Place)> = candidates
        .into_iter()
        .filter(lies_in)
        .filter_map(|place| Some((hints.misfit(&place)?, place)))
        .collect();
    // Warnings are written for divisions; of equals the most populous.
    fitting.sort_by_key(|(misfit, place)| (*misfit, is_town(place), std::cmp::Reverse(place.population)));
    if let Some((misfit, best)) = fitting.first() {
        let rivals = fitting.iter().any(|(_, other)| other.country != best.country);
        let sure = *misfit < 3 || !whole || !rivals;
        return vec![(*best, if sure { 1.0 } else { LIKELY })];
    }
    let document = Document {
        title: words,
        ..Document::default()
    };
    let context = PlaceContext {
        country: hints.countries.first().copied(),
        ..PlaceContext::default()
    };
    places(document, context)
        .into_iter()
        .filter(|mention| mention.field == Field::Title && mention.aside.is_none())
        .filter(|mention| hints.misfit(&mention.place).is_some())
        .map(|mention| (mention.place, mention.confidence))
        .collect()
}

fn is_town(place: &Place) -> bool {
    place.kind >= PlaceKind::City
}

/// All that a name means.
fn senses(name: &str) -> Vec<Place> {
    let gazetteer = Gazetteer::built_in();
    let senses = gazetteer
        .named(name)
        .filter(|sense| !matches!(sense.name_kind, NameKind::Demonym | NameKind::Former));
    senses.filter_map(|sense| gazetteer.numbered(sense.place)).collect()
}

/// What stands behind the comma: a state of the United States by its two letters, a country or a division.
fn wider_places(within: &str) -> Vec<Place> {
    let gazetteer = Gazetteer::built_in();
    let letters = within.len() == 2 && within.bytes().all(|byte| byte.is_ascii_uppercase());
    if letters {
        let state = gazetteer.place(&format!("admin:US.{within}"));
        return state.into_iter().chain(gazetteer.country(within)).collect();
    }
    let wide = |place: &Place| matches!(place.kind, PlaceKind::Country | PlaceKind::Admin1);
    senses(within).into_iter().filter(wide).collect()
}

/// Numbers of the states of the United States and their territories (FIPS 5-2), with their postal letters.
#[rustfmt::skip]
const FIPS_STATES: &[(&str, &str)] = &[
    ("01", "AL"), ("02", "AK"), ("04", "AZ"), ("05", "AR"), ("06", "CA"), ("08", "CO"), ("09", "CT"), ("10", "DE"),
    ("11", "DC"), ("12", "FL"), ("13", "GA"), ("15", "HI"), ("16", "ID"), ("17", "IL"), ("18", "IN"), ("19", "IA"),
    ("20", "KS"), ("21", "KY"), ("22", "LA"), ("23", "ME"), ("24", "MD"), ("25", "MA"), ("26", "MI"), ("27", "MN"),
    ("28", "MS"), ("29", "MO"), ("30", "MT"), ("31", "NE"), ("32", "NV"), ("33", "NH"), ("34", "NJ"), ("35", "NM"),
    ("36", "NY"), ("37", "NC"), ("38", "ND"), ("39", "OH"), ("40", "OK"), ("41", "OR"), ("42", "PA"), ("44", "RI"),
    ("45", "SC"), ("46", "SD"), ("47", "TN"), ("48", "TX"), ("49", "UT"), ("50", "VT"), ("51", "VA"), ("53", "WA"),
    ("54", "WV"), ("55", "WI"), ("56", "WY"),
];
