//! Towns by where they are on the map.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::distance::{Point, distance_km};
use super::lookup::Gazetteer;
use super::place::{Place, PlaceKind};
use super::shape::{Bounds, DEGREE_KM, Shape};

/// Numbers of towns by the square degree that they lie in, for the gazetteer that is compiled in. Made when a position is
/// first looked up: about 1 MB.
static SQUARES: LazyLock<HashMap<(i16, i16), Vec<u32>>> = LazyLock::new(|| {
    let gazetteer = Gazetteer::built_in();
    let mut squares: HashMap<(i16, i16), Vec<u32>> = HashMap::new();
    for number in 0..gazetteer.len() as u32 {
        if let Some(place) = gazetteer.numbered(number)
            && matches!(place.kind, PlaceKind::City | PlaceKind::Capital)
        {
            squares.entry(square(place.point)).or_default().push(number);
        }
    }
    squares
});

/// A square degree: of latitude and longitude, rounded down; 180° east is 180° west.
pub(crate) type Square = (i16, i16);

pub(crate) fn square(point: Point) -> Square {
    (point.lat.floor() as i16, around(point.lon.floor() as i32))
}

fn around(lon: i32) -> i16 {
    ((lon + 180).rem_euclid(360) - 180) as i16
}

/// Returns the squares that bounds reach into; `None` where they are more than `most`.
pub(crate) fn squares_of(bounds: Bounds, most: usize) -> Option<Vec<Square>> {
    let rows = bounds.south.floor() as i16..=bounds.north.floor() as i16;
    let (west, east) = (bounds.west.floor() as i32, bounds.east.floor() as i32);
    let columns = west..=east.min(west + 359);
    if rows.len() * (columns.end() - columns.start() + 1).max(0) as usize > most {
        return None;
    }
    Some(
        rows.flat_map(|row| columns.clone().map(move |column| (row, around(column))))
            .collect(),
    )
}

impl Gazetteer {
    /// Returns up to `most` towns within `km` of a point, the nearest first, each with its kilometres. Of the gazetteer that
    /// is compiled in.
    pub fn towns_near(point: Point, km: f64, most: usize) -> Vec<(f64, Place)> {
        let gazetteer = Self::built_in();
        let mut found = Vec::new();
        // Mostly the nearest lie within the next square.
        for within in [DEGREE_KM / 2.0, km].into_iter().filter(|within| *within <= km) {
            let places = in_squares(Bounds::around(point, within)).filter_map(|number| gazetteer.numbered(number));
            found = places
                .map(|place| (distance_km(point, place.point), place))
                .filter(|(away, _)| *away <= within)
                .collect();
            if found.len() >= most {
                break;
            }
        }
        found.sort_by(|(one, a), (other, b)| one.total_cmp(other).then(a.number.cmp(&b.number)));
        found.truncate(most);
        found
    }

    /// Returns up to `most` towns that lie in a shape. Of the gazetteer that is compiled in.
    pub fn towns_in(shape: &Shape, most: usize) -> Vec<Place> {
        let gazetteer = Self::built_in();
        let places = in_squares(shape.bounds()).filter_map(|number| gazetteer.numbered(number));
        places.filter(|place| shape.holds(place.point)).take(most).collect()
    }
}

fn in_squares(bounds: Bounds) -> impl Iterator<Item = u32> {
    /// Square degrees of the whole Earth.
    const ALL: usize = 181 * 360;
    let squares = squares_of(bounds, ALL).unwrap_or_default();
    squares
        .into_iter()
        .filter_map(|square| SQUARES.get(&square))
        .flatten()
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_towns_are_those_that_a_look_at_all_finds() {
        let gazetteer = Gazetteer::built_in();
        let towns = || {
            let places = (0..gazetteer.len() as u32).filter_map(|number| gazetteer.numbered(number));
            places.filter(|place| matches!(place.kind, PlaceKind::City | PlaceKind::Capital))
        };
        for (what, lat, lon) in [
            ("Bamako", 12.65, -8.0),
            ("on the border of a square", 13.0, -8.0),
            ("beside 180°", -16.9, 179.99),
            ("near the pole", 78.2, 15.6),
            ("the Sahara", 22.7, -4.0),
        ] {
            let point = Point { lat, lon };
            let near = Gazetteer::towns_near(point, 300.0, 8);
            let mut all: Vec<f64> = towns().map(|place| distance_km(point, place.point)).collect();
            all.sort_by(f64::total_cmp);
            let all: Vec<f64> = all.into_iter().take_while(|away| *away <= 300.0).take(8).collect();
            assert_eq!(near.iter().map(|(away, _)| *away).collect::<Vec<_>>(), all, "{what}");
        }
    }

    #[test]
    fn nothing_is_near_the_middle_of_the_sea() {
        let nemo = Point {
            lat: -48.9,
            lon: -123.4,
        };
        assert_eq!(Gazetteer::towns_near(nemo, 300.0, 8), []);
    }

    #[test]
    fn towns_lie_in_a_shape() {
        let around_bamako = Shape::Circle {
            centre: Point { lat: 12.65, lon: -8.0 },
            km: 20.0,
        };
        let names: Vec<&str> = Gazetteer::towns_in(&around_bamako, 100)
            .iter()
            .map(|place| place.name)
            .collect();
        assert!(names.contains(&"Bamako") && names.contains(&"Kati"), "{names:?}");
        assert!(!names.contains(&"Koulikoro"), "{names:?}");
    }
}
