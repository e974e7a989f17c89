//! What opens the door of a feed: user and password, headers, and the way to it.

use crate::net::{HeaderName, Secret, Via};

/// What is shown to a feed's server, and how it is reached. Secrets are read at each request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Access {
    /// Basic authentication (RFC 7617).
    pub user: Option<String>,
    pub password: Option<Secret>,
    pub headers: Vec<(HeaderName, Secret)>,
    /// `None`: as for all feeds.
    pub via: Option<Via>,
}
