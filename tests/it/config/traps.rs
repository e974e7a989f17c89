//! Watches that are sound and yet never fire, or do not do what they seem to: each is told, and nothing else.

use super::told;

/// A feed in a known language, one in none, and a watch.
fn files(watch: &str) -> String {
    format!(
        "[feeds.desk]\nurls = [\"https://example.org/feed\"]\nlanguage = \"en\"\n\
         [watch.bamako]\n{watch}\n"
    )
}

#[test]
fn what_can_never_alert_is_told() {
    for (watch, expected) in [
        (
            "find = [\"Bamako\"]\nbut_not = [\"Bamako\"]",
            "stands in both `find` and `but_not`: it can never alert",
        ),
        (
            "find = [\"Boko Haram\"]\nbut_not = [\"haram\"]",
            "`haram` of `but_not` stands in `Boko Haram` of `find`: it can never alert",
        ),
        (
            "find = [\"Boko Haram\", \"ISWAP\"]\nbut_not = [\"haram\"]",
            "by that term it can never alert",
        ),
        (
            "find = [\"attack\"]\nbut_not = [\"att*\"]",
            "`att*` of `but_not` stands in `attack`",
        ),
        (
            "find = [\"attack*\"]\nbut_not = [\"att*\"]",
            "`att*` of `but_not` stands in `attack*`",
        ),
        (
            "find = [\"Mali\"]\ntogether_with = [\"armed attack\"]\nbut_not = [\"attack\"]",
            "`attack` of `but_not` stands in `armed attack` of `together_with`",
        ),
        (
            "find = [\"L’attaque de Ségou\"]\nbut_not = [\"Segou\"]",
            "`Segou` of `but_not` stands in",
        ),
        (
            "find = [\"attack*\"]\nwhere = { inside = [\"Mali\"], not_inside = [\"Mali\"] }",
            "all of Mali lies in Mali, which `not_inside` leaves out: it can never alert",
        ),
        (
            "find = [\"attack*\"]\nwhere = { inside = [\"Mali\"], not_inside = [\"West Africa\"] }",
            "all of Mali lies in West Africa",
        ),
        (
            "find = [\"attack*\"]\nwhere = { inside = [\"Gao Region, Mali\", \"Niger\"], not_inside = [\"Mali\"] }",
            "which `not_inside` leaves out: it says nothing",
        ),
        (
            "find = [\"attack*\"]\nwhere = { inside = [\"Ukraine\"], within_km = 60, of = [\"Bamako\"] }",
            "no town within 60 km of Bamako lies in Ukraine: it can never alert",
        ),
        (
            "find = [\"attack*\"]\nmin_confidence = 0.99\nwhere = { inside = [\"Mali\"] }",
            "no name in a text is surer than",
        ),
    ] {
        let told = told("traps-never", &files(watch));
        assert!(told.contains(expected), "{watch}\n{told}");
        assert!(told.contains("warning:") && !told.contains("error:"), "{watch}\n{told}");
    }
}

#[test]
fn what_does_not_do_what_it_seems_to_is_told() {
    for (watch, expected) in [
        (
            "find = [\"Mali AND attack\"]",
            "write query = 'Mali AND attack' in place of the lists",
        ),
        ("find = [\"title:Mali\"]", "write look_in = \"title\" into the watch"),
        (
            "find = [\"attack\"]\nwhere = { inside = [\"Mali\"] }\nbut_not = [\"football OR cricket\"]",
            "`OR` says nothing in a list",
        ),
        (
            "find = [\"@places\"]\n[words.places]\nlist = [\"Kayes; Gao\"]",
            "write each as a text of its own: [\"Kayes\", \"Gao\"]",
        ),
        (
            "find = [\"~attaquer\"]\n[feeds.other]\nurls = [\"https://example.net/feed\"]",
            "`~attaquer` without a language",
        ),
        (
            "find = [\"~attaquer\"]\nlanguages = [\"ha\"]",
            "in Hausa `~attaquer` is found as it is written only",
        ),
        (
            "find = [\"@fama\"]\n[group.fama]\nonly = true\nexact_case = [\"fama\"]",
            "`fama` in `exact_case` has no capital",
        ),
        (
            "find = [\"attack\"]\nwhere = { inside = [\"Mali\"] }\n[feeds.xx]\nurls = [\"https://example.net/feed\"]\ncountry = \"XX\"",
            "no country has the code `XX`",
        ),
    ] {
        let told = told("traps-seems", &files(watch));
        assert!(told.contains(expected), "{watch}\n{told}");
        assert!(told.contains("warning:") && !told.contains("error:"), "{watch}\n{told}");
    }
}

#[test]
fn sound_watches_are_not_warned_of() {
    for watch in [
        "find = [\"Boko Haram\"]\nbut_not = [\"Harambee\", \"football\"]",
        "find = [\"Kidal\"]\nbut_not = [\"Kidal express\", \"Kidals*\"]",
        "find = [\"FAMa\"]\nwhere = { inside = [\"Mali\"], not_inside = [\"Bamako\"] }",
        "find = [\"attack*\"]\nwhere = { inside = [\"Africa\"], not_inside = [\"Mali\"] }",
        "find = [\"attack*\"]\nwhere = { inside = [\"Niger\"], within_km = 300, of = [\"Gao, Mali\"] }",
        "find = [\"attack*\"]\nmin_confidence = 0.9\nwhere = { inside = [\"Mali\"] }",
        "find = [\"~attaquer\"]",
        "find = [\"~attaquer\"]\nlanguages = [\"fr\"]",
        "find = [\"Trinidad and Tobago\", \"Newport, Wales\"]",
        "find = [\"attack*\"]\nwhere = { inside = [\"Mali\"] }\n[feeds.london]\nurls = [\"https://example.net/feed\"]\ncountry = \"UK\"",
        "find = [\"attack*\"]\nwhere = { inside = [\"Mali\"] }\n[feeds.athens]\nurls = [\"https://example.net/feed\"]\ncountry = \"el\"",
    ] {
        assert_eq!(told("traps-sound", &files(watch)), "", "{watch}");
    }
}

#[test]
fn unknown_places_are_told_with_those_spelt_alike() {
    for (place, expected) in [
        ("Qamishlee", "did you mean \"Al Qāmishlī\"?"),
        ("Timbukto", "Timbuktu"),
        ("Mogadishou", "Mogadishu"),
        ("Ouagadugu", "Ouagadougou"),
        ("Port au Prins", "Port-au-Prince"),
    ] {
        let told = told(
            "traps-places",
            &files(&format!(
                "find = [\"attack*\"]\nwhere = {{ within_km = 60, of = [\"{place}\"] }}"
            )),
        );
        assert!(
            told.contains(&format!("no place is called `{place}`")) && told.contains(expected),
            "{told}"
        );
    }
}

/// What an example of a table says counts, and what it leaves out is as its feed's table says.
#[test]
fn examples_can_say_from_where_they_come() {
    const FEEDS: &str = "[feeds.mali]\nurls = [\"https://example.org/feed\"]\ncountry = \"ML\"\nlanguage = \"fr\"\n\
                         [feeds.world]\nurls = [\"https://example.net/feed\"]\n";
    let told = |watch: &str| super::told("traps-examples", &format!("{FEEDS}[watch.nara]\n{watch}\n"));
    for held in [
        "find = [\"attaque\"]\nwhere = { inside = [\"Mali\"] }\nshould_alert = [{ text = \"Attaque à Nara : 12 morts\", feed = \"mali\" }]",
        "find = [\"attaque\"]\nwhere = { inside = [\"Mali\"] }\nshould_alert = [{ text = \"Attaque à Nara : 12 morts\", country = \"ML\", language = \"fr\" }]",
        "find = [\"attaque\"]\nwhere = { inside = [\"Mali\"] }\nshould_alert = { title = \"Attaque à Nara\", text = \"Douze morts.\", country = \"Mali\", language = \"French\" }",
        "find = [\"Nara\"]\nfeeds = [\"mali\"]\nshould_alert = [\"Nara\", { text = \"Nara\", feed = \"mali\" }]\nshould_stay_quiet = [{ text = \"Nara\", feed = \"world\" }]",
        "find = [\"Nara\"]\nlanguages = [\"fr\"]\nshould_alert = [{ text = \"Nara\", language = \"fr\" }]\nshould_stay_quiet = [{ text = \"Nara\", language = \"en\" }]",
        "find = [\"Nara\"]\nlook_in = \"title\"\nshould_alert = [{ title = \"Nara\", text = \"x\" }]\nshould_stay_quiet = [{ title = \"x\", text = \"Nara\" }]",
        "find = [\"Nara\"]\n[[watch.nara.should_alert]]\ntext = \"Nara\"\nfeed = \"mali\"",
    ] {
        assert_eq!(told(held), "", "{held}");
    }
    for (wrong, expected) in [
        (
            "find = [\"Nara\"]\nfeeds = [\"mali\"]\nshould_alert = [{ text = \"Nara\", feed = \"world\" }]",
            "this example should alert, and does not",
        ),
        (
            "find = [\"Nara\"]\nshould_stay_quiet = [{ text = \"Nara\" }]",
            "this example should stay quiet, and alerts",
        ),
        (
            "find = [\"Nara\"]\nshould_alert = [{ feed = \"mali\" }]",
            "this example has no `text`",
        ),
        (
            "find = [\"Nara\"]\nshould_alert = [{ text = \"Nara\", feed = \"mal\" }]",
            "did you mean `mali`?",
        ),
        (
            "find = [\"Nara\"]\nshould_alert = [{ text = \"Nara\", fed = \"mali\" }]",
            "did you mean `feed`?",
        ),
        (
            "find = [\"Nara\"]\nshould_alert = [{ text = \"Nara\", country = \"XX\" }]",
            "`XX` is no country",
        ),
        (
            "find = [\"Nara\"]\nshould_alert = [{ text = \"Nara\", language = \"klingon\" }]",
            "`klingon` is no language that is known",
        ),
        (
            "find = [\"Nara\"]\nshould_alert = [3]",
            "`should_alert` holds texts in quotes, and this is a number",
        ),
        (
            "find = [{ text = \"Nara\" }]",
            "`find` holds texts in quotes, and this is a table",
        ),
    ] {
        let told = told(wrong);
        assert!(told.contains(expected) && told.contains("error:"), "{wrong}\n{told}");
    }
}
