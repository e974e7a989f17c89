//! The keys of groups, places and lists of words, and of `where`.

use super::shape::Shape;
use super::table::{Table, key};

pub(crate) const GROUP: Table = Table {
    name: "group",
    named: true,
    about: "A group with all its names; watches use it as @NAME. Hundreds are built in (`wirewatch groups`): @jnim needs no table, and [group.jnim] adds names to it.",
    keys: &[
        key(
            "names",
            Shape::Texts,
            "Every name it goes by; the first is the one shown.",
        ),
        key(
            "exact_case",
            Shape::Texts,
            "Names that count only with these capitals: \"FAMa\".",
        ),
        key(
            "csv",
            Shape::Texts,
            "A table of many names, as a file in the configuration folder: a column `name`, and if you like `aliases`, `id`, `country`.",
        ),
        key(
            "ftm",
            Shape::Texts,
            "A list of FollowTheMoney entities, one JSON object a line, as a file in the configuration folder.",
        ),
        key(
            "only",
            Shape::Flag,
            "true: these names instead of those of the built-in group of this name, not beside them.",
        ),
    ],
};

pub(crate) const PLACE: Table = Table {
    name: "place",
    named: true,
    about: "A place with all its names; watches use it as @NAME.",
    keys: &[
        key(
            "names",
            Shape::Texts,
            "Every name it goes by; the first is the one shown.",
        ),
        key(
            "exact_case",
            Shape::Texts,
            "Names that count only with these capitals: \"Kati\".",
        ),
        key(
            "country",
            Shape::Country,
            "The country it lies in, as two letters: \"ML\".",
        ),
        key(
            "means",
            Shape::Text,
            "The place of the gazetteer that it is: \"Newport, Wales\", or an id that `wirewatch places` shows. Then all its names count, where the text means it.",
        ),
        key(
            "not_means",
            Shape::Texts,
            "Places of the gazetteer that its names never mean: \"Newport, Rhode Island\".",
        ),
        key(
            "near",
            Shape::Text,
            "The town that it lies in or beside, for a quarter or a site that no gazetteer has.",
        ),
        key(
            "at",
            Shape::Point,
            "Latitude and longitude in degrees: [12.599, -7.943].",
        ),
    ],
};

pub(crate) const WORDS: Table = Table {
    name: "words",
    named: true,
    about: "A list of words; watches and other lists use it as @NAME.",
    keys: &[key(
        "list",
        Shape::Texts,
        "Words, phrases, beginnings (attack*), /patterns/ and @lists.",
    )],
};

/// Inside of a watch: `where = { … }`.
pub(crate) const WHERE: Table = Table {
    name: "where",
    named: false,
    about: "Where an entry must take place.",
    keys: &[
        key(
            "inside",
            Shape::Texts,
            "Countries, parts of them, regions, continents: any of these.",
        ),
        key("not_inside", Shape::Texts, "Not in any of these."),
        key("of", Shape::Texts, "Towns that the distance is measured from."),
        key("within_km", Shape::Kilometres, "How far from the nearest of them."),
        key("urgent", Shape::Kilometres, "Urgent within this distance."),
        key("normal", Shape::Kilometres, "Of level normal within this distance."),
        key("low", Shape::Kilometres, "Of level low within this distance."),
    ],
};

/// Inside of a watch: `should_alert = [{ … }]`.
pub(crate) const EXAMPLE: Table = Table {
    name: "example",
    named: false,
    about: "An entry that an example stands for.",
    keys: &[
        key("title", Shape::Text, "Its title; the first line of `text` if left out."),
        key("text", Shape::Text, "What it says."),
        key(
            "feed",
            Shape::Text,
            "The [feeds.NAME] that it comes from; its country and language count where the example names none.",
        ),
        key("language", Shape::Language, "Its language: \"fr\"."),
        key(
            "country",
            Shape::Country,
            "The country that its feed reports from: \"ML\".",
        ),
    ],
};
