//! Large bodies: how many are held at once, what is left out of them, and what is known of one whose reading never ended.

use std::sync::Arc;
use std::time::Duration;

use wirewatch::alert::Record;
use wirewatch::daemon::Clock;
use wirewatch::feed::{Because, State, Trouble};
use wirewatch::net::{Client, ClientSettings, LARGE, Method, NetError, PrivateAddresses, Request, Response};
use wirewatch::store::{Sqlite, Store};

use crate::house::feed_server::{FeedServer, Page};
use crate::house::wirewatch::{House, rss};

const HOUR: Duration = Duration::from_secs(3600);

const WATCHES: &str = "[receiver.operator]\nemail = \"operator@example.org\"\n[receiver.analyst]\nemail = \
                       \"analyst@example.org\"\n[watch.kayes]\nfind = [\"Kayes\"]\ntell = [\"analyst\"]\n\
                       [health]\ntell = [\"operator\"]\n";

fn subjects(house: &House) -> Vec<String> {
    let subject = |raw: &[u8]| {
        let mail = mail_parser::MessageParser::default().parse(raw).unwrap();
        mail.subject().unwrap().to_owned()
    };
    house.mail.mails().iter().map(|mail| subject(&mail.raw)).collect()
}

/// An RSS feed of so many tiny items behind these.
fn tiny(items: &[(&str, &str, &str)], count: usize) -> String {
    let more: String = (0..count).map(|n| format!("<item><guid>{n}</guid></item>")).collect();
    rss("Tiny", items).replace("</channel>", &format!("{more}</channel>"))
}

#[tokio::test]
async fn of_a_feed_of_600_000_tiny_items_20_000_are_read_and_the_rest_is_reported_once() {
    let house = House::new().await;
    house.write("watchlist.toml", WATCHES);
    house.watch_feeds(&[("tiny", "/tiny.xml"), ("desk", "/desk.xml")], "");
    house.feeds.serve("/tiny.xml", Page::feed(tiny(&[], 600_000)));
    house.feeds.serve("/desk.xml", Page::feed(rss("Desk", &[])));
    house.round().await;
    let url = house.feeds.url("/tiny.xml");
    let memory = house.store().feed(url.as_str()).await.unwrap().unwrap();
    assert_eq!(memory.entries_last, 20_000);
    assert_eq!(memory.surplus.map(|surplus| surplus.entries), Some(580_000));
    assert_eq!(memory.reading_since, None);
    let words = State::of(&memory, house.clock.now()).words(house.clock.now());
    assert_eq!(words, "too long: 20000 of its 600000 entries are read");
    assert_eq!(house.store().tally().await.unwrap().entries, 20_000);

    house.round_after(HOUR).await;
    assert_eq!(subjects(&house), ["[Wirewatch] “Tiny” has more entries than are read"]);

    // What it brings among the first is alerted as ever, and nothing is reported again.
    let news = [("news", "Attack in Kayes", "Two were hurt.")];
    house.feeds.serve("/tiny.xml", Page::feed(tiny(&news, 600_000)));
    house.round_after(HOUR).await;
    house.round_after(HOUR).await;
    assert_eq!(subjects(&house).len(), 2, "{:?}", subjects(&house));
    assert!(
        subjects(&house)[1].contains("Attack in Kayes"),
        "{:?}",
        subjects(&house)
    );

    // Nor is it where it has fewer again.
    house.feeds.serve("/tiny.xml", Page::feed(tiny(&news, 10)));
    house.round_after(HOUR).await;
    let memory = house.store().feed(url.as_str()).await.unwrap().unwrap();
    assert_eq!((memory.entries_last, memory.surplus), (11, None));
    house.finish().await;
}

#[tokio::test]
async fn a_feed_whose_reading_never_ended_waits_at_the_next_start_and_is_reported_at_once() {
    let house = House::new().await;
    house.write("watchlist.toml", WATCHES);
    house.watch_feeds(&[("desk", "/desk.xml"), ("other", "/other.xml")], "");
    for path in ["/desk.xml", "/other.xml"] {
        house
            .feeds
            .serve(path, Page::feed(rss(path, &[("old", "Rain in Sikasso", "")])));
    }
    house.round().await;
    house.clock.turn(2 * HOUR);
    let url = house.feeds.url("/desk.xml");
    {
        // As it stands in the store of a process that was killed while it read.
        let store = Sqlite::open(&house.store_folder()).unwrap();
        let mut memory = store.feed(url.as_str()).await.unwrap().unwrap();
        memory.reading_since = Some(house.clock.now());
        let record = Record::of_feed(Arc::new(memory));
        store.record(record, house.clock.now()).await.unwrap();
    }
    let asked = house.feeds.requests_for("/desk.xml").len();
    house.round().await;
    assert_eq!(house.feeds.requests_for("/desk.xml").len(), asked, "it waits");
    assert_eq!(house.feeds.requests_for("/other.xml").len(), 2, "the others do not");
    let memory = house.store().feed(url.as_str()).await.unwrap().unwrap();
    assert_eq!((memory.trouble, memory.reading_since), (Some(Trouble::Unended), None));
    assert_eq!(memory.next.because, Because::Backoff { failures: 1 });

    house.round_after(Duration::from_secs(20 * 60)).await;
    assert_eq!(subjects(&house), ["[Wirewatch] “/desk.xml” cannot be read"]);
    house.round_after(2 * HOUR).await;
    house.round_after(HOUR).await;
    assert_eq!(subjects(&house)[1..], ["[Wirewatch] “/desk.xml” can be read again"]);
    house.finish().await;
}

#[tokio::test]
async fn while_a_large_answer_is_read_its_feed_is_marked_and_a_kill_is_known_at_the_next_start() {
    let house = House::new().await;
    house.write("watchlist.toml", WATCHES);
    house.watch_feeds(&[("tiny", "/tiny.xml")], "");
    house.feeds.serve("/tiny.xml", Page::feed(tiny(&[], 600_000)));
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_wirewatch"))
        .arg("--config")
        .arg(house.config())
        .arg("run")
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    house.feeds.wait_for_requests(1).await;
    let url = house.feeds.url("/tiny.xml");
    let store = house.store();
    let marked = loop {
        let memory = store.feed(url.as_str()).await.unwrap().unwrap();
        if memory.reading_since.is_some() || memory.last_read.is_some() {
            break memory;
        }
    };
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(
        marked.reading_since.is_some(),
        "the mark was not there before all was read"
    );

    // The clock of the real program is ahead of that of the house.
    house
        .clock
        .turn_to(marked.reading_since.unwrap() + Duration::from_secs(60));
    house.round().await;
    assert_eq!(house.feeds.requests().len(), 1, "it is not due at once");
    house.feeds.serve("/tiny.xml", Page::feed(tiny(&[], 10)));
    house.round_after(2 * HOUR).await;
    let memory = house.store().feed(url.as_str()).await.unwrap().unwrap();
    assert_eq!((memory.entries_last, memory.failures), (10, 0));
    house.round_after(2 * HOUR).await;
    house.finish().await;
}

fn client() -> Client {
    Client::new(ClientSettings {
        user_agent: "Wirewatch/test (test@example.org)".into(),
        timeout: Duration::from_secs(30),
        max_bytes: 20_000_000,
        private_addresses: PrivateAddresses::Allowed,
        via: wirewatch::net::Via::default(),
    })
    .unwrap()
}

async fn ask(client: &Client, server: &FeedServer, path: &str) -> Result<Response, NetError> {
    let request = Request {
        method: Method::Get,
        url: server.url(path),
        headers: Default::default(),
        conditions_for: None,
        max_redirects: 3,
    };
    client.send(request).await
}

#[tokio::test]
async fn two_large_bodies_are_held_at_a_time_and_small_ones_pass_them() {
    let (server, client) = (FeedServer::start().await, client());
    server.serve("/large", Page::feed(vec![b' '; LARGE + 1]));
    server.serve("/packed", Page::bomb(LARGE + 1));
    server.serve("/small", Page::feed(vec![b' '; LARGE]));
    let first = ask(&client, &server, "/large").await.unwrap();
    let second = ask(&client, &server, "/packed").await.unwrap();
    assert!(first.body.len() > LARGE && second.body.len() > LARGE);
    assert_eq!(client.large_bodies().free(), 0);

    // One of another size cap, and one that may ask other addresses, share the turns.
    let third = {
        let (client, url) = (client.limited_to(10_000_000), server.url("/large"));
        tokio::spawn(async move {
            let request = Request {
                method: Method::Get,
                url,
                headers: Default::default(),
                conditions_for: None,
                max_redirects: 3,
            };
            client.send(request).await
        })
    };
    server.wait_for_requests(3).await;
    let small = ask(&client, &server, "/small").await.unwrap();
    assert_eq!((small.body.len(), small.large.is_some()), (LARGE, false));
    let copy = first.clone();
    drop(first);
    assert_eq!(client.large_bodies().free(), 0, "a copy holds the turn too");
    assert!(!third.is_finished());
    drop(copy);
    assert_eq!(third.await.unwrap().unwrap().body.len(), LARGE + 1);
    assert_eq!(client.large_bodies().free(), 1);
}

#[tokio::test]
async fn a_large_body_that_does_not_come_to_its_turn_is_let_go_with_its_reason() {
    let (server, client) = (FeedServer::start().await, client());
    server.serve("/large", Page::feed(vec![b' '; LARGE + 1]));
    let first = ask(&client, &server, "/large").await.unwrap();
    let _second = ask(&client, &server, "/large").await.unwrap();
    let third = {
        let (client, url) = (client.clone(), server.url("/large"));
        tokio::spawn(async move {
            let request = Request {
                method: Method::Get,
                url,
                headers: Default::default(),
                conditions_for: None,
                max_redirects: 0,
            };
            client.send(request).await
        })
    };
    server.wait_for_requests(3).await;
    tokio::time::pause();
    let refused = third.await.unwrap().unwrap_err();
    tokio::time::resume();
    match refused {
        NetError::Crowded { .. } => {
            assert!(refused.to_string().contains("as large were being read"), "{refused}");
        }
        // With the clock paused, time may pass before the body has come over the wire.
        other => assert!(matches!(other, NetError::Timeout { .. }), "{other}"),
    }
    drop(first);
    assert_eq!(ask(&client, &server, "/large").await.unwrap().body.len(), LARGE + 1);
}
