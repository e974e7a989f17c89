//! `alerts`: what was raised, why, and who was told.

use super::{json, keys, lived_in, ok, steady, wirewatch};

#[tokio::test]
async fn alerts_are_listed_and_shown_whole() {
    let house = lived_in().await;
    let list = ok(&house, &["alerts", "list"]).await;
    insta::assert_snapshot!(steady(&house, &list));
    let out = ok(&house, &["alerts", "list", "--json"]).await;
    let lines: Vec<_> = out.lines().map(json).collect();
    assert_eq!(lines.len(), 2, "one for each watch, none for the copy");
    let attacks = lines
        .iter()
        .find(|line| line["alert"]["watch"]["name"] == "jnim-attacks")
        .unwrap();
    assert_eq!(keys(attacks), ["alert", "deliveries"]);
    assert_eq!(attacks["alert"]["also_in"][0]["feed_title"], "Wire");
    assert_eq!(attacks["deliveries"][0]["state"], "delivered");
    let named = &attacks["alert"]["mentions"][0];
    assert_eq!(
        (named["entity"].as_str(), named["kind"].as_str(), named["name"].as_str()),
        (Some("group:jnim"), Some("group"), Some("JNIM"))
    );
    let id = attacks["alert"]["id"].as_str().unwrap();
    let whole = ok(&house, &["alerts", "show", id]).await;
    insta::assert_snapshot!(steady(&house, &whole));
    assert_eq!(json(&ok(&house, &["alerts", "show", id, "--json"]).await), *attacks);
    assert_eq!(
        ok(&house, &["alerts", "list", "--limit", "1"]).await.lines().count(),
        4,
        "head, alert, a hint"
    );
    house.finish().await;
}

#[tokio::test]
async fn an_alert_can_be_sent_again() {
    let house = lived_in().await;
    let mails = house.mail.mails().len();
    let out = ok(&house, &["alerts", "list", "--json"]).await;
    let id = json(out.lines().next().unwrap())["alert"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let said = ok(&house, &["alerts", "resend", &id]).await;
    assert_eq!(
        said,
        format!(
            "alert {id} is delivered again (1 delivery): within half a minute where Wirewatch runs, else at its next start\n"
        )
    );
    ok(&house, &["run", "--once"]).await;
    assert_eq!(house.mail.mails().len(), mails + 1);
    house.finish().await;
}

#[tokio::test]
async fn what_is_asked_wrongly_is_answered_with_how_to_ask() {
    let house = lived_in().await;
    for (what, arguments, words) in [
        (
            "an id that no alert has",
            &["alerts", "show", "ffffffffffffffff"][..],
            "no alert has an id that begins with",
        ),
        (
            "no id at all",
            &["alerts", "show", "latest"],
            "`wirewatch alerts list` shows them",
        ),
        (
            "a time that is none",
            &["alerts", "list", "--since", "yesterday"],
            "--since:",
        ),
    ] {
        let said = wirewatch(&house, arguments).await;
        assert_eq!(said.code, Some(1), "{what}: {}", said.out);
        assert!(said.err.contains(words), "{what}: {}", said.err);
    }
    assert_eq!(
        ok(&house, &["alerts", "list", "--since", "0 s"]).await,
        "No alert in that time.\n"
    );
    house.finish().await;
}

#[tokio::test]
async fn a_store_that_cannot_be_read_is_named_with_what_to_do() {
    let house = lived_in().await;
    let file = house.store_folder().join("wirewatch.db");
    for tail in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(house.store_folder().join(format!("wirewatch.db{tail}")));
    }
    std::fs::write(&file, "this is no store, and was never one. ".repeat(400)).unwrap();
    for arguments in [
        &["alerts", "list"][..],
        &["feeds", "list"],
        &["deliveries", "list"],
        &["why", "https://news.example/attack"],
        &["deliveries", "replay", "--all"],
        &["run", "--once"],
    ] {
        let said = wirewatch(&house, arguments).await;
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{arguments:?}");
        assert!(
            said.err.contains("failed to") && said.err.contains("wirewatch.db") && said.err.contains("move it aside"),
            "{arguments:?}: {}",
            said.err
        );
    }
}
