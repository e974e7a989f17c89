//! Why an alert was raised, in words, with the excerpt that shows it.

mod compose;
mod document_numbers;
mod stated;

pub use compose::{excerpt, mentions, reason};
pub use document_numbers::Numbers;
pub use stated::{of_position, stated_position};
