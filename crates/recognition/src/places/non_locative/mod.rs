//! Names that do not say where something happened: datelines, links, tags, publishers.

mod links;
mod marks;
mod publishers;

pub(crate) use marks::mark;
pub(crate) use publishers::Publishers;
