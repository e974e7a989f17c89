//! Where the towns of a headline are: `cargo bench --bench corpora -- towns`. Needs no corpora, only the gazetteer.
//!
//! Each town of 15,000 people and more is put into sentences of six languages: under its main name where they are in Latin
//! letters, in Arabic and Russian under the first name of that script that the gazetteer has. Of the mentions that overlap
//! the name, the one of the highest confidence counts, from 0.5 on: *right* if it lies in the town's country, *wrong* if in
//! another; without one the town is missed. *Stray* are headlines in which any other mention of 0.5 or more lies in a third
//! country: words taken for places. All towns count, also those whose name a larger town elsewhere bears (Hyderabad in
//! Pakistan): a reader of the headline alone could not know better, so that their share is printed beside.
//!
//! For cities exactly the right place counts, not a province of its name. Of cities of one name only the largest is asked
//! for.

use std::collections::{BTreeMap, HashMap, HashSet};

use wirewatch_recognition::{
    Document, Field, Gazetteer, NameKind, Place, PlaceContext, PlaceKind, PlaceMention, SenseWeights, place_key,
    places_weighed,
};

use crate::templates::{AT_PEACE, AT_WAR, Script, TEMPLATES, Templates};

/// Inhabitants of the towns asked for.
const TOWN: u32 = 15_000;
/// What a watch counts unless told otherwise.
const CONFIDENCE: f32 = 0.5;

/// A town and how it is written in each script.
pub struct Town {
    pub place: Place,
    names: [Option<String>; 3],
    /// Whether a larger town of another country bears its main name.
    pub overshadowed: bool,
}

/// What a headline says of the country besides the town's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Nothing,
    InSentence,
    Elsewhere,
    ByFeed,
}

pub const TOLD: [(Told, &str); 4] = [
    (Told::Nothing, "alone"),
    (Told::InSentence, "country named in the sentence"),
    (Told::Elsewhere, "country named elsewhere in the entry"),
    (Told::ByFeed, "country of the feed"),
];

#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub right: usize,
    pub wrong: usize,
    pub stray: usize,
    pub all: usize,
}

impl Tally {
    pub fn add(&mut self, outcome: Outcome, stray: bool) {
        self.stray += usize::from(stray);
        self.right += usize::from(outcome == Outcome::Right);
        self.wrong += usize::from(outcome == Outcome::Wrong);
        self.all += 1;
    }

    pub fn right(&self) -> f64 {
        100.0 * self.right as f64 / self.all.max(1) as f64
    }

    pub fn wrong(&self) -> f64 {
        100.0 * self.wrong as f64 / self.all.max(1) as f64
    }

    fn print(&self, words: &str) {
        let stray = 100.0 * self.stray as f64 / self.all.max(1) as f64;
        println!(
            "  {words:50} {:7.2} {:7.2} {stray:7.2} {:7}",
            self.right(),
            self.wrong(),
            self.all
        );
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Right,
    Wrong,
    Missed,
}

fn script_of(key: &str) -> Option<Script> {
    let mut letters = key.chars().filter(|c| c.is_alphabetic());
    let first = letters.next()?;
    let script = match first {
        '\u{400}'..='\u{4FF}' => Script::Cyrillic,
        '\u{600}'..='\u{6FF}' => Script::Arabic,
        _ => return None,
    };
    let same = |c: char| match script {
        // Without letters of Ukrainian, Kazakh or Serbian: the sentences are Russian.
        Script::Cyrillic => matches!(c, '\u{430}'..='\u{44F}'),
        // Without those of Persian, Urdu or Pashto.
        _ => matches!(c, '\u{621}'..='\u{64A}'),
    };
    (same(first) && letters.all(same)).then_some(script)
}

/// As a name begins in running text: each word with a capital.
fn capitalised(key: &str) -> String {
    let words = key.split(' ').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    });
    words.collect::<Vec<String>>().join(" ")
}

/// Every town of so many people in the countries, by country.
pub fn towns(countries: &[&str]) -> Vec<Town> {
    let gazetteer = Gazetteer::built_in();
    let is_town =
        |place: &Place| matches!(place.kind, PlaceKind::City | PlaceKind::Capital) && place.population >= TOWN;
    let all = (0..gazetteer.len() as u32).filter_map(|number| gazetteer.numbered(number));
    let chosen =
        all.filter(|place| is_town(place) && place.country.is_some_and(|country| countries.contains(&country)));
    let mut towns: Vec<Town> = Vec::new();
    let mut known = HashSet::new();
    for place in chosen {
        let key = place_key(place.name);
        if !known.insert((key.clone(), place.country)) {
            continue;
        }
        let larger =
            |other: &Place| other.country != place.country && other.population > place.population && is_town(other);
        let namesakes = gazetteer.by_key(&key).filter(|sense| sense.name_kind == NameKind::Main);
        let overshadowed = namesakes
            .filter_map(|sense| gazetteer.numbered(sense.place))
            .any(|other| larger(&other));
        towns.push(Town {
            place,
            names: [Some(place.name.to_owned()), None, None],
            overshadowed,
        });
    }
    let numbers: HashMap<u32, usize> = towns
        .iter()
        .enumerate()
        .map(|(at, town)| (town.place.number, at))
        .collect();
    let mut keys = gazetteer.keys();
    while keys.advance() {
        let Some(script) = script_of(keys.key()) else { continue };
        for sense in keys.senses() {
            if let Some(at) = numbers.get(&sense.place)
                && matches!(sense.name_kind, NameKind::Main | NameKind::Alternate)
            {
                towns[*at].names[script as usize].get_or_insert_with(|| capitalised(keys.key()));
            }
        }
    }
    towns.sort_by_key(|town| {
        (
            town.place.country,
            std::cmp::Reverse(town.place.population),
            town.place.number,
        )
    });
    towns
}

/// A sentence about a town, and where its name stands in the title.
pub struct Trial {
    pub title: String,
    pub text: String,
    span: std::ops::Range<usize>,
    pub country: Option<&'static str>,
}

/// The sentences of one language about a town; none where it has no name in the script. `country`: its name there.
pub fn trials(templates: &Templates, town: &Town, told: Told, country: Option<&str>) -> Vec<Trial> {
    let Some(name) = &town.names[templates.script as usize] else {
        return Vec::new();
    };
    let sentences = if told == Told::InSentence {
        templates.named
    } else {
        templates.alone
    };
    let fill = |text: &str| text.replace("{C}", country.unwrap_or_default());
    let with_name = |sentence: &&str| {
        let (before, after) = sentence.split_once("{X}")?;
        let before = fill(before);
        let span = before.len()..before.len() + name.len();
        Some(Trial {
            title: before + name + &fill(after),
            text: if told == Told::Elsewhere {
                fill(templates.text)
            } else {
                String::new()
            },
            span,
            country: if told == Told::ByFeed { town.place.country } else { None },
        })
    };
    sentences.iter().filter_map(with_name).collect()
}

impl Trial {
    pub fn mentions(&self, weights: &SenseWeights) -> Vec<PlaceMention> {
        let document = Document {
            title: &self.title,
            text: &self.text,
            ..Document::default()
        };
        let context = PlaceContext {
            country: self.country,
            ..PlaceContext::default()
        };
        places_weighed(document, context, weights)
    }

    pub fn outcome(&self, town: &Town, mentions: &[PlaceMention]) -> Outcome {
        let named = mentions
            .iter()
            .filter(|mention| counts(mention) && self.is_name(mention));
        match named.max_by(|a, b| a.confidence.total_cmp(&b.confidence)) {
            None => Outcome::Missed,
            Some(mention) if mention.place.country == town.place.country => Outcome::Right,
            Some(_) => Outcome::Wrong,
        }
    }

    /// Whether a word beside the name is taken for a place of a third country.
    pub fn has_stray(&self, town: &Town, mentions: &[PlaceMention]) -> bool {
        let mut others = mentions
            .iter()
            .filter(|mention| counts(mention) && !self.is_name(mention));
        others.any(|mention| mention.place.country != town.place.country)
    }

    fn is_name(&self, mention: &PlaceMention) -> bool {
        mention.field == Field::Title && mention.span.start < self.span.end && self.span.start < mention.span.end
    }
}

fn counts(mention: &PlaceMention) -> bool {
    mention.confidence >= CONFIDENCE
}

/// Cities of a range of inhabitants, each the largest of its main name.
pub fn cities(inhabitants: std::ops::Range<u32>) -> Vec<Place> {
    let gazetteer = Gazetteer::built_in();
    let all = (0..gazetteer.len() as u32).filter_map(|number| gazetteer.numbered(number));
    let cities = all.filter(|place| {
        matches!(place.kind, PlaceKind::City | PlaceKind::Capital) && inhabitants.contains(&place.population)
    });
    let largest = |city: &Place| {
        let namesakes = gazetteer
            .named(city.name)
            .filter(|sense| sense.name_kind == NameKind::Main);
        let mut others = namesakes.filter_map(|sense| gazetteer.numbered(sense.place));
        !others.any(|other| {
            matches!(other.kind, PlaceKind::City | PlaceKind::Capital)
                && (other.population, other.number) > (city.population, city.number)
        })
    };
    cities.filter(largest).collect()
}

/// Whether the city itself is what the headlines give.
pub fn city_outcome(city: &Place, sentence: &str, weights: &SenseWeights) -> Outcome {
    let Some((before, _)) = sentence.split_once("{X}") else {
        return Outcome::Missed;
    };
    let title = sentence.replace("{X}", city.name);
    let span = before.len()..before.len() + city.name.len();
    let mentions = places_weighed(
        Document {
            title: &title,
            ..Document::default()
        },
        PlaceContext::default(),
        weights,
    );
    let overlaps = |mention: &&PlaceMention| mention.span.start < span.end && span.start < mention.span.end;
    let named = mentions.iter().filter(|mention| counts(mention)).filter(overlaps);
    match named.max_by(|a, b| a.confidence.total_cmp(&b.confidence)) {
        None => Outcome::Missed,
        Some(mention) if mention.place.number == city.number => Outcome::Right,
        Some(_) => Outcome::Wrong,
    }
}

/// Prints the tables; false where a floor is not met.
pub fn measure() -> bool {
    let show = std::env::var_os("WIREWATCH_SHOW").is_some();
    let at_war: Vec<&str> = AT_WAR.iter().map(|(code, _)| *code).collect();
    let war = towns(&at_war);
    let mut met = at_war_table(&war, show);
    met &= at_peace_table(&towns(&AT_PEACE), show);
    met & cities_table(show)
}

/// In percent: right, wrong.
const FLOORS: [(f64, f64); 4] = [(94.0, 1.55), (99.5, 0.5), (99.5, 0.5), (99.5, 0.5)];

fn at_war_table(towns: &[Town], show: bool) -> bool {
    println!("{} towns of {TOWN} people and more in 25 countries at war", towns.len());
    let mut met = true;
    for ((told, words), (right, wrong)) in TOLD.into_iter().zip(FLOORS) {
        let mut total = Tally::default();
        let mut shadowed = Tally::default();
        let mut by_language: Vec<(&str, Tally)> = Vec::new();
        let mut by_country: BTreeMap<&str, Tally> = BTreeMap::new();
        for (at, templates) in TEMPLATES.iter().enumerate() {
            let mut tally = Tally::default();
            for town in towns {
                let code = town.place.country.unwrap_or_default();
                let named = AT_WAR
                    .iter()
                    .find(|(country, _)| *country == code)
                    .map(|(_, names)| names[at]);
                for trial in trials(templates, town, told, named) {
                    let mentions = trial.mentions(&SenseWeights::DEFAULT);
                    let outcome = trial.outcome(town, &mentions);
                    let stray = trial.has_stray(town, &mentions);
                    tally.add(outcome, stray);
                    total.add(outcome, stray);
                    by_country.entry(code).or_default().add(outcome, stray);
                    if town.overshadowed {
                        shadowed.add(outcome, stray);
                    }
                    if show && outcome != Outcome::Right {
                        explain(words, code, &trial, outcome, &mentions);
                    }
                }
            }
            by_language.push((templates.language, tally));
        }
        println!("towns at war, {words:38} right   wrong   stray  trials");
        for (language, tally) in by_language {
            tally.print(language);
        }
        total.print("all");
        shadowed.print("of these, a larger town elsewhere has the name");
        print_countries(&by_country);
        met &= total.right() >= right && total.wrong() <= wrong;
    }
    met
}

fn print_countries(by_country: &BTreeMap<&str, Tally>) {
    let cells: Vec<String> = by_country
        .iter()
        .map(|(country, tally)| format!("{country} {:.2}/{:.2}", tally.right(), tally.wrong()))
        .collect();
    for row in cells.chunks(8) {
        println!("    {}", row.join("  "));
    }
}

const PEACE_FLOOR: (f64, f64) = (92.5, 2.0);

fn at_peace_table(towns: &[Town], show: bool) -> bool {
    let mut total = Tally::default();
    let mut by_country: BTreeMap<&str, Tally> = BTreeMap::new();
    for templates in TEMPLATES
        .iter()
        .filter(|templates| matches!(templates.language, "en" | "fr" | "es"))
    {
        for town in towns {
            let code = town.place.country.unwrap_or_default();
            for trial in trials(templates, town, Told::Nothing, None) {
                let mentions = trial.mentions(&SenseWeights::DEFAULT);
                let outcome = trial.outcome(town, &mentions);
                let stray = trial.has_stray(town, &mentions);
                total.add(outcome, stray);
                by_country.entry(code).or_default().add(outcome, stray);
                if show && outcome != Outcome::Right {
                    explain("at peace", code, &trial, outcome, &mentions);
                }
            }
        }
    }
    println!("{} towns at peace, alone, in English, French and Spanish", towns.len());
    total.print("all");
    print_countries(&by_country);
    total.right() >= PEACE_FLOOR.0 && total.wrong() <= PEACE_FLOOR.1
}

/// Inhabitants, and the share in percent that must be right.
pub const BANDS: [(&str, std::ops::Range<u32>, f64); 3] = [
    ("above 1,000,000", 1_000_000..u32::MAX, 99.5),
    ("300,000 to 1,000,000", 300_000..1_000_000, 99.0),
    ("100,000 to 300,000", 100_000..300_000, 97.0),
];

fn cities_table(show: bool) -> bool {
    let mut met = true;
    println!("cities of the world, exactly the place            right   wrong   stray  trials");
    for (words, inhabitants, floor) in BANDS {
        let mut tally = Tally::default();
        for city in cities(inhabitants) {
            for sentence in TEMPLATES[0].alone {
                let outcome = city_outcome(&city, sentence, &SenseWeights::DEFAULT);
                tally.add(outcome, false);
                if show && outcome != Outcome::Right {
                    println!(
                        "city {words}: {outcome:?} {} ({:?}): {sentence}",
                        city.name, city.country
                    );
                }
            }
        }
        tally.print(words);
        met &= tally.right() >= floor;
    }
    met
}

fn explain(words: &str, code: &str, trial: &Trial, outcome: Outcome, mentions: &[PlaceMention]) {
    let given: Vec<String> = mentions
        .iter()
        .map(|mention| {
            let country = mention.place.country.unwrap_or("-");
            format!("{country}:{}:{:.2}", mention.place.name, mention.confidence)
        })
        .collect();
    println!("{words}: {code} {outcome:?}: {} → {given:?}", trial.title);
}
