//! Tables: how a feed is called, and what is told of it after a poll.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;
use wirewatch::daemon::Clock;
use wirewatch::feed::{Because, FeedState, NextPoll, Report, State, Told, Trouble, report};
use wirewatch::store::Store;

use super::{HOUR, MINUTE, desk, house};
use crate::house::feed_server::Page;
use crate::house::wirewatch::rss;

#[tokio::test]
async fn a_200_with_html_with_an_empty_feed_304_after_a_failure_html_with_a_link_each_is_named_for_what_it_is() {
    let plain = "<!doctype html><html><head><title>Desk</title></head><body><p>Hello</p></body></html>";
    let linked = "<!doctype html><html><head><link rel=\"alternate\" type=\"application/rss+xml\" \
                  href=\"/real.xml\"></head><body></body></html>";
    let known = || desk().etag("\"one\"");
    for (what, pages, name, words) in [
        ("a feed", vec![desk()], "fine", "fine"),
        ("a page", vec![Page::html(plain)], "not a feed", "web page, not a feed"),
        (
            "a page that names a feed",
            vec![Page::html(linked)],
            "not a feed",
            "its feed is http://127.0.0.1:PORT/real.xml",
        ),
        (
            "a page where a feed was",
            vec![known(), Page::html(plain)],
            "not a feed",
            "web page, not a feed",
        ),
        (
            "a feed that is empty",
            vec![known(), Page::feed(rss("Desk", &[]))],
            "empty",
            "it had one entry before",
        ),
        (
            "a feed that never had an entry",
            vec![Page::feed(rss("Desk", &[]))],
            "empty",
            "no entries yet",
        ),
        (
            "304 after a failure",
            vec![known(), Page::status(500), known()],
            "fine",
            "fine",
        ),
        (
            "304 after a page",
            vec![known(), Page::html(plain).etag("\"two\""), known()],
            "fine",
            "fine",
        ),
        (
            "a challenge for browsers",
            vec![Page::html(plain).with_status(403).header("cf-mitigated", "challenge")],
            "blocked",
            "Cloudflare challenge",
        ),
        (
            "a challenge without its header",
            vec![Page::html("<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>").with_status(503)],
            "blocked",
            "Cloudflare challenge, 503",
        ),
        (
            "a challenge that says that all is well",
            vec![Page::html("<html><body><script id=\"anubis_challenge\"></script></body></html>")],
            "blocked",
            "Anubis challenge, 200",
        ),
        (
            "a challenge of Amazon's",
            vec![Page::html("").with_status(202).header("x-amzn-waf-action", "challenge")],
            "blocked",
            "AWS challenge, 202",
        ),
        (
            "a wall of DataDome",
            vec![Page::html("").with_status(403).header("x-datadome", "protected")],
            "blocked",
            "DataDome challenge, 403",
        ),
        (
            "a wall of Imperva",
            vec![Page::html("").with_status(403).header("x-iinfo", "1-2-3")],
            "blocked",
            "Imperva challenge, 403",
        ),
        (
            "a wall of Imperva, by its network",
            vec![Page::html("").with_status(403).header("x-cdn", "Imperva")],
            "blocked",
            "Imperva challenge, 403",
        ),
        (
            "a wall of Sucuri",
            vec![Page::html("").with_status(403).header("x-sucuri-id", "11005")],
            "blocked",
            "Sucuri challenge, 403",
        ),
        (
            "a wall of Vercel",
            vec![Page::html("").with_status(429).header("x-vercel-mitigated", "challenge")],
            "blocked",
            "Vercel challenge, 429",
        ),
        (
            "a wall of Akamai",
            vec![Page::html("").with_status(403).header("server", "AkamaiGHost")],
            "blocked",
            "Akamai challenge, 403",
        ),
        (
            "a wall of DDoS-Guard",
            vec![Page::html("").with_status(403).header("server", "ddos-guard")],
            "blocked",
            "DDoS-Guard challenge, 403",
        ),
        (
            "a wall of Kasada",
            vec![Page::html("").with_status(429).header("x-kpsdk-ct", "x")],
            "blocked",
            "Kasada challenge, 429",
        ),
        (
            "a captcha of Amazon's",
            vec![Page::html("").with_status(405).header("x-amzn-waf-action", "captcha")],
            "blocked",
            "AWS challenge, 405",
        ),
        (
            "what can be done about a wall",
            vec![Page::html("").with_status(403).header("cf-mitigated", "challenge")],
            "blocked",
            "ask the publisher to let feed readers in",
        ),
        (
            "a front that is only busy",
            vec![Page::html("").with_status(503).header("server", "cloudflare")],
            "failing",
            "overloaded or under repair (503)",
        ),
        (
            "a page of a site behind a front",
            vec![Page::status(404).header("server", "cloudflare")],
            "not found",
            "nothing at this address (404)",
        ),
        (
            "an error of a bridge",
            vec![Page::feed(rss("Desk", &[("20123", "Bridge returned error 404! (20123)", "")]))],
            "bridge error",
            "error 404 from the site behind it",
        ),
        (
            "an error of a bridge beside news",
            vec![Page::feed(rss("Desk", &[("a", "Rain", ""), ("20123", "Bridge returned error 0! (20123)", "")]))],
            "bridge error",
            "an error of its own",
        ),
        (
            "a plain refusal",
            vec![Page::status(403)],
            "blocked",
            "the server refuses us (403)",
        ),
        ("too often", vec![Page::status(429)], "slowed", "too often (429)"),
        (
            "nothing there",
            vec![Page::status(404)],
            "not found",
            "nothing at this address (404)",
        ),
        ("gone", vec![Page::status(410)], "gone", "for good (410)"),
        (
            "a fault of the server",
            vec![Page::status(500)],
            "failing",
            "a fault of its own (500)",
        ),
        (
            "cut short",
            vec![Page::feed(rss("Desk", &[("a", "A", ""), ("b", "B", "")])).cut_after(250)],
            "cut short",
            "broke off",
        ),
    ] {
        let house = house("").await;
        house.watch_feeds(&[("desk", "/desk.xml")], "");
        let polls = pages.len();
        house.feeds.serve_in_turn("/desk.xml", pages);
        for _ in 0..polls {
            house.round_after(HOUR).await;
        }
        let feed = house.store().feeds().await.unwrap().remove(0);
        let state = State::of(&feed, house.clock.now());
        let said = state
            .words(house.clock.now())
            .replace(&format!(":{}", house.feeds.port()), ":PORT");
        assert_eq!(state.name(), name, "{what}: {said}");
        assert!(said.contains(words), "{what}: {said}");
        house.round_after(HOUR).await;
        house.finish().await;
    }
}

#[tokio::test]
async fn error_entries_of_a_bridge_are_feed_health_and_no_alerts() {
    let house = house("").await;
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    house.feeds.serve("/desk.xml", desk().etag("\"one\""));
    house.round().await;
    // The words of the watch stand in the error, and a new one comes every day.
    let error = |day: &str| {
        let title = format!("Bridge returned error 503! ({day})");
        Page::feed(rss("Desk", &[(day, &title, "https://bridge.example/?bridge=Kayes")])).etag(&format!("\"{day}\""))
    };
    house.feeds.serve("/desk.xml", error("20123"));
    super::pass(&house, 5 * HOUR).await;
    house.feeds.serve("/desk.xml", error("20124"));
    super::pass(&house, 5 * HOUR).await;
    let told = super::mails(&house);
    let subjects: Vec<&str> = told.iter().map(|(subject, ..)| subject.as_str()).collect();
    assert_eq!(
        subjects,
        ["[Wirewatch] “Desk” has brought errors in place of news for 3 hours"]
    );
    assert!(told[0].2.contains("error 503 from the site behind it"), "{}", told[0].2);
    let kept = house.store().feeds().await.unwrap().remove(0).validators;
    assert_eq!(
        kept.etag.as_deref(),
        Some("\"one\""),
        "what was no news is not what was last read"
    );
    house
        .feeds
        .serve("/desk.xml", Page::feed(rss("Desk", &[("new", "Rain in Kayes", "")])));
    super::pass(&house, 6 * HOUR).await;
    let subjects: Vec<String> = super::subjects(&house)[1..].to_vec();
    assert!(
        subjects.contains(&"[Wirewatch] “Desk” can be read again".to_owned()),
        "{subjects:?}"
    );
    assert!(
        subjects.iter().any(|subject| subject.contains("Rain in Kayes")),
        "{subjects:?}"
    );
    house.finish().await;
}

fn dated(entries: &[(&str, &str)]) -> Page {
    let items: String = entries
        .iter()
        .map(|(guid, date)| format!("<item><guid>{guid}</guid><title>{guid}</title><pubDate>{date}</pubDate></item>"))
        .collect();
    Page::feed(format!(
        "<rss version=\"2.0\"><channel><title>Desk</title>{items}</channel></rss>"
    ))
}

#[tokio::test]
async fn what_comes_is_counted_and_how_late_it_is_seen() {
    let house = house("").await;
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    let old = ("old", "Mon, 02 Mar 2026 07:00:00 GMT");
    house.feeds.serve("/desk.xml", dated(&[old]));
    house.round().await;
    house.feeds.serve(
        "/desk.xml",
        dated(&[
            ("b", "Mon, 02 Mar 2026 09:40:00 GMT"),
            ("a", "Mon, 02 Mar 2026 09:30:00 GMT"),
            old,
        ]),
    );
    house.round_after(2 * HOUR).await;
    house.feeds.serve(
        "/desk.xml",
        dated(&[
            ("c", "Mon, 02 Mar 2026 10:59:00 GMT"),
            ("b", "Mon, 02 Mar 2026 09:40:00 GMT"),
            old,
        ]),
    );
    house.round_after(HOUR).await;
    let feed = house.store().feeds().await.unwrap().remove(0);
    assert_eq!(
        feed.arrivals.delays_secs,
        [1200, 1800, 60],
        "in the order of the feed; what was there first is no arrival"
    );
    assert_eq!(feed.arrivals.median_delay(), Some(20 * MINUTE));
    let later = house.clock.now() + 33 * HOUR;
    assert_eq!(
        feed.arrivals.a_day(feed.first_read, later),
        Some(2.0),
        "three in 36 hours"
    );
    assert_eq!(feed.answer_millis.len(), 3);
    assert_eq!(feed.changed, feed.last_read);
    house.finish().await;
}

#[tokio::test]
async fn a_feed_that_moved_for_good_is_told_once_with_its_new_address() {
    let house = house("").await;
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    house.feeds.serve("/desk.xml", desk());
    house.round().await;
    house.feeds.serve("/new.xml", desk());
    house.feeds.serve("/desk.xml", Page::redirect(301, "/new.xml"));
    for _ in 0..6 {
        house.round_after(24 * HOUR).await;
    }
    assert_eq!(
        super::subjects(&house),
        [""; 0],
        "a redirect of some days may be a slip"
    );
    let feed = house.store().feeds().await.unwrap().remove(0);
    assert_eq!(State::of(&feed, house.clock.now()).name(), "renamed");
    for _ in 0..4 {
        house.round_after(24 * HOUR).await;
    }
    assert_eq!(super::subjects(&house), ["[Wirewatch] “Desk” has a new address"]);
    let (_, _, text) = super::mails(&house).remove(0);
    assert!(
        text.contains("/new.xml") && text.contains("It is asked for there now"),
        "{text}"
    );
    house.finish().await;
}

#[tokio::test]
async fn the_suggested_feed_is_told() {
    let house = house("").await;
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    let page = "<html><head><link rel=alternate type=application/atom+xml href=/real.xml></head></html>";
    house.feeds.serve("/desk.xml", Page::html(page));
    house.round().await;
    super::pass(&house, 5 * HOUR).await;
    let (subject, _, text) = super::mails(&house).remove(0);
    assert!(subject.contains("has been no feed for 3 hours"), "{subject}");
    let line = format!("Write {} in its place", house.feeds.url("/real.xml"));
    assert!(text.contains(&line), "{text}");
    house.finish().await;
}

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

/// A feed that was read for a month, once an hour, newest entry at noon of 2 March.
fn hourly() -> FeedState {
    let mut memory = FeedState::unread(
        &Url::parse("https://desk.test/feed").unwrap(),
        at("2026-02-01T00:00:00Z"),
    );
    memory.first_read = Some(at("2026-02-01T00:00:00Z"));
    memory.entries_last = 20;
    memory.rhythm.gaps_secs = vec![3600; 32];
    memory.rhythm.newest_entry = Some(at("2026-03-02T12:00:00Z"));
    memory
}

fn failing(trouble: Trouble, since: &str) -> FeedState {
    FeedState {
        failures: 5,
        failing_since: Some(at(since)),
        trouble: Some(trouble),
        last_error: Some("something is wrong".to_owned()),
        ..hourly()
    }
}

#[test]
fn what_is_told_after_a_poll() {
    let now = at("2026-03-02T15:00:00Z");
    let (noon, two) = ("2026-03-02T12:00:00Z", "2026-03-02T14:00:00Z");
    let next = |memory: FeedState, at: Timestamp, because: Because| FeedState {
        next: NextPoll { at, because },
        ..memory
    };
    let told = |memory: FeedState, told: Told| FeedState {
        told: Some(told),
        ..memory
    };
    let soon = now + 10 * MINUTE;
    let late = now + 5 * HOUR;
    let silent_since = at("2026-02-20T12:00:00Z");
    let mut silent = hourly();
    silent.rhythm.newest_entry = Some(silent_since);
    let mut never_heard = silent.clone();
    never_heard.first_read = Some(at("2026-03-01T00:00:00Z"));
    let mut without_rhythm = silent.clone();
    without_rhythm.rhythm.gaps_secs.truncate(5);
    let mut at_times = failing(Trouble::Emptied, noon);
    at_times.empty_at_times = true;
    let backoff = Because::Backoff { failures: 5 };
    let (since, at_two) = (at(noon), at(two));
    for (case, memory, expected, next_at) in [
        ("fine", hourly(), None, None),
        (
            "three hours",
            failing(Trouble::ServerFault, noon),
            Some(Report::Failing { since }),
            None,
        ),
        (
            "one hour, asked again soon",
            next(failing(Trouble::ServerFault, two), soon, backoff),
            None,
            Some(soon),
        ),
        (
            "one hour, asked again when the time is over",
            next(failing(Trouble::ServerFault, two), late, backoff),
            None,
            Some(at_two + 3 * HOUR),
        ),
        (
            "one hour, and the server wants a longer pause",
            next(failing(Trouble::Slowed, two), late, Because::RetryAfter),
            Some(Report::Failing { since: at_two }),
            Some(late),
        ),
        (
            "gone",
            failing(Trouble::Gone, two),
            Some(Report::Failing { since: at_two }),
            None,
        ),
        (
            "told before",
            told(failing(Trouble::ServerFault, noon), Told::Failing { since }),
            None,
            None,
        ),
        (
            "told before, gone now",
            told(failing(Trouble::Gone, noon), Told::Failing { since }),
            Some(Report::Failing { since }),
            None,
        ),
        (
            "told to be gone",
            told(failing(Trouble::Gone, noon), Told::Gone { since }),
            None,
            None,
        ),
        (
            "mended",
            told(hourly(), Told::Failing { since }),
            Some(Report::Mended { since }),
            None,
        ),
        (
            "back from the dead",
            told(hourly(), Told::Gone { since }),
            Some(Report::Mended { since }),
            None,
        ),
        (
            "empty",
            failing(Trouble::Emptied, noon),
            Some(Report::Failing { since }),
            None,
        ),
        ("empty, as it is at times", at_times, None, None),
        (
            "silent",
            silent.clone(),
            Some(Report::Silent { since: silent_since }),
            None,
        ),
        (
            "silent, told",
            told(silent, Told::Silent { since: silent_since }),
            None,
            None,
        ),
        ("silent before it was first read", never_heard, None, None),
        ("too few entries to have a rhythm", without_rhythm, None, None),
        (
            "speaks again",
            told(hourly(), Told::Silent { since: silent_since }),
            Some(Report::SpeaksAgain { since: silent_since }),
            None,
        ),
        (
            "after an outage that was told",
            told(hourly(), Told::NoNetwork { since }),
            None,
            None,
        ),
    ] {
        let mut after = memory.clone();
        let reported = report(&mut after, Duration::from_secs(3 * 3600), now);
        assert_eq!(reported, expected, "{case}");
        if let Some(next_at) = next_at {
            assert_eq!(after.next.at, next_at, "{case}");
        }
        let again = report(&mut after, Duration::from_secs(3 * 3600), now);
        assert_eq!(again, None, "{case}: the next poll tells nothing again");
    }
}
