//! A clock that steps back or leaps ahead stops nothing, and nothing is forgotten for it.

use std::time::Duration;

use jiff::SignedDuration;
use wirewatch::daemon::Clock;
use wirewatch::store::Store;

use crate::house::feed_server::Page;
use crate::house::mail_server::{Fault, Stage};
use crate::house::wirewatch::{House, Running, rss};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: SignedDuration = SignedDuration::from_hours(24);
const TEN_YEARS: SignedDuration = SignedDuration::from_hours(10 * 365 * 24);

const WATCHES: &str = "[receiver.analyst]\nemail = \"analyst@example.org\"\n[receiver.operator]\nemail = \
                       \"operator@example.org\"\n[watch.kayes]\nfind = [\"Kayes\"]\ntell = [\"analyst\"]\n[health]\ntell = \
                       [\"operator\"]\n";

fn page(guids: &[&str]) -> Page {
    let items: Vec<(&str, String)> = guids
        .iter()
        .map(|guid| (*guid, format!("Floods near Kayes, {guid}")))
        .collect();
    let items: Vec<(&str, &str, &str)> = items.iter().map(|(guid, title)| (*guid, title.as_str(), "")).collect();
    Page::feed(rss("Desk", &items))
}

async fn house() -> House {
    let house = House::new().await;
    house.write("watchlist.toml", WATCHES);
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    house.feeds.serve("/desk.xml", page(&["old"]));
    house
}

fn subjects(house: &House) -> Vec<String> {
    let mails = house.mail.mails();
    let subject = |raw: &[u8]| {
        mail_parser::MessageParser::default()
            .parse(raw)?
            .subject()
            .map(str::to_owned)
    };
    mails.iter().filter_map(|mail| subject(&mail.raw)).collect()
}

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
async fn a_clock_that_was_a_day_ahead_and_is_corrected_while_it_runs_stops_nothing() {
    for (what, ahead) in [("an hour", DAY / 24), ("a day", DAY), ("ten years", TEN_YEARS)] {
        let house = house().await;
        house.clock.set(ahead);
        let mut running = house.start();
        live(&house, &mut running, Duration::from_secs(5)).await;
        let polls = house.feeds.requests().len();
        assert!(polls >= 1, "{what}");
        house.feeds.serve("/desk.xml", page(&["old", "new"]));
        house.clock.set(-ahead);
        let corrected = house.clock.now();
        // It is seen at the next look, and everything that waits is due.
        house.clock.turn(Duration::from_secs(10));
        house.mail.mail(2).await;
        assert!(
            house.clock.now().duration_since(corrected) <= SignedDuration::from_mins(2),
            "{what}"
        );
        let told = subjects(&house);
        assert!(
            told.iter().any(|subject| subject.contains("Floods near Kayes, new")),
            "{what}: {told:?}"
        );
        assert!(
            told.iter().any(|subject| subject.contains("was set back by")),
            "{what}: {told:?}"
        );
        // And it goes on by the clock as it is.
        house.feeds.serve("/desk.xml", page(&["old", "new", "newer"]));
        live(&house, &mut running, 2 * HOUR).await;
        house.mail.mail(3).await;
        running.stop().await;
        // What gathers is sent.
        house.round_after(2 * HOUR).await;
        house.finish().await;
    }
}

#[tokio::test]
async fn a_clock_that_was_corrected_while_nobody_looked_stops_nothing() {
    let house = house().await;
    house.clock.set(DAY);
    house.round().await;
    house.feeds.serve("/desk.xml", page(&["old", "new"]));
    house
        .mail
        .fail_always(Stage::Rcpt, Fault::reply("451 4.3.0 try again later"));
    house.round_after(2 * HOUR).await;
    assert!(
        !house.store().deliveries(true, 10).await.unwrap().is_empty(),
        "one waits for its next attempt"
    );
    house.mail.mend();
    house.clock.set(-DAY - SignedDuration::from_hours(1));
    house.feeds.serve("/desk.xml", page(&["old", "new", "newer"]));
    house.round_after(MINUTE).await;
    house.round_after(MINUTE).await;
    let told = subjects(&house);
    for part in ["Kayes, new", "Kayes, newer", "was set back by"] {
        assert!(told.iter().any(|subject| subject.contains(part)), "{part}: {told:?}");
    }
    house.finish().await;
}

#[tokio::test]
async fn a_clock_that_leaps_ten_years_ahead_and_back_forgets_nothing() {
    let house = house().await;
    let mut running = house.start();
    live(&house, &mut running, HOUR).await;
    let before = house.store().tally().await.unwrap().entries;
    assert_eq!(before, 1);
    house.clock.set(TEN_YEARS);
    live(&house, &mut running, 3 * HOUR).await;
    house.mail.mail(1).await;
    assert!(subjects(&house)[0].contains("leapt ahead by"), "{:?}", subjects(&house));
    assert_eq!(house.store().tally().await.unwrap().entries, before);
    house.clock.set(-TEN_YEARS);
    house.clock.turn(Duration::from_secs(10));
    house.mail.mail(2).await;
    live(&house, &mut running, 3 * HOUR).await;
    assert_eq!(house.store().tally().await.unwrap().entries, before);
    running.stop().await;
    // What gathers is sent.
    house.round_after(2 * HOUR).await;
    house.finish().await;
}

#[tokio::test]
async fn what_is_older_than_keep_is_forgotten_by_a_clock_that_goes() {
    let house = house().await;
    let machine = std::fs::read_to_string(house.config().join("wirewatch.toml")).unwrap();
    house.write(
        "wirewatch.toml",
        &machine.replace("[store]", "[store]\nkeep = \"2 days\""),
    );
    let mut running = house.start();
    let guids: Vec<String> = (0..6).map(|day| format!("day-{day}")).collect();
    for day in 0..6 {
        let shown: Vec<&str> = guids[day..=day].iter().map(String::as_str).collect();
        house.feeds.serve("/desk.xml", page(&shown));
        live(&house, &mut running, 24 * HOUR).await;
    }
    running.stop().await;
    let entries = house.store().tally().await.unwrap().entries;
    assert!((1..=4).contains(&entries), "{entries} of 6 are kept");
}
