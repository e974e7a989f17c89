//! The article in a web page, as plain text.

mod clean;
mod decode;
mod extract;
mod paragraphs;

pub use decode::page_text;
pub use extract::extract;
