//! The files and tests that the documentation names are there.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

use super::source_files;

/// Returns the names of all tests as `alerts::edits::a_silent_backlog_…`: folders and file below `tests/it`, or the file
/// of a unit test, and the function.
fn tests() -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => walk(&path, found),
                false if path.extension().is_some_and(|extension| extension == "rs") => found.push(path),
                false => {}
            }
        }
    }
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let function = Regex::new(r"(?m)^\s*(?:async )?fn (\w+)|^\s*\w+! \{\s*fn (\w+)").unwrap();
    let mut tests = Vec::new();
    for root in ["tests/it", "crates/recognition/tests/it", "crates/syndication/tests/it"] {
        let root = package.join(root);
        let mut files = Vec::new();
        walk(&root, &mut files);
        for file in files {
            let below = file.strip_prefix(&root).unwrap().with_extension("");
            let module = below.to_string_lossy().replace('/', "::");
            let text = fs::read_to_string(&file).unwrap();
            for name in function.captures_iter(&text) {
                let name = name.get(1).or(name.get(2)).unwrap();
                tests.push(format!("{module}::{}", name.as_str()));
            }
        }
    }
    tests
}

/// Returns what a document names in code, of this form, that is none of `known`; a `…` at its end stands for the rest.
fn missing(document: &str, form: &Regex, known: &[String]) -> Vec<String> {
    let is_known = |name: &str| match name.strip_suffix('…') {
        Some(beginning) => known.iter().any(|known| known.starts_with(beginning)),
        None => known
            .iter()
            .any(|known| known == name || known.ends_with(&format!("/{name}"))),
    };
    let named = form.captures_iter(document).map(|found| found[1].to_owned());
    named.filter(|name| !is_known(name)).collect()
}

fn form_of_tests() -> Regex {
    Regex::new(r"`([a-z_]+(?:::[a-z0-9_]+)*::(?:[a-z0-9_]+…?|…))`").unwrap()
}

fn form_of_files() -> Regex {
    Regex::new(r"`((?:[a-z_]+/)*[a-z_]+\.rs)`").unwrap()
}

#[test]
fn what_the_documentation_names_is_there() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = [
        "ARCHITECTURE.md",
        "DECISIONS.md",
        "MATCHING.md",
        "FEEDS.md",
        "DELIVERY.md",
    ];
    let mut files: Vec<String> = source_files()
        .into_iter()
        .map(|(name, _)| format!("src/{name}"))
        .collect();
    for folder in [
        "crates/recognition/tests/it",
        "crates/syndication/tests",
        "tests/it",
        "benches/corpora",
    ] {
        let listed = fs::read_dir(package.join(folder)).unwrap();
        files.extend(listed.map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy())));
    }
    let files: Vec<String> = files.iter().map(|file| file.replace("/src/", "/")).collect();
    let tests = tests();
    for document in documents {
        let text = fs::read_to_string(package.join("docs").join(document)).unwrap();
        let table: String = text.lines().filter(|line| line.starts_with('|')).collect();
        let named = text.replace("/src/", "/");
        let mut wrong = missing(&named, &form_of_files(), &files);
        if document == "ARCHITECTURE.md" {
            wrong.extend(missing(&table, &form_of_tests(), &tests));
        }
        assert!(wrong.is_empty(), "docs/{document} names what is not there: {wrong:#?}");
    }
}

#[test]
fn the_judge_of_names_can_say_no() {
    let known = ["poll::news::one_entry_comes".to_owned(), "src/net/large.rs".to_owned()];
    for (document, wrong) in [
        ("`poll::news::one_entry_comes`", 0),
        ("`poll::news::one_…` and `poll::…`", 0),
        ("`poll::news::two_…`", 1),
        ("`poll::news::one_entry`", 1),
    ] {
        assert_eq!(missing(document, &form_of_tests(), &known).len(), wrong, "{document}");
    }
    for (document, wrong) in [("`net/large.rs` `large.rs`", 0), ("`net/small.rs`", 1)] {
        assert_eq!(missing(document, &form_of_files(), &known).len(), wrong, "{document}");
    }
}
