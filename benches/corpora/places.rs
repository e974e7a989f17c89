//! Countries of the places in a document against those that people marked: micro precision, recall and F1, by corpus,
//! with and without knowing the country that the site mostly writes of.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use wirewatch_recognition::{
    Document, Field, PlaceContext, PlaceKind, PlaceMention, SenseWeights, Why, places, places_weighed,
};

use super::tally::Tally;

const FLOOR: f64 = 0.915;
const FLOOR_OF_FEED: f64 = 0.937;
/// What a watch counts unless told otherwise.
const CONFIDENCE: f32 = 0.5;

/// An article with the countries that people marked.
#[derive(Deserialize)]
pub struct Line {
    id: String,
    corpus: String,
    title: String,
    text: String,
    countries: BTreeSet<String>,
    url: String,
}

impl Line {
    /// The countries that the article is found to name.
    fn found(&self, country: Option<&str>, weights: &SenseWeights) -> (BTreeSet<String>, Vec<PlaceMention>) {
        let document = Document {
            title: &self.title,
            text: &self.text,
            ..Document::default()
        };
        let context = PlaceContext {
            country,
            ..PlaceContext::default()
        };
        let mentions = places_weighed(document, context, weights);
        let counted = mentions.iter().filter(|mention| mention.confidence >= CONFIDENCE);
        let found = counted
            .filter_map(|mention| mention.place.country.map(str::to_owned))
            .collect();
        (found, mentions)
    }

    /// Which half of the sites it is of: a mend that helps one half only is a quirk of its sites.
    pub fn half(&self) -> usize {
        let sum = site(self)
            .bytes()
            .fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
        usize::from(sum & 1)
    }

    /// Counts the article's countries under these weights.
    pub fn count(&self, country: Option<&str>, weights: &SenseWeights, tally: &mut Tally) {
        tally.add(&self.found(country, weights).0, &self.countries);
    }
}

/// An article, with the country of its feed where it is known.
pub type WithCountry = (Line, Option<String>);

/// The articles for development and the country of each one's feed; `None` where there are none, which was said.
pub fn articles(folder: &Path) -> Option<Result<Vec<WithCountry>, serde_json::Error>> {
    let file = folder.join("places/dev.jsonl");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("places: {} is absent, nothing measured", file.display());
        return None;
    };
    let read: Result<Vec<Line>, _> = text.lines().map(serde_json::from_str).collect();
    Some(read.map(|lines| {
        let countries: Vec<_> = (0..lines.len()).map(|at| feeds_country(&lines, at)).collect();
        lines.into_iter().zip(countries).collect()
    }))
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

/// By which names a country was found that people did not mark.
fn kind_of_false(country: &str, mentions: &[PlaceMention]) -> &'static str {
    let counted = || {
        let of_it = mentions.iter().filter(|mention| mention.place.country == Some(country));
        of_it.filter(|mention| mention.confidence >= CONFIDENCE)
    };
    match () {
        () if counted().all(|mention| mention.because.contains(&Why::Demonym)) => "false: by its people's name alone",
        () if counted().any(|mention| mention.place.kind == PlaceKind::Country) => "false: by its own name",
        () if counted().any(|mention| mention.place.kind >= PlaceKind::City) => "false: by a town",
        () => "false: by a division or region",
    }
}

/// Why a country that people marked was not found.
fn kind_of_miss(country: &str, mentions: &[PlaceMention]) -> &'static str {
    match mentions.iter().any(|mention| mention.place.country == Some(country)) {
        true => "missed: a name of it is not sure enough",
        false => "missed: no name in it was found, or another place taken",
    }
}

/// Prints the table; false where a floor is not met.
pub fn measure(folder: &Path) -> bool {
    let lines = match articles(folder) {
        None => return true,
        Some(Ok(lines)) => lines,
        Some(Err(error)) => {
            println!("places: the articles are not as expected: {error}");
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
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for (line, of_feed) in &lines {
            let country = of_feed.as_deref().filter(|_| with_feed);
            let (found, mentions) = line.found(country, &SenseWeights::DEFAULT);
            for country in found.difference(&line.countries) {
                *kinds.entry(kind_of_false(country, &mentions)).or_default() += 1;
            }
            for country in line.countries.difference(&found) {
                *kinds.entry(kind_of_miss(country, &mentions)).or_default() += 1;
            }
            let half = ["sites, one half", "sites, other half"][line.half()];
            for name in [line.corpus.as_str(), half, "all"] {
                tallies.entry(name).or_default().add(&found, &line.countries);
            }
            if show && found != line.countries {
                let named: BTreeSet<String> = mentions
                    .iter()
                    .map(|mention| {
                        let field = if mention.field == Field::Title {
                            &line.title
                        } else {
                            &line.text
                        };
                        let span = &field[mention.span.clone()];
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
        for (kind, count) in &kinds {
            println!("  {count:4} {kind}");
        }
        met &= tallies["all"].f1() >= floor;
    }
    let bytes: usize = lines.iter().map(|(line, _)| line.title.len() + line.text.len()).sum();
    let begun = Instant::now();
    let mut mentions = 0;
    for (line, _) in &lines {
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
