//! Where a feed's publisher sits: a position that it states for the whole feed, or writes into every entry.

use wirewatch_recognition::{Point, country_at};
use wirewatch_syndication::{Entry, GeoPoint, Position, Shape};

/// Returns the point of a seat.
pub(in crate::feed) fn seat_point(seat: &Position) -> Option<GeoPoint> {
    seat.shapes.iter().find_map(|shape| match shape {
        Shape::Point(point) => Some(*point),
        _ => None,
    })
}

/// Takes a known seat off entries that state it as their position. Where any of them states another point, the feed does
/// locate its entries, and all positions stay.
pub(in crate::feed) fn take_off_seat(entries: &mut [Entry], seat: Option<GeoPoint>) {
    let point = |entry: &Entry| entry.position.as_ref()?.only_point();
    let Some(seat) = seat else { return };
    if entries.iter().filter_map(point).all(|stated| stated == seat) {
        let at_seat = entries.iter_mut().filter(|entry| point(entry).is_some());
        at_seat.for_each(|entry| entry.position = None);
    }
}

/// Returns the country of a seat, ISO 3166-1 alpha-2; `None` where a border is near.
pub(in crate::feed) fn seat_country(seat: GeoPoint) -> Option<&'static str> {
    country_at(Point {
        lat: seat.lat(),
        lon: seat.lon(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_no_position_of_an_entry() {
        let at = |lat: f64| GeoPoint::of_degrees(lat, -8.0).unwrap();
        let entry = |lat: Option<f64>| Entry {
            position: lat.map(|lat| {
                let mut position = Position::default();
                position.add_shape(Shape::Point(at(lat)));
                Box::new(position)
            }),
            ..Entry::default()
        };
        let table = [
            ("one entry at the seat", vec![Some(12.6)], Some(12.6), 0),
            ("one elsewhere", vec![Some(13.0)], Some(12.6), 1),
            (
                "one at the seat, one elsewhere: the feed locates them",
                vec![Some(12.6), Some(13.0)],
                Some(12.6),
                2,
            ),
            ("one without a position", vec![Some(12.6), None], Some(12.6), 0),
            ("no seat is known", vec![Some(12.6)], None, 1),
        ];
        for (what, stated, seat, left) in table {
            let mut entries: Vec<Entry> = stated.into_iter().map(entry).collect();
            take_off_seat(&mut entries, seat.map(at));
            assert_eq!(
                entries.iter().filter(|entry| entry.position.is_some()).count(),
                left,
                "{what}"
            );
        }
        assert_eq!(seat_country(at(12.6)), Some("ML"));
    }
}
