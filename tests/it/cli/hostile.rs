//! Text of feeds and of mail servers on a terminal and in `--json`.

use super::{fed, house, json, ok, wirewatch, write};
use crate::house::feed_server::Page;

/// Sets the title of a window, wipes the screen in two ways, turns the direction of the text.
const TITLE: &str = "\u{1b}]0;owned\u{7}Le GSIM \u{1b}[2J attaque \u{9b}2J Ségou \u{202e}gpj\u{2066}";

fn feed() -> String {
    serde_json::json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": format!("Desk {TITLE}"),
        "items": [{"id": "1\u{1b}[2J", "url": "https://news.example/1", "title": TITLE, "content_text": TITLE}],
    })
    .to_string()
}

fn acts(text: &str) -> Option<char> {
    text.chars().find(|letter| {
        (letter.is_control() && *letter != '\n') || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

#[tokio::test]
async fn the_same_feed_text_carries_escape_sequences_none_act_in_a_terminal() {
    let house = house().await;
    house
        .feeds
        .serve("/desk.xml", Page::of("application/feed+json", feed()));
    house
        .feeds
        .serve("/down.xml", Page::status(500).header("x-why", "down"));
    house.watch_feeds(&[("desk", "/desk.xml"), ("down", "/down.xml")], "backfill = \"all\"");
    house
        .mail
        .refuse("analyst@example.org", "550 \u{1b}]0;owned\u{7}no \u{9b}2Jsuch mailbox");
    let run = wirewatch(&house, &["run", "--once"]).await;
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(acts(&run.err), None, "{:?}", run.err);
    let file = write(house.path(), "feed.json", feed().as_bytes());
    let list = ok(&house, &["alerts", "list", "--json"]).await;
    let id = json(list.lines().next().unwrap())["alert"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for arguments in [
        &["feeds", "list"][..],
        &["feeds", "parse", &file],
        &["alerts", "list"],
        &["alerts", "show", &id],
        &["deliveries", "list"],
        &["why", "https://news.example/1"],
        &["explain", "--file", &file],
        &["explain", "--text", TITLE],
    ] {
        let out = ok(&house, arguments).await;
        assert_eq!(acts(&out), None, "{arguments:?}: {out:?}");
        assert!(out.contains("GSIM") || out.contains("Desk"), "{arguments:?}: {out}");
    }
    let test = wirewatch(&house, &["test-receiver", "analyst"]).await;
    assert_eq!((test.code, acts(&test.out)), (Some(1), None), "{:?}", test.out);
    let unknown = wirewatch(&house, &["why", "https://news.example/\u{1b}[2J"]).await;
    assert_eq!((unknown.code, acts(&unknown.out)), (Some(1), None), "{:?}", unknown.out);
}

#[tokio::test]
async fn the_same_feed_text_carries_escape_sequences_none_act_in_json_and_none_are_lost() {
    let house = house().await;
    house
        .feeds
        .serve("/desk.xml", Page::of("application/feed+json", feed()));
    ok(&house, &["run", "--once"]).await;
    let file = write(house.path(), "feed.json", feed().as_bytes());
    for arguments in [
        &["feeds", "list", "--json"][..],
        &["feeds", "parse", "--json", &file],
        &["alerts", "list", "--json"],
        &["deliveries", "list", "--all", "--json"],
        &["why", "--json", "https://news.example/1"],
    ] {
        let out = ok(&house, arguments).await;
        assert_eq!(acts(&out), None, "{arguments:?}: {out:?}");
        assert!(out.contains("GSIM"), "{arguments:?}: {out}");
        out.lines().for_each(|line| drop(json(line)));
    }
    let document = serde_json::json!({"id": TITLE, "title": TITLE}).to_string();
    let scanned = fed(&house, &["scan"], document).await;
    assert_eq!((scanned.code, acts(&scanned.out)), (Some(0), None), "{:?}", scanned.out);
    assert_eq!(json(&scanned.out)["id"], TITLE, "a program reads what was given");
}
