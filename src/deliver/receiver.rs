//! Receivers: the named places that alerts go to, and the postman who knows the way to each.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::attempt::AttemptOutcome;
use super::console::Screen;
use super::email::Mailer;
use super::webhook;
use crate::alert::{Alert, DeliveryId, Message, SourceLine};
use crate::net::Client;

/// A secret that is read at each use, so that a rotated one is picked up.
#[derive(Clone, PartialEq, Eq)]
pub enum Secret {
    File(PathBuf),
    /// From the environment; never from a file that people show around.
    Value(String),
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "Secret::File({})", path.display()),
            Self::Value(_) => f.write_str("Secret::Value(…)"),
        }
    }
}

impl Secret {
    /// As it stands now, without the line end that editors put behind it. The error names the file, never its content.
    pub(super) async fn read(&self) -> Result<String, String> {
        match self {
            Self::Value(value) => Ok(value.clone()),
            Self::File(path) => match tokio::fs::read_to_string(path).await {
                Ok(text) => Ok(text.trim_end_matches(['\r', '\n']).to_owned()),
                Err(why) => Err(format!("the secret file {} cannot be read: {why}", path.display())),
            },
        }
    }
}

/// How the connection to the mail server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// STARTTLS, required (RFC 3207).
    StartTls,
    /// TLS from the first byte (RFC 8314).
    Implicit,
    /// Loopback only.
    Plain,
}

#[derive(Debug, Clone, PartialEq)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// An RFC 5322 mailbox.
    pub from: String,
    pub user: Option<String>,
    pub password: Option<Secret>,
    /// For one whole attempt, from connecting to the answer after DATA.
    pub timeout: Duration,
}

#[derive(Debug, Clone, PartialEq)]
pub enum To {
    Console,
    Email,
    Webhook {
        url: Url,
        /// Standard Webhooks: `whsec_…` base64, or any text taken as bytes.
        secret: Option<Secret>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Receiver {
    pub name: String,
    pub to: To,
}

/// What is sent under one id: one delivery, or the deliveries of a digest.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    /// The delivery's id, or the digest's.
    pub id: DeliveryId,
    pub receiver: String,
    pub address: String,
    pub message: Message,
    /// The alerts in it with their other sources, in the order of the message's paragraphs; empty for a notice.
    pub alerts: Vec<(Alert, Vec<SourceLine>)>,
    /// When the first of it was raised: the date of the message, the same at every attempt.
    pub raised: Timestamp,
}

/// Knows the way to each receiver. Made anew at each reload.
#[derive(Debug)]
pub struct Postman {
    ways: HashMap<String, To>,
    mailer: Option<Mailer>,
    client: Client,
    screen: Screen,
}

impl Postman {
    /// Fails where a setting cannot be used (a mailbox that is none, a TLS root that cannot be read).
    pub fn new(receivers: Vec<Receiver>, mail: Option<MailServer>, client: Client) -> Result<Self, String> {
        let mailer = mail.map(Mailer::new).transpose()?;
        let ways = receivers
            .into_iter()
            .map(|receiver| (receiver.name, receiver.to))
            .collect();
        Ok(Self {
            ways,
            mailer,
            client,
            screen: Screen::stdout(),
        })
    }

    /// Shows the console receiver's messages elsewhere than on standard output.
    pub fn with_screen(self, screen: Screen) -> Self {
        Self { screen, ..self }
    }

    /// One attempt. Ends within the receiver's time limit.
    pub async fn send(&self, parcel: &Parcel, now: Timestamp) -> AttemptOutcome {
        match self.ways.get(&parcel.receiver) {
            Some(To::Console) => self.screen.show(parcel).await,
            Some(To::Webhook { url, secret }) => webhook::send(&self.client, url, secret.as_ref(), parcel, now).await,
            Some(To::Email) => match &self.mailer {
                Some(mailer) => mailer.send(parcel).await,
                None => AttemptOutcome::later("no mail server is configured; write [mail] with `server` and `from`"),
            },
            // It may have been taken out by mistake, or renamed and be renamed back.
            None => AttemptOutcome::later(format!(
                "the receiver “{}” is no longer in the configuration",
                parcel.receiver
            )),
        }
    }
}
