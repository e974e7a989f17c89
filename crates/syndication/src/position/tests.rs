//! Tables of positions as feeds write them.

use super::*;

fn at(lat: f64, lon: f64) -> GeoPoint {
    GeoPoint::of_degrees(lat, lon).unwrap()
}

#[test]
fn points_are_read_and_nothing_is_guessed() {
    let bamako = Some(Shape::Point(at(12.744, -8.072)));
    for (what, text, found) in [
        ("a space", "12.744 -8.072", bamako.clone()),
        ("a comma", "12.744,-8.072", bamako.clone()),
        ("a comma and a space", " 12.744, -8.072\n", bamako.clone()),
        ("a semicolon", "12.744;-8.072", bamako.clone()),
        ("a height behind", "12.744 -8.072 350", bamako.clone()),
        ("a plus sign", "+12.744 -8.072", bamako),
        (
            "degrees east beyond 180",
            "-17.5 190",
            Some(Shape::Point(at(-17.5, -170.0))),
        ),
        ("decimal commas", "12,744 -8,072", None),
        ("one decimal comma", "12,744 -8", None),
        ("a latitude out of range", "112.7 -8", None),
        ("a longitude out of range", "12.7 -190", None),
        ("nowhere", "0 0", None),
        ("one number", "12.7", None),
        ("four", "1 2 3 4", None),
        ("letters", "12.7N 8.0W", None),
        ("infinity", "inf 3", None),
        ("not a number", "NaN NaN", None),
        ("nothing", "", None),
    ] {
        assert_eq!(point(text), found, "{what}: {text}");
    }
}

#[test]
fn shapes_are_read() {
    let corners = vec![at(12.0, -9.0), at(13.0, -9.0), at(13.0, -7.0)];
    let ring = Some(Shape::Polygon(corners.clone()));
    for (what, found, expected) in [
        ("a line", line("12 -9 13 -9 13 -7"), Some(Shape::Line(corners.clone()))),
        ("a line of one point", line("12 -9"), None),
        ("a closed ring", polygon("12 -9 13 -9 13 -7 12 -9"), ring.clone()),
        ("an open ring", polygon("12 -9 13 -9 13 -7"), ring.clone()),
        ("a ring as CAP writes it", polygon("12,-9 13,-9 13,-7 12,-9"), ring),
        ("a ring of two corners", polygon("12 -9 13 -9 12 -9"), None),
        ("an odd count", polygon("12 -9 13 -9 13"), None),
        ("one corner out of range", polygon("12 -9 13 -9 97 -7"), None),
        (
            "a box",
            bounds("12 -9 13 -7"),
            Some(Shape::Box(at(12.0, -9.0), at(13.0, -7.0))),
        ),
        ("a box upside down", bounds("13 -9 12 -7"), None),
        (
            "a box over 180°",
            bounds("-20 177 -15 -178"),
            Some(Shape::Box(at(-20.0, 177.0), at(-15.0, -178.0))),
        ),
        (
            "a box of GDACS",
            gdacs_bounds("-9 -7 12 13"),
            Some(Shape::Box(at(12.0, -9.0), at(13.0, -7.0))),
        ),
        (
            "a circle in metres",
            circle("12 -9 500", 1.0),
            Some(Shape::Circle(at(12.0, -9.0), 500)),
        ),
        (
            "a circle of CAP",
            circle("12,-9 2.5", 1000.0),
            Some(Shape::Circle(at(12.0, -9.0), 2500)),
        ),
        (
            "a circle without extent",
            circle("12,-9 0", 1000.0),
            Some(Shape::Point(at(12.0, -9.0))),
        ),
        ("a circle of less than nothing", circle("12,-9 -3", 1000.0), None),
        ("a circle around the world", circle("12,-9 30000", 1000.0), None),
    ] {
        assert_eq!(found, expected, "{what}");
    }
}

#[test]
fn a_position_is_bounded() {
    let mut position = Position::default();
    let ring: Vec<GeoPoint> = (0..5_000).map(|n| GeoPoint(n * 100, 1_000_000 - n)).collect();
    position.add_shape(Shape::Polygon(ring));
    assert_eq!(
        position.shapes,
        [Shape::Box(GeoPoint(0, 995_001), GeoPoint(499_900, 1_000_000))]
    );
    for n in 0..1_000 {
        position.add_shape(Shape::Point(GeoPoint(n, n)));
        position.add_areas(&format!("County {n}; County {n}"), ';');
        position.add_codes("SAME", &format!("{n} {n}"));
        position.add_countries(&format!("Country {n}"));
    }
    assert_eq!((position.shapes.len(), position.areas.len()), (32, 64));
    assert_eq!((position.codes.len(), position.countries.len()), (1, 64));
    assert!(position.codes[0].1.len() <= LONGEST_LIST && position.codes[0].1.starts_with("0 1 2 "));
    let mut over = Position::default();
    let ring = (0..2_000).map(|n| GeoPoint(n, if n % 2 == 0 { 179_000_000 } else { -179_000_000 }));
    over.add_shape(Shape::Line(ring.collect()));
    assert_eq!(
        over.shapes,
        [Shape::Box(GeoPoint(0, 179_000_000), GeoPoint(1_999, -179_000_000))],
        "over 180°"
    );
}
