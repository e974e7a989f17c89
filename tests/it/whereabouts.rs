//! `where`, places of one's own, languages, and lists brought along: from files to verdicts and their sentences.

use std::path::Path;

use wirewatch::config::{Configuration, load};
use wirewatch_recognition::{Document, Level};

pub(crate) fn configured(files: &[(&str, &str)]) -> Configuration {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    load(folder.path(), &[]).unwrap_or_else(|problems| panic!("{problems}"))
}

pub(crate) fn watching(watch: &str) -> Configuration {
    let feeds = "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n";
    configured(&[("watchlist.toml", &format!("{feeds}[watch.w]\n{watch}\n"))])
}

/// Whether the first watch fires, how pressing it is, and why.
pub(crate) fn judged(configuration: &Configuration, document: Document<'_>) -> (bool, Level, String) {
    let watchlist = &configuration.watchlist;
    let examined = watchlist.examine(document);
    let verdict = watchlist.verdict(0, document, &examined);
    if let Some(given) = examined.verdicts.iter().find(|given| given.watch == 0) {
        assert_eq!(given, &verdict, "the verdict is the same when it is asked for again");
    }
    (
        verdict.fires(),
        verdict.level(watchlist),
        verdict.sentence(watchlist, document, &examined),
    )
}

pub(crate) fn text(text: &str) -> Document<'_> {
    Document {
        text,
        ..Document::default()
    }
}

/// Each line: what it shows, the text, whether it fires, and what the reason ends with.
pub(crate) fn holds(configuration: &Configuration, table: &[(&str, &str, bool, &str)]) {
    for (what, written, fires, ending) in table {
        let (fired, _, sentence) = judged(configuration, text(written));
        assert_eq!(fired, *fires, "{what}: {written}: {sentence}");
        assert!(sentence.ends_with(ending), "{what}: {sentence}");
    }
}

#[test]
fn an_entry_without_any_place_never_passes_a_watch_with_where() {
    holds(
        &watching("find = [\"attack*\"]\nwhere = { inside = [\"Mali\", \"Niger\"] }"),
        &[
            (
                "no place",
                "Attackers killed seven soldiers.",
                false,
                "but it names no place",
            ),
            (
                "the country",
                "An attack in Mali killed seven.",
                true,
                "; “Mali” in the text is there",
            ),
            (
                "a town in it",
                "An attack near Kidal killed seven.",
                true,
                "; “Kidal” in the text lies in Mali",
            ),
            (
                "another country",
                "An attack in Mogadishu killed seven.",
                false,
                "but no place in it lies in Mali or Niger: “Mogadishu” is in Somalia",
            ),
            (
                "its people",
                "Malian soldiers were attacked.",
                true,
                "“Malian” (Mali) in the text is there",
            ),
            (
                "one of two places",
                "An attack in Kidal was discussed in Paris.",
                true,
                "lies in Mali",
            ),
            ("a surname", "Jordan Henderson was attacked by critics.", false, ""),
            (
                "nothing to find",
                "Rain in Kidal.",
                false,
                "does not appear in the title or the text",
            ),
        ],
    );
    holds(
        &watching("find = [\"attack*\"]\nwhere = { inside = [\"Jordan\"] }"),
        &[
            (
                "a person who was named in full",
                "Jordan Peterson was attacked by critics. Jordan said he would sue.",
                false,
                "",
            ),
            (
                "one whose name is in no list of phrases",
                "Jordan Murray was attacked by critics. Jordan said he would sue.",
                false,
                "",
            ),
            (
                "the country before the person",
                "Jordan condemned the attack. Jordan Peterson wrote of it, and Jordan closed the border.",
                true,
                "",
            ),
            (
                "the person, and other places of the country",
                "Jordan Peterson was attacked by critics in Amman. Jordan let him go.",
                true,
                "",
            ),
            (
                "the person, and where he was",
                "Jordan Peterson was attacked by critics when he spoke in Jordan.",
                true,
                "",
            ),
            (
                "the country without the person",
                "The attack was condemned. Jordan said it would close the border.",
                true,
                "",
            ),
        ],
    );
    holds(
        &watching("find = [\"attack*\"]\nwhere = { inside = [\"Mali\"] }\ndemonyms = false"),
        &[(
            "its people, who do not count",
            "Malian soldiers were attacked.",
            false,
            "it is the word for a people, not for a place",
        )],
    );
}

#[test]
fn areas_are_countries_regions_divisions_and_continents_in_any_language() {
    for (what, areas, written, fires) in [
        ("a region of countries", "\"Sahel\"", "An attack in Ouagadougou.", true),
        ("not beyond it", "\"Sahel\"", "An attack in Accra.", false),
        ("a continent in French", "\"Afrique\"", "An attack in Accra.", true),
        ("a country in French", "\"Allemagne\"", "An attack in Hamburg.", true),
        (
            "a division under its town's name",
            "\"Ségou\"",
            "An attack in Niono.",
            true,
        ),
        ("a part of a country", "\"Wales\"", "An attack in Cardiff.", true),
        ("not the rest of it", "\"Wales\"", "An attack in London.", false),
        ("a region within a country", "\"Donbas\"", "An attack in Donetsk.", true),
        ("not the rest of it", "\"Donbas\"", "An attack in Kyiv.", false),
        ("an abbreviation", "\"RDC\"", "An attack in Goma.", true),
    ] {
        let configuration = watching(&format!("find = [\"attack\"]\nwhere = {{ inside = [{areas}] }}"));
        let (fired, _, sentence) = judged(&configuration, text(written));
        assert_eq!(fired, fires, "{what}: {written}: {sentence}");
    }
    holds(
        &watching("find = [\"attack\"]\nwhere = { inside = [\"Sahel\"], not_inside = [\"Chad\"] }"),
        &[
            ("in", "An attack in Gao.", true, "lies in Sahel"),
            (
                "out",
                "An attack in N'Djamena.",
                false,
                "lies in Chad, which the watch leaves out",
            ),
        ],
    );
}

#[test]
fn distances_from_a_division_are_measured_from_its_town() {
    for (what, watch) in [
        ("a list", "where = { within_km = 60, of = [\"Tillabéri Region\"] }"),
        ("a query", "query = 'near:\"Tillabéri Region\"/60'"),
    ] {
        let configuration = watching(watch);
        let told = configuration.warnings.to_string();
        let from = "is the division of Niger, 315,292 people: distances are measured from Tillabéri, the town in ";
        assert!(told.contains(from), "{what}: {told}");
        let (near, _, said) = judged(&configuration, text("Rain in Méhana, Niger."));
        assert!(near, "{what}: {said}");
        let (far, _, said) = judged(&configuration, text("Rain in Niamey."));
        assert!(!far, "{what}: {said}");
    }
    let told = watching("where = { within_km = 60, of = [\"Koulikoro\"] }")
        .warnings
        .to_string();
    assert_eq!(told, "", "the town of that name is meant");
}

/// Where a region bears the name of a town in it, the name alone is near the town, though another town is larger.
#[test]
fn a_town_is_near_where_its_region_has_its_name() {
    holds(
        &watching("where = { within_km = 40, of = [\"Koulikoro\"] }"),
        &[
            (
                "the town",
                "An attack in Koulikoro.",
                true,
                "is there, within the 40 km asked for",
            ),
            ("the largest town of the region", "An attack in Kati.", false, ""),
            ("another region", "An attack in Sikasso.", false, ""),
        ],
    );
    holds(
        &watching("where = { within_km = 40, of = [\"Tillabéri\"] }"),
        &[("a region by a longer name", "An attack in Tillabéri.", true, "")],
    );
}

#[test]
fn the_level_follows_from_the_distance() {
    let configuration =
        watching("find = [\"attack\"]\nwhere = { of = [\"Bamako\", \"Ségou\"], urgent = 20, normal = 100, low = 250 }");
    for (what, written, level, ending) in [
        (
            "at the centre",
            "An attack in Bamako.",
            Some(Level::Urgent),
            "; “Bamako” in the text is there, within the 20 km that make it urgent",
        ),
        (
            "farther",
            "An attack in Niono.",
            Some(Level::Normal),
            "; “Niono” in the text is 95 km from Ségou, within the 100 km that make it normal",
        ),
        (
            "the nearer of two places",
            "An attack in Sikasso, not in Bamako.",
            Some(Level::Urgent),
            "is there, within the 20 km that make it urgent",
        ),
        ("at the edge", "An attack in Mopti.", None, ""),
        (
            "too far",
            "An attack in Gao.",
            None,
            "but no place in it is within 250 km of Bamako or Ségou: the nearest, “Gao”, is 738 km from Ségou",
        ),
        (
            "too wide",
            "An attack in Mali.",
            None,
            "but no town is named that could be near Bamako or Ségou, only “Mali”",
        ),
    ] {
        let (fired, found, sentence) = judged(&configuration, text(written));
        if what == "at the edge" {
            assert!(sentence.contains("Mopti"), "{sentence}");
            continue;
        }
        assert_eq!(fired.then_some(found), level, "{what}: {sentence}");
        assert!(sentence.ends_with(ending), "{what}: {sentence}");
    }
}

#[test]
fn places_of_ones_own_count_like_others() {
    let places = "[place.faladie]\nnames = [\"Faladié\"]\nnear = \"Bamako\"\n\
        [place.depot]\nnames = [\"Dépôt 7\"]\nat = [13.44, -6.26]\ncountry = \"ML\"\n\
        [place.newport]\nmeans = \"Newport, Wales\"\n";
    let of = |watch: &str| watching(&format!("{watch}\n{places}"));
    holds(
        &of("find = [\"tirs\"]\nwhere = { within_km = 30, of = [\"Bamako\"] }"),
        &[
            (
                "a quarter",
                "Des tirs à Faladié.",
                true,
                "; “Faladié” in the text is at Bamako, within the 30 km asked for",
            ),
            (
                "a site elsewhere",
                "Des tirs au dépôt 7.",
                false,
                "is 208 km from Bamako",
            ),
        ],
    );
    holds(
        &of("find = [\"tirs\"]\nwhere = { inside = [\"Mali\"] }"),
        &[(
            "a site lies in its country",
            "Des tirs au dépôt 7.",
            true,
            "lies in Mali",
        )],
    );
    holds(
        &of("find = [\"fire\"]\nwhere = { within_km = 5, of = [\"@newport\"] }"),
        &[
            (
                "the one that is meant",
                "A fire broke out in Newport.",
                true,
                "is there, within the 5 km asked for",
            ),
            (
                "another that the text names",
                "A fire broke out in Newport, Rhode Island.",
                false,
                "km from Newport",
            ),
        ],
    );
    holds(
        &of("find = [\"@newport\"]"),
        &[
            ("as a term", "Fire in Newport", true, "“Newport” appears in the text"),
            ("not another", "Fire in Newport, Rhode Island", false, ""),
            ("not a longer name", "Surfers at Newport Beach", false, ""),
        ],
    );
}

#[test]
fn a_place_of_the_gazetteer_is_a_term_under_all_its_names() {
    holds(
        &watching("find = [\"@mali\"]"),
        &[
            (
                "its name",
                "The army of Mali advances.",
                true,
                "“Mali” appears in the text",
            ),
            (
                "in Russian",
                "Армия Мали наступает.",
                true,
                "“Мали” (Mali) appears in the text",
            ),
            ("in Arabic", "الجيش في مالي يتقدم", true, ""),
            (
                "its people",
                "Malian troops advance.",
                true,
                "“Malian” (Mali) appears in the text",
            ),
            ("a town in it is not it", "Troops enter Kidal.", false, ""),
        ],
    );
    holds(
        &watching("find = [\"@chad\"]"),
        &[
            ("the country", "Rebels enter Chad.", true, "“Chad” appears in the text"),
            ("a first name", "Chad Johnson sings tonight.", false, ""),
        ],
    );
    holds(
        &watching("find = [\"@mali\"]\ndemonyms = false"),
        &[("its people", "Malian troops advance.", false, "")],
    );
}

#[test]
fn what_the_feed_always_says_does_not_count() {
    let configuration = watching("find = [\"attack\"]\nwhere = { inside = [\"Mali\"] }");
    let written = "An attack was reported.\n\nSign up for our Mali newsletter.";
    let at = written.find("Sign").unwrap();
    let sign_up = at..written.len();
    let document = Document {
        boilerplate: std::slice::from_ref(&sign_up),
        ..text(written)
    };
    let (fired, _, sentence) = judged(&configuration, document);
    assert!(
        !fired && sentence.ends_with("it appears in text that most entries of the feed share"),
        "{sentence}"
    );
    assert!(judged(&configuration, text(written)).0, "elsewhere it counts");
    holds(
        &configuration,
        &[(
            "a list of tags",
            "An attack was reported in Gao.\n\nTags: Niger",
            true,
            "lies in Mali",
        )],
    );
}

#[test]
fn languages_limit_a_watch_and_words_have_forms() {
    let french = "Des hommes armés ont attaqué lundi un poste de l'armée dans la région de Ségou, dans le centre du Mali, \
        tuant sept soldats, ont indiqué des sources sécuritaires et des élus locaux. L'attaque n'a pas été revendiquée.";
    let configuration = watching("find = [\"Ségou\"]\nlanguages = [\"en\", \"French\"]");
    assert!(judged(&configuration, text(french)).0);
    let configuration = watching("find = [\"Ségou\"]\nlanguages = [\"en\"]");
    let (fired, _, sentence) = judged(&configuration, text(french));
    assert_eq!(
        (fired, sentence.as_str()),
        (
            false,
            "it would fire, but the watch looks only at entries in English, and this one is in French"
        )
    );
    let said = Document {
        language: Some("en-GB"),
        ..text("Ségou")
    };
    assert!(judged(&configuration, said).0, "what the feed says");
    assert!(
        judged(&configuration, text("Ségou")).0,
        "too many rather than none where it is not known"
    );

    let configuration = watching("find = [\"~attack\", \"~attaquer\"]");
    for (what, written, language, found) in [
        ("an ending", "The convoy was attacked.", "en", true),
        ("another", "Attackers fled.", "en", true),
        ("another word", "The attache spoke.", "en", false),
        ("in French", "Le convoi est attaqué.", "fr", true),
    ] {
        let document = Document {
            language: Some(language),
            ..text(written)
        };
        assert_eq!(judged(&configuration, document).0, found, "{what}: {written}");
    }
}

#[test]
fn lists_that_people_hold_already_are_groups() {
    let watchlist = "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n[watch.w]\nfind = [\"@listed\"]\n\
        [group.listed]\ncsv = \"banks.csv\"\nftm = \"entities.jsonl\"\n";
    let banks = "Name;Aliases;Country\r\nBanque de l'Habitat;BHM | Habitat Bank;ML\r\n;;\r\nIBS;;\r\n";
    let entities = "{\"id\":\"Q1\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Volga Shipping\",\"Волга Шиппинг\"],\"country\":[\"ru\"]}}\n\
        {\"id\":\"a\",\"schema\":\"Address\",\"properties\":{\"full\":[\"Main Street\"]}}\n";
    let configuration = configured(&[
        ("watchlist.toml", watchlist),
        ("banks.csv", banks),
        ("entities.jsonl", entities),
    ]);
    assert_eq!(configuration.warnings.to_string(), "");
    holds(
        &configuration,
        &[
            (
                "a name",
                "Banque de l’Habitat closes.",
                true,
                "“Banque de l’Habitat” appears in the text",
            ),
            (
                "an alias says whose",
                "Habitat Bank closes.",
                true,
                "“Habitat Bank” (Banque de l'Habitat) appears in the text",
            ),
            ("a short one with its capitals", "The IBS closes.", true, ""),
            ("not without", "Ibs is a syndrome.", false, ""),
            (
                "an entity",
                "Волга Шиппинг buys a ship.",
                true,
                "“Волга Шиппинг” (Volga Shipping) appears in the text",
            ),
            ("what is no name", "A house in Main Street.", false, ""),
        ],
    );
    let examined = configuration.watchlist.examine(text("Habitat Bank and Volga Shipping"));
    let ids: Vec<&str> = examined
        .mentions
        .iter()
        .map(|one| one.entity.as_ref().unwrap().id.as_str())
        .collect();
    assert_eq!(ids, ["group:listed/banque-de-l-habitat", "group:listed/Q1"]);
    for name in ["banks.csv", "entities.jsonl"] {
        assert!(
            configuration.files.iter().any(|file| file.ends_with(name)),
            "{name} is looked at for changes"
        );
    }
}

#[test]
fn the_stories_of_three_users_hold() {
    for name in ["sahel-analyst", "cert", "newport-reporter"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples").join(name);
        let configuration = load(&folder, &[]).unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
        assert_eq!(configuration.warnings.to_string(), "", "{name}");
        let senses = configuration
            .senses
            .iter()
            .map(|sense| format!("{} {}", sense.written, sense.place.id()));
        insta::assert_snapshot!(format!("senses-{name}"), senses.collect::<Vec<_>>().join("\n"));
    }
}
