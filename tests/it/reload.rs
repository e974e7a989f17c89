//! A reload takes the whole of a change or nothing of it, and never tells anything twice.

use std::time::Duration;

use crate::house::feed_server::Page;
use crate::house::wirewatch::{House, rss};

const WATCH: &str = "[receiver.analyst]\nemail = \"analyst@example.org\"\n[watch.kayes]\nfind = [\"Kayes\"]\n";
const HOUR: Duration = Duration::from_secs(3600);

async fn house() -> House {
    let house = House::new().await;
    house.write("watchlist.toml", WATCH);
    house.watch_feeds(&[("desk", "/desk.xml")], "backfill = \"all\"");
    house.feeds.serve(
        "/desk.xml",
        Page::feed(rss("Desk", &[("a", "Rain in Kayes", ""), ("b", "Fire in Sikasso", "")])),
    );
    house
}

#[tokio::test]
async fn a_reload_uses_the_new_list_and_tells_nothing_again() {
    let house = house().await;
    let running = house.start();
    house.mail.mail(1).await;
    house.write(
        "watchlist.toml",
        &format!("{WATCH}[watch.sikasso]\nfind = [\"Sikasso\"]\n"),
    );
    house
        .feeds
        .serve("/new.xml", Page::feed(rss("New", &[("n", "Flood in Sikasso", "")])));
    house.watch_feeds(&[("desk", "/desk.xml"), ("new", "/new.xml")], "backfill = \"all\"");
    running.reload.notify_one();
    // The new feed is asked, and the new watch finds what it brings.
    let second = house.mail.mail(2).await;
    assert!(String::from_utf8_lossy(&second.raw).contains("Flood in Sikasso"));
    house.feeds.serve(
        "/desk.xml",
        Page::feed(rss(
            "Desk",
            &[("c", "Bridge opens in Sikasso", ""), ("a", "Rain in Kayes", "")],
        )),
    );
    house.clock.turn(HOUR);
    let third = house.mail.mail(3).await;
    assert!(String::from_utf8_lossy(&third.raw).contains("Bridge opens in Sikasso"));
    running.stop().await;
    assert_eq!(house.mail.mails().len(), 3);
    house.finish().await;
}

#[tokio::test]
async fn a_list_with_a_mistake_is_refused_and_the_old_one_keeps_running() {
    let house = house().await;
    let running = house.start();
    house.mail.mail(1).await;
    house.write(
        "watchlist.toml",
        "[watch.kayes]\nfnd = [\"/(unclosed/\", \"@nobody\"]\n",
    );
    running.reload.notify_one();
    house.feeds.serve(
        "/desk.xml",
        Page::feed(rss("Desk", &[("c", "Bridge opens in Kayes", "")])),
    );
    house.clock.turn(HOUR);
    let second = house.mail.mail(2).await;
    assert!(String::from_utf8_lossy(&second.raw).contains("Bridge opens in Kayes"));
    running.stop().await;
    house.write("watchlist.toml", WATCH);
    house.finish().await;
}

/// The mail says what the console says, once for each slip.
#[tokio::test]
async fn a_refused_change_arrives_as_mail() {
    let house = house().await;
    let health = "[health]\ntell = [\"analyst\"]\n";
    house.write("watchlist.toml", &format!("{WATCH}{health}"));
    let running = house.start();
    house.mail.mail(1).await;
    house.write("watchlist.toml", &format!("{health}[watch.kayes]\nfnd = [\"Kayes\"]\n"));
    running.reload.notify_one();
    let told = String::from_utf8_lossy(&house.mail.mail(2).await.raw).replace("=\r\n", "");
    for part in [
        "A change of the configuration is not used",
        "watchlist.toml:4:1",
        "unknown key `fnd`",
        "did you mean `find`?",
    ] {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
    // The same slip is told once, another one again.
    running.reload.notify_one();
    house.write(
        "watchlist.toml",
        &format!("{health}[watch.kayes]\nfind = [\"@nobody\"]\n"),
    );
    running.reload.notify_one();
    while !String::from_utf8_lossy(&house.mail.mail(3).await.raw).contains("@nobody") {
        running.reload.notify_one();
    }
    house.write("watchlist.toml", &format!("{WATCH}{health}"));
    running.stop().await;
    assert_eq!(house.mail.mails().len(), 3);
    house.finish().await;
}

#[tokio::test]
async fn a_changed_file_is_noticed_without_being_told() {
    let house = house().await;
    let running = house.start();
    house.mail.mail(1).await;
    house
        .feeds
        .serve("/new.xml", Page::feed(rss("New", &[("n", "Flood in Kayes", "")])));
    house.watch_feeds(&[("desk", "/desk.xml"), ("new", "/new.xml")], "backfill = \"all\"");
    // Looked at every two seconds; two equal looks in a row and it is read. The clock is turned until it was.
    while house.feeds.requests_for("/new.xml").is_empty() {
        house.clock.turn(Duration::from_secs(2));
        tokio::task::yield_now().await;
    }
    house.mail.mail(2).await;
    running.stop().await;
    house.finish().await;
}
