//! Watches: their terms, queries and places.

mod closeness;
pub(crate) mod examples;
mod location;
mod queries;
mod traps;
pub(crate) mod watch;

pub(crate) use closeness::HOW_CLOSE;
