//! The house holds: every import goes down, only the shell touches the world, a room shows one face, no file is a hall.

mod circles;
mod documented;

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Lowest first; rooms of one floor may not see each other.
const FLOORS: &[&[&str]] = &[
    &["net"],
    &["text"],
    &["feed"],
    &["alert"],
    &["deliver"],
    &["store", "config"],
    &["web"],
    &["daemon"],
    &["cli"],
];

/// The files (or folders) that may touch the clock, the network, the disk, the environment, or await.
const SHELL: &[&str] = &[
    "cli/",
    "daemon/",
    "net/body.rs",
    "net/client.rs",
    "net/client/",
    "net/large.rs",
    "net/resolver.rs",
    "net/secret.rs",
    "net/tls.rs",
    "net/via.rs",
    "feed/article/ask.rs",
    "feed/fetch.rs",
    "feed/websub/ask.rs",
    "deliver/console.rs",
    "deliver/mail/email.rs",
    "deliver/mail/stream.rs",
    "deliver/receiver.rs",
    "deliver/sender.rs",
    "deliver/webhook/send.rs",
    "store/contract.rs",
    "store/sqlite/",
    "config/load.rs",
    "web/listen.rs",
    "main.rs",
];

/// Where the time of day is read.
const CLOCK: &[&str] = &["cli/", "daemon/"];

const MOST_LINES: usize = 400;

fn source_files() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    for library in fs::read_dir(package.join("crates")).unwrap() {
        walk(&library.unwrap().path().join("src"), &mut found);
    }
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let below = path
                .strip_prefix(&root)
                .or_else(|_| path.strip_prefix(package))
                .unwrap();
            let name = below.to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// Code without comments and without the tests at its end.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// What is wrong with the imports of one file; the judge of the first test, itself tested below.
fn wrong_imports(name: &str, text: &str) -> Vec<String> {
    let room = name.split(['/', '.']).next().unwrap_or_default();
    let Some(own) = floor(room) else { return Vec::new() };
    let path = Regex::new(r"crate::(?:\{[^}]*\}|([a-z_]+)(::[a-z_]+::)?)").unwrap();
    let mut wrong = Vec::new();
    for found in path.captures_iter(&code(text)) {
        let Some(other) = found.get(1) else {
            wrong.push(format!(
                "{name}: `{}` hides which rooms it imports; one `use` a room",
                &found[0]
            ));
            continue;
        };
        let Some(theirs) = floor(other.as_str()) else {
            wrong.push(format!("{name}: `{}` is no room", &found[0]));
            continue;
        };
        if other.as_str() != room && theirs >= own {
            wrong.push(format!(
                "{name} is in `{room}` and imports `{}`, which is not below it",
                other.as_str()
            ));
        }
        if other.as_str() != room && found.get(2).is_some() {
            wrong.push(format!(
                "{name} reaches past the face of `{}`: `{}`",
                other.as_str(),
                &found[0]
            ));
        }
    }
    wrong
}

/// What a file of the core touches that only the shell may.
fn wrong_touches(name: &str, text: &str) -> Vec<String> {
    let world = Regex::new(
        r"std::(fs|env|net::(Tcp|Udp|ToSocket)|process|thread)|tokio::|reqwest::(Client|get)|Timestamp::now|Zoned::now|Instant::now|SystemTime|fastrand|\basync\b|\.await\b|stdout\(|stderr\(|e?println!",
    )
    .unwrap();
    let clock = Regex::new(r"Timestamp::now|Zoned::now|SystemTime::now").unwrap();
    let is_in = |list: &[&str]| {
        list.iter()
            .any(|place| name == *place || (place.ends_with('/') && name.starts_with(place)))
    };
    let mut wrong = Vec::new();
    let code = code(text);
    if !is_in(SHELL) && !name.ends_with("/tests.rs") {
        wrong.extend(
            world
                .find_iter(&code)
                .map(|touch| format!("{name} touches the world: `{}`", touch.as_str())),
        );
    }
    if !is_in(CLOCK) {
        wrong.extend(
            clock
                .find_iter(&code)
                .map(|touch| format!("{name} reads the clock: `{}`", touch.as_str())),
        );
    }
    wrong
}

#[test]
fn every_import_goes_down() {
    let wrong: Vec<_> = source_files()
        .iter()
        .flat_map(|(name, text)| wrong_imports(name, text))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_shell_touches_the_world() {
    let wrong: Vec<_> = source_files()
        .iter()
        .flat_map(|(name, text)| wrong_touches(name, text))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_room_has_one_face_and_the_face_holds_no_logic() {
    let logic = Regex::new(r"(?m)^\s*(pub )?(async )?(fn|struct|enum|trait|impl|static|const)\b").unwrap();
    let wrong: Vec<_> = source_files()
        .iter()
        .filter(|(name, text)| name.ends_with("mod.rs") && logic.is_match(&code(text)))
        .map(|(name, _)| name.clone())
        .collect();
    assert!(wrong.is_empty(), "logic in {wrong:?}");
}

#[test]
fn every_file_says_what_it_is_for_and_none_is_too_long() {
    let mut wrong = Vec::new();
    for (name, text) in source_files() {
        if !text.starts_with("//! ") {
            wrong.push(format!("{name} does not begin with a sentence on what it is for"));
        }
        let lines = text.lines().count();
        if lines > MOST_LINES {
            wrong.push(format!("{name} has {lines} lines; split it"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_words_of_the_house_are_kept() {
    let banned =
        Regex::new(r"(?i)\b(struct|enum|trait|fn|mod|type)\s+\w*(manager|handler|helper|utils?|service)\w*").unwrap();
    let wrong: Vec<_> = source_files()
        .iter()
        .flat_map(|(name, text)| {
            let code = code(text);
            banned
                .find_iter(&code)
                .map(|word| format!("{name}: `{}`", word.as_str()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_judges_of_these_tests_can_say_no() {
    let imports = [
        ("an import that goes up", "feed/entry.rs", "use crate::alert::Alert;", 1),
        (
            "an import beside",
            "store/contract.rs",
            "use crate::config::Polling;",
            1,
        ),
        (
            "an import past a face",
            "alert/decide/decision.rs",
            "use crate::feed::entry::Entry;",
            1,
        ),
        (
            "several rooms in one brace",
            "daemon/poll/one_poll.rs",
            "use crate::{feed, alert};",
            1,
        ),
        (
            "an import down, through the face",
            "alert/decide/decision.rs",
            "use wirewatch_syndication::Entry;",
            0,
        ),
        (
            "its own room",
            "feed/interpret.rs",
            "use wirewatch_syndication::parse::parse;",
            0,
        ),
    ];
    for (what, name, text, wrong) in imports {
        assert_eq!(wrong_imports(name, text).len(), wrong, "{what}");
    }
    let touches = [
        (
            "the clock in the core",
            "alert/decide/assess.rs",
            "let now = Timestamp::now();",
            2,
        ),
        (
            "the clock in a shell that may not read it",
            "store/sqlite/connection/writer.rs",
            "let now = Timestamp::now();",
            1,
        ),
        ("the disk in the core", "feed/parse/feed.rs", "std::fs::read(path)", 1),
        ("a word in a comment", "feed/parse/feed.rs", "// std::fs::read(path)", 0),
        (
            "the clock in the daemon",
            "daemon/supervise/clock.rs",
            "Timestamp::now()",
            0,
        ),
    ];
    for (what, name, text, wrong) in touches {
        assert_eq!(wrong_touches(name, text).len(), wrong, "{what}");
    }
}
