//! `feeds`: listed, tried, found, taken over.

pub(crate) mod discover;
mod feed_row;
mod http;
mod hubs;
mod import;
pub(crate) mod list;
pub(crate) mod look;
mod page;
pub(crate) mod parse;

pub use http::Asker;
pub use look::{Looked, look_at};
pub use page::{entries, written};
pub use parse::bytes_of;
