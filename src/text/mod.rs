//! Text of strangers, made harmless, short and countable for people.

mod clean;
mod count;
mod hidden;
mod line;

pub use clean::{LINK, clean, clean_line, clean_link, clean_marked, entry_link, shorten};
pub use count::count;
pub(crate) use hidden::{is_direction_mark, is_separator, turns_direction};
pub(crate) use line::one_line;
