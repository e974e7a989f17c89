//! With the real daemon: an entry's article is opened once, politely, and what it says is told once.

use std::time::Duration;

use wirewatch::feed::ArticleFate;
use wirewatch::store::{EntryRow, Store, StoryMatch};

use crate::house::feed_server::Page;
use crate::house::wirewatch::House;

const HOUR: Duration = Duration::from_secs(3600);
const WATCHES: &str = "[receiver.analyst]\nemail = \"analyst@example.org\"\n[watch.mali]\nfind = [\"Mali\", \"Gao\"]\n";
const SUMMARY: &str = "Gunmen attacked a convoy of lorries on the northern road.";

/// A feed of these entries (guid, title, text), each with a link to `/page/GUID` of the same server.
fn feed(house: &House, entries: &[(&str, &str, &str)]) -> Page {
    let items: String = entries
        .iter()
        .map(|(guid, title, text)| {
            let link = house.feeds.url(&format!("/page/{}", guid.trim_end_matches('\'')));
            format!(
                "<item><guid isPermaLink=\"false\">{guid}</guid><link>{link}</link><title>{title}</title>\
                 <description>{text}</description></item>"
            )
        })
        .collect();
    Page::feed(format!(
        "<rss version=\"2.0\"><channel><title>Desk</title>{items}</channel></rss>"
    ))
}

/// The page of an article: the summary, then more, then tags.
fn page(more: &str) -> Page {
    Page::html(format!(
        "<html><head><title>Desk</title></head><body><nav><a href=\"/mali\">Mali</a></nav><article><h1>A convoy was attacked</h1>\
         <p>{SUMMARY}</p><p>{more}</p><p>The drivers spent the night in a school and are on their way home, the company said on Monday.</p>\
         </article><ul class=\"post-tags\"><li><a href=\"/t\" rel=\"tag\">Mali</a></li></ul></body></html>"
    ))
}

/// A house whose one feed was read before, with one old entry.
async fn house() -> House {
    let house = House::new().await;
    house.write("watchlist.toml", WATCHES);
    house.watch_feeds(&[("desk", "/desk.xml")], "full_text = true");
    house
        .feeds
        .serve("/desk.xml", feed(&house, &[("old", "Rain", "It rains.")]));
    house.round().await;
    assert_eq!(house.feeds.requests().len(), 1, "what was there before is not opened");
    house
}

async fn entry(house: &House, guid: &str) -> EntryRow {
    let link = house.feeds.url(&format!("/page/{guid}"));
    let mut rows = house
        .store()
        .entries(&StoryMatch::Link(link.to_string()))
        .await
        .unwrap();
    rows.remove(0)
}

fn bodies(house: &House) -> Vec<String> {
    let text = |raw: &[u8]| {
        let mail = mail_parser::MessageParser::default().parse(raw).unwrap();
        mail.body_text(0).unwrap().into_owned()
    };
    house.mail.mails().iter().map(|mail| text(&mail.raw)).collect()
}

#[tokio::test]
async fn an_article_brings_the_alert_that_the_feeds_text_alone_did_not() {
    let house = house().await;
    house.feeds.serve(
        "/page/a",
        page("It happened near Gao, forty kilometres from the border."),
    );
    house
        .feeds
        .serve("/desk.xml", feed(&house, &[("a", "A convoy was attacked", SUMMARY)]));
    house.round_after(HOUR).await;
    let mails = bodies(&house);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains("forty kilometres from the border"), "{}", mails[0]);
    let row = entry(&house, "a").await;
    assert!(
        matches!(row.article, Some(ArticleFate::Read { .. })),
        "{:?}",
        row.article
    );
    assert!(
        row.entry.text.starts_with(SUMMARY) && row.entry.text.contains("a school"),
        "{}",
        row.entry.text
    );
    // The same feed again, then under a new guid, then with another word in its text: opened once, told once.
    house.round_after(HOUR).await;
    house
        .feeds
        .serve("/desk.xml", feed(&house, &[("a'", "A convoy was attacked", SUMMARY)]));
    house.round_after(HOUR).await;
    house.feeds.serve(
        "/desk.xml",
        feed(
            &house,
            &[("a'", "A convoy was attacked", &format!("{SUMMARY} More follows."))],
        ),
    );
    house.round_after(HOUR).await;
    assert_eq!(house.feeds.requests_for("/page/a").len(), 1);
    assert_eq!(bodies(&house).len(), 1);
    let asked = &house.feeds.requests_for("/page/a")[0];
    for header in ["referer", "cookie", "if-none-match", "if-modified-since"] {
        assert_eq!(asked.header(header), None, "{header}");
    }
    house.finish().await;
}

#[tokio::test]
async fn what_the_feeds_text_raised_is_not_told_again_for_its_article() {
    let house = house().await;
    house.feeds.serve(
        "/page/a",
        page("It happened near Gao, and 14 people died, officials in Mali said."),
    );
    house.feeds.serve(
        "/desk.xml",
        feed(&house, &[("a", "Mali: a convoy was attacked", SUMMARY)]),
    );
    house.round_after(HOUR).await;
    house.round_after(HOUR).await;
    assert_eq!(bodies(&house).len(), 1);
    let row = entry(&house, "a").await;
    assert!(row.entry.text.contains("14 people died"), "{}", row.entry.text);
    let decision = row.fate.watches[0].decision.as_ref().unwrap().to_string();
    assert_eq!(decision, "alert", "what raised it is not forgotten");
    house.finish().await;
}

#[tokio::test]
async fn where_the_article_is_not_had_the_feeds_text_stands_and_says_why() {
    let table = [
        (
            "no such page",
            Page::status(404),
            "there is no page at this address (404)",
        ),
        (
            "a paywall",
            Page::html("<html><body><p>Subscribe.</p></body></html>"),
            "less than the feed does",
        ),
        (
            "a question about cookies",
            Page::html(format!(
                "<html><body><p>{}</p></body></html>",
                "Our 842 partners store information on devices. ".repeat(20)
            )),
            "something else",
        ),
        ("a film", Page::of("video/mp4", "x"), "a film"),
        (
            "only its tags say Mali",
            page("It happened in a place that nobody names."),
            "",
        ),
    ];
    for (case, page, why) in table {
        let house = house().await;
        house.feeds.serve("/page/a", page);
        house
            .feeds
            .serve("/desk.xml", feed(&house, &[("a", "A convoy was attacked", SUMMARY)]));
        house.round_after(HOUR).await;
        house.round_after(HOUR).await;
        assert_eq!(bodies(&house).len(), 0, "{case}");
        assert_eq!(
            house.feeds.requests_for("/page/a").len(),
            1,
            "{case}: it was tried once"
        );
        match entry(&house, "a").await.article {
            Some(ArticleFate::NotRead { why: said, .. }) => {
                assert!(!why.is_empty() && said.contains(why), "{case}: {said}")
            }
            other => assert!(
                why.is_empty() && matches!(other, Some(ArticleFate::Read { .. })),
                "{case}: {other:?}"
            ),
        }
        house.finish().await;
    }
}

#[tokio::test]
async fn an_alert_says_where_it_rests_on_the_feeds_own_text() {
    let house = house().await;
    house.write(
        "watchlist.toml",
        &WATCHES.replace("example.org\"\n", "example.org\"\nquiet_hours = \"08:30-09:30\"\n"),
    );
    house.feeds.serve("/page/a", Page::status(403));
    house.feeds.serve(
        "/desk.xml",
        feed(&house, &[("a", "Mali: a convoy was attacked", SUMMARY)]),
    );
    house.round_after(HOUR).await;
    house.round_after(HOUR).await;
    let mails = bodies(&house);
    assert_eq!(mails.len(), 1);
    let words = mails[0].split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("the feed's own text, for the article was not read: the site refuses us (403)"),
        "{words}"
    );
    house.finish().await;
}

#[tokio::test]
async fn a_site_that_has_a_fault_is_tried_again_for_two_minutes() {
    let seconds = Duration::from_secs;
    // When it answers again; whether that was in time.
    for (case, healthy_after, told) in [("soon", 1, 1), ("too late", 9, 0)] {
        let house = house().await;
        let faults = vec![Page::status(503); healthy_after];
        let good = page("It happened near Gao, forty kilometres from the border.");
        house.feeds.serve_in_turn("/page/a", [faults, vec![good]].concat());
        house
            .feeds
            .serve("/desk.xml", feed(&house, &[("a", "A convoy was attacked", SUMMARY)]));
        house.round_after(HOUR).await;
        for _ in 0..12 {
            house.round_after(seconds(20)).await;
        }
        assert_eq!(bodies(&house).len(), told, "{case}");
        let tries = house.feeds.requests_for("/page/a").len();
        assert_eq!(
            tries,
            if told == 1 { 2 } else { 4 },
            "{case}: after 15, 30 and 60 s; two minutes more would be too late"
        );
        house.finish().await;
    }
}

#[tokio::test]
async fn a_page_is_not_opened_where_robots_txt_says_no() {
    let table = [
        (
            "closed to all",
            Page::of("text/plain", "User-agent: *\nDisallow: /page/"),
            "robots.txt",
            0,
        ),
        (
            "closed to others",
            Page::of("text/plain", "User-agent: GPTBot\nDisallow: /"),
            "",
            1,
        ),
        (
            "it cannot say",
            Page::status(503),
            "does not say what programs may read (503)",
            0,
        ),
    ];
    for (case, robots, why, opened) in table {
        let house = house().await;
        house.feeds.serve("/robots.txt", robots);
        house.feeds.serve("/page/a", page("It happened near Gao."));
        house.feeds.serve("/page/b", page("It happened near Ansongo."));
        house.feeds.serve(
            "/desk.xml",
            feed(
                &house,
                &[("a", "A convoy was attacked", SUMMARY), ("b", "Another one", SUMMARY)],
            ),
        );
        house.round_after(HOUR).await;
        assert_eq!(
            house.feeds.requests_for("/robots.txt").len(),
            1,
            "{case}: asked once for both"
        );
        assert_eq!(house.feeds.requests_for("/page/a").len(), opened, "{case}");
        match entry(&house, "a").await.article {
            Some(ArticleFate::NotRead { why: said, .. }) => {
                assert!(!why.is_empty() && said.contains(why), "{case}: {said}")
            }
            Some(ArticleFate::Waiting { why: Some(said), .. }) => assert!(said.contains(why), "{case}: {said}"),
            other => assert!(
                opened == 1 && matches!(other, Some(ArticleFate::Read { .. })),
                "{case}: {other:?}"
            ),
        }
        for mail in bodies(&house) {
            assert!(opened == 1, "{case}: {mail}");
        }
        house.finish().await;
    }
}

#[tokio::test]
async fn a_redirect_leads_to_the_page_and_never_inside() {
    for (case, to, private, read) in [
        ("within the site", "/elsewhere/a", true, true),
        ("to a private address", "/elsewhere/a", false, false),
        ("round and round", "/page/a", true, false),
    ] {
        let house = house().await;
        house.feeds.serve("/page/a", Page::redirect(302, to));
        house.feeds.serve("/elsewhere/a", page("It happened near Gao."));
        house
            .feeds
            .serve("/desk.xml", feed(&house, &[("a", "A convoy was attacked", SUMMARY)]));
        if !private {
            // The feed comes from a file; the link leads to this machine.
            let text = feed(&house, &[("a", "A convoy was attacked", SUMMARY)]);
            std::fs::write(house.config().join("desk.xml"), text.body()).unwrap();
            let toml = std::fs::read_to_string(house.config().join("wirewatch.toml")).unwrap();
            house.write("wirewatch.toml", &toml.replace("allow_private = true", ""));
            house.write(
                "feeds.toml",
                "[feeds.desk]\nurls = [\"file:desk.xml\"]\nfull_text = true\nbackfill = \"all\"\n",
            );
        }
        house.round_after(HOUR).await;
        let fate = entry(&house, "a").await.article;
        assert_eq!(matches!(fate, Some(ArticleFate::Read { .. })), read, "{case}: {fate:?}");
        assert_eq!(house.feeds.requests_for("/page/a").is_empty(), !private, "{case}");
        house.finish().await;
    }
}
