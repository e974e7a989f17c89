//! Receivers: the named places that alerts go to, with the secrets and the mail server that they need.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use url::Url;

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
