//! Positions that entries state about themselves, asked for by `where` and by terms: from a feed to verdicts and sentences.

use wirewatch::alert::stated_position;
use wirewatch_recognition::{Document, Field, Gazetteer, PlaceKind, Point, Shape, StatedPosition, country_at};
use wirewatch_syndication::{Source, parse};

use crate::whereabouts::{judged, watching};

/// The entry of a feed with these fields, judged by a watch.
fn judge(watch: &str, inner: &str) -> (bool, String) {
    let body = format!(
        "<rss version=\"2.0\"><channel><title>t</title><item><guid>1</guid><title>A tremor</title>{inner}</item></channel></rss>"
    );
    let feed = parse(Source {
        bytes: body.as_bytes(),
        content_type: None,
        url: None,
        language: None,
        zone: None,
    })
    .unwrap();
    let entry = &feed.entries[0];
    let position = stated_position(entry);
    let document = Document {
        title: &entry.title,
        text: &entry.text,
        position: position.as_ref(),
        ..Document::default()
    };
    let (fires, _, sentence) = judged(&watching(watch), document);
    (fires, sentence)
}

#[test]
fn a_stated_position_answers_where() {
    let near = "where = { within_km = 100, of = [\"Bamako\"] }";
    let kati = "<georss:point>12.744 -8.072</georss:point>";
    let mut wrong = Vec::new();
    for (what, watch, inner, fires, ending) in [
        (
            "a point",
            near,
            kati,
            true,
            "the entry's own position (12.744, -8.072, Kati) is 18 km from Bamako, within the 100 km asked for",
        ),
        (
            "a point far away",
            near,
            "<georss:point>16.27 -0.05</georss:point>",
            false,
            "no place in it is within 100 km of Bamako: the nearest, “16.27, -0.05” (Gao), is 945 km from Bamako",
        ),
        (
            "the nearest edge of a polygon counts, not its middle",
            near,
            "<georss:polygon>12 -12 12 -8.2 13 -8.2 13 -12</georss:polygon>",
            true,
            "is 24 km from Bamako, within the 100 km asked for",
        ),
        (
            "the nearest point of a line",
            near,
            "<georss:line>10 -7.5 15 -7.5</georss:line>",
            true,
            "is 52 km from Bamako, within the 100 km asked for",
        ),
        (
            "a box around it",
            near,
            "<georss:box>12 -9 13 -7</georss:box>",
            true,
            " is at Bamako, within the 100 km asked for",
        ),
        (
            "a circle that reaches it",
            near,
            "<cap:circle>14,-8 80</cap:circle>",
            true,
            "is 75 km from Bamako, within the 100 km asked for",
        ),
        (
            "a circle that does not",
            near,
            "<cap:circle>14,-8 10</cap:circle>",
            false,
            "is 145 km from Bamako",
        ),
        (
            "a country",
            "where = { inside = [\"Mali\"] }",
            kati,
            true,
            "lies in Mali",
        ),
        (
            "another country",
            "where = { inside = [\"Niger\"] }",
            kati,
            false,
            "“12.744, -8.072” (Kati) is in Mali",
        ),
        (
            "a division",
            "where = { inside = [\"Koulikoro\"] }",
            kati,
            true,
            "lies in Koulikoro",
        ),
        (
            "a region of several countries",
            "where = { inside = [\"West Africa\"] }",
            kati,
            true,
            "lies in West Africa",
        ),
        (
            "both at once",
            "where = { inside = [\"Mali\"], within_km = 100, of = [\"Bamako\"] }",
            kati,
            true,
            "18 km from Bamako, within the 100 km asked for",
        ),
        (
            "both at once, of two countries",
            "where = { inside = [\"Guinea\"], within_km = 100, of = [\"Bamako\"] }",
            kati,
            false,
            "is in Mali",
        ),
        (
            "beside the road from Goma to Gisenyi, either country may be meant",
            "where = { inside = [\"Rwanda\"] }",
            "<georss:point>-1.69 29.245</georss:point>",
            true,
            "(-1.69, 29.245, Rwanda) is there",
        ),
        (
            "far out at sea no country is",
            "where = { inside = [\"France\", \"Ireland\", \"Portugal\"] }",
            "<georss:point>45 -30</georss:point>",
            false,
            "“45, -30” is not",
        ),
        (
            "a polygon over a border lies in both countries",
            "where = { inside = [\"Burkina Faso\"] }",
            "<georss:box>10 -6 12 -4</georss:box>",
            true,
            "lies in Burkina Faso",
        ),
        (
            "GDACS: a country by its code",
            "where = { inside = [\"Mozambique\"] }",
            "<gdacs:iso3>MOZ</gdacs:iso3>",
            true,
            "“MOZ” (Mozambique), the area that the entry states, is there",
        ),
        (
            "by its name, the second of two",
            "where = { inside = [\"Malawi\"] }",
            "<gdacs:country>Mozambique, Malawi</gdacs:country>",
            true,
            "“Malawi”, the area that the entry states, is there",
        ),
        (
            "CAP: a county by the letters of its state",
            "where = { inside = [\"Louisiana, US\"] }",
            "<cap:areaDesc>East Feliciana, LA</cap:areaDesc>",
            true,
            "“East Feliciana, LA” (East Feliciana Parish), the area that the entry states, lies in Louisiana",
        ),
        (
            "by its number",
            "where = { inside = [\"Louisiana, US\"] }",
            "<cap:geocode><valueName>SAME</valueName><value>022037</value></cap:geocode>",
            true,
            "“SAME 022037” (East Feliciana Parish), the area that the entry states, lies in Louisiana",
        ),
        (
            "a zone of the weather service",
            "where = { inside = [\"Louisiana, US\"] }",
            "<cap:geocode><valueName>UGC</valueName><value>LAZ046</value></cap:geocode>",
            true,
            "“UGC LAZ046” (Louisiana), the area that the entry states, is there",
        ),
        (
            "a region of MeteoAlarm",
            "where = { inside = [\"Spain\"] }",
            "<cap:geocode><valueName>EMMA_ID</valueName><value>ES104</value></cap:geocode>",
            true,
            "“EMMA_ID ES104” (Spain), the area that the entry states, is there",
        ),
        (
            "a name that its code places",
            "where = { inside = [\"Venezuela\"] }",
            "<cap:areaDesc>Valencia</cap:areaDesc><cap:geocode><valueName>EMMA_ID</valueName><value>ES801</value></cap:geocode>",
            false,
            "is in Spain",
        ),
        (
            "a name that its polygon places",
            "where = { inside = [\"Venezuela\"] }",
            "<cap:areaDesc>Valencia</cap:areaDesc><cap:polygon>10,-68.2 10.4,-68.2 10.4,-67.8</cap:polygon>",
            true,
            "lies in Venezuela",
        ),
        (
            "a position out of range says nothing",
            near,
            "<georss:point>127.44 -8.072</georss:point>",
            false,
            "it names no place",
        ),
    ] {
        let (fired, sentence) = judge(watch, inner);
        if fired != fires || !sentence.ends_with(ending) {
            wrong.push(format!("{what}: {sentence}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn a_stated_position_answers_terms_that_ask_for_a_place() {
    let kati = "<georss:point>12.744 -8.072</georss:point>";
    for (what, watch, inner, fires) in [
        ("near in a query", "query = \"near:Bamako/60 AND tremor\"", kati, true),
        (
            "farther than that",
            "query = \"near:Bamako/10 AND tremor\"",
            kati,
            false,
        ),
        (
            "with a word of the headline",
            "query = \"near:Bamako/60 SENT tremor\"",
            kati,
            true,
        ),
        ("in a query", "query = \"place:Mali AND tremor\"", kati, true),
        (
            "a place as a term",
            "find = [\"@mozambique\"]",
            "<gdacs:country>Mozambique</gdacs:country>",
            true,
        ),
        (
            "the title names none",
            "query = \"title:place:Mali AND tremor\"",
            kati,
            false,
        ),
        (
            "a polygon over several square degrees",
            "query = \"near:Bamako/60 AND tremor\"",
            "<georss:polygon>12.2 -12 12.2 -8.2 13 -8.2 13 -12</georss:polygon>",
            true,
        ),
    ] {
        let (fired, sentence) = judge(watch, inner);
        assert_eq!(fired, fires, "{what}: {sentence}");
    }
}

/// Each town by the towns around it, of which it is none: how often the country is right, and how often it is wrong.
#[test]
fn the_country_of_a_point_is_found_without_borders() {
    let gazetteer = Gazetteer::built_in();
    let (mut tried, mut right, mut wrong) = (0, 0, 0);
    for number in (0..gazetteer.len() as u32).step_by(97) {
        let Some(town) = gazetteer.numbered(number).filter(|place| place.kind == PlaceKind::City) else {
            continue;
        };
        // A kilometre beside it: its own vote is not that of a point in the middle of it.
        let beside = Point {
            lat: (town.point.lat + 0.02).min(89.0),
            lon: town.point.lon + 0.02,
        };
        tried += 1;
        match country_at(beside) {
            Some(country) if town.country == Some(country) => right += 1,
            Some(_) => wrong += 1,
            None => {}
        }
    }
    assert!(tried > 1_000, "{tried}");
    assert!(right * 100 >= tried * 97, "{right} of {tried}");
    assert!(wrong * 500 <= tried, "{wrong} of {tried}");
}

#[test]
fn a_position_is_quoted_by_its_span() {
    let mut position = StatedPosition::default();
    position.add_area("Cercle de Kati");
    position.add_shape(Shape::Point(Point {
        lat: 12.744,
        lon: -8.072,
    }));
    let document = Document {
        title: "A tremor",
        position: Some(&position),
        ..Document::default()
    };
    let examined = watching("where = { inside = [\"Mali\"] }").watchlist.examine(document);
    let places = examined.places.unwrap();
    assert!(places.iter().all(|place| place.field == Field::Position), "{places:?}");
    let quoted: Vec<&str> = places
        .iter()
        .map(|place| &document.field(place.field)[place.span.clone()])
        .collect();
    assert!(
        quoted.contains(&"Cercle de Kati") && quoted.contains(&"12.744, -8.072"),
        "{quoted:?}"
    );
}
