//! `place:`, `near:` and `lang:` in queries, and a `where` that stands alone: from files to verdicts and their sentences.

use wirewatch_recognition::{Document, Level};

use crate::whereabouts::{configured, holds, judged, text, watching};

#[test]
fn place_and_near_ask_what_where_asks() {
    for (what, query, written, fires, sentence) in [
        (
            "a town in the country",
            "place:Mali",
            "Gunmen attacked a market in Kidal.",
            true,
            "“Kidal” (in Mali) appears in the text",
        ),
        (
            "the country itself",
            "place:Mali",
            "Gunmen attacked a market in Mali.",
            true,
            "“Mali” appears in the text",
        ),
        (
            "its people",
            "place:Mali",
            "Malian soldiers left the north.",
            true,
            "“Malian” (Mali) appears in the text",
        ),
        (
            "another country",
            "place:Mali",
            "Gunmen attacked a market in Mogadishu.",
            false,
            "no place in it lies in Mali: “Mogadishu” is in Somalia",
        ),
        (
            "no place",
            "place:Mali",
            "Gunmen attacked a market.",
            false,
            "it names no place",
        ),
        (
            "a given name",
            "place:Mali",
            "Mali Williams sang in Accra.",
            false,
            "no place in it lies in Mali: “Accra” is in Ghana",
        ),
        (
            "a name of two words",
            "place:\"Ivory Coast\"",
            "Floods in Abidjan.",
            true,
            "“Abidjan” (in Ivory Coast) appears in the text",
        ),
        (
            "in the quotes of a word processor",
            "place:“Ivory Coast”",
            "Floods in Abidjan.",
            true,
            "“Abidjan” (in Ivory Coast) appears in the text",
        ),
        (
            "a code",
            "place:ML",
            "Floods in Kayes.",
            true,
            "“Kayes” (in Mali) appears in the text",
        ),
        (
            "an id",
            "place:geonames:2453866",
            "Floods in Kayes.",
            true,
            "“Kayes” (in Mali) appears in the text",
        ),
        (
            "a region",
            "place:Sahel",
            "Floods in Agadez.",
            true,
            "“Agadez” (in Sahel) appears in the text",
        ),
        (
            "a division",
            "place:Ségou",
            "Floods in Niono.",
            true,
            "“Niono” (in Ségou) appears in the text",
        ),
        (
            "near a town",
            "near:Bamako/60",
            "Floods in Kati.",
            true,
            "“Kati” (18 km from Bamako) appears in the text",
        ),
        (
            "with its unit",
            "near:Bamako/60km",
            "Floods in Kati.",
            true,
            "“Kati” (18 km from Bamako) appears in the text",
        ),
        (
            "the town itself",
            "near:Bamako/60",
            "Floods in Bamako.",
            true,
            "“Bamako” appears in the text",
        ),
        (
            "fifty kilometres where none are written",
            "near:\"Bamako\"",
            "Floods in Kati.",
            true,
            "“Kati” (18 km from Bamako) appears in the text",
        ),
        (
            "too far",
            "near:\"Bamako, Mali\"/60",
            "Floods in Ségou.",
            false,
            "no place in it is within 60 km of Bamako: the nearest, “Ségou”, is 208 km from Bamako",
        ),
        (
            "too wide",
            "near:Bamako",
            "Floods in Mali.",
            false,
            "no town is named that could be near Bamako, only “Mali”",
        ),
        (
            "a dateline",
            "place:Mali",
            "BAMAKO, Mali (AP) — Gunmen attacked a base near Niamey.",
            false,
            "no place in it lies in Mali: “Niamey” is in Niger",
        ),
        (
            "in the title only",
            "title:place:Mali",
            "Floods in Kati.",
            false,
            "a place in Mali does not appear in the title",
        ),
    ] {
        let configuration = watching(&format!("query = '{query}'\nlevel = \"low\""));
        let (fired, _, said) = judged(&configuration, text(written));
        assert_eq!((fired, said.as_str()), (fires, sentence), "{what}: {query}: {written}");
        // The same as a `where`, but for what only a query can say.
        let asked = match query.split_once(':') {
            Some(("place", name)) => format!("inside = [\"{}\"]", name.trim_matches(['"', '“', '”'])),
            Some(("near", name)) => {
                let (name, km) = name.split_once('/').unwrap_or((name, "50"));
                let km = km.trim_end_matches("km");
                format!("of = [\"{}\"], within_km = {km}", name.trim_matches('"'))
            }
            _ => continue,
        };
        let configuration = watching(&format!("where = {{ {asked} }}\nlevel = \"low\""));
        assert_eq!(
            judged(&configuration, text(written)).0,
            fires,
            "{what}: where = {{ {asked} }}"
        );
    }
}

#[test]
fn places_stand_with_words_like_any_term() {
    let document =
        "Gunmen attacked a convoy near Kati. The army sent help. Rain is expected in Gao.\n\nIn Niamey all was calm.";
    for (what, query, fires, sentence) in [
        (
            "with a word, as in the handbook",
            "convoy AND near:Bamako/60",
            true,
            "“convoy” and “Kati” (18 km from Bamako) appear in the text",
        ),
        (
            "a word that is not there",
            "place:Mali AND embuscade",
            false,
            "“embuscade” does not appear in the title or the text",
        ),
        (
            "one sentence",
            "attack* SENT near:Bamako/60",
            true,
            "“attacked” and “Kati” (18 km from Bamako) appear in the same sentence of the text",
        ),
        (
            "another sentence",
            "attack* SENT near:Gao/60",
            false,
            "“attacked” and “Gao” are there, but not in the same sentence",
        ),
        (
            "another paragraph",
            "attack* PARA place:Niger",
            false,
            "“attacked” and “Niamey” (in Niger) are there, but not in the same paragraph",
        ),
        (
            "some words apart",
            "rain NEAR/4 place:Mali",
            true,
            "“Rain” and “Gao” (in Mali) are 4 words apart in the text",
        ),
        (
            "either",
            "(place:Somalia OR place:Niger) AND calm",
            true,
            "“calm” and “Niamey” (in Niger) appear in the text",
        ),
        (
            "left out",
            "attack* NOT place:Niger",
            false,
            "it would fire, but “Niamey” (in Niger) appears in the text, which the watch leaves out",
        ),
        (
            "nothing to leave out",
            "attack* NOT place:Somalia",
            true,
            "“attacked” appears in the text",
        ),
        (
            "the place itself, and what is around it",
            "@mali OR near:Niamey/10",
            true,
            "“Niamey” appears in the text",
        ),
        (
            "two countries",
            "place:Mali AND place:Niger",
            true,
            "“Gao” (in Mali) and “Niamey” (in Niger) appear in the text",
        ),
    ] {
        let configuration = watching(&format!("query = '{query}'\nlevel = \"low\""));
        let (fired, _, said) = judged(&configuration, text(document));
        assert_eq!(fired, fires, "{what}: {query}: {said}");
        assert_eq!(said, sentence, "{what}: {query}");
    }
}

#[test]
fn lang_asks_for_the_language_of_the_entry() {
    const FRENCH: &str = "Des hommes armés ont attaqué lundi un poste de l'armée dans le centre du Mali, tuant sept \
        soldats, ont indiqué des sources sécuritaires et des élus locaux.";
    const ENGLISH: &str = "Armed men attacked an army post in central Mali on Monday, killing seven soldiers, security \
        sources and local officials have said in the capital.";
    let said = |text, language| Document {
        text,
        language,
        ..Document::default()
    };
    for (what, query, document, fires, sentence) in [
        (
            "as told from the text",
            "Mali AND lang:fr",
            said(FRENCH, None),
            true,
            "“Mali” appears in the text",
        ),
        (
            "another",
            "Mali AND lang:fr",
            said(ENGLISH, None),
            false,
            "“Mali” appears in the text, but the entry is in English, not in French",
        ),
        (
            "by its name",
            "Mali AND lang:French",
            said(FRENCH, None),
            true,
            "“Mali” appears in the text",
        ),
        (
            "as the feed says",
            "Mali AND lang:ha",
            said("Mali", Some("ha-NG")),
            true,
            "“Mali” appears in the text",
        ),
        (
            "one that is not clear passes",
            "Mali AND lang:fr",
            said("Mali", None),
            true,
            "“Mali” appears in the text",
        ),
        (
            "any of two",
            "Mali AND (lang:fr OR lang:en)",
            said(ENGLISH, None),
            true,
            "“Mali” appears in the text",
        ),
        (
            "left out",
            "Mali NOT lang:en",
            said(ENGLISH, None),
            false,
            "it would fire, but the watch leaves out entries in English",
        ),
        (
            "another than that",
            "Mali NOT lang:en",
            said(FRENCH, None),
            true,
            "“Mali” appears in the text",
        ),
        (
            "nor is one that is not clear",
            "Mali NOT lang:en",
            said("Mali", None),
            true,
            "“Mali” appears in the text",
        ),
        (
            "with a place",
            "lang:fr AND place:Mali",
            said(FRENCH, None),
            true,
            "“Mali” appears in the text",
        ),
    ] {
        let configuration = watching(&format!("query = '{query}'\nlevel = \"low\""));
        let (fired, _, because) = judged(&configuration, document);
        assert_eq!((fired, because.as_str()), (fires, sentence), "{what}: {query}");
    }
}

#[test]
fn places_of_ones_own_work_in_queries() {
    let configuration = configured(&[(
        "watchlist.toml",
        "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n\
         [place.depot]\nnames = [\"Dépôt 7\"]\nat = [13.5, -6.3]\n\
         [watch.w]\nquery = 'fire* AND (place:@depot OR near:@depot/20)'\n",
    )]);
    holds(
        &configuration,
        &[
            (
                "the place itself",
                "A fire at Dépôt 7.",
                true,
                "“Dépôt 7” appear in the text",
            ),
            (
                "a town beside it",
                "A fire in Ségou.",
                true,
                "km from Dépôt 7) appear in the text",
            ),
            ("far from it", "A fire in Gao.", false, ""),
        ],
    );
}

#[test]
fn confidence_and_demonyms_of_a_watch_hold_inside_queries() {
    for (what, keys, written, fires) in [
        (
            "its people count",
            "query = 'attack* AND place:Mali'",
            "Attacked: Malian soldiers.",
            true,
        ),
        (
            "its people do not",
            "query = 'attack* AND place:Mali'\ndemonyms = false",
            "Attacked: Malian soldiers.",
            false,
        ),
        (
            "nor as the place itself",
            "query = 'attack* AND @mali'\ndemonyms = false",
            "Attacked: Malian soldiers.",
            false,
        ),
        (
            "nor with a weight",
            "weights = { \"@mali\" = 2, \"attack*\" = 2 }\nat_least = 4\ndemonyms = false",
            "Attacked: Malian soldiers.",
            false,
        ),
        (
            "more certainty",
            "query = 'attack* AND place:Mali'\nmin_confidence = 0.9",
            "Attacked: Malian soldiers.",
            false,
        ),
        (
            "certain enough",
            "query = 'attack* AND place:Mali'\nmin_confidence = 0.9",
            "Attacked in Mali: soldiers.",
            true,
        ),
        (
            "more certainty of the place itself",
            "query = 'attack* AND @mali'\nmin_confidence = 0.9",
            "Attacked: Malian soldiers.",
            false,
        ),
    ] {
        let (fired, _, said) = judged(&watching(keys), text(written));
        assert_eq!(fired, fires, "{what}: {said}");
    }
}

#[test]
fn a_where_alone_fires_on_all_that_happens_there() {
    holds(
        &watching("where = { inside = [\"Mali\"] }"),
        &[
            ("the country", "Rain in Mali.", true, "“Mali” in the text is there"),
            (
                "a town in it",
                "Rain in Kidal.",
                true,
                "“Kidal” in the text lies in Mali",
            ),
            (
                "elsewhere",
                "Rain in Accra.",
                false,
                "no place in it lies in Mali: “Accra” is in Ghana",
            ),
            ("nowhere", "Rain.", false, "it names no place"),
        ],
    );
    let configuration = watching("where = { of = [\"Bamako\"], urgent = 20, normal = 300 }\nbut_not = [\"football\"]");
    for (what, written, level) in [
        ("at the centre", "Rain in Bamako.", Some(Level::Urgent)),
        ("within the first ring", "Rain in Kati.", Some(Level::Urgent)),
        ("within the second", "Rain in Ségou.", Some(Level::Normal)),
        ("beyond", "Rain in Gao.", None),
        ("left out", "Football in Bamako.", None),
    ] {
        let (fired, found, said) = judged(&configuration, text(written));
        assert_eq!(fired.then_some(found), level, "{what}: {said}");
    }
    holds(
        &watching("where = { not_inside = [\"France\"] }\nlanguages = [\"en\"]\nlevel = \"low\""),
        &[
            ("elsewhere", "The rain in Accra.", true, "“Accra” in the text is there"),
            (
                "there",
                "The rain in Lyon.",
                false,
                "“Lyon” in the text lies in France, which the watch leaves out",
            ),
        ],
    );
}

/// A watch that lacks a word must not cost a look for places; this shows where one was had.
#[test]
fn places_are_looked_for_only_where_a_watch_may_need_them() {
    for (what, keys, written, looked) in [
        (
            "its word is there",
            "query = 'attack* AND place:Mali'",
            "An attack.",
            true,
        ),
        (
            "its word is not there",
            "query = 'attack* AND place:Mali'",
            "Rain in Kidal.",
            false,
        ),
        (
            "by its beginning",
            "query = 'place:Mali AND attack*'",
            "Rain in Kidal.",
            false,
        ),
        (
            "beside NOT",
            "query = 'attack* NOT place:Mali'",
            "Rain in Kidal.",
            false,
        ),
        (
            "the place itself",
            "find = [\"@mali\"]\ntogether_with = [\"attack*\"]",
            "Rain in Kidal.",
            false,
        ),
        ("a place alone", "query = 'place:Mali'", "Rain.", true),
        ("one of two", "query = 'attack* OR place:Mali'", "Rain.", true),
    ] {
        let configuration = watching(&format!("{keys}\nlevel = \"low\""));
        let examined = configuration.watchlist.examine(text(written));
        assert_eq!(examined.places.is_some(), looked, "{what}: {keys}");
    }
}

/// Thousands of watches that ask for places alone fire as each would by itself.
#[test]
fn many_watches_of_places_fire_as_each_alone() {
    let names = [
        "place:Mali",
        "place:Niger",
        "place:Sahel",
        "place:Africa",
        "place:France",
        "place:Gao",
        "near:Gao/100",
        "near:Bamako/60",
        "near:Niamey/1500",
        "near:Suva/300",
        "place:Ségou",
        "place:Wales",
        "near:Kidal/300",
    ];
    let texts = [
        "Rain in Kidal.",
        "Rain in Bamako and Kati.",
        "Rain in Lyon.",
        "Rain in Agadez, Niger.",
        "Rain in Fiji's Labasa.",
        "Rain in Cardiff.",
        "Malian farmers hope.",
        "Rain in Niono, near Ségou.",
        "Rain across the Sahel.",
        "Rain.",
    ];
    let mut all = String::from("[feeds.desk]\nurls = [\"https://example.org/feed\"]\n");
    for round in 0..3 {
        for (number, name) in names.iter().enumerate() {
            all.push_str(&format!(
                "[watch.w{round}-{number}]\nquery = '{name}'\nlevel = \"low\"\n"
            ));
        }
    }
    let together = configured(&[("watchlist.toml", &all)]);
    let mut fired = 0;
    for (number, name) in names.iter().enumerate() {
        let alone = watching(&format!("query = '{name}'\nlevel = \"low\""));
        for written in texts {
            let (fires, _, said) = judged(&alone, text(written));
            let examined = together.watchlist.examine(text(written));
            for round in 0..3 {
                let watch = round * names.len() + number;
                let given = examined
                    .verdicts
                    .iter()
                    .any(|verdict| verdict.watch == watch && verdict.fires());
                assert_eq!(given, fires, "{name} on {written}: {said}");
                fired += usize::from(given);
            }
        }
    }
    assert!(fired > 60, "{fired}");
}

/// Every watch of the handbooks that brings examples is loaded, which tries them.
#[test]
fn the_watches_in_the_handbooks_do_what_they_say() {
    let mut tried = 0;
    for file in ["docs/WATCHLIST.md", "docs/REFERENCE.md", "docs/MATCHING.md"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let handbook = std::fs::read_to_string(path).unwrap();
        for block in handbook.split("```toml\n").skip(1) {
            let block = block.split("```").next().unwrap();
            if !block.contains("[watch.") || !block.contains("should_") {
                continue;
            }
            tried += 1;
            let beside = "[feeds.africa-in-french]\nurls = [\"https://example.org/feed\"]\n\
                          [receiver.analyst]\nconsole = true\n[words.attack]\nlist = [\"attack*\", \"attaqu*\", \"embuscade*\"]\n";
            let configuration = configured(&[("beside.toml", beside), ("watchlist.toml", block)]);
            assert_eq!(configuration.warnings.to_string(), "", "{file}: {block}");
        }
    }
    assert!(tried >= 4, "{tried}");
}

#[test]
fn how_close_may_be_a_number_of_words() {
    for (how_close, fires) in [
        ("4 words", true),
        ("3 words", false),
        ("1 word", false),
        ("200 words", true),
    ] {
        let keys = format!("find = [\"attack*\"]\ntogether_with = [\"Kati\"]\nhow_close = \"{how_close}\"");
        let (fired, _, said) = judged(&watching(&keys), text("They attacked a convoy near Kati."));
        assert_eq!(fired, fires, "{how_close}: {said}");
    }
}

/// What machines are told of the groups and places that a watch fires for.
#[test]
fn verdicts_name_groups_and_places_with_where_they_are() {
    let own = "[place.depot]\nnames = [\"Dépôt 7\"]\nat = [13.44, -6.26]\ncountry = \"ML\"";
    for (what, watch, written, expected) in [
        (
            "a group, and the places that answer `where`",
            "find = [\"@jnim\"]\nwhere = { within_km = 60, of = [\"Bamako\"] }",
            "Le GSIM est à Kati et à Gao.",
            vec![
                "group:jnim GSIM",
                "geonames:2455558 Kati ML 12.74,-8.07 18.3 km from Bamako",
            ],
        ),
        (
            "a place of a query, with its distance",
            "query = 'attaqu* AND near:Bamako/60'",
            "Une attaque à Kati.",
            vec!["geonames:2455558 Kati ML 12.74,-8.07 18.3 km from Bamako"],
        ),
        (
            "a country is at no one point",
            "where = { inside = [\"Mali\"] }\nlevel = \"low\"",
            "Des pluies au Mali, à Gao et à Niamey. À Gao surtout.",
            vec!["geonames:2453866 Mali ML", "geonames:2457163 Gao ML 16.27,-0.04"],
        ),
        (
            "a place of one's own",
            "find = [\"@depot\"]",
            "Incendie au Dépôt 7.",
            vec!["place:depot Dépôt 7 ML 13.44,-6.26"],
        ),
        ("words alone", "find = [\"incendie\"]", "Incendie à Gao.", vec![]),
        (
            "nothing where it does not fire",
            "find = [\"@jnim\"]\ntogether_with = [\"Gao\"]",
            "Le GSIM.",
            vec![],
        ),
    ] {
        let configuration = watching(&format!("{watch}\n{own}"));
        let watchlist = &configuration.watchlist;
        let document = text(written);
        let examined = watchlist.examine(document);
        let verdict = watchlist.verdict(0, document, &examined);
        let named: Vec<String> = verdict
            .entities(watchlist, document, &examined)
            .into_iter()
            .map(|one| {
                let mut said = format!("{} {}", one.entity.id, &written[one.span.clone()]);
                said.extend(one.entity.country.iter().map(|country| format!(" {country}")));
                said.extend(one.point.map(|point| format!(" {:.2},{:.2}", point.lat, point.lon)));
                said.extend(one.away.map(|(km, from)| format!(" {km:.1} km from {from}")));
                said
            })
            .collect();
        assert_eq!(named, expected, "{what}");
    }
}

/// Queries of any shape over words and places, all in one watchlist, hold as their parts do one by one.
#[test]
fn queries_of_words_and_places_hold_as_their_parts_do() {
    let leaves = [
        "rain",
        "attack*",
        "place:Mali",
        "place:Niger",
        "near:Bamako/60",
        "near:Gao/400",
        "place:Africa",
        "@mali",
    ];
    let texts = [
        "Rain in Kidal.",
        "Attack in Kati.",
        "Rain in Niamey after an attack.",
        "An attack in Lyon.",
        "Rain.",
        "Malian army repels attack.",
        "Rain in Accra, sun in Mali.",
    ];
    let single = |leaf: &str| {
        let configuration = watching(&format!("query = '{leaf}'\nlevel = \"low\""));
        texts.map(|written| judged(&configuration, text(written)).0)
    };
    let truths = leaves.map(single);
    let mut jitter = fastrand::Rng::with_seed(11);
    // A query with what it should say of each text; every part asks for something that must stand there.
    fn query(jitter: &mut fastrand::Rng, leaves: &[&str], truths: &[[bool; 7]], deep: u8) -> (String, [bool; 7]) {
        if deep == 0 || jitter.u8(0..3) == 0 {
            let leaf = jitter.usize(0..leaves.len());
            return (leaves[leaf].to_owned(), truths[leaf]);
        }
        let (one, other) = (
            query(jitter, leaves, truths, deep - 1),
            query(jitter, leaves, truths, deep - 1),
        );
        let (operator, hold): (&str, fn(bool, bool) -> bool) = match jitter.u8(0..3) {
            0 => ("AND", |a, b| a && b),
            1 => ("OR", |a, b| a || b),
            _ => ("NOT", |a, b| a && !b),
        };
        let holds = std::array::from_fn(|at| hold(one.1[at], other.1[at]));
        (format!("({}) {operator} ({})", one.0, other.0), holds)
    }
    let queries: Vec<(String, [bool; 7])> = (0..400).map(|_| query(&mut jitter, &leaves, &truths, 3)).collect();
    let all: String = queries
        .iter()
        .enumerate()
        .map(|(number, (query, _))| format!("[watch.w{number}]\nquery = '{query}'\nlevel = \"low\"\n"))
        .collect();
    let feeds = "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n";
    // Together more watches are touched than are explained; in small lists each has its reason.
    for size in [400, 10] {
        for numbers in (0..400 / size).map(|list| list * size..(list + 1) * size) {
            let part: String = match numbers.len() {
                400 => all.clone(),
                _ => numbers
                    .clone()
                    .map(|number| format!("[watch.w{number}]\nquery = '{}'\nlevel = \"low\"\n", queries[number].0))
                    .collect(),
            };
            let configuration = configured(&[("watchlist.toml", &format!("{feeds}{part}"))]);
            for (at, written) in texts.into_iter().enumerate() {
                let examined = configuration.watchlist.examine(text(written));
                for (watch, number) in numbers.clone().enumerate() {
                    let (query, holds) = &queries[number];
                    let given = examined.verdicts.iter().find(|verdict| verdict.watch == watch);
                    assert_eq!(
                        given.is_some_and(|verdict| verdict.fires()),
                        holds[at],
                        "{query} on {written}"
                    );
                    let asked = configuration.watchlist.verdict(watch, text(written), &examined);
                    assert_eq!(asked.fires(), holds[at], "asked of {query} on {written}");
                    assert!(
                        !asked
                            .sentence(&configuration.watchlist, text(written), &examined)
                            .is_empty()
                    );
                }
            }
        }
    }
}
