//! Countries of the places in a document against those that people marked: micro precision, recall and F1, by corpus,
//! with and without knowing the country that the site mostly writes of.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use wirewatch_recognition::{Document, PlaceContext, places};

const FLOOR: f64 = 0.88;
const FLOOR_OF_FEED: f64 = 0.92;
/// What a watch counts unless told otherwise.
const CONFIDENCE: f32 = 0.5;

#[derive(Deserialize)]
struct Line {
    id: String,
    corpus: String,
    title: String,
    text: String,
    countries: BTreeSet<String>,
    url: String,
}

#[derive(Default)]
struct Tally {
    right: f64,
    wrong: f64,
    missed: f64,
}

impl Tally {
    fn precision(&self) -> f64 {
        self.right / (self.right + self.wrong)
    }

    fn recall(&self) -> f64 {
        self.right / (self.right + self.missed)
    }

    fn f1(&self) -> f64 {
        2.0 * self.right / (2.0 * self.right + self.wrong + self.missed)
    }
}

fn site(line: &Line) -> &str {
    let rest = line.url.split("://").nth(1).unwrap_or(&line.url);
    let host = rest.split('/').next().unwrap_or(rest);
    host.trim_start_matches("www.")
}

/// The country that most other documents of the site name; `None` where there are none.
fn feeds_country(lines: &[Line], own: usize) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (at, other) in lines.iter().enumerate() {
        if at != own && site(other) == site(&lines[own]) {
            for country in &other.countries {
                *counts.entry(country).or_default() += 1;
            }
        }
    }
    let most = counts
        .into_iter()
        .max_by_key(|(country, count)| (*count, std::cmp::Reverse(*country)));
    most.map(|(country, _)| country.to_owned())
}

/// Prints the table; false where a floor is not met.
pub fn measure(folder: &Path) -> bool {
    let file = folder.join("places/dev.jsonl");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("places: {} is absent, nothing measured", file.display());
        return true;
    };
    let read: Result<Vec<Line>, _> = text.lines().map(serde_json::from_str).collect();
    let lines = match read {
        Ok(lines) => lines,
        Err(error) => {
            println!("places: {} is not as expected: {error}", file.display());
            return false;
        }
    };
    let show = std::env::var_os("WIREWATCH_SHOW").is_some();
    let mut met = true;
    for (what, with_feed, floor) in [
        ("without the feed's country", false, FLOOR),
        ("with it", true, FLOOR_OF_FEED),
    ] {
        let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
        for (at, line) in lines.iter().enumerate() {
            let country = if with_feed { feeds_country(&lines, at) } else { None };
            let document = Document {
                title: &line.title,
                text: &line.text,
                ..Document::default()
            };
            let mentions = places(
                document,
                PlaceContext {
                    country: country.as_deref(),
                    language: None,
                    ..PlaceContext::default()
                },
            );
            let found: BTreeSet<String> = mentions
                .iter()
                .filter(|mention| mention.confidence >= CONFIDENCE)
                .filter_map(|mention| mention.place.country.map(str::to_owned))
                .collect();
            // Halves by site: a mend that helps one half only is a quirk of its sites.
            let half = match site(line)
                .bytes()
                .fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte))
                & 1
            {
                0 => "sites, one half",
                _ => "sites, other half",
            };
            for name in [line.corpus.as_str(), half, "all"] {
                let tally = tallies.entry(name).or_default();
                tally.right += found.intersection(&line.countries).count() as f64;
                tally.wrong += found.difference(&line.countries).count() as f64;
                tally.missed += line.countries.difference(&found).count() as f64;
            }
            if show && found != line.countries {
                let named: BTreeSet<String> = mentions
                    .iter()
                    .map(|mention| {
                        let span = &document.field(mention.field)[mention.span.clone()];
                        format!(
                            "{span}={}:{}:{:.2}",
                            mention.place.country.unwrap_or("-"),
                            mention.place.name,
                            mention.confidence
                        )
                    })
                    .collect();
                println!(
                    "{} {what}: expected {:?} found {found:?}\n    {named:?}",
                    line.id, line.countries
                );
            }
        }
        println!("places, {what:28} precision  recall      F1");
        for (name, tally) in &tallies {
            println!(
                "  {name:33} {:8.3} {:8.3} {:8.3}",
                tally.precision(),
                tally.recall(),
                tally.f1()
            );
        }
        met &= tallies["all"].f1() >= floor;
    }
    let bytes: usize = lines.iter().map(|line| line.title.len() + line.text.len()).sum();
    let begun = Instant::now();
    let mut mentions = 0;
    for line in &lines {
        let document = Document {
            title: &line.title,
            text: &line.text,
            ..Document::default()
        };
        mentions += places(document, PlaceContext::default()).len();
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "  {:.1} MB/s, {:.0} documents a second, {mentions} mentions",
        bytes as f64 / 1e6 / seconds,
        lines.len() as f64 / seconds
    );
    met
}
