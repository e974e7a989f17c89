//! The fields of a table, read by their shape.

mod check;
mod fields;
mod numbers;
pub(crate) mod parse;
mod secret;
mod text;
mod zone_offset;

pub(crate) use check::Check;
pub(crate) use fields::{Fields, kind};
pub(crate) use parse::mailbox;
pub use parse::parse_duration;
pub(crate) use secret::{masked, secret_of};
pub(crate) use text::{Of, Text};
