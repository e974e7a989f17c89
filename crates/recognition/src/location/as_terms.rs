//! Places as terms: which of the terms that ask for a place (`@mali`, `place:Mali`, `near:Bamako/60`) one that a text
//! names answers. Looked up by its number, country, division and square on the map, so that a place costs the terms that
//! it may answer, not all that there are.

use std::collections::HashMap;
use std::sync::Arc;

use super::area::Outline;
use super::asked::Where;
use super::located::Located;
use crate::gazetteer::{Bounds, Point, Square, square, squares_of};
use crate::mention::TermId;
use crate::terms::term::{Pattern, PlacePattern};

/// Kilometres from one degree of latitude to the next, a little less than they are.
const DEGREE_KM: f64 = 110.0;
/// Squares that the surroundings of one place are listed under; wider ones are tried with every place.
const SQUARES: usize = 600;

#[derive(Debug, Default)]
pub(crate) struct PlaceTerms {
    /// One place each, by number in the gazetteer once [`Self::sort`] was called.
    single: Vec<(PlacePattern, TermId)>,
    areas: Vec<(Arc<Where>, TermId)>,
    /// Indices of `areas`, by what a place must be or lie in to answer.
    by_country: HashMap<&'static str, Vec<u32>>,
    by_division: HashMap<u32, Vec<u32>>,
    by_place: HashMap<u32, Vec<u32>>,
    by_own: HashMap<String, Vec<u32>>,
    by_square: HashMap<Square, Vec<u32>>,
    /// Those that a place anywhere may answer.
    anywhere: Vec<u32>,
}

impl PlaceTerms {
    /// Takes a term where it asks for a place.
    pub(crate) fn add(&mut self, pattern: &Pattern, id: TermId) {
        match pattern {
            Pattern::Place(place) => self.single.push(((**place).clone(), id)),
            Pattern::Where(pattern) => {
                let at = self.areas.len() as u32;
                self.index(&pattern.asked, at);
                self.areas.push((pattern.asked.clone(), id));
            }
            Pattern::Words(_) | Pattern::Prefix(_) | Pattern::Regex(_) | Pattern::Stem(_) => {}
        }
    }

    /// After the last one.
    pub(crate) fn sort(&mut self) {
        self.single.sort_by_key(|(place, id)| (place.number, *id));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.single.is_empty() && self.areas.is_empty()
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = TermId> {
        let single = self.single.iter().map(|(_, id)| *id);
        single.chain(self.areas.iter().map(|(_, id)| *id))
    }

    fn index(&mut self, asked: &Where, at: u32) {
        if let Some(widest) = asked.rings.last().filter(|_| !asked.of.is_empty()) {
            let around: Option<Vec<Vec<Square>>> =
                asked.of.iter().map(|centre| squares(centre.point, widest.km)).collect();
            match around {
                Some(around) => around
                    .into_iter()
                    .flatten()
                    .for_each(|square| self.by_square.entry(square).or_default().push(at)),
                None => self.anywhere.push(at),
            }
            return;
        }
        if asked.inside.is_empty() {
            self.anywhere.push(at);
        }
        for area in &asked.inside {
            for country in &area.countries {
                self.by_country.entry(country).or_default().push(at);
            }
            for division in &area.divisions {
                self.by_division.entry(*division).or_default().push(at);
            }
            if let Some(outline) = &area.outline {
                match squares_of_outline(outline) {
                    Some(squares) => squares
                        .into_iter()
                        .for_each(|square| self.by_square.entry(square).or_default().push(at)),
                    None => self.anywhere.push(at),
                }
            }
            for place in &area.places {
                self.by_place.entry(*place).or_default().push(at);
            }
            if let Some(own) = &area.own {
                self.by_own.entry(own.clone()).or_default().push(at);
            }
        }
    }

    /// The terms that ask for the place itself.
    pub(crate) fn asking_for(&self, located: &Located) -> impl Iterator<Item = TermId> {
        let number = located.place.unwrap_or(u32::MAX);
        let from = self.single.partition_point(|(place, _)| place.number < number);
        let asked = self.single[from..]
            .iter()
            .take_while(move |(place, _)| place.number == number);
        let admitted =
            asked.filter(|(place, _)| place.admits(located.confidence, located.demonym) && !located.boilerplate);
        admitted.map(|(_, term)| *term)
    }

    /// The terms that ask for any place somewhere, where this one is there.
    pub(crate) fn asking_where(&self, located: &Located) -> Vec<TermId> {
        if self.areas.is_empty() {
            return Vec::new();
        }
        // A region lies in an area with all its countries or divisions, so with its first.
        let lists = [
            Some(&self.anywhere),
            located
                .countries
                .first()
                .and_then(|country| self.by_country.get(country)),
            located
                .divisions
                .first()
                .and_then(|division| self.by_division.get(division)),
            located.place.and_then(|place| self.by_place.get(&place)),
            self.by_own.get(&located.entity.id),
        ];
        let mut may: Vec<u32> = lists.into_iter().flatten().flatten().copied().collect();
        match &located.shape {
            Some(shape) => match squares_of(shape.bounds(), SQUARES) {
                Some(squares) => {
                    let near = squares.iter().filter_map(|square| self.by_square.get(square));
                    may.extend(near.flatten());
                }
                // Wider than that: all that ask for a distance.
                None => may.extend(self.by_square.values().flatten()),
            },
            None => may.extend(
                located
                    .point
                    .and_then(|point| self.by_square.get(&square(point)))
                    .into_iter()
                    .flatten(),
            ),
        }
        may.sort_unstable();
        may.dedup();
        may.into_iter()
            .map(|at| &self.areas[at as usize])
            .filter(|(asked, _)| asked.admits(located))
            .map(|(_, term)| *term)
            .collect()
    }
}

/// The squares that a distance around a point reaches into; `None` where they are very many.
fn squares(centre: Point, km: f64) -> Option<Vec<Square>> {
    // Near the poles meridians run together.
    let nearest_pole = centre.lat.abs() + km / DEGREE_KM;
    if nearest_pole > 85.0 {
        return None;
    }
    squares_of(Bounds::around(centre, km), SQUARES)
}

/// The squares that an outline reaches into; `None` where they are very many.
fn squares_of_outline(outline: &Outline) -> Option<Vec<Square>> {
    let span = |along: fn(&Point) -> f64| {
        let degrees = outline.corners.iter().map(along);
        (
            degrees.clone().fold(f64::MAX, f64::min),
            degrees.fold(f64::MIN, f64::max),
        )
    };
    let ((south, north), (west, east)) = (span(|corner| corner.lat), span(|corner| corner.lon));
    let bounds = Bounds {
        south,
        north,
        west,
        east,
    };
    squares_of(bounds, SQUARES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::{Gazetteer, distance_km};

    #[test]
    fn every_town_within_a_distance_lies_in_a_square_of_it() {
        let gazetteer = Gazetteer::built_in();
        let mut tried = 0;
        for (lat, lon, km) in [
            (12.65, -8.0, 60.0),
            (-17.8, 179.5, 200.0),
            (64.1, -21.9, 150.0),
            (0.1, 9.4, 500.0),
            (51.0, 0.0, 40.0),
        ] {
            let centre = Point { lat, lon };
            let around = squares(centre, km).unwrap();
            for number in (0..gazetteer.len()).step_by(7) {
                let Some(place) = gazetteer.numbered(number as u32) else {
                    continue;
                };
                if distance_km(place.point, centre) <= km {
                    tried += 1;
                    assert!(around.contains(&square(place.point)), "{} from {centre:?}", place.name);
                }
            }
        }
        assert!(tried > 50, "{tried}");
        assert_eq!(squares(Point { lat: 78.2, lon: 15.6 }, 900.0), None, "near the pole");
    }
}
