//! What a person finds in the mailbox.

use mail_parser::MessageParser;
use wirewatch::deliver::{AttemptOutcome, OutgoingMessage};

use super::messages::*;
use crate::house::mail_server::{Mail, MailServer};

async fn sent(outgoing: &OutgoingMessage) -> Mail {
    let server = MailServer::start().await;
    let outcome = sender(Some(mail_settings(&server)), vec![]).send(outgoing, now()).await;
    assert_eq!(
        outcome,
        AttemptOutcome::Accepted {
            said: "250 2.0.0 ok, mail 1".into()
        }
    );
    server.mail(1).await
}

/// Headers as sent, then the text part, then the HTML part.
fn shown(mail: &Mail) -> [String; 3] {
    let raw = String::from_utf8(mail.raw.clone()).expect("mails are ASCII");
    let headers = raw.split("\r\n\r\n").next().unwrap().replace("\r\n", "\n");
    let parsed = MessageParser::default().parse(&mail.raw).unwrap();
    assert_eq!(
        (parsed.text_body_count(), parsed.html_body_count()),
        (1, 1),
        "one text, one HTML"
    );
    [
        headers,
        parsed.body_text(0).unwrap().replace('\r', ""),
        parsed.body_html(0).unwrap().replace('\r', ""),
    ]
}

#[tokio::test]
async fn mails_read_as_meant() {
    let [urgent, update, _] = alerts();
    let rows = [
        ("alert", alert_message(urgent)),
        ("update", alert_message(update)),
        ("digest", digest_outgoing()),
        ("notice", notice_outgoing()),
    ];
    for (name, outgoing) in rows {
        let [headers, text, html] = shown(&sent(&outgoing).await);
        insta::assert_snapshot!(format!("{name}_headers"), headers);
        insta::assert_snapshot!(format!("{name}_text"), text);
        insta::assert_snapshot!(format!("{name}_html"), html);
        for foreign in ["src=", "url(", "@import", "<link", "<script", "http://"] {
            assert!(!html.contains(foreign), "{name}: a mail loads nothing: {foreign}");
        }
        assert!(html.len() < 100_000, "longer mails are clipped by Gmail");
    }
}

#[tokio::test]
async fn a_story_is_one_thread_and_a_delivery_one_message() {
    let [urgent, update, _] = alerts();
    let server = MailServer::start().await;
    let sender = sender(Some(mail_settings(&server)), vec![]);
    let (first, mut second) = (alert_message(urgent), alert_message(update));
    second.id.0 += 1;
    for outgoing in [&first, &second, &first] {
        assert!(matches!(
            sender.send(outgoing, now()).await,
            AttemptOutcome::Accepted { .. }
        ));
    }
    let mails = server.mails();
    assert_eq!(mails[0].raw, mails[2].raw, "the same to the byte at every attempt");
    let ids: Vec<_> = mails
        .iter()
        .map(|mail| {
            let parsed = MessageParser::default().parse(&mail.raw).unwrap();
            let references = parsed.references().as_text().unwrap_or_default().to_owned();
            (
                parsed.message_id().unwrap().to_owned(),
                references,
                parsed.date().unwrap().to_rfc3339(),
            )
        })
        .collect();
    let story = "0123456789abcdef.story@example.org";
    assert_eq!(
        ids[0],
        (
            "00000000000000d1@example.org".into(),
            story.into(),
            "2024-09-17T06:15:02Z".into()
        )
    );
    assert_eq!(
        ids[1],
        (
            "00000000000000d2@example.org".into(),
            story.into(),
            "2024-09-19T18:00:00Z".into()
        )
    );
}

#[tokio::test]
async fn addresses_are_taken_as_people_write_them() {
    let server = MailServer::start().await;
    let sender = sender(Some(mail_settings(&server)), vec![]);
    let accepted = AttemptOutcome::Accepted { said: String::new() };
    let refused = |written: &str| AttemptOutcome::Never {
        why: format!("“{written}” is not an e-mail address; write it as name@example.org or Name <name@example.org>"),
    };
    let rows = [
        ("bare", "analyst@example.org", "analyst@example.org", accepted.clone()),
        (
            "with a name",
            "Aïssata Traoré <aissata@example.org>",
            "aissata@example.org",
            accepted.clone(),
        ),
        (
            "a domain with an umlaut",
            "b@bücher.example",
            "b@xn--bcher-kva.example",
            accepted.clone(),
        ),
        (
            "a header for a name",
            "A\r\nBcc: spy@example.net <a@example.org>",
            "a@example.org",
            refused("A Bcc: spy@example.net <a@example.org>"),
        ),
        ("no address", "analyst", "", refused("analyst")),
        (
            "a command",
            "a@example.org>\r\nRCPT TO:<spy@example.net",
            "",
            refused("a@example.org> RCPT TO:<spy@example.net"),
        ),
    ];
    for (sentence, written, address, expected) in rows {
        let before = server.mails().len();
        let outcome = sender.send(&to(notice_outgoing(), "analyst", written), now()).await;
        match expected {
            AttemptOutcome::Accepted { .. } => {
                assert!(
                    matches!(outcome, AttemptOutcome::Accepted { .. }),
                    "{sentence}: {outcome:?}"
                );
                assert_eq!(server.mail(before + 1).await.to, [address], "{sentence}");
            }
            expected => assert_eq!(outcome, expected, "{sentence}"),
        }
    }
}
