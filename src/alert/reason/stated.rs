//! The position that an entry states about itself, as recognition takes it.

use wirewatch_recognition::{Point, Shape, StatedPosition};
use wirewatch_syndication::{self as syndication, Entry, GeoPoint, Position};

/// Returns the position that an entry states; `None` if it states none.
pub fn stated_position(entry: &Entry) -> Option<StatedPosition> {
    of_position(entry.position.as_deref()?)
}

/// Returns a stated position as recognition takes it: names first, since they say most.
pub fn of_position(position: &Position) -> Option<StatedPosition> {
    let mut stated = StatedPosition::default();
    position.areas.iter().for_each(|name| stated.add_area(name));
    position.countries.iter().for_each(|name| stated.add_country(name));
    position
        .shapes
        .iter()
        .for_each(|shape| stated.add_shape(of_shape(shape)));
    for (list, codes) in &position.codes {
        codes.split(' ').for_each(|code| stated.add_code(list, code));
    }
    (!stated.is_empty()).then_some(stated)
}

fn of_shape(shape: &syndication::Shape) -> Shape {
    let all = |points: &[GeoPoint]| points.iter().map(|point| of_point(*point)).collect();
    match shape {
        syndication::Shape::Point(point) => Shape::Point(of_point(*point)),
        syndication::Shape::Circle(centre, metres) => Shape::Circle {
            centre: of_point(*centre),
            km: f64::from(*metres) / 1000.0,
        },
        syndication::Shape::Line(points) => Shape::Line(all(points)),
        syndication::Shape::Polygon(points) => Shape::Polygon(all(points)),
        syndication::Shape::Box(south_west, north_east) => Shape::Box {
            south_west: of_point(*south_west),
            north_east: of_point(*north_east),
        },
    }
}

fn of_point(point: GeoPoint) -> Point {
    Point {
        lat: point.lat(),
        lon: point.lon(),
    }
}
