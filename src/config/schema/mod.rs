//! Every table and key that may be written, and the JSON Schema made of them.

mod json_schema;
pub(crate) mod keys;
mod list_keys;
mod shape;
mod table;

pub use json_schema::schema;
pub(crate) use keys::{FEEDS, HEALTH, MAIL, POLLING, RECEIVER, STORE, TABLES, WATCH, WATCHES, WEB};
pub(crate) use list_keys::{EXAMPLE, GROUP, PLACE, WHERE, WORDS};
pub(crate) use shape::{Shape, quoted};
pub(crate) use table::{Table, bare_or_quoted};
