//! Places: how long the gazetteer takes to be ready and what it holds, the pace of each step over news, and a cold start of
//! the program that names known places.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};
use wirewatch_recognition::{Document, PlaceContext, first_words, fold, groups_and_places, named_groups, places};

use crate::news;
use crate::process::run;

/// The best of so many runs counts: what else the machine does only adds.
const RUNS: usize = 9;

pub fn measure() {
    let before = resident_kb();
    let begun = Instant::now();
    let found = places(document("", "Bamako"), PlaceContext::default());
    let ready = begun.elapsed();
    assert_eq!(found.len(), 1, "Bamako is known");
    println!(
        "places: the gazetteer is ready in {:.0} ms and holds {:.0} MB",
        ready.as_secs_f64() * 1e3,
        (resident_kb() - before) / 1e3
    );
    let ours: Vec<(String, String)> = news::articles(500)
        .into_iter()
        .map(|text| (String::new(), text))
        .collect();
    paces("articles of ours, hardly a place in them", &ours);
    // Articles of other projects: see `benches/corpora/main.rs`.
    if let Ok(lines) = fs::read_to_string("../shared/corpora/places/dev.jsonl") {
        let text = |line: &Value, field: &str| line[field].as_str().unwrap_or_default().to_owned();
        let read = lines
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let articles: Vec<_> = read.map(|line| (text(&line, "title"), text(&line, "text"))).collect();
        paces("news, every sixth word with a capital", &articles);
    }
    cold();
}

fn document<'a>(title: &'a str, text: &'a str) -> Document<'a> {
    Document {
        title,
        text,
        ..Document::default()
    }
}

fn paces(what: &str, articles: &[(String, String)]) {
    let bytes: usize = articles.iter().map(|(title, text)| title.len() + text.len()).sum();
    println!(
        "{what}: {} documents of {} bytes",
        articles.len(),
        bytes / articles.len()
    );
    let pace = |step: &str, each: &dyn Fn(&str, &str) -> usize| {
        let once = || {
            let begun = Instant::now();
            let found: usize = articles.iter().map(|(title, text)| each(title, text)).sum();
            (begun.elapsed().as_secs_f64(), found)
        };
        let (seconds, found) = (0..RUNS)
            .map(|_| once())
            .min_by(|one, other| one.0.total_cmp(&other.0))
            .unwrap_or_default();
        println!(
            "  {step:38} {:>7.1} MB/s {:>9.0} documents a second {found:>9}",
            bytes as f64 / 1e6 / seconds,
            articles.len() as f64 / seconds
        );
    };
    pace("normalise (bytes)", &|title, text| fold(title).len() + fold(text).len());
    pace("cut into words (words)", &|_, text| {
        let mut words = 0;
        first_words(text, usize::MAX, |_| words += 1);
        words
    });
    pace("groups (mentions)", &|title, text| {
        named_groups(document(title, text)).len()
    });
    pace("places, all steps (mentions)", &|title, text| {
        places(document(title, text), PlaceContext::default()).len()
    });
    pace("groups and places (mentions)", &|title, text| {
        let (groups, places) = groups_and_places(document(title, text), PlaceContext::default());
        groups.len() + places.len()
    });
}

/// The program from its start to its end over one document.
fn cold() {
    let folder = tempfile::tempdir().expect("a folder");
    let (config, one) = (folder.path().join("config"), folder.path().join("one.jsonl"));
    fs::create_dir(&config).expect("a folder");
    fs::write(
        config.join("watchlist.toml"),
        "[receiver.console]\nconsole = true\n[watch.mali]\nfind = [\"Mali\"]\n",
    )
    .expect("written");
    fs::write(
        &one,
        format!("{}\n", json!({ "id": 1, "title": "An ambush near Kidal" })),
    )
    .expect("written");
    let program = env!("CARGO_BIN_EXE_wirewatch");
    println!("`scan --known` of one document, from a cold start:      wall       cpu      peak");
    for _ in 0..3 {
        let cost = run(Command::new(program)
            .arg("--config")
            .arg(&config)
            .args(["scan", "--known"])
            .arg(&one)
            .stdout(Stdio::null()));
        println!("{:>52} {}", "", cost.columns());
    }
    let size = fs::metadata(program).map_or(0, |program| program.len());
    println!("the program has {} MB", size / 1_000_000);
}

fn resident_kb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or_default()
}
