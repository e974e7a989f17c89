//! The commands as their users meet them: the real program, its words and its exit codes.

mod alerts;
mod db;
mod deliveries;
mod explain;
mod feeds;
mod hostile;
mod https;
mod looks;
mod others;
mod scan;
mod slips;
mod why;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use regex::Regex;

use crate::house::feed_server::Page;
use crate::house::wirewatch::{House, rss};

/// A watch with a group, words and a place beside it; one analyst is told by mail.
const WATCHLIST: &str = r#"
[receiver.analyst]
email = "analyst@example.org"

[group.jnim]
names = ["JNIM", "GSIM"]

[place.segou]
names = ["Ségou"]
country = "ML"

[words.attack]
list = ["attack*", "attaqu*"]

[watch.jnim-attacks]
title = "Attacks by JNIM"
find = ["@jnim"]
together_with = ["@attack"]
how_close = "same paragraph"
level = "urgent"

[watch.segou]
find = ["@segou"]
but_not = ["football"]
"#;

/// What came of one command.
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

/// The real program, with nothing of this machine's environment that bears on it.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirewatch"));
    command
        .env_remove("WIREWATCH_CONFIG")
        .env_remove("WIREWATCH_LOG")
        .env_remove("JOURNAL_STREAM")
        .env("TZ", "UTC")
        .args(arguments);
    command
}

async fn finish(mut command: Command, input: Vec<u8>) -> Said {
    let run = move || {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let writer = std::thread::spawn(move || {
            // A program that reads nothing has closed it.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Said {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

/// One command on the configuration of a house.
async fn wirewatch(house: &House, arguments: &[&str]) -> Said {
    fed(house, arguments, "").await
}

/// The same, with something on standard input.
async fn fed(house: &House, arguments: &[&str], input: impl Into<Vec<u8>>) -> Said {
    let mut command = program(&[]);
    command.arg("--config").arg(house.config()).args(arguments);
    finish(command, input.into()).await
}

/// What a command printed that has to succeed.
async fn ok(house: &House, arguments: &[&str]) -> String {
    let said = wirewatch(house, arguments).await;
    assert_eq!(said.code, Some(0), "{arguments:?}: {}{}", said.out, said.err);
    said.out
}

/// With what differs from run to run left out: folders, ports, ids, times; the columns of tables two spaces apart.
fn steady(house: &House, text: &str) -> String {
    let text = text
        .replace(&house.path().display().to_string(), "HOUSE")
        .replace(&format!(":{}", house.feeds.port()), ":PORT")
        .replace(&format!(":{}", house.mail.address().port()), ":PORT");
    let mut text = text;
    for (pattern, with) in [
        (r"\b[0-9a-f]{16}\b", "ID"),
        (r"\d{4}-\d\d-\d\d \d\d:\d\d", "TIME"),
        (r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME"),
        (r"failing since [^.;\n]+", "failing since TIME"),
        (r"\bin \d+ (second|minute|hour|day|year)s?\b", "in A WHILE"),
        (r"\b(now|\d+ (second|minute|hour|day|year)s? ago)\b", "JUST NOW"),
    ] {
        text = Regex::new(pattern).unwrap().replace_all(&text, with).into_owned();
    }
    // The columns of a table are as wide as what was left out.
    let gap = Regex::new(r"(\S) {2,}").unwrap();
    let line = |line: &str| match gap.find_iter(line).count() {
        0 | 1 => format!("{line}\n"),
        _ => format!("{}\n", gap.replace_all(line, "$1  ")),
    };
    text.lines().map(line).collect()
}

fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

fn keys(object: &serde_json::Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// A house with the watchlist, and a desk that tells of an attack, of talks, and of rain.
async fn house() -> House {
    let house = House::new().await;
    house.write("watchlist.toml", WATCHLIST);
    house.watch_feeds(&[("desk", "/desk.xml")], "backfill = \"all\"");
    house.feeds.serve(
        "/desk.xml",
        Page::feed(rss(
            "Desk",
            &[
                (
                    "attack",
                    "Le GSIM revendique une attaque à Ségou",
                    "Trois soldats ont été blessés.",
                ),
                ("talks", "Talks with JNIM go on", "Elders of two villages met again."),
                ("rain", "Rain in Kayes", "The season is late."),
            ],
        )),
    );
    house
}

/// The same, polled and delivered once; then another feed told the same story, and a third cannot be read.
async fn lived_in() -> House {
    let house = house().await;
    ok(&house, &["run", "--once"]).await;
    house.watch_feeds(
        &[("desk", "/desk.xml"), ("wire", "/wire.xml"), ("gone", "/gone.xml")],
        "backfill = \"all\"",
    );
    house.feeds.serve(
        "/wire.xml",
        Page::feed(rss(
            "Wire",
            &[(
                "copy",
                "Le GSIM revendique une attaque à Ségou",
                "Trois soldats ont été blessés.",
            )],
        )),
    );
    house
        .feeds
        .serve("/gone.xml", Page::html("<html><body>We have moved.</body></html>"));
    ok(&house, &["run", "--once"]).await;
    house
}

fn write(folder: &Path, name: &str, text: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}
