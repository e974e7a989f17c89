//! Receivers: the named places that alerts go to, and the postman who knows the way to each.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::attempt::AttemptOutcome;
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
    /// The alerts in it with their other sources, for receivers that read machines' words; empty for a notice.
    pub alerts: Vec<(Alert, Vec<SourceLine>)>,
    /// When the first of it was raised: the date of the message, the same at every attempt.
    pub raised: Timestamp,
}

/// Knows the way to each receiver. Made anew at each reload.
#[derive(Debug)]
pub struct Postman {}

impl Postman {
    /// Fails where a setting cannot be used (a mailbox that is none, a TLS root that cannot be read).
    pub fn new(_receivers: Vec<Receiver>, _mail: Option<MailServer>, _client: Client) -> Result<Self, String> {
        todo!()
    }

    /// One attempt. Ends within the receiver's time limit.
    pub async fn send(&self, _parcel: &Parcel, _now: Timestamp) -> AttemptOutcome {
        todo!()
    }
}
