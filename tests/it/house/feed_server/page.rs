//! What the server gives for a path, and how it misbehaves there.

use super::Asked;
use super::packing::{Packing, gzip_of_zeros};

/// What is served at a path, and how.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    /// Sent instead of `etag` on a 304.
    pub(super) etag_on_304: Option<String>,
    ignores_conditions: bool,
    pub(super) packing: Packing,
    pub(super) lies: Option<&'static str>,
    pub(super) fault: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Fault {
    #[default]
    None,
    /// So many bytes of the packed body, then the connection is closed.
    Cut(usize),
    /// The body over and over, in chunks, until nobody reads any more.
    Endless,
    /// So many bytes of the body (`None`: not even the status line), then nothing until released, then the rest.
    Stall(Option<usize>),
    /// The connection is closed without an answer.
    HangUp,
    /// This instead of an answer.
    Raw,
}

impl Page {
    /// 200 with this body, as `application/rss+xml`.
    pub fn feed(body: impl Into<Vec<u8>>) -> Self {
        Self::of("application/rss+xml; charset=utf-8", body)
    }

    /// 200 with this body, as `text/html`.
    pub fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::of("text/html; charset=utf-8", body)
    }

    pub fn of(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: 200,
            body: body.into(),
            ..Self::default()
        }
        .header("Content-Type", content_type)
    }

    /// This status and an empty body.
    pub fn status(status: u16) -> Self {
        Self {
            status,
            ..Self::default()
        }
    }

    pub fn redirect(status: u16, to: impl ToString) -> Self {
        Self::status(status).header("Location", &to.to_string())
    }

    /// A body of so many zero bytes that travels as a 159th of it under gzip.
    pub fn bomb(bytes: usize) -> Self {
        Self {
            status: 200,
            body: gzip_of_zeros(bytes),
            lies: Some("gzip"),
            ..Self::default()
        }
    }

    /// These bytes in place of any answer, then the connection is closed.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            body: bytes.into(),
            fault: Fault::Raw,
            ..Self::default()
        }
    }

    pub fn body(&self) -> &[u8] {
        &self.body
    }

    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sent with it; a request that carries it in `If-None-Match` is answered with 304.
    pub fn etag(mut self, etag: &str) -> Self {
        self.etag = Some(etag.to_owned());
        self
    }

    /// Sent with it; a request that carries it in `If-Modified-Since`, and no `If-None-Match`, is answered with 304.
    pub fn last_modified(mut self, date: &str) -> Self {
        self.last_modified = Some(date.to_owned());
        self
    }

    pub fn etag_on_304(mut self, etag: &str) -> Self {
        self.etag_on_304 = Some(etag.to_owned());
        self
    }

    /// Always the whole page, never 304.
    pub fn ignoring_conditions(mut self) -> Self {
        self.ignores_conditions = true;
        self
    }

    pub fn packed(mut self, packing: Packing) -> Self {
        self.packing = packing;
        self
    }

    /// Announces this `Content-Encoding` for a body that has none, unless the request asks for `identity`.
    pub fn lying(mut self, encoding: &'static str) -> Self {
        self.lies = Some(encoding);
        self
    }

    /// Closes the connection after so many bytes of the body as it travels.
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.fault = Fault::Cut(bytes);
        self
    }

    /// Sends the body over and over, for as long as anyone reads.
    pub fn endless(mut self) -> Self {
        self.fault = Fault::Endless;
        self
    }

    /// Says nothing until [`FeedServer::release`].
    pub fn stalled(mut self) -> Self {
        self.fault = Fault::Stall(None);
        self
    }

    /// Sends the headers and so many bytes, and the rest after [`FeedServer::release`].
    pub fn stalled_after(mut self, bytes: usize) -> Self {
        self.fault = Fault::Stall(Some(bytes));
        self
    }

    /// Closes the connection without an answer.
    pub fn hanging_up(mut self) -> Self {
        self.fault = Fault::HangUp;
        self
    }

    pub(super) fn is_not_modified(&self, asked: &Asked) -> bool {
        if self.ignores_conditions || self.status != 200 {
            return false;
        }
        // RFC 9110 §13.2.2: If-None-Match goes before If-Modified-Since.
        match (asked.header("if-none-match"), asked.header("if-modified-since")) {
            (Some(sent), _) => self.etag.as_deref() == Some(sent),
            (None, Some(sent)) => self.last_modified.as_deref() == Some(sent),
            (None, None) => false,
        }
    }
}
