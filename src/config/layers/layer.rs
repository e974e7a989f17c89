//! The tables of all files and of the environment, with the place of each value.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::config::source::{Node, Problem, Source, SourceSpan};

/// What was written, where, and what is already wrong with it.
#[derive(Debug)]
pub(crate) struct Layers {
    pub sources: Vec<Source>,
    pub spots: Vec<SourceSpan>,
    /// The tables by name: `mail`, `watch`. A name stands twice where one of the two is no table.
    pub tables: Vec<(String, Node)>,
    pub problems: Vec<Problem>,
    /// A file could not be read as TOML throughout: what seems missing may stand there.
    pub broken: bool,
    /// Files and lines that could not be read.
    pub broken_lines: HashSet<(PathBuf, usize)>,
    /// Files that tables named, and that were read too.
    pub beside: Vec<PathBuf>,
}
