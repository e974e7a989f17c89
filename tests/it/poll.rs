//! From a feed to an alert, with the real daemon: what is told, what is not, and that nothing comes twice.

use std::time::Duration;

use wirewatch::daemon::Clock;
use wirewatch::store::{Store, StoryMatch};

use crate::house::feed_server::Page;
use crate::house::wirewatch::{House, rss};

const HOUR: Duration = Duration::from_secs(3600);

const WATCHES: &str = r#"
[receiver.analyst]
email = "analyst@example.org"
time_zone = "Africa/Bamako"

[group.jnim]
names = ["JNIM", "GSIM"]

[watch.jnim]
title = "JNIM in the news"
find = ["@jnim"]
"#;

/// A house with one feed that was read before, with one entry of no interest.
async fn house() -> House {
    let house = House::new().await;
    house.write("watchlist.toml", WATCHES);
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    house.feeds.serve(
        "/desk.xml",
        Page::feed(rss("Desk", &[("old", "Rain in Kayes", "The season is late.")])),
    );
    house.round().await;
    house
}

fn subjects(house: &House) -> Vec<String> {
    let subject = |raw: &[u8]| {
        mail_parser::MessageParser::default()
            .parse(raw)
            .unwrap()
            .subject()
            .unwrap()
            .to_owned()
    };
    house.mail.mails().iter().map(|mail| subject(&mail.raw)).collect()
}

/// What the desk publishes from now on.
fn publish(house: &House, items: &[(&str, &str, &str)]) {
    house.feeds.serve("/desk.xml", Page::feed(rss("Desk", items)));
}

#[tokio::test]
async fn an_entry_that_is_new_and_matches_is_told_once_with_its_reason() {
    let house = house().await;
    publish(
        &house,
        &[
            ("a", "Le GSIM revendique une attaque à Ségou", "Trois morts."),
            ("old", "Rain in Kayes", "Late."),
        ],
    );
    house.round_after(HOUR).await;
    let mails = house.mail.mails();
    assert_eq!(mails.len(), 1);
    let text = String::from_utf8_lossy(&mails[0].raw).into_owned();
    let mail = mail_parser::MessageParser::default().parse(&mails[0].raw).unwrap();
    let body = mail.body_text(0).unwrap();
    assert_eq!(mails[0].to, ["analyst@example.org"]);
    assert!(
        mail.subject()
            .unwrap()
            .contains("JNIM in the news: Le GSIM revendique une attaque à Ségou"),
        "{text}"
    );
    for part in ["“GSIM” (JNIM)", "https://news.example/a", "Desk", "Africa/Bamako"] {
        assert!(body.contains(part), "{part} is not in\n{body}");
    }
    house.round_after(HOUR).await;
    assert_eq!(house.mail.mails().len(), 1, "the same entries again");
    house.finish().await;
}

#[tokio::test]
async fn three_entries_with_the_same_date_one_seen_before_the_others_still_come() {
    let house = house().await;
    let dated = |items: &[(&str, &str)]| {
        let items: String = items
            .iter()
            .map(|(guid, title)| {
                format!("<item><guid>{guid}</guid><title>{title}</title><pubDate>Mon, 02 Mar 2026 08:30:00 GMT</pubDate></item>")
            })
            .collect();
        Page::feed(format!(
            "<rss version=\"2.0\"><channel><title>Desk</title>{items}</channel></rss>"
        ))
    };
    let first = ("a", "JNIM blocks the road to Kayes, drivers stranded");
    house.feeds.serve("/desk.xml", dated(&[first]));
    house.round_after(HOUR).await;
    let (second, third) = (
        ("b", "GSIM burns fuel lorries near Diboli"),
        ("c", "Teachers flee a JNIM ultimatum in Macina"),
    );
    house.feeds.serve("/desk.xml", dated(&[first, second, third]));
    house.round_after(HOUR).await;
    assert_eq!(house.mail.mails().len(), 3, "{:?}", subjects(&house));
    house.finish().await;
}

#[tokio::test]
async fn the_newest_entry_is_not_first_in_the_feed_no_repeats() {
    let house = house().await;
    let (a, b) = (
        ("a", "JNIM blocks the road to Kayes", ""),
        ("b", "Market fire in Sikasso destroys forty stalls", ""),
    );
    publish(&house, &[a, b]);
    house.round_after(HOUR).await;
    publish(&house, &[b, a, ("c", "GSIM releases two German hostages", "")]);
    house.round_after(HOUR).await;
    publish(&house, &[("c", "GSIM releases two German hostages", ""), a, b]);
    house.round_after(HOUR).await;
    assert_eq!(house.mail.mails().len(), 2, "{:?}", subjects(&house));
    house.finish().await;
}

#[tokio::test]
async fn all_entries_share_one_guid_or_one_link_all_are_seen() {
    for (what, item) in [
        ("one guid", "<item><guid>same</guid><title>TITLE</title></item>"),
        (
            "one link",
            "<item><link>https://news.example/</link><title>TITLE</title></item>",
        ),
    ] {
        let house = house().await;
        let titles = [
            "JNIM blocks the road to Kayes",
            "Hostages freed by GSIM after ransom",
            "Fuel convoy burnt, GSIM says",
        ];
        let items: String = titles.iter().map(|title| item.replace("TITLE", title)).collect();
        house.feeds.serve(
            "/desk.xml",
            Page::feed(format!("<rss version=\"2.0\"><channel>{items}</channel></rss>")),
        );
        house.round_after(HOUR).await;
        assert_eq!(house.mail.mails().len(), 3, "{what}: {:?}", subjects(&house));
        house.finish().await;
    }
}

#[tokio::test]
async fn link_and_guid_change_at_every_fetch_one_alert() {
    let house = house().await;
    for fetch in ["CBMiXkFVX3lx", "CBMiYkFVX3lx", "CBMiZkFVX3lx"] {
        publish(
            &house,
            &[(fetch, "GSIM claims the attack on the convoy near Kayes - Desk", "")],
        );
        house.round_after(HOUR).await;
    }
    assert_eq!(house.mail.mails().len(), 1, "{:?}", subjects(&house));
    house.finish().await;
}

#[tokio::test]
async fn the_date_is_rewritten_no_new_alert_the_death_toll_changes_one_update() {
    let house = house().await;
    let entry = |date: &str, text: &str| {
        Page::feed(format!(
            "<rss version=\"2.0\"><channel><title>Desk</title><item><guid>a</guid><title>JNIM attacks a village near Bankass</title>\
             <pubDate>{date}</pubDate><description>{text}</description></item></channel></rss>"
        ))
    };
    let steps = [
        (
            "first seen",
            "Mon, 02 Mar 2026 08:00:00 GMT",
            "JNIM fighters killed 12 people, officials said.",
            1,
        ),
        (
            "another date",
            "Mon, 02 Mar 2026 10:00:00 GMT",
            "JNIM fighters killed 12 people, officials said.",
            1,
        ),
        (
            "another wording",
            "Mon, 02 Mar 2026 10:00:00 GMT",
            "JNIM fighters killed 12 people, local officials said today.",
            1,
        ),
        (
            "another toll",
            "Mon, 02 Mar 2026 12:00:00 GMT",
            "JNIM fighters killed 21 people, officials said.",
            2,
        ),
        (
            "the same toll again",
            "Mon, 02 Mar 2026 13:00:00 GMT",
            "JNIM fighters killed 21 people, sources said.",
            2,
        ),
    ];
    for (what, date, text, mails) in steps {
        house.feeds.serve("/desk.xml", entry(date, text));
        house.round_after(HOUR).await;
        assert_eq!(house.mail.mails().len(), mails, "{what}: {:?}", subjects(&house));
    }
    let update = String::from_utf8_lossy(&house.mail.mails()[1].raw).into_owned();
    assert!(update.contains("21"), "{update}");
    house.finish().await;
}

#[tokio::test]
async fn restart_feed_removed_and_added_again_url_changed_store_restored_no_flood() {
    let house = house().await;
    let items = [
        ("a", "JNIM blocks the road to Kayes", ""),
        ("b", "Hostages freed by GSIM after ransom", ""),
    ];
    publish(&house, &items);
    house.round_after(HOUR).await;
    assert_eq!(house.mail.mails().len(), 2);
    let backup = house.path().join("backup");
    std::fs::create_dir(&backup).unwrap();
    std::fs::copy(house.store_folder().join("wirewatch.db"), backup.join("wirewatch.db")).unwrap();

    house.round_after(HOUR).await;
    assert_eq!(house.mail.mails().len(), 2, "restart");

    house.watch_feeds(&[], "");
    house.round_after(HOUR).await;
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    house.round_after(HOUR).await;
    assert_eq!(house.mail.mails().len(), 2, "removed and added again");

    house.feeds.serve("/moved.xml", Page::feed(rss("Desk", &items)));
    house.watch_feeds(&[("desk", "/moved.xml")], "");
    house.round_after(HOUR).await;
    assert_eq!(house.mail.mails().len(), 2, "URL changed");

    std::fs::copy(backup.join("wirewatch.db"), house.store_folder().join("wirewatch.db")).unwrap();
    for log in ["wirewatch.db-wal", "wirewatch.db-shm"] {
        let _ = std::fs::remove_file(house.store_folder().join(log));
    }
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    house.round_after(HOUR).await;
    assert_eq!(house.mail.mails().len(), 2, "restored from a backup");
    house.finish().await;
}

#[tokio::test]
async fn a_feed_with_100_old_entries_is_added_no_alert() {
    let house = house().await;
    let titles: Vec<(String, String)> = (0..100)
        .map(|n| {
            (
                format!("g{n}"),
                format!("JNIM report number {n} from district {}", n * 7),
            )
        })
        .collect();
    let items: Vec<(&str, &str, &str)> = titles
        .iter()
        .map(|(guid, title)| (guid.as_str(), title.as_str(), ""))
        .collect();
    house.feeds.serve("/new.xml", Page::feed(rss("New", &items)));
    house.watch_feeds(&[("desk", "/desk.xml"), ("new", "/new.xml")], "");
    house.round_after(HOUR).await;
    assert_eq!(house.mail.mails().len(), 0, "{:?}", subjects(&house));
    assert_eq!(house.store().tally().await.unwrap().entries, 101, "they are remembered");
    house.finish().await;
}

#[tokio::test]
async fn a_backlog_is_told_as_far_as_the_feed_asks_for_it() {
    let page = || {
        let item = |guid: &str, title: &str, hour: u32| {
            format!(
                "<item><guid>{guid}</guid><title>{title}</title><pubDate>Mon, 02 Mar 2026 {hour:02}:00:00 GMT</pubDate></item>"
            )
        };
        let items =
            item("a", "JNIM blocks the road to Kayes", 6) + &item("b", "Hostages freed by GSIM after ransom", 1);
        Page::feed(format!("<rss version=\"2.0\"><channel>{items}</channel></rss>"))
    };
    for (backfill, told) in [("", 0), ("backfill = \"all\"", 2), ("backfill = \"6 hours\"", 1)] {
        let house = House::new().await;
        house.write("watchlist.toml", WATCHES);
        house.feeds.serve("/desk.xml", page());
        house.watch_feeds(&[("desk", "/desk.xml")], backfill);
        house.round().await;
        assert_eq!(house.mail.mails().len(), told, "{backfill}");
        house.finish().await;
    }
}

#[tokio::test]
async fn an_article_whose_tag_list_always_says_mali_does_not_match_by_its_tags() {
    let house = house().await;
    house.feeds.serve(
        "/desk.xml",
        Page::feed(
            "<rss version=\"2.0\"><channel><item><guid>a</guid><title>Cotton prices</title><category>JNIM</category>\
             <category>GSIM</category><description>Up again.</description></item></channel></rss>",
        ),
    );
    house.round_after(HOUR).await;
    assert_eq!(house.mail.mails().len(), 0);
    house.finish().await;
}

#[tokio::test]
async fn the_same_story_in_four_feeds_is_one_alert_that_lists_its_sources() {
    let house = House::new().await;
    house.write("watchlist.toml", WATCHES);
    let paths = ["/a.xml", "/b.xml", "/c.xml", "/d.xml"];
    for path in paths {
        house
            .feeds
            .serve(path, Page::feed(rss(path, &[("old", "Rain in Kayes", "")])));
    }
    house.watch_feeds(
        &[("a", "/a.xml"), ("b", "/b.xml"), ("c", "/c.xml"), ("d", "/d.xml")],
        "",
    );
    house.round().await;
    let text = "Fighters of the GSIM attacked a convoy of fuel lorries on the road between Kayes and Bamako on Monday morning, \
                burning several of them, two drivers told the agency by telephone. The army has not commented yet.";
    for (n, path) in paths.iter().enumerate() {
        house.feeds.serve(
            path,
            Page::feed(rss(
                path,
                &[(&format!("x{n}"), "Fuel convoy attacked on the Kayes road", text)],
            )),
        );
        house.round_after(HOUR).await;
    }
    assert_eq!(house.mail.mails().len(), 1, "{:?}", subjects(&house));
    let store = house.store();
    let alerts = store.alerts(jiff::Timestamp::UNIX_EPOCH, 10).await.unwrap();
    assert_eq!(alerts.len(), 1);
    let sources: Vec<&str> = alerts[0]
        .also_in
        .first
        .iter()
        .map(|source| source.feed_title.as_str())
        .collect();
    assert_eq!(sources, ["/b.xml", "/c.xml", "/d.xml"]);
    let entries = store.entries(&StoryMatch::Story(alerts[0].alert.story)).await.unwrap();
    assert_eq!(entries.len(), 4, "copies are kept");
    house.finish().await;
}

#[tokio::test]
async fn a_feed_that_cannot_be_read_keeps_its_validators_so_that_nothing_hides_behind_304() {
    let house = house().await;
    house.feeds.serve(
        "/desk.xml",
        Page::feed("<rss version=\"2.0\"><channel>").etag("\"broken\""),
    );
    house.round_after(HOUR).await;
    publish(&house, &[("a", "JNIM blocks the road to Kayes", "")]);
    house.round_after(HOUR * 5).await;
    assert_eq!(house.mail.mails().len(), 1);
    let asked = house.feeds.requests_for("/desk.xml");
    assert!(
        asked
            .iter()
            .all(|asked| asked.header("if-none-match") != Some("\"broken\""))
    );
    house.finish().await;
}

#[tokio::test]
async fn a_new_watch_does_not_tell_of_what_was_known_before() {
    let house = house().await;
    publish(
        &house,
        &[("a", "Market fire in Sikasso", ""), ("old", "Rain in Kayes", "")],
    );
    house.round_after(HOUR).await;
    house.write(
        "watchlist.toml",
        &format!("{WATCHES}\n[watch.sikasso]\nfind = [\"Sikasso\"]\n"),
    );
    house.round_after(HOUR).await;
    assert_eq!(house.mail.mails().len(), 0);
    publish(
        &house,
        &[
            ("b", "Bridge opens in Sikasso", ""),
            ("a", "Market fire in Sikasso", ""),
        ],
    );
    house.round_after(HOUR).await;
    assert_eq!(house.mail.mails().len(), 1, "what is new is told");
    house.finish().await;
}

#[tokio::test]
async fn polls_that_brought_nothing_are_remembered_over_a_restart() {
    let house = House::new().await;
    house.write("watchlist.toml", WATCHES);
    let paths: Vec<String> = (0..12).map(|n| format!("/{n}.xml")).collect();
    let names: Vec<String> = (0..12).map(|n| format!("desk-{n}")).collect();
    let feeds: Vec<(&str, &str)> = names
        .iter()
        .map(String::as_str)
        .zip(paths.iter().map(String::as_str))
        .collect();
    house.watch_feeds(&feeds, "");
    for path in &paths {
        let page = Page::feed(rss("Desk", &[("old", "Rain in Kayes", "The season is late.")]));
        house.feeds.serve(path, page.etag("\"one\""));
    }
    house.round().await;
    house.round_after(2 * HOUR).await;
    let asked = house.feeds.requests();
    assert_eq!(asked.len(), 24);
    assert!(
        asked[12..]
            .iter()
            .all(|asked| asked.header("if-none-match") == Some("\"one\""))
    );
    for feed in house.store().feeds().await.unwrap() {
        assert_eq!(feed.last_polled, Some(house.clock.now()), "{}", feed.url);
        assert!(
            feed.next.at > house.clock.now() && feed.validators.etag.is_some(),
            "{feed:?}"
        );
        assert_eq!(
            house.store().feed(&feed.url).await.unwrap(),
            Some(feed),
            "alone as among all"
        );
    }
    house.round().await;
    assert_eq!(house.feeds.requests().len(), 24, "none is asked before its time");
    house.finish().await;
}
