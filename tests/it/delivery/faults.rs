//! Mail servers that refuse, fall silent, hang up and come back.

use std::time::Duration;

use wirewatch::deliver::{AttemptOutcome, Secret, Security, Sender};

use super::messages::*;
use crate::house::mail_server::{Fault, MailServer, Stage};
use crate::house::webhook_server::{Answer, WebhookServer};

/// "later" or "never" or "accepted", and the words.
fn told(outcome: AttemptOutcome) -> (&'static str, String) {
    match outcome {
        AttemptOutcome::Accepted { said } => ("accepted", said),
        AttemptOutcome::Later { why, .. } => ("later", why),
        AttemptOutcome::Never { why } => ("never", why),
    }
}

#[tokio::test]
async fn what_a_refusal_comes_to() {
    use Stage::*;
    // (what is shown, stage, reply, what it comes to, words in the reason)
    let rows = [
        (
            "too busy to greet",
            Greeting,
            "421 4.3.2 busy",
            "later",
            "refuses to talk: 421 4.3.2 busy",
        ),
        (
            "does not know us",
            Greeting,
            "554 5.7.1 go away",
            "later",
            "554 5.7.1 go away",
        ),
        (
            "EHLO refused",
            Hello,
            "550 5.7.1 bad name",
            "later",
            "550 5.7.1 bad name",
        ),
        (
            "sender unknown: ours to mend",
            Mail,
            "550 5.1.8 who?",
            "later",
            "refuses the sender Wirewatch <alerts@example.org>: 550",
        ),
        (
            "greylisted",
            Rcpt,
            "450 4.2.1 in five minutes",
            "later",
            "refuses the address: 450 4.2.1 in five",
        ),
        (
            "no such mailbox",
            Rcpt,
            "550 5.1.1 no such user",
            "never",
            "refuses the address: 550 5.1.1 no such user",
        ),
        ("an old server's no", Rcpt, "550 no", "never", "550 no"),
        ("mailbox full", Rcpt, "552 5.2.2 over quota", "later", "over quota"),
        ("too many recipients", Rcpt, "552 too many", "later", "too many"),
        (
            "relaying denied: ours to mend",
            Rcpt,
            "554 5.7.1 relay access denied",
            "later",
            "relay access denied",
        ),
        (
            "we did not sign in",
            Rcpt,
            "530 5.7.0 authentication required",
            "later",
            "authentication required",
        ),
        ("a domain without mail", Rcpt, "556 5.1.10 null MX", "never", "null MX"),
        (
            "DATA put off",
            Data,
            "451 4.3.0 disk full",
            "later",
            "refuses the mail: 451 4.3.0 disk full",
        ),
        ("DATA refused", Data, "554 5.6.0 no", "never", "554 5.6.0 no"),
        (
            "the mail put off",
            Text,
            "451 4.7.1 try later",
            "later",
            "451 4.7.1 try later",
        ),
        (
            "the mail refused",
            Text,
            "554 5.7.1 spam",
            "never",
            "refuses the mail: 554 5.7.1 spam",
        ),
        ("the mail too large", Text, "552 5.3.4 too big", "never", "too big"),
        (
            "the day's quota used up",
            Text,
            "550 5.4.5 daily limit",
            "later",
            "daily limit",
        ),
        ("shutting down", Text, "421 4.3.2 bye", "later", "421 4.3.2 bye"),
    ];
    let server = MailServer::start().await;
    for (sentence, stage, reply, expected, words) in rows {
        let sender = sender(Some(mail_settings(&server)), vec![]);
        server.fail_next(stage, Fault::reply(reply));
        let (outcome, why) = told(sender.send(&notice_outgoing(), now()).await);
        assert_eq!(outcome, expected, "{sentence}: {why}");
        assert!(why.contains(words), "{sentence}: {why}");
        let before = server.mails().len();
        assert_eq!(
            told(sender.send(&notice_outgoing(), now()).await).0,
            "accepted",
            "{sentence}: the next one passes"
        );
        assert_eq!(server.mails().len(), before + 1, "{sentence}");
    }
}

#[tokio::test]
async fn a_server_that_hangs_up_is_asked_again() {
    let server = MailServer::start().await;
    for stage in [
        Stage::Greeting,
        Stage::Hello,
        Stage::Mail,
        Stage::Rcpt,
        Stage::Data,
        Stage::Text,
    ] {
        let sender = sender(Some(mail_settings(&server)), vec![]);
        server.fail_next(stage, Fault::Drop);
        assert_eq!(
            told(sender.send(&notice_outgoing(), now()).await).0,
            "later",
            "{stage:?}"
        );
        assert_eq!(
            told(sender.send(&notice_outgoing(), now()).await).0,
            "accepted",
            "{stage:?}"
        );
    }
}

#[tokio::test]
async fn a_mail_that_was_accepted_without_our_knowing_comes_again_under_its_id() {
    let server = MailServer::start().await;
    let sender = sender(Some(mail_settings(&server)), vec![]);
    server.fail_next(Stage::Accepted, Fault::Drop);
    let (outcome, why) = told(sender.send(&notice_outgoing(), now()).await);
    assert_eq!(outcome, "later");
    assert!(why.contains("lost before the mail server accepted"), "{why}");
    assert_eq!(told(sender.send(&notice_outgoing(), now()).await).0, "accepted");
    let [first, second] = &server.mails()[..] else {
        panic!("two copies")
    };
    assert_eq!(
        first.raw, second.raw,
        "one Message-ID: the receiver's server or reader shows one"
    );
}

#[tokio::test]
async fn a_server_that_falls_silent_does_not_hold_us_and_its_connection_is_not_used_again() {
    use Stage::*;
    for (stage, words) in [
        (Greeting, "after connecting"),
        (Hello, "after connecting"),
        (Mail, "after the sender"),
        (Rcpt, "after the address"),
        (Data, "before the mail"),
        (Text, "after the mail; it may have arrived"),
    ] {
        let server = MailServer::start().await;
        let sender = std::sync::Arc::new(sender(Some(mail_settings(&server)), vec![]));
        server.fail_next(stage, Fault::Silence);
        let sending = tokio::spawn({
            let sender = sender.clone();
            async move { sender.send(&notice_outgoing(), now()).await }
        });
        server.faulted(1).await;
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(31)).await;
        let (outcome, why) = told(sending.await.unwrap());
        tokio::time::resume();
        assert_eq!(outcome, "later", "{stage:?}");
        assert!(
            why.contains("did not answer within 30 seconds") && why.contains(words),
            "{stage:?}: {why}"
        );
        assert_eq!(
            told(sender.send(&notice_outgoing(), now()).await).0,
            "accepted",
            "{stage:?}: over a new connection"
        );
        assert_eq!(server.connections(), 2, "{stage:?}");
    }
}

/// Bytes that may lie in the buffers of both ends of a connection within this machine when one is closed.
const UNDER_WAY: usize = 32 << 20;

#[tokio::test]
async fn an_answer_without_an_end_costs_one_attempt_and_no_memory() {
    use Stage::*;
    // (stage, how the answer begins, words of the reason)
    let rows = [
        (Greeting, "220 ", "does not greet as a mail server does"),
        (Greeting, "", "does not greet as a mail server does"),
        (Greeting, "220-hello\r\n220-", "does not greet as a mail server does"),
        (Hello, "250-mail.test\r\n250-", "does not greet as a mail server does"),
        (Mail, "250 ", "refuses the sender"),
        (Rcpt, "550-", "refuses the address"),
        (Data, "354 ", "the connection was lost before"),
        (Text, "250 ", "the connection was lost before"),
    ];
    for (stage, begin, words) in rows {
        let server = MailServer::start().await;
        let mut settings = mail_settings(&server);
        settings.security = Security::Plain;
        let sender = sender(Some(settings), vec![]);
        server.fail_next(stage, Fault::Endless(begin));
        let (outcome, why) = told(sender.send(&notice_outgoing(), now()).await);
        assert_eq!(outcome, "later", "{stage:?} {begin:?}: {why}");
        assert!(
            why.contains("more than any answer holds") && (why.contains(words) || stage == Greeting || stage == Hello),
            "{stage:?} {begin:?}: {why}"
        );
        let sent = server.endless_bytes();
        assert!(sent < UNDER_WAY, "{stage:?} {begin:?}: {sent} bytes were taken");
        assert_eq!(
            told(sender.send(&notice_outgoing(), now()).await).0,
            "accepted",
            "{stage:?} {begin:?}: the next one passes, over a new connection"
        );
    }
}

#[tokio::test]
async fn a_server_that_says_a_letter_a_second_is_left_when_the_time_is_over() {
    use Stage::*;
    for stage in [Greeting, Hello, Mail, Rcpt, Data, Text] {
        let server = MailServer::start().await;
        let sender = std::sync::Arc::new(sender(Some(mail_settings(&server)), vec![]));
        server.fail_next(stage, Fault::Drip);
        let sending = tokio::spawn({
            let sender = sender.clone();
            async move { sender.send(&notice_outgoing(), now()).await }
        });
        server.faulted(1).await;
        // From here on time passes as fast as nothing else is to do.
        tokio::time::pause();
        let (outcome, why) = told(sending.await.unwrap());
        tokio::time::resume();
        assert_eq!(outcome, "later", "{stage:?}");
        assert!(why.contains("did not answer within 30 seconds"), "{stage:?}: {why}");
        assert_eq!(
            told(sender.send(&notice_outgoing(), now()).await).0,
            "accepted",
            "{stage:?}: over a new connection"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_named_and_found_again() {
    let mut server = MailServer::start().await;
    let sender = sender(Some(mail_settings(&server)), vec![]);
    assert_eq!(told(sender.send(&notice_outgoing(), now()).await).0, "accepted");
    server.go_down().await;
    let (outcome, why) = told(sender.send(&notice_outgoing(), now()).await);
    assert_eq!(outcome, "later");
    assert!(why.starts_with("cannot connect to 127.0.0.1:"), "{why}");
    server.come_up().await;
    assert_eq!(told(sender.send(&notice_outgoing(), now()).await).0, "accepted");
}

#[tokio::test]
async fn a_connection_serves_several_mails() {
    let server = MailServer::start().await;
    let sender = sender(Some(mail_settings(&server)), vec![]);
    server.refuse("gone@example.org", "550 5.1.1 no such user");
    for address in ["a@example.org", "gone@example.org", "b@example.org", "c@example.org"] {
        sender.send(&to(notice_outgoing(), "analyst", address), now()).await;
    }
    assert_eq!((server.mails().len(), server.connections()), (3, 1));
}

#[tokio::test]
async fn a_password_is_read_at_each_use() {
    let server = MailServer::start().await;
    server.require_account("alerts", "old");
    let file = std::env::temp_dir().join(format!("wirewatch-test-password-{}", std::process::id()));
    let mut settings = mail_settings(&server);
    settings.user = Some("alerts".into());
    settings.password = Some(Secret::File(file.clone()));
    let sender = sender(Some(settings), vec![]);
    let send = async |sender: &Sender| told(sender.send(&notice_outgoing(), now()).await);

    let (outcome, why) = send(&sender).await;
    assert_eq!(outcome, "later", "a file that is missing can be put there");
    assert!(
        why.contains("cannot be read") && why.contains("wirewatch-test-password"),
        "{why}"
    );
    std::fs::write(&file, "old\r\n").unwrap();
    assert_eq!(send(&sender).await.0, "accepted", "line ends are no part of a password");
    assert_eq!(server.mails()[0].user.as_deref(), Some("alerts"));

    server.require_account("alerts", "new");
    std::fs::write(&file, "wrong\n").unwrap();
    let (outcome, why) = send(&sender).await;
    assert_eq!(outcome, "later", "a wrong password must not cost an alert");
    assert!(
        why.contains("refuses to sign us in: 535") && why.contains("check `user`"),
        "{why}"
    );
    assert!(!why.contains("wrong"), "nothing secret is said: {why}");
    std::fs::write(&file, "new\n").unwrap();
    assert_eq!(send(&sender).await.0, "accepted", "a new password needs no restart");
    std::fs::remove_file(&file).unwrap();
}

#[tokio::test]
async fn nothing_is_sent_without_the_encryption_that_was_asked_for() {
    let server = MailServer::start().await;
    let mut settings = mail_settings(&server);
    settings.security = Security::StartTls;
    let (outcome, why) = told(
        sender(Some(settings.clone()), vec![])
            .send(&notice_outgoing(), now())
            .await,
    );
    assert_eq!(outcome, "later");
    assert!(why.contains("STARTTLS is not supported"), "{why}");
    settings.security = Security::Implicit;
    assert_eq!(
        told(
            sender(Some(settings.clone()), vec![])
                .send(&notice_outgoing(), now())
                .await
        )
        .0,
        "later"
    );
    assert_eq!(server.mails(), []);

    settings.security = Security::Plain;
    settings.host = "mail.example.org".into();
    let refused = Sender::new(vec![], Some(settings), client()).unwrap_err();
    assert!(
        refused.contains("mail.example.org would go without encryption"),
        "{refused}"
    );
}

#[tokio::test]
async fn one_bad_recipient_does_not_stop_the_others() {
    let server = MailServer::start().await;
    let sender = sender(Some(mail_settings(&server)), vec![]);
    server.refuse("gone@example.org", "550 5.1.1 no such user");
    let send = async |address: &str| told(sender.send(&to(notice_outgoing(), "analyst", address), now()).await).0;
    assert_eq!(send("first@example.org").await, "accepted");
    assert_eq!(send("gone@example.org").await, "never");
    assert_eq!(send("last@example.org").await, "accepted");
    let reached: Vec<_> = server.mails().into_iter().flat_map(|mail| mail.to).collect();
    assert_eq!(reached, ["first@example.org", "last@example.org"]);
}

#[tokio::test]
async fn one_receiver_fails_while_another_works() {
    let (mail, good, bad) = (
        MailServer::start().await,
        WebhookServer::start().await,
        WebhookServer::start().await,
    );
    let hooks = vec![webhook("good", good.url(), None), webhook("bad", bad.url(), None)];
    let sender = sender(Some(mail_settings(&mail)), hooks);
    bad.answer_always(Answer::status(500));
    mail.fail_always(Stage::Greeting, Fault::reply("421 4.3.2 busy"));
    let send = async |name: &str| told(sender.send(&to(notice_outgoing(), name, "a@example.org"), now()).await).0;
    for _ in 0..3 {
        assert_eq!((send("bad").await, send("analyst").await), ("later", "later"));
    }
    assert_eq!(send("good").await, "accepted");
    mail.mend();
    assert_eq!(send("analyst").await, "accepted");
    assert_eq!(
        (good.requests().len(), bad.requests().len(), mail.mails().len()),
        (1, 3, 1)
    );
}

#[tokio::test]
async fn a_receiver_that_nobody_knows_keeps_its_parcel() {
    let (outcome, why) = told(
        sender(None, vec![])
            .send(&to(notice_outgoing(), "renamed", ""), now())
            .await,
    );
    assert_eq!(
        (outcome, why.as_str()),
        ("later", "the receiver “renamed” is no longer in the configuration")
    );
    let (outcome, why) = told(sender(None, vec![]).send(&notice_outgoing(), now()).await);
    assert_eq!(outcome, "later");
    assert!(why.contains("no mail server is configured"), "{why}");
}
