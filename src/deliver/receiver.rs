//! Receivers: the named places that alerts go to, with the secrets and the mail server that they need.

use std::time::Duration;

use url::Url;

pub use crate::net::Secret;

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
