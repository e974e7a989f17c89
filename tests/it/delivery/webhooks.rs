//! Webhooks over real connections.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use wirewatch::deliver::AttemptOutcome;

use super::messages::*;
use crate::house::webhook_server::{Answer, WebhookServer};

#[tokio::test]
async fn a_webhook_is_signed_and_comes_again_under_its_id() {
    let [urgent, ..] = alerts();
    let server = WebhookServer::start().await;
    let sender = sender(
        None,
        vec![webhook("soar", server.url(), Some("whsec_c2VjcmV0IG9mIHRoZSB0ZXN0"))],
    );
    server.answer_next(Answer::Drop);
    let outgoing = to(alert_message(urgent), "soar", "");
    let later = now() + jiff::SignedDuration::from_mins(1);
    assert!(matches!(
        sender.send(&outgoing, now()).await,
        AttemptOutcome::Later { .. }
    ));
    assert_eq!(
        sender.send(&outgoing, later).await,
        AttemptOutcome::Accepted { said: "204".into() }
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for (request, at) in requests.iter().zip([now(), later]) {
        assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/hook"));
        assert_eq!(request.header("content-type"), "application/json");
        assert_eq!(request.header("webhook-id"), "00000000000000d1");
        assert_eq!(request.header("webhook-timestamp"), at.as_second().to_string());
        let mut mac = Hmac::<Sha256>::new_from_slice(b"secret of the test").unwrap();
        mac.update(format!("00000000000000d1.{}.", at.as_second()).as_bytes());
        mac.update(&request.body);
        let signature = format!("v1,{}", BASE64.encode(mac.finalize().into_bytes()));
        assert_eq!(request.header("webhook-signature"), signature);
    }
    assert_eq!(requests[0].body, requests[1].body);
    let body: serde_json::Value = serde_json::from_slice(&requests[0].body).unwrap();
    assert_eq!(
        (body["type"].as_str(), body["data"]["id"].as_str()),
        (Some("alert.raised"), Some("00000000000000a1"))
    );
}

#[tokio::test]
async fn what_a_webhook_answers() {
    let server = WebhookServer::start().await;
    let other = WebhookServer::start().await;
    let sender = sender(None, vec![webhook("soar", server.url(), None)]);
    let send = async || sender.send(&to(notice_outgoing(), "soar", ""), now()).await;

    server.answer_next(Answer::status(503).with_header("retry-after", "90"));
    let outcome = send().await;
    assert_eq!(
        outcome,
        AttemptOutcome::Later {
            why: "503".into(),
            retry_after: Some(Duration::from_secs(90))
        }
    );

    server.answer_next(Answer::status(307).with_header("location", other.url().as_str()));
    let AttemptOutcome::Later { why, .. } = send().await else {
        panic!()
    };
    assert!(
        why.contains("307 redirects to http://127.0.0.1:") && why.contains("`webhook`"),
        "{why}"
    );
    assert_eq!(other.requests(), [], "a body and its signature go nowhere else");

    server.answer_next(Answer::status(410));
    assert!(matches!(send().await, AttemptOutcome::Never { .. }));
    assert_eq!(
        server.requests()[0].header("webhook-signature"),
        "",
        "no secret, no signature"
    );
}

#[tokio::test]
async fn a_webhook_that_falls_silent_does_not_hold_us() {
    let server = WebhookServer::start().await;
    server.answer_next(Answer::Silence);
    let sender = sender(None, vec![webhook("soar", server.url(), None)]);
    let sending = tokio::spawn(async move { sender.send(&to(notice_outgoing(), "soar", ""), now()).await });
    server.request(1).await;
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(31)).await;
    let AttemptOutcome::Later { why, .. } = sending.await.unwrap() else {
        panic!()
    };
    assert!(why.contains("did not answer within 30 seconds"), "{why}");
}

/// Bytes that may lie in the buffers of both ends of a connection within this machine when one is closed.
const UNDER_WAY: usize = 32 << 20;

#[tokio::test]
async fn an_answer_without_an_end_is_not_read() {
    // (what has no end, how the answer begins, what it repeats, whether it is accepted)
    let rows = [
        ("the body", "HTTP/1.1 200 OK\r\n\r\n", "a", true),
        (
            "the body of a refusal",
            "HTTP/1.1 500 No\r\ncontent-length: 9999999999999\r\n\r\n",
            "a",
            false,
        ),
        (
            "chunks",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            "4\r\naaaa\r\n",
            true,
        ),
        ("a header", "HTTP/1.1 200 OK\r\nx: ", "a", false),
        ("headers", "HTTP/1.1 200 OK\r\n", "x: y\r\n", false),
        ("the status", "HTTP/1.1 200 ", "O", false),
    ];
    for (sentence, begin, again, accepted) in rows {
        let server = WebhookServer::start().await;
        server.answer_next(Answer::Endless(begin, again));
        let hook = webhook("soar", server.url(), None);
        let outcome = generous_sender(hook)
            .send(&to(notice_outgoing(), "soar", ""), now())
            .await;
        assert_eq!(
            matches!(outcome, AttemptOutcome::Accepted { .. }),
            accepted,
            "{sentence}: {outcome:?}"
        );
        let sent = server.endless_bytes();
        assert!(sent < UNDER_WAY, "{sentence}: {sent} bytes were taken");
    }
}

#[tokio::test]
async fn a_secret_that_is_none_is_said_and_nothing_sent() {
    let server = WebhookServer::start().await;
    let sender = sender(None, vec![webhook("soar", server.url(), Some("whsec_%%%"))]);
    let outcome = sender.send(&to(notice_outgoing(), "soar", ""), now()).await;
    let AttemptOutcome::Later { why, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert!(why.contains("is not base64") && !why.contains("%%%"), "{why}");
    assert_eq!(server.requests(), []);
}
