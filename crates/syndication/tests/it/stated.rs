//! Positions and areas that entries state about themselves, in every vocabulary that feeds use for them.

use wirewatch_syndication::{GeoPoint, ParsedFeed, Position, Shape, Source, parse};

const SPACES: &str = "xmlns:georss=\"http://www.georss.org/georss\" xmlns:gml=\"http://www.opengis.net/gml\" \
     xmlns:geo=\"http://www.w3.org/2003/01/geo/wgs84_pos#\" xmlns:icbm=\"http://postneo.com/icbm/\" \
     xmlns:gdacs=\"http://www.gdacs.org\" xmlns:cap=\"urn:oasis:names:tc:emergency:cap:1.2\" \
     xmlns:media=\"http://search.yahoo.com/mrss/\"";

fn read(body: &str) -> ParsedFeed {
    parse(Source {
        bytes: body.as_bytes(),
        content_type: None,
        url: None,
        language: None,
        zone: None,
    })
    .unwrap()
}

fn rss(inner: &str) -> String {
    format!("<rss version=\"2.0\" {SPACES}><channel><title>t</title>{inner}</channel></rss>")
}

fn item(guid: &str, inner: &str) -> String {
    format!("<item><guid isPermaLink=\"false\">{guid}</guid><title>A tremor</title>{inner}</item>")
}

fn at(lat: f64, lon: f64) -> GeoPoint {
    GeoPoint::of_degrees(lat, lon).unwrap()
}

fn stated(position: Option<&Position>) -> String {
    let Some(position) = position else {
        return String::new();
    };
    let point = |point: &GeoPoint| format!("{} {}", point.lat(), point.lon());
    let points = |points: &[GeoPoint]| points.iter().map(point).collect::<Vec<_>>().join(", ");
    let shapes = position.shapes.iter().map(|shape| match shape {
        Shape::Point(one) => format!("point {}", point(one)),
        Shape::Circle(centre, metres) => format!("circle {} {metres}", point(centre)),
        Shape::Line(all) => format!("line {}", points(all)),
        Shape::Polygon(all) => format!("polygon {}", points(all)),
        Shape::Box(one, other) => format!("box {}, {}", point(one), point(other)),
    });
    let areas = position.areas.iter().map(|name| format!("area {name}"));
    let countries = position.countries.iter().map(|name| format!("country {name}"));
    let codes = position.codes.iter().map(|(list, code)| format!("code {list} {code}"));
    let all: Vec<String> = shapes.chain(areas).chain(countries).chain(codes).collect();
    all.join(" | ")
}

#[test]
fn every_form_of_a_position_is_read() {
    let table = [
        (
            "GeoRSS: a point",
            "<georss:point>12.744 -8.072</georss:point>",
            "point 12.744 -8.072",
        ),
        (
            "with a comma",
            "<georss:point>12.744, -8.072</georss:point>",
            "point 12.744 -8.072",
        ),
        ("a line", "<georss:line>12 -8 13 -9</georss:line>", "line 12 -8, 13 -9"),
        (
            "a polygon",
            "<georss:polygon>12 -8 13 -8 13 -9 12 -8</georss:polygon>",
            "polygon 12 -8, 13 -8, 13 -9",
        ),
        ("a box", "<georss:box>12 -9 13 -8</georss:box>", "box 12 -9, 13 -8"),
        (
            "a circle",
            "<georss:circle>12 -8 5000</georss:circle>",
            "circle 12 -8 5000",
        ),
        (
            "a name",
            "<georss:featurename>Lake Faguibine</georss:featurename>",
            "area Lake Faguibine",
        ),
        (
            "where: a point of GML",
            "<georss:where><gml:Point><gml:pos>12.744 -8.072</gml:pos></gml:Point></georss:where>",
            "point 12.744 -8.072",
        ),
        (
            "where: coordinates of older GML",
            "<georss:where><gml:Point><gml:coordinates>12.744,-8.072</gml:coordinates></gml:Point></georss:where>",
            "point 12.744 -8.072",
        ),
        (
            "where: a line",
            "<georss:where><gml:LineString><gml:posList>12 -8 13 -9</gml:posList></gml:LineString></georss:where>",
            "line 12 -8, 13 -9",
        ),
        (
            "where: a polygon; its hole is nothing",
            "<georss:where><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>12 -8 13 -8 13 -9 12 -8</gml:posList>\
             </gml:LinearRing></gml:exterior><gml:interior><gml:LinearRing><gml:posList>12.5 -8.2 12.6 -8.2 12.6 -8.3 12.5 \
             -8.2</gml:posList></gml:LinearRing></gml:interior></gml:Polygon></georss:where>",
            "polygon 12 -8, 13 -8, 13 -9",
        ),
        (
            "where: an envelope",
            "<georss:where><gml:Envelope><gml:lowerCorner>12 -9</gml:lowerCorner><gml:upperCorner>13 -8</gml:upperCorner>\
             </gml:Envelope></georss:where>",
            "box 12 -9, 13 -8",
        ),
        (
            "within Media RSS",
            "<media:group><media:location><georss:where><gml:Point><gml:pos>12 -8</gml:pos></gml:Point></georss:where>\
             </media:location></media:group>",
            "point 12 -8",
        ),
        (
            "W3C geo",
            "<geo:lat>12.744</geo:lat><geo:long>-8.072</geo:long>",
            "point 12.744 -8.072",
        ),
        (
            "its longitude first",
            "<geo:long>-8.072</geo:long><geo:lat>12.744</geo:lat>",
            "point 12.744 -8.072",
        ),
        (
            "in a point",
            "<geo:Point><geo:lat>12.744</geo:lat><geo:long>-8.072</geo:long></geo:Point>",
            "point 12.744 -8.072",
        ),
        (
            "both in one",
            "<geo:lat_long>12.744,-8.072</geo:lat_long>",
            "point 12.744 -8.072",
        ),
        (
            "two of them",
            "<geo:Point><geo:lat>12</geo:lat><geo:long>-8</geo:long></geo:Point>\
             <geo:Point><geo:lat>13</geo:lat><geo:long>-9</geo:long></geo:Point>",
            "point 12 -8 | point 13 -9",
        ),
        (
            "ICBM",
            "<icbm:latitude>12.744</icbm:latitude><icbm:longitude>-8.072</icbm:longitude>",
            "point 12.744 -8.072",
        ),
        (
            "the same twice, in two vocabularies",
            "<georss:point>12.744 -8.072</georss:point><geo:lat>12.744</geo:lat><geo:long>-8.072</geo:long>",
            "point 12.744 -8.072",
        ),
        (
            "GDACS: countries",
            "<gdacs:country>Mozambique, Malawi</gdacs:country><gdacs:iso3>MOZ</gdacs:iso3>",
            "country Mozambique | country Malawi | country MOZ",
        ),
        (
            "its window on the map",
            "<gdacs:bbox>36.7 44.7 -19.1 -11.1</gdacs:bbox>",
            "box -19.1 36.7, -11.1 44.7",
        ),
        (
            "is no extent where a point is given",
            "<gdacs:bbox>36.7 44.7 -19.1 -11.1</gdacs:bbox><georss:point>-15.1 40.7</georss:point>",
            "point -15.1 40.7",
        ),
        (
            "CAP: areas",
            "<cap:areaDesc>Baton Rouge, LA; East Feliciana, LA</cap:areaDesc>",
            "area Baton Rouge, LA | area East Feliciana, LA",
        ),
        (
            "a polygon of CAP",
            "<cap:polygon>12,-8 13,-8 13,-9 12,-8</cap:polygon>",
            "polygon 12 -8, 13 -8, 13 -9",
        ),
        (
            "a circle of CAP, in kilometres",
            "<cap:circle>12,-8 2.5</cap:circle>",
            "circle 12 -8 2500",
        ),
        (
            "codes, in the namespace of the feed",
            "<cap:geocode><valueName>FIPS6</valueName><value>022033 022037</value><valueName>UGC</valueName>\
             <value>LAC033</value></cap:geocode>",
            "code FIPS6 022033 022037 | code UGC LAC033",
        ),
        (
            "codes, in its own",
            "<cap:geocode><cap:valueName>EMMA_ID</cap:valueName><cap:value>FR433</cap:value></cap:geocode>",
            "code EMMA_ID FR433",
        ),
        ("an empty element", "<georss:point/><cap:polygon></cap:polygon>", ""),
        ("nowhere", "<georss:point>0 0</georss:point>", ""),
        ("a decimal comma", "<georss:point>12,744 -8,072</georss:point>", ""),
        ("out of range", "<georss:point>127.44 -8.072</georss:point>", ""),
        ("words", "<geo:lat>north</geo:lat><geo:long>west</geo:long>", ""),
        ("half of it", "<geo:lat>12.744</geo:lat>", ""),
        ("a value alone", "<value>12</value>", ""),
        (
            "of the feed that it was taken from",
            "<source xmlns=\"http://www.w3.org/2005/Atom\"><georss:point>12 -8</georss:point></source>",
            "",
        ),
    ];
    for (what, inner, expected) in table {
        let feed = read(&rss(&item("1", inner)));
        assert_eq!(stated(feed.entries[0].position.as_deref()), expected, "{what}");
        assert_eq!(feed.entries[0].title, "A tremor", "{what}");
        let repairs: Vec<String> = feed.repairs.iter().map(ToString::to_string).collect();
        assert_eq!(repairs, [""; 0], "{what}");
    }
}

#[test]
fn a_prefix_that_is_not_declared_means_what_everybody_means_by_it() {
    let body = "<rss version=\"2.0\"><channel><title>t</title><item><guid>1</guid><title>t</title>\
                <georss:point>12 -8</georss:point></item></channel></rss>";
    assert_eq!(stated(read(body).entries[0].position.as_deref()), "point 12 -8");
}

#[test]
fn positions_hold_for_their_own_entry_in_atom_too() {
    let body = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" {SPACES}><title>t</title><id>f</id>\
         <entry><id>1</id><title>One</title><georss:point>12 -8</georss:point></entry>\
         <entry><id>2</id><title>Two</title></entry>\
         <entry><id>3</id><title>Three</title><geo:lat>13</geo:lat></entry>\
         <entry><id>4</id><title>Four</title><geo:long>-9</geo:long></entry></feed>"
    );
    let feed = read(&body);
    let positions: Vec<String> = feed
        .entries
        .iter()
        .map(|entry| stated(entry.position.as_deref()))
        .collect();
    assert_eq!(
        positions,
        ["point 12 -8", "", "", ""],
        "halves of two entries make no whole"
    );
}

#[test]
fn the_seat_of_a_publisher_is_no_position_of_entries() {
    let four = |inner: [&str; 4]| {
        let items = inner
            .iter()
            .enumerate()
            .map(|(number, inner)| item(&number.to_string(), inner));
        items.collect::<String>()
    };
    let here = "<geo:lat>12.65</geo:lat><geo:long>-8</geo:long>";
    let there = "<geo:lat>16.27</geo:lat><geo:long>-0.05</geo:long>";
    let table = [
        (
            "of the channel",
            format!("{here}{}", four([""; 4])),
            Some(at(12.65, -8.0)),
            0,
        ),
        ("the same in all entries", four([here; 4]), Some(at(12.65, -8.0)), 0),
        ("in all but one", four([here, here, here, ""]), None, 3),
        ("two places", four([here, here, here, there]), None, 4),
        (
            "two entries at one place",
            format!("{}{}", item("1", here), item("2", here)),
            None,
            2,
        ),
        (
            "warnings for one county",
            four(["<cap:areaDesc>Dauphin</cap:areaDesc>"; 4]),
            None,
            4,
        ),
    ];
    for (what, inner, seat, located) in table {
        let feed = read(&rss(&inner));
        let found = feed.seat.as_ref().and_then(|seat| seat.only_point());
        assert_eq!(found, seat, "{what}");
        let stated = feed.entries.iter().filter(|entry| entry.position.is_some()).count();
        assert_eq!(stated, located, "{what}");
    }
}

#[test]
fn a_feed_of_positions_costs_no_more_than_its_size() {
    let ring: String = (0..60_000)
        .map(|n| format!("{:.4} {:.4} ", 10.0 + f64::from(n) / 1e4, -8.0))
        .collect();
    let feed = read(&rss(&item("1", &format!("<georss:polygon>{ring}</georss:polygon>"))));
    let position = feed.entries[0].position.as_deref().unwrap();
    assert_eq!(
        stated(Some(position)),
        "box 10 -8, 15.9999 -8",
        "a shape of too many points is the box around it"
    );
    let many = "<georss:point>1 1</georss:point><cap:areaDesc>a</cap:areaDesc>".repeat(10_000);
    let feed = read(&rss(&item("1", &many)));
    assert_eq!(stated(feed.entries[0].position.as_deref()), "point 1 1 | area a");
}
