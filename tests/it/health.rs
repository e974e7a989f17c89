//! Nothing is silent: what is told of feeds, of our own network and of receivers, when, and that it is told once.

use std::time::Duration;

use wirewatch::daemon::Clock;
use wirewatch::store::Store;

use crate::house::feed_server::Page;
use crate::house::wirewatch::{House, Running, rss};

mod outage;
mod states;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

const WATCHES: &str = "[receiver.operator]\nemail = \"operator@example.org\"\n[receiver.analyst]\nemail = \
                       \"analyst@example.org\"\n[watch.kayes]\nfind = [\"Kayes\"]\ntell = [\"analyst\"]\n";

/// A house whose operator hears of trouble.
async fn house(health: &str) -> House {
    let house = House::new().await;
    house.write(
        "watchlist.toml",
        &format!("{WATCHES}[health]\ntell = [\"operator\"]\n{health}\n"),
    );
    house
}

fn desk() -> Page {
    Page::feed(rss("Desk", &[("old", "Rain in Sikasso", "")]))
}

/// Subject, receiver and text of every mail so far. One that came again under its id counts once: a clock that is turned
/// by hand leaps over the lease of a mail that is under way.
fn mails(house: &House) -> Vec<(String, String, String)> {
    let mut ids = std::collections::HashSet::new();
    let mut mails = Vec::new();
    for mail in house.mail.mails() {
        let parsed = mail_parser::MessageParser::default().parse(&mail.raw).unwrap();
        if ids.insert(parsed.message_id().unwrap().to_owned()) {
            mails.push((
                parsed.subject().unwrap().to_owned(),
                mail.to.join(" "),
                parsed.body_text(0).unwrap().into_owned(),
            ));
        }
    }
    mails
}

/// Waits until so many mails have come.
async fn wait_for_mails(house: &House, count: usize) {
    loop {
        let so_far = house.mail.mails().len();
        if mails(house).len() >= count {
            return;
        }
        house.mail.mail(so_far + 1).await;
    }
}

fn subjects(house: &House) -> Vec<String> {
    mails(house).into_iter().map(|(subject, ..)| subject).collect()
}

/// Lets time pass in rounds of ten minutes; each round is a daemon that is started for it, so everything told is told
/// across restarts.
async fn pass(house: &House, time: Duration) {
    let until = house.clock.now() + time;
    while house.clock.now() < until {
        house.round_after(10 * MINUTE).await;
    }
}

/// Lets time pass for a daemon that runs.
async fn live(house: &House, running: &mut Running, time: Duration) {
    let until = house.clock.now() + time;
    loop {
        let next = running.settled(&house.clock).await;
        if house.clock.now() >= until {
            return;
        }
        house.clock.turn_to(next.min(until));
    }
}

#[tokio::test]
async fn a_feed_that_fails_for_three_hours_is_told_once_and_once_when_it_is_mended() {
    let house = house("").await;
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    house.feeds.serve("/desk.xml", desk());
    house.round().await;
    house.feeds.serve("/desk.xml", Page::status(503));
    pass(&house, 3 * HOUR).await;
    assert_eq!(subjects(&house), [""; 0], "not for less than three hours");
    pass(&house, 90 * MINUTE).await;
    assert_eq!(subjects(&house), ["[Wirewatch] “Desk” could not be read for 3 hours"]);
    let (_, to, text) = mails(&house).remove(0);
    assert_eq!(to, "operator@example.org");
    for part in ["overloaded or under repair (503)", "/desk.xml", "It was last read"] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    pass(&house, 24 * HOUR).await;
    assert_eq!(mails(&house).len(), 1, "told once");
    house.feeds.serve("/desk.xml", desk());
    pass(&house, 6 * HOUR).await;
    assert_eq!(subjects(&house)[1..], ["[Wirewatch] “Desk” can be read again"]);
    pass(&house, 24 * HOUR).await;
    assert_eq!(mails(&house).len(), 2, "mended once");
    house.finish().await;
}

#[tokio::test]
async fn a_feed_that_fails_for_less_is_not_told_and_neither_where_nobody_is_to_be_told() {
    for (what, health, hours) in [("two hours", "", 2), ("nobody to tell", "tell = []", 24)] {
        let house = house("").await;
        if !health.is_empty() {
            house.write("watchlist.toml", WATCHES);
        }
        house.watch_feeds(&[("desk", "/desk.xml")], "");
        house.feeds.serve("/desk.xml", desk());
        house.round().await;
        house.feeds.serve("/desk.xml", Page::status(503));
        pass(&house, hours * HOUR).await;
        house.feeds.serve("/desk.xml", desk());
        pass(&house, 6 * HOUR).await;
        assert_eq!(subjects(&house), [""; 0], "{what}");
        house.finish().await;
    }
}

#[tokio::test]
async fn a_feed_that_is_gone_is_told_at_once() {
    let house = house("").await;
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    house.feeds.serve("/desk.xml", desk());
    house.round().await;
    house.feeds.serve("/desk.xml", Page::status(410));
    pass(&house, 2 * HOUR).await;
    assert_eq!(subjects(&house), ["[Wirewatch] “Desk” was taken away by its publisher"]);
    house.finish().await;
}

#[tokio::test]
async fn twenty_feeds_that_fail_are_one_mail_and_mended_they_are_few() {
    let house = house("").await;
    let names: Vec<(String, String)> = (1..=20).map(|n| (format!("d{n}"), format!("/{n}.xml"))).collect();
    let feeds: Vec<(&str, &str)> = names.iter().map(|(name, path)| (&**name, &**path)).collect();
    house.watch_feeds(&feeds, "");
    let serve = |page: Page| {
        for (_, path) in &names {
            house.feeds.serve(path, page.clone());
        }
    };
    serve(Page::status(500));
    let mut running = house.start();
    live(&house, &mut running, 4 * HOUR).await;
    wait_for_mails(&house, 1).await;
    let (subject, _, text) = mails(&house).remove(0);
    assert!(subject.ends_with(", and 19 more notices"), "{subject}");
    for (_, path) in &names {
        let line = house.feeds.url(path).to_string();
        assert!(
            text.lines().any(|known| known.trim() == line),
            "{line} is not in\n{text}"
        );
    }
    serve(desk());
    live(&house, &mut running, 8 * HOUR).await;
    running.stop().await;
    house.round_after(HOUR).await;
    let mended = mails(&house).split_off(1);
    let count: usize = mended
        .iter()
        .map(|(.., text)| text.matches("could not be read for").count())
        .sum();
    assert_eq!(count, 20, "each is told to be mended");
    assert!(mended.len() <= 5, "one message an hour at most: {:?}", subjects(&house));
    house.finish().await;
}

#[tokio::test]
async fn the_heartbeat_comes_once_a_day_at_local_time_also_across_restarts() {
    let house = house("heartbeat = \"07:05\"").await;
    house.watch_feeds(
        &[("desk", "/desk.xml"), ("broken", "/broken.xml")],
        "backfill = \"all\"",
    );
    let item =
        "<item><guid>k</guid><title>Rain in Kayes</title><pubDate>Mon, 02 Mar 2026 07:46:00 GMT</pubDate></item>";
    house.feeds.serve(
        "/desk.xml",
        Page::feed(format!(
            "<rss version=\"2.0\"><channel><title>Desk</title>{item}</channel></rss>"
        )),
    );
    house.feeds.serve("/broken.xml", Page::status(403));
    let heartbeats = || -> Vec<String> {
        let operator = mails(&house)
            .into_iter()
            .filter(|(_, to, _)| to == "operator@example.org");
        operator
            .map(|(subject, ..)| subject)
            .filter(|subject| subject.contains("feeds read"))
            .collect()
    };
    let first = "[Wirewatch] 1 of 2 feeds read; 1 failing since 08:00; last new entry 14 minutes ago; 1 alert since \
                 yesterday";
    for (at, count) in [
        ("2026-03-02T08:00:00Z", 1),
        ("2026-03-02T09:00:00Z", 1),
        ("2026-03-03T07:04:00Z", 1),
        ("2026-03-03T07:06:00Z", 2),
        ("2026-03-03T07:07:00Z", 2),
        ("2026-03-03T20:00:00Z", 2),
    ] {
        house.clock.turn_to(at.parse().unwrap());
        house.round().await;
        assert_eq!(heartbeats().len(), count, "{at}: {:?}", subjects(&house));
    }
    assert_eq!(heartbeats()[0], first);
    let mut running = house.start();
    live(&house, &mut running, 12 * HOUR).await;
    // What is told is a row before it is a mail.
    let rows = async || {
        let all = house.store().deliveries(false, 100).await.unwrap();
        all.iter().filter(|row| row.about.contains("feeds read")).count()
    };
    while rows().await < 3 {
        tokio::task::yield_now().await;
    }
    running.stop().await;
    house.round_after(10 * MINUTE).await;
    assert_eq!(heartbeats().len(), 3, "the daemon that runs gives it too, and once");
    assert!(heartbeats()[2].contains("1 failing since Monday"), "{:?}", heartbeats());
    house.round_after(HOUR).await;
    house.finish().await;
}

#[tokio::test]
async fn a_receiver_that_refuses_is_told_to_the_others_once() {
    let house = House::new().await;
    house.write(
        "watchlist.toml",
        &format!("{WATCHES}[health]\ntell = [\"operator\", \"analyst\"]\n"),
    );
    house.watch_feeds(&[("desk", "/desk.xml")], "backfill = \"all\"");
    house.feeds.serve(
        "/desk.xml",
        Page::feed(rss(
            "Desk",
            &[
                ("a", "Rain in Kayes", ""),
                ("b", "Bridge of Kayes closed to lorries", ""),
            ],
        )),
    );
    house.mail.refuse("analyst@example.org", "550 5.1.1 no such mailbox");
    house.round().await;
    pass(&house, 3 * HOUR).await;
    let told = mails(&house);
    assert_eq!(
        subjects(&house),
        ["[Wirewatch] An alert or notice for “analyst” was given up"]
    );
    assert_eq!(told[0].1, "operator@example.org");
    assert!(told[0].2.contains("no such mailbox"), "{}", told[0].2);
    let dead = house.store().deliveries(true, 10).await.unwrap();
    assert_eq!(dead.len(), 2, "the alerts are kept: {dead:?}");
}

#[tokio::test]
async fn a_receiver_that_cannot_be_reached_for_hours_is_told_to_the_others() {
    let house = House::new().await;
    house.write(
        "watchlist.toml",
        &format!(
            "[receiver.operator]\nemail = \"operator@example.org\"\n[receiver.soar]\nwebhook = \"{}\"\n[watch.kayes]\n\
             find = [\"Kayes\"]\ntell = [\"soar\"]\n[health]\ntell = [\"operator\"]\n",
            house.hooks.url()
        ),
    );
    house
        .hooks
        .answer_always(crate::house::webhook_server::Answer::status(500));
    house.watch_feeds(&[("desk", "/desk.xml")], "backfill = \"all\"");
    house
        .feeds
        .serve("/desk.xml", Page::feed(rss("Desk", &[("a", "Rain in Kayes", "")])));
    house.round().await;
    pass(&house, 3 * HOUR).await;
    assert_eq!(subjects(&house), [""; 0], "not for less than three hours");
    pass(&house, 20 * HOUR).await;
    let subjects = subjects(&house);
    assert_eq!(subjects.len(), 1, "once for all attempts: {subjects:?}");
    assert!(
        subjects[0].starts_with("[Wirewatch] “soar” could not be told anything for"),
        "{subjects:?}"
    );
    house
        .hooks
        .answer_always(crate::house::webhook_server::Answer::status(204));
    pass(&house, 6 * HOUR).await;
    house.finish().await;
}
