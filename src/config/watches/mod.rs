//! Watches: their terms, queries and places.

mod closeness;
mod location;
mod queries;
pub(crate) mod watch;

pub(crate) use closeness::HOW_CLOSE;
