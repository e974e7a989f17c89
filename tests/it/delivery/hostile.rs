//! Text of a feed that means harm, at every way out.

use mail_parser::MessageParser;
use wirewatch::deliver::{AttemptOutcome, Receiver, To};

use super::messages::*;
use crate::house::mail_server::MailServer;
use crate::house::webhook_server::WebhookServer;

/// Paragraphs as a message would have them if nothing had cleaned them before: this room trusts nobody.
fn harmful() -> wirewatch::deliver::OutgoingMessage {
    let [_, _, alert] = alerts();
    let mut outgoing = alert_message(alert.clone());
    let paragraph = &mut outgoing.message.paragraphs[0];
    outgoing.message.subject = alert.origin.title.clone();
    paragraph.headline = alert.origin.title.clone();
    paragraph.link = alert.origin.link.clone();
    paragraph.source = alert.origin.feed_title.clone();
    paragraph.excerpt = alert.excerpt.clone();
    paragraph.because = alert.reason.because.clone();
    paragraph.news = Some(alert.origin.title.clone());
    paragraph.lines = vec![alert.origin.title];
    for source in &mut paragraph.also_in {
        (source.feed_title, source.title) = (paragraph.source.clone(), paragraph.headline.clone());
        source.link = paragraph.link.clone();
    }
    outgoing
}

fn acts(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[tokio::test]
async fn the_same_text_acts_in_no_mail_terminal_or_webhook() {
    let (mail, hook, paper) = (
        MailServer::start().await,
        WebhookServer::start().await,
        Paper::default(),
    );
    let console = Receiver {
        name: "console".into(),
        to: To::Console,
    };
    let sender = sender(
        Some(mail_settings(&mail)),
        vec![webhook("hook", hook.url(), None), console],
    )
    .with_screen(paper.screen(80, false));
    for receiver in ["analyst", "hook", "console"] {
        let outcome = sender
            .send(&to(harmful(), receiver, "analyst@example.org"), now())
            .await;
        assert!(
            matches!(outcome, AttemptOutcome::Accepted { .. }),
            "{receiver}: {outcome:?}"
        );
    }

    let mails = mail.mails();
    assert_eq!(
        (mails.len(), &mails[0].to[..]),
        (1, &["analyst@example.org".to_owned()][..])
    );
    assert!(mails[0].raw.is_ascii(), "everything else is encoded");
    let parsed = MessageParser::default().parse(&mails[0].raw).unwrap();
    assert_eq!(parsed.parts.len(), 3, "one alternative of two parts");
    for name in ["Bcc", "Cc", "Reply-To", "X-Evil"] {
        assert!(parsed.header(name).is_none(), "{name}");
    }
    for header in parsed.headers() {
        let value = header.value().as_text().unwrap_or_default();
        assert!(
            !value.contains(acts) && !value.contains('\n'),
            "{}: {value:?}",
            header.name()
        );
    }
    let text = parsed.body_text(0).unwrap().replace('\r', "");
    assert!(!text.contains(acts), "{text:?}");
    let html = parsed.body_html(0).unwrap().replace('\r', "");
    assert!(!html.contains(acts), "{html:?}");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "shown, not run");
    for tag in ["<script", "<img", "<b>\u{2066}", "href=\"javascript"] {
        assert!(!html.contains(tag), "{tag}");
    }

    let shown = paper.text();
    assert!(shown.contains("[2J"), "what is left of an escape sequence is shown");
    assert!(!shown.contains(acts), "{shown:?}");

    let body: serde_json::Value = serde_json::from_slice(&hook.requests()[0].body).unwrap();
    assert_eq!(
        body["data"]["headline"].as_str(),
        Some(alerts()[2].origin.title.as_str()),
        "machines get what was said"
    );
    assert!(
        !hook.requests()[0].body.iter().any(|byte| *byte < 0x20),
        "as JSON escapes"
    );
}

#[tokio::test]
async fn a_text_without_end_becomes_a_mail_of_bounded_size() {
    let server = MailServer::start().await;
    let mut outgoing = harmful();
    let long = "é\u{1f480} ".repeat(2_000_000);
    outgoing.message.subject = long.clone();
    outgoing.message.paragraphs[0].headline = long.clone();
    outgoing.message.paragraphs[0].excerpt.text = long;
    let outcome = sender(Some(mail_settings(&server)), vec![])
        .send(&outgoing, now())
        .await;
    assert!(matches!(outcome, AttemptOutcome::Accepted { .. }), "{outcome:?}");
    let raw = server.mail(1).await.raw;
    assert!(raw.len() < 1_000_000, "{} bytes", raw.len());
    assert!(
        raw.split(|byte| *byte == b'\n').all(|line| line.len() <= 998),
        "RFC 5322 section 2.1.1"
    );
}
