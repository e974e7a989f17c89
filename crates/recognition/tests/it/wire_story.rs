//! A report of an agency from Bamako: everything that it names, and nothing that it does not.

use wirewatch_recognition::{Area, Document, PlaceContext, Term, Watch, Watchlist, Where, known_names, pick};

const TITLE: &str = "Mali says attack repelled in capital; Qaeda affiliate claims responsibility";
const TEXT: &str = "BAMAKO (Wire) - Mali's army said on Tuesday it had driven back gunmen who struck a police academy before dawn \
    in the capital. Shots were heard in the Banankabougou neighbourhood of Bamako and near the Faladié district, where the \
    gendarmerie trains recruits, residents told reporters. Jama'at Nusrat al-Islam wal-Muslimin, an al Qaeda affiliate that \
    is active across the Sahel, claimed the raid. The group and Tuareg rebels have fought the army and its Russian partners \
    from Wagner since last year, mostly around Kidal in the desert north.";

/// As written in the text, and the entity.
const NAMED: &[(&str, &str)] = &[
    ("capital", "geonames:2460596"),
    ("BAMAKO", "geonames:2460596"),
    ("Mali", "geonames:2453866"),
    ("Bamako", "geonames:2460596"),
    ("Faladié", "geonames:2457815"),
    ("the Sahel", "region:sahel"),
    ("Russian", "geonames:2017370"),
    ("Kidal", "geonames:2455290"),
    ("Mali's army", "group:fama"),
    ("Jama'at Nusrat al-Islam wal-Muslimin", "group:jnim"),
    ("al Qaeda", "group:al-qaeda"),
    ("Qaeda", "group:al-qaeda"),
    ("Wagner", "group:wagner"),
];
/// What of them may be left out: the title says Qaeda alone, and the capital is named beside it.
const OPTIONAL: &[(&str, &str)] = &[("Qaeda", "group:al-qaeda")];

#[test]
fn a_wire_story_names_all_that_it_is_about_and_nothing_else() {
    let document = Document {
        title: TITLE,
        text: TEXT,
        ..Document::default()
    };
    let (groups, places, unknown) = known_names(document, PlaceContext::default());
    let groups = groups.iter().filter_map(|mention| {
        let entity = mention.entity.as_ref()?;
        Some((&document.field(mention.field)[mention.span.clone()], entity.id.clone()))
    });
    let places = places
        .iter()
        .filter(|mention| mention.confidence >= 0.35)
        .map(|mention| (&document.field(mention.field)[mention.span.clone()], mention.place.id()));
    let found: Vec<(&str, String)> = groups.chain(places).collect();
    for (text, id) in &found {
        assert!(NAMED.contains(&(*text, id.as_str())), "{text} is taken for {id}");
    }
    for (text, id) in NAMED.iter().filter(|named| !OPTIONAL.contains(named)) {
        assert!(
            found.contains(&(*text, (*id).to_owned())),
            "{text} is not found: {found:?}"
        );
    }
    let unknown: Vec<(&str, &str)> = unknown
        .iter()
        .map(|place| (&document.field(place.field)[place.span.clone()], place.near.name))
        .collect();
    assert_eq!(unknown, [("Banankabougou", "Bamako")], "the quarter and its town");
}

#[test]
fn its_title_alone_raises_a_watch_on_bamako() {
    let bamako = pick("Bamako").unwrap().best;
    let asked = Where {
        inside: vec![Area::of(&bamako)],
        not_inside: Vec::new(),
        of: Vec::new(),
        rings: Vec::new(),
        demonyms: true,
        min_confidence: 0.5,
    };
    let watch = Watch {
        name: "bamako".to_owned(),
        find: vec![Term::anywhere_in(asked, "in Bamako".to_owned())].into(),
        ..Watch::default()
    };
    let list = Watchlist::compile(vec![watch]).unwrap();
    let fires = |title: &str| {
        let document = Document {
            title,
            ..Document::default()
        };
        list.examine(document).verdicts.iter().any(|verdict| verdict.fires())
    };
    assert!(fires(TITLE));
    assert!(!fires("Niger says attack repelled in capital"));
    assert!(!fires("Mali says attack repelled"));
}
