//! Every mistake with places, languages and lists brought along, with the exact words it is answered with.

use super::{Folder, sheet, told};

/// What is told of a watchlist beside other files.
fn told_with(name: &str, watchlist: &str, file: (&str, &[u8])) -> String {
    Folder::new(name, &[("watchlist.toml", watchlist.as_bytes()), file]).told(&[])
}

#[test]
fn mistakes_with_places() {
    let watch = |more: &str| {
        format!("[feeds.desk]\nurls = [\"https://example.org/feed\"]\n[watch.bamako]\nfind = [\"attack*\"]\n{more}\n")
    };
    assert_sheet!(sheet(&[
        ("`where` is no table", told("where-text", &watch("where = \"Mali\""))),
        ("`where` is empty", told("where-empty", &watch("where = {}"))),
        (
            "alone, a whole country",
            told(
                "where-alone",
                "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n[watch.mali]\nwhere = { inside = [\"Mali\"] }\n"
            )
        ),
        (
            "what only a query can say",
            told(
                "where-list",
                &watch("together_with = [\"place:Mali\", \"near:Ségou/30\", \"lang:fr\"]")
            )
        ),
        (
            "an unknown key in it",
            told("where-key", &watch("where = { insde = [\"Mali\"] }"))
        ),
        (
            "a place that is none",
            told(
                "where-none",
                &watch("where = { inside = [\"Mlai\", \"Banankabougou\"] }")
            )
        ),
        (
            "a part that is none",
            told(
                "where-part",
                &watch("where = { within_km = 5, of = [\"Newport, Wles\"] }")
            )
        ),
        (
            "a distance from nowhere",
            told("where-of", &watch("where = { within_km = 60 }"))
        ),
        (
            "a place without a distance",
            told("where-km", &watch("where = { of = [\"Bamako\"] }"))
        ),
        (
            "a distance in quotes",
            told(
                "where-quotes",
                &watch("where = { within_km = \"60 km\", of = [\"Bamako\"] }")
            )
        ),
        (
            "a distance without end",
            told("where-far", &watch("where = { within_km = 900000, of = [\"Bamako\"] }"))
        ),
        (
            "levels that lie within each other",
            told(
                "where-levels",
                &watch("where = { urgent = 60, normal = 20, of = [\"Bamako\"] }")
            )
        ),
        (
            "a country as a centre",
            told("where-wide", &watch("where = { within_km = 60, of = [\"Mali\"] }"))
        ),
        (
            "a name of two dozen places",
            told("where-doubt", &watch("where = { within_km = 60, of = [\"Newport\"] }"))
        ),
        (
            "a place of one's own that is not there",
            told("where-own", &watch("where = { within_km = 60, of = [\"@office\"] }"))
        ),
        (
            "a place of one's own without a position",
            told(
                "where-nowhere",
                &watch(
                    "where = { within_km = 60, of = [\"@office\"] }\n[place.office]\nnames = [\"Our Sahel office\"]"
                )
            )
        ),
        (
            "a confidence above one",
            told("confidence", &watch("min_confidence = 70"))
        ),
        (
            "languages that are none",
            told(
                "languages",
                &watch("languages = [\"frnch\", \"klingon\", \"fr\", \"French\"]")
            )
        ),
        (
            "an example that names no place",
            told(
                "where-example",
                &watch("where = { inside = [\"Mali\"] }\nshould_alert = [\"Attack kills seven\"]")
            )
        ),
        (
            "a place whose meaning is none, and whose position is not on Earth",
            told(
                "place-means",
                &watch(
                    "[place.newport]\nmeans = \"Newport, Mars\"\n[place.depot]\nnames = [\"Depot 7\"]\nat = [120, 4]"
                )
            )
        ),
        (
            "a position that is text",
            told(
                "place-at",
                &watch("[place.depot]\nnames = [\"Depot 7\"]\nat = \"12.6 N, 8 W\"")
            )
        ),
        (
            "a place without a name",
            told("place-bare", &watch("[place.depot]\ncountry = \"ML\""))
        ),
        (
            "what is meant and is not",
            told(
                "place-not",
                &watch("[place.newport]\nmeans = \"Newport, Wales\"\nnot_means = [\"geonames:2641598\"]")
            )
        ),
        (
            "a form of two words",
            told("stem", &watch("but_not = [\"~two words\", \"~at\"]"))
        ),
        (
            "a slip that is a village somewhere",
            told("village", &watch("but_not = [\"@kia\"]\n[words.kita]\nlist = [\"x1\"]"))
        ),
    ]));
}

#[test]
fn mistakes_in_lists_brought_along() {
    let watch = |more: &str| {
        format!(
            "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n[watch.w]\nfind = [\"@listed\"]\n[group.listed]\n{more}\n"
        )
    };
    let csv = watch("csv = \"list.csv\"");
    let ftm = watch("ftm = \"list.jsonl\"");
    assert_sheet!(sheet(&[
        ("a file that is not there", told("csv-missing", &csv)),
        (
            "no column of names",
            told_with("csv-heads", &csv, ("list.csv", b"Title,Country\nBank,ML\n"))
        ),
        (
            "a line without a name",
            told_with("csv-name", &csv, ("list.csv", b"name,aliases\nBank,\n,BHM\n"))
        ),
        (
            "bytes of no letters",
            told_with("csv-latin", &csv, ("list.csv", b"Title\nS\xE9gou Bank\n"))
        ),
        (
            "a name of signs",
            told_with("csv-signs", &csv, ("list.csv", b"name,aliases\nBank,--\n"))
        ),
        (
            "no entity",
            told_with(
                "ftm-broken",
                &ftm,
                (
                    "list.jsonl",
                    b"{\"id\": \"a\", \"properties\": {\"name\": \"Bank\"}}\n[1]\n"
                )
            )
        ),
    ]));
}
