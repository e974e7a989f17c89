//! One conditional GET, or one read of a local file.

use jiff::Timestamp;

use super::memory::{FeedMemory, FeedSettings};
use crate::net::{Client, NetError, Response};

/// What came back, or what kept it from coming.
#[derive(Debug)]
pub struct Answer {
    pub at: Timestamp,
    pub response: Result<Response, NetError>,
}

/// Asks for a feed once. A `file:` feed answers like a server that gives an ETag made of the file's size and time.
pub async fn fetch(_client: &Client, _memory: &FeedMemory, _settings: &FeedSettings, _now: Timestamp) -> Answer {
    todo!()
}
