//! An HTTP request and its response, as the rooms above see them.

use reqwest::header::HeaderMap;
use url::Url;

use super::large::LargeBody;

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
    /// Conditional headers and the like. Credentials among them are not sent to another host after a redirect.
    pub headers: HeaderMap,
    /// The site that the conditional headers (`If-None-Match`, `If-Modified-Since`) belong to, if not the requested
    /// one. Only hops to that site receive them.
    pub conditions_for: Option<Url>,
    /// Maximum number of redirects. With 0 (webhooks) a redirect is an ordinary answer.
    pub max_redirects: u8,
}

/// How the body ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyEnd {
    Whole,
    /// The connection ended or timed out before the announced length, or inside a chunk or compressed stream.
    CutShort,
    /// The body was larger than `max_bytes`.
    TooLarge,
}

#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    /// The final address after redirects; without user name and password.
    pub url: Url,
    /// If the first hop was permanent (301, 308): the end of the unbroken chain of permanent hops.
    pub moved_to: Option<Url>,
    pub headers: HeaderMap,
    /// Decoded.
    pub body: Vec<u8>,
    pub end: BodyEnd,
    /// The turn of a large body: to be held until all that the body brought is let go.
    pub large: Option<LargeBody>,
}
