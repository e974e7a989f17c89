//! Tunes the weights of the decision between places of one name: `cargo bench --bench corpora -- fit`.
//!
//! What is to be high: F1 on the development articles, with and without the feed's country, and on the towns and cities
//! those that are right, less twice those that are wrong. One weight after the other is tried a step up and a step down
//! and keeps what is better; steps shrink. For cross-validation the articles are cut by site: what is tuned on one half
//! (and all towns) is measured on the other. At the end each weight's worth is printed: what is lost without it (at zero),
//! and what a step to either side costs. `fit worth` prints that alone; `fit even lead` tunes only the weights named, `fit once` without
//! cross-validation.

use std::path::Path;

use wirewatch_recognition::{Place, SenseWeights};

use crate::places::{Line, articles};
use crate::tally::Tally as Articles;
use crate::templates::{AT_PEACE, AT_WAR, TEMPLATES};
use crate::towns::{BANDS, TOLD, Tally, Told, Town, Trial, cities, city_outcome, towns, trials};

/// Of the towns at peace one in so many is asked for.
const SAMPLE: usize = 5;
/// A gain below this, in points, is none.
const LEAST: f64 = 0.01;

struct Trials {
    articles: Vec<(Line, Option<String>)>,
    war: Vec<Town>,
    peace: Vec<Town>,
    cities: Vec<Vec<Place>>,
    /// The weights that are tuned, by number.
    tuned: Vec<usize>,
}

/// What the weights reach, in percent.
#[derive(Debug, Clone, Copy)]
struct Reached {
    articles: f64,
    with_feed: f64,
    /// Of towns, right and wrong, by what is told of the country.
    war: [(f64, f64); 4],
    peace: (f64, f64),
    cities: [f64; 3],
}

impl Reached {
    /// In points; an article's F1 counts as much as twice the share of towns.
    fn worth(&self) -> f64 {
        let towns = |(right, wrong): (f64, f64)| right - 2.0 * wrong;
        let told: f64 = self.war[1..].iter().map(|one| towns(*one)).sum();
        2.0 * (self.articles + self.with_feed)
            + towns(self.war[0])
            + 0.5 * told
            + towns(self.peace)
            + 0.3 * self.cities.iter().sum::<f64>()
    }

    fn print(&self, words: &str) {
        println!(
            "{words}: articles {:.2}, with the feed's country {:.2}; towns at war {}; at peace {:.2}/{:.2}; cities {}",
            self.articles,
            self.with_feed,
            self.war
                .map(|(right, wrong)| format!("{right:.2}/{wrong:.2}"))
                .join(" "),
            self.peace.0,
            self.peace.1,
            self.cities.map(|right| format!("{right:.2}")).join(" ")
        );
    }
}

impl Trials {
    /// What the weights reach on the articles of a half of the sites, or of both, and on the towns.
    fn reached(&self, weights: &SenseWeights, half: Option<usize>) -> Reached {
        let mut scores = [Articles::default(); 2];
        for (line, country) in &self.articles {
            if half.is_none_or(|half| line.half() == half) {
                line.count(None, weights, &mut scores[0]);
                line.count(country.as_deref(), weights, &mut scores[1]);
            }
        }
        let add = |tally: &mut Tally, town: &Town, trial: Option<&Trial>| {
            if let Some(trial) = trial {
                tally.add(trial.outcome(town, &trial.mentions(weights)), false);
            }
        };
        let war = TOLD.map(|(told, _)| {
            let mut tally = Tally::default();
            for (at, templates) in TEMPLATES.iter().enumerate() {
                if matches!(templates.language, "en" | "fr" | "ar") {
                    for town in &self.war {
                        let country = AT_WAR.iter().find(|(code, _)| Some(*code) == town.place.country);
                        let trials = trials(templates, town, told, country.map(|(_, names)| names[at]));
                        add(&mut tally, town, trials.first());
                    }
                }
            }
            (tally.right(), tally.wrong())
        });
        let mut peace = Tally::default();
        for town in &self.peace {
            add(
                &mut peace,
                town,
                trials(&TEMPLATES[0], town, Told::Nothing, None).first(),
            );
        }
        let mut shares = [0.0; 3];
        for (share, cities) in shares.iter_mut().zip(&self.cities) {
            let mut tally = Tally::default();
            for city in cities {
                tally.add(city_outcome(city, TEMPLATES[0].alone[0], weights), false);
            }
            *share = tally.right();
        }
        Reached {
            articles: 100.0 * scores[0].f1(),
            with_feed: 100.0 * scores[1].f1(),
            war,
            peace: (peace.right(), peace.wrong()),
            cities: shares,
        }
    }

    /// The best weights that are found from these on.
    fn tuned(&self, from: SenseWeights, half: Option<usize>, rounds: usize) -> SenseWeights {
        let mut best = from;
        let mut worth = self.reached(&best, half).worth();
        let mut size = 0.4;
        for _ in 0..rounds {
            for &number in &self.tuned {
                for step in [size, -size] {
                    let mut tried = best;
                    moved(&mut tried, number, step);
                    let reached = self.reached(&tried, half).worth();
                    if reached > worth + LEAST {
                        (best, worth) = (tried, reached);
                        break;
                    }
                }
            }
            println!("  steps of {size:.2}: {worth:.2} points");
            size /= 2.0;
        }
        best
    }
}

/// Takes a step; of a confidence, which lies between 0 and 1, a fifth of one.
fn moved(weights: &mut SenseWeights, number: usize, step: f64) {
    let confidence = SenseWeights::CONFIDENCES.contains(&SenseWeights::NAMES[number]);
    if let Some(weight) = weights.nth(number) {
        *weight += if confidence { step / 5.0 } else { step };
        if confidence {
            *weight = weight.clamp(0.0, 1.0);
        }
    }
}

/// Tunes, cross-validates and prints. `which`: weights to tune, all if none is named; `worth` to tune none.
pub fn measure(folder: &Path, which: &[String]) -> bool {
    let articles = match articles(folder) {
        None => return true,
        Some(Ok(articles)) => articles,
        Some(Err(error)) => {
            println!("fit: the articles are not as expected: {error}");
            return false;
        }
    };
    let only_worth = which.iter().any(|word| word == "worth");
    let named = |name: &str| which.iter().any(|word| word == name);
    let numbers = 0..SenseWeights::NAMES.len();
    let chosen: Vec<usize> = numbers
        .clone()
        .filter(|number| named(SenseWeights::NAMES[*number]))
        .collect();
    let at_war: Vec<&str> = AT_WAR.iter().map(|(code, _)| *code).collect();
    let trials = Trials {
        articles,
        war: towns(&at_war),
        peace: towns(&AT_PEACE).into_iter().step_by(SAMPLE).collect(),
        cities: BANDS.map(|(_, inhabitants, _)| cities(inhabitants)).into(),
        tuned: if chosen.is_empty() { numbers.collect() } else { chosen },
    };
    let usual = SenseWeights::DEFAULT;
    trials.reached(&usual, None).print("as they are");
    let mut tuned = usual;
    if !only_worth {
        for half in [0, 1].into_iter().filter(|_| !named("once")) {
            println!("tuned on half {} of the sites, measured on the other", half + 1);
            let weights = trials.tuned(usual, Some(half), 2);
            trials.reached(&usual, Some(1 - half)).print("  before");
            trials.reached(&weights, Some(1 - half)).print("  after");
        }
        println!("tuned on all");
        tuned = trials.tuned(usual, None, 3);
        trials.reached(&tuned, None).print("  tuned");
    }
    print_worth(&trials, tuned, usual);
    true
}

fn print_worth(trials: &Trials, mut tuned: SenseWeights, mut usual: SenseWeights) {
    let all = trials.reached(&tuned, None).worth();
    println!(
        "{:22} {:>7} {:>7} {:>9} {:>9} {:>9}",
        "weight", "is", "tuned", "at zero", "0.2 less", "0.2 more"
    );
    for (number, name) in SenseWeights::NAMES.iter().enumerate() {
        let (Some(is), Some(value)) = (usual.nth(number).copied(), tuned.nth(number).copied()) else {
            continue;
        };
        let with = |step: f64| {
            let mut other = tuned;
            moved(&mut other, number, step);
            trials.reached(&other, None).worth() - all
        };
        let mut without = tuned;
        if let Some(weight) = without.nth(number) {
            *weight = 0.0;
        }
        let without = trials.reached(&without, None).worth() - all;
        println!(
            "{name:22} {is:7.2} {value:7.2} {without:9.2} {:9.2} {:9.2}",
            with(-0.2),
            with(0.2)
        );
    }
}
