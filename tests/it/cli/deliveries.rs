//! `deliveries`: what waits, what died, and what to do about it; and a test message.

use super::{house, json, keys, ok, steady, wirewatch};
use crate::house::mail_server::{Fault, Stage};
use crate::house::wirewatch::House;

/// A house whose analyst's mailbox is refused for good.
async fn with_dead_letters() -> House {
    let house = house().await;
    house.mail.refuse("analyst@example.org", "550 5.1.1 no such mailbox");
    ok(&house, &["run", "--once"]).await;
    house
}

#[tokio::test]
async fn what_died_is_listed_and_a_replay_delivers_it() {
    let house = with_dead_letters().await;
    let list = ok(&house, &["deliveries", "list"]).await;
    insta::assert_snapshot!(steady(&house, &list));
    let out = ok(&house, &["deliveries", "list", "--json"]).await;
    let lines: Vec<_> = out.lines().map(json).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        keys(&lines[0]),
        [
            "about", "address", "at", "attempts", "digest", "id", "receiver", "state", "why"
        ]
    );
    assert_eq!(
        (&lines[0]["state"], &lines[0]["receiver"]),
        (&"died".into(), &"analyst".into())
    );
    assert!(
        lines[0]["why"].as_str().unwrap().contains("no such mailbox"),
        "{}",
        lines[0]
    );
    assert_eq!(lines[0]["attempts"][0]["number"], 1);

    house.mail.mend();
    let id = lines[0]["id"].as_str().unwrap();
    let said = ok(&house, &["deliveries", "replay", id]).await;
    assert!(said.starts_with("1 delivery will be tried again"), "{said}");
    let waiting = ok(&house, &["deliveries", "list"]).await;
    assert!(
        waiting.contains("to be sent") || waiting.contains("next try"),
        "{waiting}"
    );
    ok(&house, &["run", "--once"]).await;
    assert_eq!(house.mail.mails().len(), 1, "the one that was asked for");
    ok(&house, &["deliveries", "replay", "--all"]).await;
    ok(&house, &["run", "--once"]).await;
    assert_eq!(house.mail.mails().len(), 2);
    assert_eq!(
        ok(&house, &["deliveries", "list"]).await,
        "Nothing waits and nothing died: everything was delivered.\n"
    );
    let all = ok(&house, &["deliveries", "list", "--all"]).await;
    assert_eq!(all.matches("delivered").count(), 2, "{all}");
    house.finish().await;
}

#[tokio::test]
async fn what_is_dropped_is_not_sent_any_more() {
    let house = with_dead_letters().await;
    let out = ok(&house, &["deliveries", "list", "--json"]).await;
    let ids: Vec<String> = out
        .lines()
        .map(|line| json(line)["id"].as_str().unwrap().to_owned())
        .collect();
    let said = ok(&house, &["deliveries", "drop", &ids[0], &ids[1]]).await;
    assert!(said.starts_with("2 deliveries dropped"), "{said}");
    house.mail.mend();
    ok(&house, &["deliveries", "replay", "--all"]).await;
    ok(&house, &["run", "--once"]).await;
    assert_eq!(house.mail.mails().len(), 0);
    for (what, arguments) in [
        ("dropped already", &["deliveries", "drop", &ids[0]][..]),
        ("not there", &["deliveries", "replay", "00000000000000ff"]),
        ("no id", &["deliveries", "drop", "all"]),
    ] {
        assert_eq!(wirewatch(&house, arguments).await.code, Some(1), "{what}");
    }
    house.finish().await;
}

#[tokio::test]
async fn what_waits_says_what_happened_last() {
    let house = house().await;
    house
        .mail
        .fail_always(Stage::Greeting, Fault::reply("421 4.3.2 closing for the night"));
    ok(&house, &["run", "--once"]).await;
    insta::assert_snapshot!(steady(&house, &ok(&house, &["deliveries", "list"]).await));
}

#[tokio::test]
async fn a_test_message_says_what_the_other_side_said() {
    let house = house().await;
    let said = wirewatch(&house, &["test-receiver", "analyst"]).await;
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    assert!(said.out.starts_with("analyst@example.org: accepted ("), "{}", said.out);
    assert!(String::from_utf8_lossy(&house.mail.mails()[0].raw).contains("nothing has happened"));
    house.mail.refuse("analyst@example.org", "550 5.1.1 no such mailbox");
    let said = wirewatch(&house, &["test-receiver", "analyst"]).await;
    assert_eq!(said.code, Some(1));
    assert!(
        said.out.starts_with("analyst@example.org: refused: ") && said.out.contains("no such mailbox"),
        "{}",
        said.out
    );
    let said = wirewatch(&house, &["test-receiver", "analist"]).await;
    assert_eq!(
        (said.code, said.err.as_str()),
        (
            Some(1),
            "wirewatch: there is no receiver `analist`; there are: analyst\n"
        )
    );
    assert!(!house.store_folder().exists(), "a test leaves nothing behind");
}
