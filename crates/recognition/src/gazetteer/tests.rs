//! What the built-in gazetteer knows, and that what the build wrote is what the program reads.

use super::{Gazetteer, NameKind, Place, PlaceKind, distance_km, place_key};

fn first(name: &str) -> Option<Place> {
    let gazetteer = Gazetteer::built_in();
    gazetteer
        .named(name)
        .next()
        .and_then(|sense| gazetteer.numbered(sense.place))
}

#[test]
fn names_lead_to_the_place_that_most_people_live_in() {
    for (what, name, id, country) in [
        ("a capital", "Bamako", "geonames:2460596", "ML"),
        ("without its accent", "Segou", "geonames:2451478", "ML"),
        ("with it", "Ségou", "geonames:2451478", "ML"),
        ("in Arabic", "باماكو", "geonames:2460596", "ML"),
        ("in Russian", "Бамако", "geonames:2460596", "ML"),
        ("in Japanese", "バマコ", "geonames:2460596", "ML"),
        ("in Bambara", "Bamakɔ", "geonames:2460596", "ML"),
        ("a country", "Mali", "geonames:2453866", "ML"),
        ("a country under another name", "Ivory Coast", "geonames:2287781", "CI"),
        (
            "the same in French, a curly apostrophe",
            "Côte d’Ivoire",
            "geonames:2287781",
            "CI",
        ),
        ("its name of today", "Burkina Faso", "geonames:2361809", "BF"),
        ("a former name", "Upper Volta", "geonames:2361809", "BF"),
        ("the old and the new Turkey", "Turkey", "geonames:298795", "TR"),
        ("the old and the new Turkey", "Türkiye", "geonames:298795", "TR"),
        ("the old and the new Eswatini", "Swaziland", "geonames:934841", "SZ"),
        ("Burma", "Burma", "geonames:1327865", "MM"),
        ("hyphens", "Guinea Bissau", "geonames:2372248", "GW"),
        ("a constituent country", "Scotland", "region:scotland", "GB"),
        ("a people", "nigérienne", "geonames:2440476", "NE"),
        ("another people", "Nigerians", "geonames:2328926", "NG"),
        ("an abbreviation", "RDC", "geonames:203312", "CD"),
        ("a state without its `State`", "Borno", "admin:NG.27", "NG"),
        ("a pet name", "Ouaga", "geonames:2357048", "BF"),
        ("another spelling in Arabic", "تومبوكتو", "geonames:2449067", "ML"),
    ] {
        let place = first(name).unwrap_or_else(|| panic!("{what}: {name} is not known"));
        assert_eq!(
            (place.id().as_str(), place.country),
            (id, Some(country)),
            "{what}: {name}"
        );
    }
}

#[test]
fn what_is_no_name_is_not_known() {
    for (what, name) in [
        ("nothing", ""),
        ("a sign", "–"),
        ("a word that no place is called", "embuscade"),
        ("before the first key", "\u{1}"),
        ("after the last key", "\u{10FFFF}"),
        ("a transliteration key of GeoNames", "bmkw"),
        ("another, in syllables", "ba ma ke"),
        ("an airport's code", "BKO"),
    ] {
        assert!(Gazetteer::built_in().named(name).is_empty(), "{what}: {name:?}");
    }
}

#[test]
fn how_a_name_stands_for_a_place_is_kept() {
    let gazetteer = Gazetteer::built_in();
    for (what, name, id, kind) in [
        ("a name", "Turkey", "geonames:298795", NameKind::Main),
        ("a translation", "Turchia", "geonames:298795", NameKind::Alternate),
        ("a former name", "Zaire", "geonames:203312", NameKind::Former),
        ("a people", "Malian", "geonames:2453866", NameKind::Demonym),
        (
            "a people, feminine plural in French",
            "maliennes",
            "geonames:2453866",
            NameKind::Demonym,
        ),
        ("an abbreviation", "US", "geonames:6252001", NameKind::Capitals),
        (
            "a division that every country has",
            "Central",
            "admin:GH.04",
            NameKind::Generic,
        ),
        ("Hamm, in a few lists", "Hamas", "geonames:2911240", NameKind::Alternate),
    ] {
        let known: Vec<_> = gazetteer
            .named(name)
            .map(|sense| (gazetteer.numbered(sense.place).map(|place| place.id()), sense.name_kind))
            .collect();
        assert!(
            known.contains(&(Some(id.to_owned()), kind)),
            "{what}: {name}: {known:?}"
        );
    }
}

#[test]
fn an_everyday_word_is_no_country_in_another_language() {
    let gazetteer = Gazetteer::built_in();
    for word in [
        "island", "male", "shine", "pole", "malt", "indie", "toga", "bi", "my", "us all",
    ] {
        let countries: Vec<_> = gazetteer
            .named(word)
            .filter(|sense| sense.name_kind != NameKind::Demonym)
            .filter_map(|sense| gazetteer.numbered(sense.place))
            .filter(|place| place.kind == PlaceKind::Country)
            .collect();
        assert!(countries.is_empty(), "{word}: {countries:?}");
    }
}

#[test]
fn every_sense_of_a_shared_name_is_listed_by_population() {
    let gazetteer = Gazetteer::built_in();
    for (name, countries) in [
        ("Newport", &["GB", "US"][..]),
        ("Georgia", &["GE", "US"]),
        ("Guinea", &["GN"]),
        ("Congo", &["CD", "CG"]),
        ("Congolese", &["CD", "CG"]),
        ("Tripoli", &["LY", "LB", "GR"]),
        ("San José", &["CR", "US"]),
    ] {
        let senses: Vec<_> = gazetteer
            .named(name)
            .filter_map(|sense| gazetteer.numbered(sense.place))
            .collect();
        for country in countries {
            assert!(
                senses.iter().any(|place| place.country == Some(country)),
                "{name} in {country}"
            );
        }
        let towns = senses
            .iter()
            .filter(|place| matches!(place.kind, PlaceKind::City | PlaceKind::Capital));
        assert!(
            towns.is_sorted_by(|a, b| a.population >= b.population),
            "{name}: {senses:?}"
        );
    }
}

#[test]
fn a_place_is_found_again_by_its_id() {
    let gazetteer = Gazetteer::built_in();
    let step = 7;
    for number in (0..gazetteer.len()).step_by(step).chain(0..400) {
        let place = gazetteer
            .numbered(number as u32)
            .unwrap_or_else(|| panic!("{number} is no place"));
        assert_eq!(gazetteer.place(&place.id()), Some(place), "{}", place.id());
    }
    for id in [
        "",
        "geonames:",
        "geonames:0",
        "geonames:x",
        "admin:ZZ.99",
        "region:nowhere",
        "elsewhere:1",
        "geonames",
    ] {
        assert_eq!(gazetteer.place(id), None, "{id:?}");
    }
    assert_eq!(gazetteer.numbered(gazetteer.len() as u32), None);
}

#[test]
fn both_foldings_agree_on_every_place() {
    // The build folds in Python, look-ups fold here: a place that is not found under its own name shows a difference.
    let gazetteer = Gazetteer::built_in();
    let lost: Vec<_> = (0..gazetteer.len() as u32)
        .step_by(3)
        .filter_map(|number| gazetteer.numbered(number))
        .filter(|place| !gazetteer.named(place.name).any(|sense| sense.place == place.number))
        .collect();
    assert!(lost.is_empty(), "{} of {}: {lost:?}", lost.len(), gazetteer.len());
}

#[test]
fn keys_ascend_are_folded_and_are_all_found() {
    let gazetteer = Gazetteer::built_in();
    let mut keys = gazetteer.keys();
    let (mut before, mut count) = (String::new(), 0);
    while keys.advance() {
        let key = keys.key();
        assert!(before.as_str() < key, "{before:?} before {key:?}");
        if count % 97 == 0 {
            assert_eq!(place_key(key), key, "folding twice");
            assert!(gazetteer.by_key(key).eq(keys.senses()), "{key:?}");
            assert!(
                keys.senses().all(|sense| (sense.place as usize) < gazetteer.len()),
                "{key:?}"
            );
        }
        before.clear();
        before.push_str(key);
        count += 1;
    }
    assert_eq!(count, gazetteer.key_count());
    assert!(!keys.advance());
}

#[test]
fn regions_have_their_countries() {
    let gazetteer = Gazetteer::built_in();
    let sahel = gazetteer.place("region:sahel").unwrap();
    assert_eq!((sahel.kind, sahel.country), (PlaceKind::Region, None));
    assert_eq!(gazetteer.countries_of(&sahel), ["ML", "BF", "NE", "TD", "MR"]);
    let africa = gazetteer.place("region:africa").unwrap();
    assert!(gazetteer.countries_of(&africa).len() > 50);
    assert_eq!(
        gazetteer.countries_of(&gazetteer.place("region:scotland").unwrap()),
        ["GB"]
    );
    assert_eq!(gazetteer.countries_of(&gazetteer.country("ML").unwrap()), ["ML"]);
    for region in gazetteer.regions() {
        assert!(
            !gazetteer.countries_of(&region).is_empty(),
            "{} has no country",
            region.slug
        );
    }
    for (name, slug) in [
        ("Liptako-Gourma", "liptako-gourma"),
        ("Донбасс", "donbas"),
        ("Levant", "levant"),
    ] {
        let region = gazetteer
            .named(name)
            .filter_map(|s| gazetteer.numbered(s.place))
            .find(|p| p.slug == slug);
        assert!(region.is_some(), "{name}");
    }
}

#[test]
fn a_town_comes_before_the_division_named_after_it() {
    for (name, id) in [
        ("Bamako", "geonames:2460596"),
        ("Mopti", "geonames:2453348"),
        ("New York", "geonames:5128581"),
    ] {
        assert_eq!(first(name).map(|place| place.id()).as_deref(), Some(id), "{name}");
    }
}

#[test]
fn countries_have_a_code_and_a_capital() {
    let gazetteer = Gazetteer::built_in();
    assert_eq!(gazetteer.countries().count(), 250);
    let mali = gazetteer.country("ML").unwrap();
    assert_eq!((mali.name, mali.kind), ("Mali", PlaceKind::Country));
    let bamako = first("Bamako").unwrap();
    assert_eq!(bamako.kind, PlaceKind::Capital);
    assert_eq!(mali.point, bamako.point, "a country lies at its capital");
    for code in ["", "ml", "ZZ", "MLI"] {
        assert_eq!(gazetteer.country(code), None, "{code:?}");
    }
}

#[test]
fn a_town_lies_in_its_division_and_where_it_is() {
    let gazetteer = Gazetteer::built_in();
    let (segou, bamako) = (first("Ségou").unwrap(), first("Bamako").unwrap());
    let division = gazetteer.numbered(segou.admin1.unwrap()).unwrap();
    assert_eq!(
        (division.kind, division.id().as_str()),
        (PlaceKind::Admin1, "admin:ML.05"),
        "{division:?}"
    );
    let km = distance_km(segou.point, bamako.point);
    assert!((200.0..230.0).contains(&km), "{km} km");
    for number in 0..gazetteer.len() as u32 {
        let place = gazetteer.numbered(number).unwrap();
        assert!(
            place.point.lat.abs() <= 90.0 && place.point.lon.abs() <= 180.0,
            "{place:?}"
        );
        if let Some(admin1) = place.admin1 {
            assert_eq!(gazetteer.numbered(admin1).unwrap().country, place.country, "{place:?}");
        }
    }
}
