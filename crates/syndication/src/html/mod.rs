//! HTML as plain text: tags, elements and character references.

pub(crate) mod elements;
pub(crate) mod plain;
pub(crate) mod references;
pub(crate) mod tags;
