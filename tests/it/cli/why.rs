//! `why`: what became of an entry.

use super::{json, keys, lived_in, ok, steady, wirewatch};

const ATTACK: &str = "https://news.example/attack";

#[tokio::test]
async fn an_entry_is_followed_from_the_feed_to_the_mailbox() {
    let house = lived_in().await;
    let mut all = String::new();
    for (what, link) in [
        ("it alerted", ATTACK),
        ("it told the same story later", "https://news.example/copy"),
        ("a watch was touched and stayed quiet", "https://news.example/talks"),
        ("no watch was touched", "https://news.example/rain/"),
    ] {
        all.push_str(&format!("# {what}\n{}\n", ok(&house, &["why", link]).await));
    }
    insta::assert_snapshot!(steady(&house, &all));
    let unknown = wirewatch(&house, &["why", "https://news.example/other?a=1&b=2"]).await;
    assert_eq!(unknown.code, Some(1));
    insta::assert_snapshot!(unknown.out);
    house.finish().await;
}

#[tokio::test]
async fn the_link_that_a_person_has_may_differ_by_what_tracks_readers() {
    let house = lived_in().await;
    let exact = ok(&house, &["why", ATTACK]).await;
    for link in [
        "https://news.example/attack?utm_source=rss&fbclid=abc",
        "http://www.news.example/attack/",
        "https://m.news.example/attack#comments",
        " https://news.example/attack ",
        "https://www.google.com/url?rct=j&url=https://news.example/attack&ct=ga",
    ] {
        assert_eq!(ok(&house, &["why", link]).await, exact, "{link}");
    }
    for link in [
        "https://news.example/attac",
        "https://other.example/attack",
        "attack",
        "",
    ] {
        assert_eq!(wirewatch(&house, &["why", link]).await.code, Some(1), "{link}");
    }
    house.finish().await;
}

#[tokio::test]
async fn as_json_it_says_the_same() {
    let house = lived_in().await;
    let line = json(&ok(&house, &["why", "--json", ATTACK]).await);
    assert_eq!(
        keys(&line),
        [
            "alerts",
            "article",
            "feed",
            "first_seen",
            "link",
            "published",
            "story",
            "title",
            "watches"
        ]
    );
    assert_eq!(line["link"], ATTACK);
    let first = &line["watches"][0];
    assert_eq!(first["watch"], "jnim-attacks");
    assert_eq!((&first["fires"], &first["decision"]), (&true.into(), &"alert".into()));
    assert_eq!(line["alerts"][0]["deliveries"][0]["state"], "delivered");
    let quiet = json(&ok(&house, &["why", "--json", "https://news.example/talks"]).await);
    assert_eq!(quiet["watches"][0]["fires"], false);
    assert!(quiet["watches"][0]["decision"].is_null());
    let unknown = wirewatch(&house, &["why", "--json", "https://news.example/other"]).await;
    assert_eq!((unknown.code, unknown.out.as_str()), (Some(1), ""));
    house.finish().await;
}
