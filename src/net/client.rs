//! The one HTTP client: timeouts, size caps, own redirects (each hop judged), no cookies, no Referer.

use std::time::Duration;

use reqwest::header::HeaderMap;
use thiserror::Error;
use url::Url;

use super::PrivateAddresses;

#[derive(Debug, Clone)]
pub struct ClientSettings {
    /// The whole User-Agent, with a contact in it.
    pub user_agent: String,
    /// From the first byte of the connection to the last of the body.
    pub timeout: Duration,
    /// Decoded bytes of a body that are read; what is beyond is cut.
    pub max_bytes: u64,
    pub private_addresses: PrivateAddresses,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    Get,
    /// A POST with this body.
    Post(Vec<u8>),
}

#[derive(Debug, Clone)]
pub struct Request {
    pub method: Method,
    pub url: Url,
    /// Conditional headers and the like; those that name a representation (`If-None-Match`, `If-Modified-Since`) are
    /// not sent to another host after a redirect.
    pub headers: HeaderMap,
    /// How many redirects are followed; webhooks follow none.
    pub max_redirects: u8,
}

/// How the body ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyEnd {
    Whole,
    /// The connection ended before the announced length, or in the middle of a chunk or of a compressed stream.
    CutShort,
    /// There was more than `max_bytes`.
    TooLarge,
}

#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    /// Where the answer came from, after redirects.
    pub url: Url,
    /// Where every hop so far from the asked URL on was permanent (301, 308): the last URL of that chain.
    pub moved_to: Option<Url>,
    pub headers: HeaderMap,
    /// Decoded.
    pub body: Vec<u8>,
    pub end: BodyEnd,
}

/// Fragments that complete "failed to read the feed: …".
#[derive(Debug, Error)]
pub enum NetError {
    #[error("{host} is {is}; such addresses are not asked unless `allow_private = true`")]
    Refused { host: String, is: &'static str },
    #[error("no address is known for {host}")]
    UnknownHost { host: String },
    #[error("cannot connect to {host}: {why}")]
    Connect { host: String, why: String },
    #[error("no secure connection to {host}: {why}")]
    Tls { host: String, why: String },
    #[error("{host} did not answer within {} seconds", .after.as_secs())]
    Timeout { host: String, after: Duration },
    #[error("more than {max} redirects")]
    TooManyRedirects { max: u8 },
    #[error("redirected to {to}, which is not a web address")]
    BadRedirect { to: String },
    #[error("{0}")]
    Other(String),
}

#[derive(Debug, Clone)]
pub struct Client {}

impl Client {
    pub fn new(_settings: ClientSettings) -> Result<Self, NetError> {
        todo!()
    }

    /// One request with its redirects. An error means that no answer was had; a short or too large body is an answer.
    pub async fn send(&self, _request: Request) -> Result<Response, NetError> {
        todo!()
    }
}
