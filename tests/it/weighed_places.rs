//! `place:` and `near:` as keys of `weights`: from a file to verdicts and their sentences.

use crate::whereabouts::{configured, holds, text, watching};

#[test]
fn places_weigh_like_terms() {
    holds(
        &watching("weights = { \"place:Mali\" = 3, \"attack\" = 2, \"near:Accra/30\" = -4 }\nat_least = 5"),
        &[
            (
                "a town in the country and the word",
                "An attack in Kidal.",
                true,
                "“Kidal” (in Mali) (3) and “attack” (2) make 5, and 5 is enough",
            ),
            (
                "without the word, places are not looked for",
                "Rain in Kidal and in Gao.",
                false,
                "“attack” does not appear in the title or the text",
            ),
            (
                "the word alone",
                "An attack in Niamey.",
                false,
                "“attack” (2) makes 2, and 5 is asked for",
            ),
            (
                "a place that speaks against",
                "Talks in Accra on the attack in Kidal.",
                false,
                "and “Accra” (−4) make 1, and 5 is asked for",
            ),
        ],
    );
    holds(
        &watching("weights = { \"place:Mali\" = 3, \"place:Ghana\" = 2 }\nat_least = 5"),
        &[
            (
                "two places there count once",
                "Rain in Kidal and in Gao.",
                false,
                "“Kidal” (in Mali) (3) makes 3, and 5 is asked for",
            ),
            (
                "two that are asked for",
                "Rain in Kidal and in Accra.",
                true,
                "“Kidal” (in Mali) (3) and “Accra” (in Ghana) (2) make 5, and 5 is enough",
            ),
        ],
    );
    holds(
        &watching("weights = { 'place:Burkina Faso' = 4, 'near:\"Newport, Wales\"/20' = 4 }\nat_least = 4"),
        &[
            (
                "several words without quotes of their own",
                "Rain in Djibo.",
                true,
                "“Djibo” (in Burkina Faso) (4) makes 4, and 4 is enough",
            ),
            (
                "within the distance",
                "Rain in Cardiff.",
                true,
                "km from Newport) (4) makes 4, and 4 is enough",
            ),
            ("elsewhere", "Rain in Accra.", false, ""),
        ],
    );
}

#[test]
fn what_the_watch_says_of_places_holds_for_weights() {
    holds(
        &watching("weights = { \"place:Mali\" = 4 }\nat_least = 4\ndemonyms = false"),
        &[
            ("its people do not count", "Malian soldiers.", false, ""),
            ("the country does", "Soldiers in Mali.", true, ""),
        ],
    );
    let own = configured(&[(
        "watchlist.toml",
        "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n\
         [place.depot]\nnames = [\"Dépôt 7\"]\nat = [13.5, -6.3]\n\
         [watch.w]\nweights = { \"near:@depot/20\" = 2, \"fire*\" = 1 }\nat_least = 3\n",
    )]);
    holds(
        &own,
        &[
            ("a town beside a place of one's own", "A fire in Ségou.", true, ""),
            ("far from it", "A fire in Gao.", false, ""),
        ],
    );
}

/// Where words are needed to make the sum, an entry without them costs no look for places.
#[test]
fn places_are_looked_for_where_their_weight_may_count() {
    for (what, keys, written, looked) in [
        (
            "the word is there",
            "weights = { \"place:Mali\" = 3, attack = 2 }\nat_least = 5",
            "An attack.",
            true,
        ),
        (
            "it is not",
            "weights = { \"place:Mali\" = 3, attack = 2 }\nat_least = 5",
            "Rain in Kidal.",
            false,
        ),
        (
            "the place alone is enough",
            "weights = { \"place:Mali\" = 5, attack = 2 }\nat_least = 5",
            "Rain in Kidal.",
            true,
        ),
    ] {
        let configuration = watching(keys);
        let examined = configuration.watchlist.examine(text(written));
        assert_eq!(examined.places.is_some(), looked, "{what}: {keys}");
    }
}
