//! No file imports another that, by whatever way, imports it: types that travel are leaves.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use regex::Regex;

use super::{code, source_files};

/// The files of one package by the path of their module: `["alert", "ids"]`.
type Package = BTreeMap<Vec<String>, String>;

/// Returns the packages of the workspace with the code of their files.
fn packages() -> BTreeMap<String, Package> {
    let mut packages = BTreeMap::<String, Package>::new();
    for (name, text) in source_files() {
        let (package, file) = match name.strip_prefix("crates/").and_then(|name| name.split_once("/src/")) {
            Some((package, file)) => (package, file),
            None => ("wirewatch", name.as_str()),
        };
        let tests = file.ends_with("tests.rs") || file.split('/').any(|folder| folder == "tests");
        if file != "main.rs" && !tests {
            packages
                .entry(package.to_owned())
                .or_default()
                .insert(module(file), code(&text));
        }
    }
    packages
}

/// Returns the path of the module that a file holds; a folder's face is the folder.
fn module(file: &str) -> Vec<String> {
    let mut parts: Vec<String> = Path::new(file)
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

/// Returns every path that a `use` names, its braces spread out, and every path in the code.
fn paths(code: &str) -> Vec<Vec<String>> {
    fn spread(prefix: &[String], body: &str, found: &mut Vec<Vec<String>>) {
        let (mut depth, mut start) = (0, 0);
        for (at, sign) in body.char_indices().chain([(body.len(), ',')]) {
            match sign {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    one(prefix, body[start..at].trim(), found);
                    start = at + 1;
                }
                _ => {}
            }
        }
    }
    fn one(prefix: &[String], part: &str, found: &mut Vec<Vec<String>>) {
        let segments = |text: &str| -> Vec<String> {
            let plain = text.split(" as ").next().unwrap_or_default();
            let named = plain.split("::").map(str::trim).filter(|name| !name.is_empty());
            named.map(str::to_owned).collect()
        };
        match part.split_once('{') {
            Some((head, body)) => {
                let prefix = [prefix, &segments(head)].concat();
                spread(&prefix, body.trim_end().trim_end_matches('}'), found);
            }
            None if part.is_empty() => {}
            None => found.push([prefix, &segments(part)].concat()),
        }
    }
    let uses = Regex::new(r"\buse\s+([^;]+);").unwrap();
    let inline = Regex::new(r"\b(?:crate|super)(?:::\w+)+").unwrap();
    let mut found = Vec::new();
    for used in uses.captures_iter(code) {
        spread(&[], &used[1], &mut found);
    }
    for path in inline.find_iter(&uses.replace_all(code, "")) {
        one(&[], path.as_str(), &mut found);
    }
    found
}

/// Returns the file that defines what a path names, through as many faces as pass it on.
fn definition(package: &Package, base: &[String], path: &[String], passed: usize) -> Option<Vec<String>> {
    let mut names = path;
    let mut at = base.to_vec();
    match names.first().map(String::as_str) {
        Some("crate") => {
            at.clear();
            names = &names[1..];
        }
        Some("self") => names = &names[1..],
        _ => {}
    }
    while names.first().is_some_and(|name| name == "super") {
        at.pop();
        names = &names[1..];
    }
    while let Some(name) = names.first() {
        at.push(name.clone());
        if !package.contains_key(&at) {
            at.pop();
            break;
        }
        names = &names[1..];
    }
    let code = package.get(&at)?;
    let Some(name) = names.first() else { return Some(at) };
    let defined = Regex::new(&format!(
        r"\b(fn|struct|enum|trait|type|const|static|macro_rules!)\s+{}\b",
        regex::escape(name)
    ));
    if passed > 8 || defined.unwrap().is_match(code) {
        return Some(at);
    }
    let passing = paths(code).into_iter().find(|path| path.last() == Some(name))?;
    definition(package, &at, &passing, passed + 1).or(Some(at))
}

/// Returns for each file those that it imports; the faces of folders, which only pass names on, are no files.
fn imports(package: &Package) -> HashMap<&Vec<String>, BTreeSet<Vec<String>>> {
    let is_face = |module: &Vec<String>| {
        let folder = |other: &Vec<String>| other.len() > module.len() && other.starts_with(module);
        package.keys().any(folder) && package[module].contains("mod ") && !package[module].contains("fn ")
    };
    let of_file = |(module, code): (&Vec<String>, &String)| -> BTreeSet<Vec<String>> {
        let ours = |path: &Vec<String>| {
            let first = path.first().map(String::as_str);
            matches!(first, Some("crate" | "super" | "self"))
        };
        let paths = paths(code).into_iter().filter(ours);
        let files = paths.filter_map(|path| definition(package, module, &path, 0));
        files.filter(|file| file != module && !is_face(file)).collect()
    };
    package.iter().map(|file| (file.0, of_file(file))).collect()
}

/// Returns the files that import themselves by way of others.
fn in_circles(package: &Package) -> Vec<String> {
    let imports = imports(package);
    let reaches_itself = |start: &Vec<String>| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&Vec<String>> = imports[start].iter().collect();
        while let Some(file) = next.pop() {
            if file == start {
                return true;
            }
            if seen.insert(file) {
                next.extend(imports.get(file).into_iter().flatten());
            }
        }
        false
    };
    let files = package.keys().filter(|file| reaches_itself(file));
    files.map(|file| file.join("/")).collect()
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    for (name, package) in packages() {
        let circle = in_circles(&package);
        assert!(circle.is_empty(), "files of {name} in circles: {circle:#?}");
    }
}

#[test]
fn the_judge_of_circles_can_say_no() {
    let package = |files: &[(&str, &str)]| -> Package {
        let file = |(name, code): &(&str, &str)| (module(name), (*code).to_owned());
        files.iter().map(file).collect()
    };
    let face = ("a/mod.rs", "mod one; mod two; pub use one::One; pub use two::Two;");
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], usize);
    let cases: &[Case<'_>] = &[
        (
            "two files that import each other",
            &[
                face,
                ("a/one.rs", "use super::two::Two; struct One;"),
                ("a/two.rs", "use super::one::One; struct Two;"),
            ],
            2,
        ),
        (
            "through the face of the folder, in braces",
            &[
                face,
                ("a/one.rs", "use crate::a::{Two as Other}; struct One;"),
                ("a/two.rs", "fn two() { crate::a::One } struct Two;"),
            ],
            2,
        ),
        (
            "one way only",
            &[
                face,
                ("a/one.rs", "use super::two::Two; struct One;"),
                ("a/two.rs", "struct Two;"),
            ],
            0,
        ),
        (
            "a circle of three",
            &[
                ("one.rs", "use crate::two::Two; struct One;"),
                ("two.rs", "use crate::three::{Three}; struct Two;"),
                ("three.rs", "use super::one::One; struct Three;"),
            ],
            3,
        ),
    ];
    for (case, files, circle) in cases {
        assert_eq!(in_circles(&package(files)).len(), *circle, "{case}");
    }
}
