//! The real program, killed (SIGKILL) where it hurts most: before the record, after it, and between the send and its mark.
//! Each kill waits for a sign from a server that the program is there.

use std::process::{Child, Command, Stdio};

use mail_parser::MessageParser;
use wirewatch::store::Store;

use crate::house::feed_server::Page;
use crate::house::mail_server::{Fault, Stage};
use crate::house::webhook_server::Answer;
use crate::house::wirewatch::{House, rss};

const MAIL: &str = "[receiver.analyst]\nemail = \"analyst@example.org\"\n[watch.kayes]\nfind = [\"Kayes\"]\n";

fn program(house: &House, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirewatch"));
    command
        .arg("--config")
        .arg(house.config())
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn start(house: &House) -> Child {
    program(house, &["run"]).spawn().unwrap()
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// One round of the real program, to its end.
async fn once(house: &House) {
    let mut command = program(house, &["run", "--once"]);
    let status = tokio::task::spawn_blocking(move || command.status().unwrap())
        .await
        .unwrap();
    assert!(status.success());
}

async fn house(watchlist: &str) -> House {
    let house = House::new().await;
    house.write("watchlist.toml", watchlist);
    house.watch_feeds(&[("desk", "/desk.xml")], "backfill = \"all\"");
    house
}

fn feed() -> Page {
    Page::feed(rss("Desk", &[("a", "Rain in Kayes", "The first of the season.")])).etag("\"one\"")
}

fn message_id(raw: &[u8]) -> String {
    MessageParser::default()
        .parse(raw)
        .unwrap()
        .message_id()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn killed_before_the_record_the_next_poll_sees_the_same_entries() {
    let house = house(MAIL).await;
    house.feeds.serve("/desk.xml", feed().stalled_after(40));
    let child = start(&house);
    house.feeds.wait_for_requests(1).await;
    kill(child);
    house.feeds.serve("/desk.xml", feed());
    once(&house).await;
    assert_eq!(house.mail.mails().len(), 1);
    house.finish().await;
}

#[tokio::test]
async fn killed_after_the_record_before_the_send_the_mail_comes_once() {
    let house = house(MAIL).await;
    house.feeds.serve("/desk.xml", feed());
    house.mail.fail_always(Stage::Greeting, Fault::Silence);
    let child = start(&house);
    house.mail.faulted(1).await;
    kill(child);
    house.mail.mend();
    once(&house).await;
    once(&house).await;
    assert_eq!(house.mail.mails().len(), 1);
    house.finish().await;
}

#[tokio::test]
async fn killed_between_the_send_and_its_mark_the_mail_comes_again_under_the_same_id() {
    let house = house(MAIL).await;
    house.feeds.serve("/desk.xml", feed());
    house.mail.fail_next(Stage::Accepted, Fault::Silence);
    let child = start(&house);
    house.mail.faulted(1).await;
    kill(child);
    once(&house).await;
    once(&house).await;
    let mails = house.mail.mails();
    assert_eq!(
        mails.len(),
        2,
        "the server kept the first, and the program could not know"
    );
    assert_eq!(message_id(&mails[0].raw), message_id(&mails[1].raw));
    house.finish().await;
}

#[tokio::test]
async fn killed_while_a_webhook_waits_it_comes_again_under_the_same_id() {
    let house = house("[watch.kayes]\nfind = [\"Kayes\"]\n").await;
    house.write(
        "receiver.toml",
        &format!("[receiver.soar]\nwebhook = \"{}\"\n", house.hooks.url()),
    );
    house.feeds.serve("/desk.xml", feed());
    house.hooks.answer_next(Answer::Silence);
    let child = start(&house);
    house.hooks.request(1).await;
    kill(child);
    once(&house).await;
    let requests = house.hooks.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].header("webhook-id"), requests[1].header("webhook-id"));
    assert_eq!(requests[0].body, requests[1].body, "the same words, too");
    house.finish().await;
}

#[tokio::test]
async fn the_mail_server_is_down_for_six_hours_and_the_process_is_killed_every_alert_arrives_once() {
    let mut house = house(MAIL).await;
    house.feeds.serve("/desk.xml", feed());
    house.mail.fail_always(Stage::Greeting, Fault::Silence);
    let child = start(&house);
    house.mail.faulted(1).await;
    kill(child);
    house.mail.mend();
    house.mail.go_down().await;
    // The program went by the machine's clock; from here on the hours are turned by hand.
    house.clock.turn_to(house.store().next_due().await.unwrap().unwrap());
    for _ in 0..12 {
        house.round_after(std::time::Duration::from_secs(1800)).await;
    }
    assert_eq!(house.mail.mails().len(), 0);
    house.mail.come_up().await;
    house.round_after(std::time::Duration::from_secs(4 * 3600)).await;
    house.round_after(std::time::Duration::from_secs(4 * 3600)).await;
    assert_eq!(house.mail.mails().len(), 1);
    house.finish().await;
}

#[tokio::test]
async fn two_daemons_on_one_store_are_refused_in_plain_words() {
    let house = house(MAIL).await;
    house.feeds.serve("/desk.xml", feed().stalled());
    let child = start(&house);
    house.feeds.wait_for_requests(1).await;
    let mut second = program(&house, &["run", "--once"]);
    let output = tokio::task::spawn_blocking(move || second.stderr(Stdio::piped()).output().unwrap())
        .await
        .unwrap();
    kill(child);
    assert_eq!(output.status.code(), Some(1));
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("another"), "{words}");
    house.finish().await;
}

#[tokio::test]
async fn killed_while_an_article_is_opened_it_is_opened_again_and_told_once() {
    let house = House::new().await;
    house.write("watchlist.toml", MAIL);
    house.watch_feeds(&[("desk", "/desk.xml")], "backfill = \"all\"\nfull_text = true");
    let link = house.feeds.url("/page");
    house.feeds.serve(
        "/desk.xml",
        Page::feed(format!(
            "<rss version=\"2.0\"><channel><title>Desk</title><item><guid>a</guid><link>{link}</link><title>Rain at last</title></item></channel></rss>"
        )),
    );
    let page = Page::html(
        "<html><body><article><p>Rain at last: in Kayes the first drops of the season fell on Monday.</p></article></body></html>",
    );
    house.feeds.serve("/page", page.clone().stalled_after(40));
    let child = start(&house);
    // The feed, robots.txt, the page.
    house.feeds.wait_for_requests(3).await;
    kill(child);
    house.feeds.serve("/page", page);
    once(&house).await;
    once(&house).await;
    assert_eq!(house.mail.mails().len(), 1);
    assert_eq!(house.feeds.requests_for("/page").len(), 2);
    house.finish().await;
}
