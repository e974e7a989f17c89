//! What was written: files, the places in them, and what is wrong with them.

mod excerpt;
mod file;
mod pieces;
mod problem;
mod quotes;
mod spot;
pub(crate) mod syntax;
mod tree;

pub(crate) use file::Source;
pub(crate) use pieces::pieces;
pub use problem::{Place, Problem, Problems, Severity};
pub(crate) use spot::{At, SourceSpan, SpotId};
pub(crate) use tree::{Node, Written, folded, shown_name};
