//! Parcels to send, and postmen to send them.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::{Timestamp, tz::TimeZone};
use wirewatch::alert::{Alert, AlsoIn, DeliveryId, Message, Notice, SourceLine, digest, message, notice_message};
use wirewatch::deliver::{self, OutgoingMessage, Receiver, Screen, Secret, Security, Sender, To};
use wirewatch::net::{Client, ClientSettings, PrivateAddresses};

use crate::house::mail_server::MailServer;

/// An urgent first alert, a normal update of its story, and one from a feed that means harm.
pub fn alerts() -> [Alert; 3] {
    serde_json::from_str(include_str!("../fixtures/alerts.json")).unwrap()
}

pub fn now() -> Timestamp {
    "2024-09-17T06:15:30Z".parse().unwrap()
}

fn sources() -> AlsoIn {
    let source = |feed: &str, title: &str, link: Option<&str>| SourceLine {
        feed_title: feed.into(),
        title: title.into(),
        link: link.map(str::to_owned),
        seen: now(),
    };
    vec![
        source(
            "Journal du Mali",
            "Bamako : ce que l’on sait",
            Some("https://www.journaldumali.com/x?a=<b>"),
        ),
        source("الجزيرة", "هجوم في باماكو", None),
    ]
    .into()
}

fn outgoing(id: u64, message: Message, alerts: Vec<(Alert, AlsoIn)>) -> OutgoingMessage {
    let raised = alerts.iter().map(|(alert, _)| alert.raised).min().unwrap_or_else(now);
    let (receiver, address) = ("analyst".to_owned(), "Analyst <analyst@example.org>".to_owned());
    OutgoingMessage {
        id: DeliveryId(id),
        receiver,
        address,
        message,
        alerts,
        raised,
    }
}

pub fn alert_message(alert: Alert) -> OutgoingMessage {
    let sources = sources();
    outgoing(0xd1, message(&alert, &sources, &TimeZone::UTC), vec![(alert, sources)])
}

/// Given in the wrong order: the message puts the urgent one first.
pub fn digest_outgoing() -> OutgoingMessage {
    let [urgent, update, _] = alerts();
    let alerts = vec![(update, AlsoIn::default()), (urgent, sources())];
    outgoing(0xd2, digest(&alerts, &TimeZone::UTC), alerts)
}

pub fn notice_outgoing() -> OutgoingMessage {
    let notice = Notice {
        id: 9,
        raised: now(),
        title: "The feed RFI Afrique has failed for 6 hours".into(),
        lines: vec!["The server answers 503.".into(), "It is asked again every hour.".into()],
    };
    outgoing(0xd3, notice_message(&notice, &TimeZone::UTC), Vec::new())
}

pub fn to(mut outgoing: OutgoingMessage, receiver: &str, address: &str) -> OutgoingMessage {
    (outgoing.receiver, outgoing.address) = (receiver.to_owned(), address.to_owned());
    outgoing
}

pub fn mail_settings(server: &MailServer) -> deliver::MailServer {
    deliver::MailServer {
        host: "127.0.0.1".into(),
        port: server.address().port(),
        security: Security::Plain,
        from: "Wirewatch <alerts@example.org>".into(),
        user: None,
        password: None,
        timeout: Duration::from_secs(30),
    }
}

pub fn client() -> Client {
    Client::new(ClientSettings {
        user_agent: "Wirewatch/test (test@example.org)".into(),
        timeout: Duration::from_secs(30),
        max_bytes: 64 * 1024,
        private_addresses: PrivateAddresses::Allowed,
        via: wirewatch::net::Via::default(),
    })
    .unwrap()
}

pub fn sender(mail: Option<deliver::MailServer>, more: Vec<Receiver>) -> Sender {
    let mut receivers = vec![Receiver {
        name: "analyst".into(),
        to: To::Email,
    }];
    receivers.extend(more);
    Sender::new(receivers, mail, client()).unwrap()
}

/// One whose client takes bodies of a gigabyte, as for feeds.
pub fn generous_sender(receiver: Receiver) -> Sender {
    Sender::new(vec![receiver], None, client().limited_to(1 << 30)).unwrap()
}

pub fn webhook(name: &str, url: url::Url, secret: Option<&str>) -> Receiver {
    Receiver {
        name: name.into(),
        to: To::Webhook {
            url,
            secret: secret.map(|text| Secret::Value(text.into())),
        },
    }
}

/// A screen whose lines can be read.
#[derive(Clone, Default)]
pub struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    pub fn screen(&self, width: usize, colour: bool) -> Screen {
        Screen::new(self.clone(), width, colour)
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
