//! Text of strangers, made harmless and short.

mod bounds;
mod clean;

pub use bounds::SOURCES;
pub(crate) use bounds::{BECAUSE, EXCERPT, FOUND, HEADLINE, LINK, MARKS, NEW, OUTLET, QUOTE};
pub use clean::{clean, clean_line, clean_link, clean_marked, entry_link, shorten};
