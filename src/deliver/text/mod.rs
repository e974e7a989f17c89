//! A message as text, harmless whatever a feed wrote.

mod marked;
mod page;
mod render;

pub(crate) use marked::{pieces, sound_marks};
pub(crate) use page::{Style, page};
pub(crate) use render::{level_word, origin_line, source_line, text, web_link, why, with_alerts};
