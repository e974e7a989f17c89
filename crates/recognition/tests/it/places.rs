//! Places and groups in headlines and running text of ten languages: what they give and what they must not give.
//!
//! `cargo test -p wirewatch-recognition places:: -- --nocapture` prints the tables and the misses.

use std::collections::{BTreeMap, BTreeSet};

use wirewatch_recognition::{Document, PlaceContext, named_groups, places};

const HEADLINES: &str = include_str!("fixtures/headlines.txt");
const NOT_PLACES: &str = include_str!("fixtures/not-places.txt");
const RUNNING_TEXT: &str = include_str!("fixtures/running-text.txt");

/// What a watch counts.
const COUNTS: f32 = 0.5;
/// Names found, by language, of a hundred. A general mend raises these; nothing lowers them.
const RECALL: &[(&str, usize)] = &[
    ("ar", 94),
    ("bm", 86),
    ("es", 97),
    ("fr", 96),
    ("ha", 100),
    ("pl", 87),
    ("ru", 100),
];

fn document<'a>(title: &'a str, text: &'a str) -> Document<'a> {
    Document {
        title,
        text,
        ..Document::default()
    }
}

fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('|').map(str::trim).collect())
}

fn set(column: &str) -> BTreeSet<String> {
    column.split_whitespace().map(str::to_owned).collect()
}

/// Whether a headline gives what its row says, and a line for people.
fn judged(row: &[&str], context: PlaceContext<'_>) -> (bool, String) {
    let [kind, language, title, wanted, unwanted, groups, no_groups] = *row else {
        panic!("seven columns: {row:?}");
    };
    let found: BTreeSet<String> = places(document(title, ""), context)
        .iter()
        .filter(|mention| mention.confidence >= COUNTS)
        .filter_map(|mention| mention.place.country.map(str::to_owned))
        .collect();
    let named: BTreeSet<String> = named_groups(document(title, ""))
        .iter()
        .filter_map(|mention| mention.entity.as_ref())
        .filter_map(|entity| entity.id.strip_prefix("group:").map(str::to_owned))
        .collect();
    let right = set(wanted).is_subset(&found)
        && set(unwanted).is_disjoint(&found)
        && set(groups).is_subset(&named)
        && set(no_groups).is_disjoint(&named);
    (right, format!("{kind}, {language}: {title}: {found:?} {named:?}"))
}

#[test]
fn headlines_give_their_countries_and_groups_and_no_others() {
    let (mut plain, mut nasty) = ((0, 0), (0, 0));
    let mut languages = BTreeSet::new();
    let mut wrong = Vec::new();
    for row in lines(HEADLINES) {
        languages.insert(row[1]);
        let (right, line) = judged(&row, PlaceContext::default());
        let tally = if row[0] == "plain" { &mut plain } else { &mut nasty };
        tally.0 += usize::from(right);
        tally.1 += 1;
        if !right {
            wrong.push(line);
        }
    }
    println!(
        "headlines: plain {} of {}, nasty {} of {}",
        plain.0, plain.1, nasty.0, nasty.1
    );
    wrong.iter().for_each(|line| println!("  {line}"));
    assert!(
        plain.1 + nasty.1 >= 120 && languages.len() >= 10,
        "the table is that large"
    );
    assert_eq!(plain.0, plain.1, "plain headlines: {wrong:#?}");
    assert!(nasty.0 * 10 >= nasty.1 * 9, "nasty headlines: {wrong:#?}");
}

/// Headlines of [`NOT_PLACES`] that are right: where the feed says its language, and where it does not.
const LEAST_RIGHT: [usize; 2] = [79, 74];

#[test]
fn names_that_are_no_place_here_give_none() {
    for (said, least) in [true, false].into_iter().zip(LEAST_RIGHT) {
        let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut wrong = Vec::new();
        for row in lines(NOT_PLACES) {
            let context = PlaceContext {
                language: said.then_some(row[1]),
                ..PlaceContext::default()
            };
            let (right, line) = judged(&row, context);
            let (rights, all) = kinds.entry(row[0]).or_default();
            *rights += usize::from(right);
            *all += 1;
            if !right {
                wrong.push(line);
            }
        }
        let sum = |pick: fn(&(usize, usize)) -> usize| kinds.values().map(pick).sum::<usize>();
        let (right, all) = (sum(|kind| kind.0), sum(|kind| kind.1));
        println!("not places, language said: {said}: {right} of {all}; {kinds:?}");
        wrong.iter().for_each(|line| println!("  {line}"));
        assert_eq!(all, 80, "headlines of the table");
        assert!(right >= least, "language said: {said}: {wrong:#?}");
    }
}

/// A sentence without the brackets of its names, and where those stand, with their countries.
fn unmarked(marked: &str) -> (String, Vec<(std::ops::Range<usize>, &str)>) {
    let (mut text, mut names) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        let (name, after) = after.split_once(']').unwrap();
        let (name, country) = name.split_once('=').unwrap();
        text.push_str(before);
        names.push((text.len()..text.len() + name.len(), country));
        text.push_str(name);
        rest = after;
    }
    text.push_str(rest);
    (text, names)
}

#[test]
fn names_in_running_text_are_found_in_seven_languages() {
    let mut tallies: BTreeMap<&str, (usize, usize, Vec<String>)> = BTreeMap::new();
    for row in lines(RUNNING_TEXT) {
        let [language, sentence] = row[..] else {
            panic!("two columns: {row:?}");
        };
        let (text, names) = unmarked(sentence);
        let found = places(document("", &text), PlaceContext::default());
        let (right, all, missed) = tallies.entry(language).or_default();
        for (span, country) in names {
            let met = found.iter().any(|mention| {
                mention.span.start < span.end
                    && span.start < mention.span.end
                    && mention.confidence >= COUNTS
                    && mention.place.country == Some(country)
            });
            *right += usize::from(met);
            *all += 1;
            if !met {
                missed.push(text[span].to_owned());
            }
        }
    }
    for (language, (right, all, missed)) in &tallies {
        println!("running text, {language}: {right} of {all}; missed {missed:?}");
    }
    for (language, least) in RECALL {
        let (right, all, missed) = &tallies[language];
        assert!(
            right * 100 >= least * all,
            "{language}: {right} of {all}, missed {missed:?}"
        );
    }
}

/// Such a headline is too short to tell its language, and elsewhere the name is an everyday word (Ukrainian *мали*).
#[test]
fn a_country_in_other_letters_counts_in_a_short_headline() {
    for (title, country) in [
        ("Власти Мали обвинили соседей", "ML"),
        ("Армия Мали наступает.", "ML"),
        ("Армии Нигера и Мали", "ML"),
        ("Власти Чада", "TD"),
        ("В Бамако, Мали", "ML"),
        ("هجوم في مالي", "ML"),
    ] {
        let document = Document {
            title,
            ..Document::default()
        };
        let found = places(document, PlaceContext::default());
        let sure =
            |one: &wirewatch_recognition::PlaceMention| one.place.country == Some(country) && one.confidence >= 0.5;
        assert!(found.iter().any(sure), "{title}: {found:?}");
    }
}

/// A name takes a kilobyte while its sense is decided, for as few as four bytes of the text.
#[test]
fn a_text_of_nothing_but_names_is_read_up_to_a_bound() {
    let found = |names: usize| {
        let text = "Gao, ".repeat(names);
        let document = Document {
            text: &text,
            ..Document::default()
        };
        places(document, PlaceContext::default()).len()
    };
    assert_eq!(found(400), 400);
    assert_eq!(found(7_000), 7_000);
    assert!((7_000..=8_001).contains(&found(40_000)), "{}", found(40_000));
}
