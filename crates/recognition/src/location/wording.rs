//! Places in words.

use super::asked::{Missed, Named, Placed, Where};
use super::picked::pick;
use crate::document::Field;
use crate::gazetteer::{Gazetteer, Place, PlaceKind};
use crate::text::folded_text::fold;

impl Where {
    /// For a list of watches: `in Mali or Niger`, `within 60 km of Bamako`.
    pub fn summary(&self) -> String {
        let mut parts = Vec::new();
        if !self.inside.is_empty() {
            parts.push(format!(
                "in {}",
                or(&self.inside.iter().map(|area| area.name.as_str()).collect::<Vec<_>>())
            ));
        }
        if !self.not_inside.is_empty() {
            let areas: Vec<&str> = self.not_inside.iter().map(|area| area.name.as_str()).collect();
            parts.push(format!("not in {}", or(&areas)));
        }
        if let Some(widest) = self.rings.last() {
            let of: Vec<&str> = self.of.iter().map(|centre| centre.name.as_str()).collect();
            parts.push(format!("within {} of {}", kilometres(widest.km), or(&of)));
        }
        parts.join(", ")
    }
}

impl Placed {
    /// Goes on after a reason: `“Niono” in the text is 98 km from Ségou`, `“Ségou” in the text is there, and within 120 km
    /// of it is near enough`.
    pub fn clause(&self) -> String {
        let found = located(&self.found);
        let within = self.within.map(|km| match self.level {
            Some(level) => format!(", within the {} that make it {level}", kilometres(km)),
            None => format!(", within the {} asked for", kilometres(km)),
        });
        let within = within.unwrap_or_default();
        match (&self.away, &self.inside) {
            (Some((km, from)), _) if *km < 0.5 => {
                let there = match fold(from) == fold(&self.found.text) {
                    true => "there".to_owned(),
                    false => format!("at {from}"),
                };
                format!("{found} is {there}{within}")
            }
            (Some((km, from)), _) => format!("{found} is {} from {from}{within}", kilometres(*km)),
            (None, Some(area)) => format!("{found} lies in {area}"),
            (None, None) => format!("{found} is there"),
        }
    }
}

impl Placed {
    /// Beside its name: `in Mali`, `98 km from Ségou`; nothing where it is the very place that was asked for.
    pub(crate) fn there(&self) -> Option<String> {
        match (&self.away, &self.inside) {
            (Some((km, from)), _) if *km < 0.5 => (fold(from) != fold(&self.found.name)).then(|| format!("in {from}")),
            (Some((km, from)), _) => Some(format!("{} from {from}", kilometres(*km))),
            (None, area) => area.as_ref().map(|area| format!("in {area}")),
        }
    }
}

impl Missed {
    /// Completes “it would fire, but …”.
    pub fn clause(&self, asked: &Where) -> String {
        match self {
            Self::NoPlace => "it names no place".to_owned(),
            Self::NotCounted { found, why } => {
                format!("no place in it counts: of {}, {why}", located(found))
            }
            Self::Elsewhere { found } => {
                let areas: Vec<&str> = asked.inside.iter().map(|area| area.name.as_str()).collect();
                format!("no place in it lies in {}: {}", or(&areas), is_in(found))
            }
            Self::LeftOut { found, area } => format!("{} lies in {area}, which the watch leaves out", located(found)),
            Self::TooFar { found, km, from } => {
                let widest = asked.rings.last().map_or(0.0, |ring| ring.km);
                format!(
                    "no place in it is within {} of {}: the nearest, {}, is {} from {from}",
                    kilometres(widest),
                    or(&asked.of.iter().map(|centre| centre.name.as_str()).collect::<Vec<_>>()),
                    quoted(found),
                    kilometres(*km)
                )
            }
            Self::TooWide { found } => format!(
                "no town is named that could be near {}, only {}",
                or(&asked.of.iter().map(|centre| centre.name.as_str()).collect::<Vec<_>>()),
                quoted(found)
            ),
        }
    }
}

/// `“Niono” in the text`, `the entry's own position (12.744, -8.072, Kati)`.
fn located(found: &Named) -> String {
    match (found.field, found.coordinates) {
        (Field::Position, true) if found.text == found.name => format!("the entry's own position ({})", found.text),
        (Field::Position, true) => format!("the entry's own position ({}, {})", found.text, found.name),
        (Field::Position, false) => format!("{}, the area that the entry states,", quoted(found)),
        (place, _) => format!("{} in {}", quoted(found), field(place)),
    }
}

/// `“Mogadiscio” (Mogadishu)`: as written, and its name where that says more.
fn quoted(found: &Named) -> String {
    if fold(&found.text) == fold(&found.name) {
        format!("“{}”", found.text)
    } else {
        format!("“{}” ({})", found.text, found.name)
    }
}

fn is_in(found: &Named) -> String {
    let country = found.country.and_then(|code| Gazetteer::built_in().country(code));
    match country.filter(|country| country.name != found.name) {
        Some(country) => format!("{} is in {}", quoted(found), country.name),
        None => format!("{} is not", quoted(found)),
    }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Title => "the title",
        Field::Text => "the text",
        Field::Position => "the position that the entry states",
    }
}

fn kilometres(km: f64) -> String {
    format!("{km:.0} km")
}

/// `Mali`, `Mali or Niger`, `Mali, Niger, Chad and 4 more`.
fn or(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} or {other}"),
        [one, two, three] => format!("{one}, {two} or {three}"),
        [one, two, three, rest @ ..] => format!("{one}, {two}, {three} and {} more", rest.len()),
    }
}

/// What a place is, for people: `the town in Ségou, Mali, 205,787 people`.
pub fn described(place: &Place) -> String {
    let gazetteer = Gazetteer::built_in();
    let country = place
        .country
        .and_then(|code| gazetteer.country(code))
        .map(|country| country.name);
    let division = place
        .admin1
        .and_then(|number| gazetteer.numbered(number))
        .map(|division| division.name);
    let division = division.filter(|division| *division != place.name && Some(*division) != country);
    let within = [division, country].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let people = match place.population {
        0 => String::new(),
        people => format!(", {} people", thousands(people)),
    };
    match place.kind {
        PlaceKind::Country => format!("the country{people}"),
        PlaceKind::Continent => "the continent".to_owned(),
        PlaceKind::Region => {
            let countries: Vec<&str> = gazetteer
                .countries_of(place)
                .into_iter()
                .filter_map(|code| gazetteer.country(code))
                .map(|country| country.name)
                .collect();
            format!("the region in {}", and_more(&countries))
        }
        PlaceKind::Constituent => format!("the part of {within}"),
        PlaceKind::Admin1 => format!("the division of {}{people}", country.unwrap_or_default()),
        PlaceKind::Admin2 => format!("the district in {within}{people}"),
        PlaceKind::Capital => format!("the capital of {}{people}", country.unwrap_or_default()),
        PlaceKind::City => {
            let what = if place.population >= 100_000 { "city" } else { "town" };
            format!("the {what} in {within}{people}")
        }
    }
}

fn and_more(names: &[&str]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() && names.len() <= 6 => format!("{} and {last}", first.join(", ")),
        names if names.len() > 6 => format!("{} and {} more countries", names[..4].join(", "), names.len() - 4),
        names => names.concat(),
    }
}

/// What to write so that no other place is meant: `Newport, Wales`; where that is not enough, the id.
pub fn told_apart(place: &Place) -> String {
    let gazetteer = Gazetteer::built_in();
    let country = place
        .country
        .and_then(|code| gazetteer.country(code))
        .map(|country| country.name);
    let division = place
        .admin1
        .and_then(|number| gazetteer.numbered(number))
        .map(|division| division.name);
    let candidates = [
        Some(place.name.to_owned()),
        wider(place, division),
        wider(place, country),
    ];
    let sure = |written: &String| pick(written).is_some_and(|picked| picked.best == *place && !picked.in_doubt);
    candidates
        .into_iter()
        .flatten()
        .find(sure)
        .unwrap_or_else(|| place.id())
}

fn wider(place: &Place, wider: Option<&str>) -> Option<String> {
    wider.map(|wider| format!("{}, {wider}", place.name))
}

/// `country`, `town`: one word for what a place is.
pub fn place_kind_words(place: &Place) -> &'static str {
    match place.kind {
        PlaceKind::Country => "country",
        PlaceKind::Constituent => "part",
        PlaceKind::Region => "region",
        PlaceKind::Continent => "continent",
        PlaceKind::Admin1 => "division",
        PlaceKind::Admin2 => "district",
        PlaceKind::Capital => "capital",
        PlaceKind::City if place.population >= 100_000 => "city",
        PlaceKind::City => "town",
    }
}

/// `205,787`.
pub fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_described_as_people_tell_them_apart() {
        for (id, words) in [
            ("geonames:2451478", "the city in Mali, 205,787 people"),
            ("geonames:2641598", "the city in Wales, United Kingdom, "),
            ("region:central-sahel", "the region in Mali, Burkina Faso and Niger"),
            ("region:africa", "the continent"),
            ("admin:ML.05", "the division of Mali, "),
            ("region:scotland", "the part of United Kingdom"),
        ] {
            let place = Gazetteer::built_in().place(id).unwrap();
            let said = described(&place);
            assert!(said.starts_with(words), "{}: {said}", place.name);
        }
        for (number, written) in [(7, "7"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), written);
        }
    }
}
