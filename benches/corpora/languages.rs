//! Countries and groups in headlines of 17 languages against the truth beside them: F1 for each language.
//!
//! The headlines are the project's own (`benches/data/languages`).

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use wirewatch_recognition::{Document, Mention, PlaceContext, groups_and_places};

use super::tally::Tally;

const HEADLINES: &str = include_str!("../data/languages/headlines.jsonl");
const GROUPS: &str = include_str!("../data/languages/groups.json");
/// What a watch counts unless told otherwise.
const CONFIDENCE: f32 = 0.5;

#[derive(Deserialize)]
struct Headline {
    id: String,
    language: String,
    title: String,
    text: String,
    countries: BTreeSet<String>,
    groups: BTreeSet<String>,
}

#[derive(Default)]
struct Tallies {
    countries: Tally,
    groups: Tally,
}

impl Headline {
    /// Returns the countries and the keys of the groups that are found in it, its language known from the feed.
    fn found(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let document = Document {
            title: &self.title,
            text: &self.text,
            language: Some(&self.language),
            ..Document::default()
        };
        let (groups, places) = groups_and_places(document, PlaceContext::default());
        let counted = places.iter().filter(|place| place.confidence >= CONFIDENCE);
        let countries = counted.filter_map(|place| place.place.country.map(str::to_owned));
        let key = |mention: &Mention| mention.entity.as_ref()?.id.strip_prefix("group:").map(str::to_owned);
        (countries.collect(), groups.iter().filter_map(key).collect())
    }
}

/// Prints F1 by language. Returns whether the data could be read: no bound is set yet.
pub fn measure() -> bool {
    let read: Result<Vec<Headline>, _> = HEADLINES.lines().map(serde_json::from_str).collect();
    let keys: Result<BTreeMap<String, String>, _> = serde_json::from_str(GROUPS);
    let (headlines, keys) = match (read, keys) {
        (Ok(headlines), Ok(keys)) => (headlines, keys),
        (Err(error), _) | (_, Err(error)) => {
            println!("languages: the headlines cannot be read: {error}");
            return false;
        }
    };
    let known: BTreeSet<String> = keys.values().cloned().collect();
    let mut by_language: BTreeMap<&str, Tallies> = BTreeMap::new();
    let mut all = Tallies::default();
    let mut left_out = 0;
    for headline in &headlines {
        let (countries, groups) = headline.found();
        let marked: BTreeSet<String> = headline
            .groups
            .iter()
            .filter_map(|name| keys.get(name).cloned())
            .collect();
        left_out += headline.groups.len() - marked.len();
        // The data marks no groups but these, so that others are neither right nor wrong.
        let groups: BTreeSet<String> = groups.intersection(&known).cloned().collect();
        for tallies in [&mut all, by_language.entry(&headline.language).or_default()] {
            tallies.countries.add(&countries, &headline.countries);
            tallies.groups.add(&groups, &marked);
        }
        if std::env::var_os("SHOW").is_some() && (countries != headline.countries || groups != marked) {
            println!(
                "{}: {countries:?} {groups:?}, not {:?} {marked:?}: {}",
                headline.id, headline.countries, headline.title
            );
        }
    }
    println!(
        "languages: {} headlines; {left_out} groups are not in the directory",
        headlines.len()
    );
    println!("  language  countries: precision  recall    F1   groups: precision  recall    F1");
    let rows = by_language.iter().map(|(language, tallies)| (*language, tallies));
    for (language, tallies) in rows.chain([("all", &all)]) {
        let of = |tally: &Tally| [tally.precision(), tally.recall(), tally.f1()].map(|share| 100.0 * share);
        let ([p, r, f], [q, s, g]) = (of(&tallies.countries), of(&tallies.groups));
        println!("  {language:8} {p:21.1} {r:7.1} {f:5.1} {q:19.1} {s:7.1} {g:5.1}");
    }
    true
}
