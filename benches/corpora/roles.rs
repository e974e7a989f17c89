//! Watches with a distance on reports in which places play many parts: how many fire that should, and stay quiet that should.
//!
//! The reports are the project's own (`benches/data/roles`).

use std::collections::BTreeMap;

use serde::Deserialize;
use wirewatch_recognition::{Document, PlaceContext, PlaceMention, Point, distance_km, places};

const REPORTS: &str = include_str!("../data/roles/roles.jsonl");
/// What a watch counts unless told otherwise.
const CONFIDENCE: f32 = 0.5;

#[derive(Deserialize)]
struct Report {
    id: String,
    language: String,
    title: String,
    text: String,
    watches: Vec<Near>,
}

/// A watch on what happens near a point.
#[derive(Deserialize)]
struct Near {
    of: String,
    lat: f64,
    lon: f64,
    km: f64,
    fires: bool,
    why: String,
}

impl Near {
    /// Returns whether a place that counts for `where` lies near enough.
    fn is_met(&self, places: &[PlaceMention]) -> bool {
        let centre = Point {
            lat: self.lat,
            lon: self.lon,
        };
        let mut counted = places
            .iter()
            .filter(|place| place.confidence >= CONFIDENCE && place.aside.is_none());
        counted.any(|place| distance_km(place.place.point, centre) <= self.km)
    }
}

/// Watches of one language: right of all, by whether they should fire.
#[derive(Default)]
struct Tally {
    fire: (u32, u32),
    quiet: (u32, u32),
}

/// Prints the share of right verdicts. Returns whether the data could be read: no bound is set yet.
pub fn measure() -> bool {
    let reports: Vec<Report> = match REPORTS.lines().map(serde_json::from_str).collect() {
        Ok(reports) => reports,
        Err(error) => {
            println!("roles: the reports cannot be read: {error}");
            return false;
        }
    };
    let mut by_language: BTreeMap<&str, Tally> = BTreeMap::new();
    for report in &reports {
        let document = Document {
            title: &report.title,
            text: &report.text,
            language: Some(&report.language),
            ..Document::default()
        };
        let found = places(document, PlaceContext::default());
        for watch in &report.watches {
            let right = watch.is_met(&found) == watch.fires;
            for name in [report.language.as_str(), "all"] {
                let tally = by_language.entry(name).or_default();
                let (good, all) = if watch.fires { &mut tally.fire } else { &mut tally.quiet };
                *good += u32::from(right);
                *all += 1;
            }
            if !right && std::env::var_os("SHOW").is_some() {
                let should = if watch.fires {
                    "should fire"
                } else {
                    "should stay quiet"
                };
                println!(
                    "{}: {} within {} km {should}: {}",
                    report.id, watch.of, watch.km, watch.why
                );
            }
        }
    }
    println!(
        "roles: {} reports; watches with a distance that were judged rightly",
        reports.len()
    );
    println!("  language  should fire  should stay quiet  together");
    for (language, Tally { fire, quiet }) in &by_language {
        let share = 100.0 * f64::from(fire.0 + quiet.0) / f64::from(fire.1 + quiet.1);
        let (fire, quiet) = (
            format!("{} of {}", fire.0, fire.1),
            format!("{} of {}", quiet.0, quiet.1),
        );
        println!("  {language:8} {fire:>12} {quiet:>18} {share:7.1} %");
    }
    true
}
