//! Areas: countries, parts of them, regions of several, continents, towns.

use super::divisions;
use super::located::{Located, division};
use crate::gazetteer::{Gazetteer, Place, PlaceKind, place_key};

/// What `inside` names. A place lies in it by its country, its first-level division, or by being it.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// To show.
    pub name: String,
    /// Whole countries, ISO 3166-1 alpha-2.
    pub countries: Vec<&'static str>,
    /// First-level divisions, by number in the gazetteer.
    pub divisions: Vec<u32>,
    /// Single places, by number in the gazetteer.
    pub places: Vec<u32>,
    /// The id of a `[place.NAME]`.
    pub own: Option<String>,
}

impl Area {
    /// A town that gives its name to its division (Ségou) stands for the division.
    pub fn of(place: &Place) -> Self {
        let gazetteer = Gazetteer::built_in();
        let mut area = Self {
            name: place.name.to_owned(),
            countries: Vec::new(),
            divisions: Vec::new(),
            places: vec![place.number],
            own: None,
        };
        match place.kind {
            PlaceKind::Country | PlaceKind::Continent => area.countries = gazetteer.countries_of(place),
            PlaceKind::Region | PlaceKind::Constituent => {
                let parts = divisions::of(place.slug);
                let numbers = parts
                    .iter()
                    .filter_map(|slug| gazetteer.place(&format!("admin:{slug}")));
                area.divisions = numbers.map(|division| division.number).collect();
                if parts.is_empty() && place.kind == PlaceKind::Region {
                    area.countries = gazetteer.countries_of(place);
                }
            }
            PlaceKind::Admin1 => area.divisions.push(place.number),
            PlaceKind::City | PlaceKind::Capital => area.divisions.extend(namesake(place).map(|place| place.number)),
            PlaceKind::Admin2 => {}
        }
        area
    }

    /// Whether a mention lies in it with certainty: a region only with all its countries.
    pub fn holds(&self, located: &Located) -> bool {
        let within = located.place.is_some_and(|place| self.places.contains(&place))
            || located
                .division
                .is_some_and(|division| self.divisions.contains(&division));
        within
            || self.own.as_ref().is_some_and(|own| *own == located.entity.id)
            || (!located.countries.is_empty()
                && located.countries.iter().all(|country| self.countries.contains(country)))
    }

    /// The same for a place of the gazetteer.
    pub fn holds_place(&self, place: &Place) -> bool {
        let countries = || Gazetteer::built_in().countries_of(place);
        self.places.contains(&place.number)
            || division(place).is_some_and(|division| self.divisions.contains(&division))
            || place.country.map_or_else(
                || countries().iter().all(|country| self.countries.contains(country)),
                |country| self.countries.contains(&country),
            )
    }
}

/// The division of a town's own name that it lies in.
fn namesake(place: &Place) -> Option<Place> {
    let division = Gazetteer::built_in().numbered(place.admin1?)?;
    let (town, whole) = (place_key(place.name), place_key(division.name));
    let rest = whole.strip_prefix(&town)?;
    (rest.is_empty() || rest.starts_with(' ')).then_some(division)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::picked::picked_area;

    #[test]
    fn areas_hold_what_lies_in_them() {
        let one = |id: &str| Gazetteer::built_in().place(id).unwrap();
        let (segou, niono) = (
            one("geonames:2451478"),
            Gazetteer::built_in().named("Niono").next().unwrap(),
        );
        let niono = Gazetteer::built_in().numbered(niono.place).unwrap();
        assert_eq!(segou.name, "Ségou");
        for (what, area, place, held) in [
            ("a country", "Mali", segou, true),
            ("in French", "Afrique", segou, true),
            ("a region of countries", "Sahel", segou, true),
            ("another country", "Niger", segou, false),
            ("a town stands for its division", "Ségou", niono, true),
            ("not for another", "Gao", niono, false),
            ("a part of a country", "Wales", one("geonames:2641598"), true),
            ("another part of it", "Scotland", one("geonames:2641598"), false),
            ("a region within a country", "Donbas", one("geonames:703448"), false),
            (
                "a country in a continent",
                "Africa",
                Gazetteer::built_in().country("ML").unwrap(),
                true,
            ),
            ("a region in a continent", "Africa", one("region:sahel"), true),
            (
                "a region that reaches beyond",
                "West Africa",
                one("region:sahel"),
                false,
            ),
        ] {
            let area = picked_area(area).unwrap().best;
            assert_eq!(
                Area::of(&area).holds_place(&place),
                held,
                "{what}: {} in {}",
                place.name,
                area.name
            );
        }
    }
}
