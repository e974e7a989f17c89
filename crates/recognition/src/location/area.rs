//! Areas: countries, parts of them, regions of several, continents, towns.

use super::located::{Located, divisions, exact_point};
use crate::gazetteer::{Gazetteer, Place, PlaceKind, Point, is_within, place_key};

/// What `inside` names. A place lies in it by its country, by its first-level division, within its outline, or by being it.
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
    /// On the map, where divisions do not fit.
    pub outline: Option<Outline>,
    /// The id of a `[place.NAME]`.
    pub own: Option<String>,
}

/// The part of some countries that lies within a line on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    pub corners: Vec<Point>,
    /// ISO 3166-1 alpha-2.
    pub countries: Vec<&'static str>,
}

impl Outline {
    fn holds(&self, countries: &[&str], point: Option<Point>) -> bool {
        let Some(point) = point else { return false };
        !countries.is_empty()
            && countries.iter().all(|country| self.countries.contains(country))
            && is_within(&self.corners, point)
    }
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
            outline: None,
            own: None,
        };
        match place.kind {
            PlaceKind::Country | PlaceKind::Continent => area.countries = gazetteer.countries_of(place),
            PlaceKind::Region | PlaceKind::Constituent => {
                let extent = gazetteer.extent(place);
                let countries = gazetteer.countries_of(place);
                if extent.is_whole_countries() {
                    area.countries = countries;
                } else if !extent.outline.is_empty() {
                    area.outline = Some(Outline {
                        corners: extent.outline,
                        countries,
                    });
                }
                area.divisions = extent.divisions;
            }
            PlaceKind::Admin1 => area.divisions.push(place.number),
            PlaceKind::City | PlaceKind::Capital => area.divisions.extend(namesake(place).map(|place| place.number)),
            PlaceKind::Admin2 => {}
        }
        area
    }

    /// Whether a mention lies in it with certainty: a region or a part of a country only with all of it.
    pub fn holds(&self, located: &Located) -> bool {
        self.own.as_ref().is_some_and(|own| *own == located.entity.id)
            || self.covers(located.place, &located.divisions, &located.countries, located.point)
    }

    /// The same for a place of the gazetteer.
    pub fn holds_place(&self, place: &Place) -> bool {
        let countries = Gazetteer::built_in().countries_of(place);
        self.covers(Some(place.number), &divisions(place), &countries, exact_point(place))
    }

    /// Whether all of it lies in another area, as far as countries and divisions tell.
    pub fn is_inside(&self, other: &Self) -> bool {
        if self.own.is_some() {
            return self.own == other.own;
        }
        let gazetteer = Gazetteer::built_in();
        let held = |number: &u32| {
            other.places.contains(number)
                || other.divisions.contains(number)
                || gazetteer
                    .numbered(*number)
                    .is_some_and(|place| other.holds_place(&place))
        };
        let of_other = |country: &&str| other.countries.contains(country);
        let drawn = self
            .outline
            .as_ref()
            .is_none_or(|outline| outline.countries.iter().all(of_other) || self.outline == other.outline);
        self.countries.iter().all(of_other) && self.divisions.iter().all(held) && self.places.iter().all(held) && drawn
    }

    fn covers(&self, place: Option<u32>, divisions: &[u32], countries: &[&str], point: Option<Point>) -> bool {
        place.is_some_and(|place| self.places.contains(&place))
            || (!divisions.is_empty() && divisions.iter().all(|division| self.divisions.contains(division)))
            || (!countries.is_empty() && countries.iter().all(|country| self.countries.contains(country)))
            || self
                .outline
                .as_ref()
                .is_some_and(|outline| outline.holds(countries, point))
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
    fn areas_lie_in_each_other() {
        for (inner, outer, inside) in [
            ("Mali", "Mali", true),
            ("Mali", "Africa", true),
            ("Africa", "Mali", false),
            ("Mali", "Niger", false),
            ("Gao Region, Mali", "Mali", true),
            ("Mali", "Gao Region, Mali", false),
            ("Bamako", "Mali", true),
            ("Sahel", "Africa", true),
            ("Sahel", "West Africa", false),
            ("Wales", "United Kingdom", true),
            ("Crimea", "Ukraine", true),
            ("Donbas", "Donbas", true),
            ("Darfur", "Sudan", true),
            ("Darfur", "Chad", false),
        ] {
            let area = |name: &str| Area::of(&picked_area(name).unwrap().best);
            assert_eq!(area(inner).is_inside(&area(outer)), inside, "{inner} in {outer}");
        }
    }

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
