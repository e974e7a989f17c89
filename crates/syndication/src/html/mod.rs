//! HTML as plain text: tags, elements and character references.

pub(crate) mod elements;
pub(crate) mod plain;
pub(crate) mod references;
pub(crate) mod tags;

pub(crate) use elements::is_element;
pub use plain::looks_like_html;
pub(crate) use plain::plain_string;
pub(crate) use references::reference_at;
