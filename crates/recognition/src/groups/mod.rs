//! The built-in directory of groups, and the groups that a text names.

pub(crate) mod directory;
pub(crate) mod meant;
pub(crate) mod named_groups;
mod other_names;
pub(crate) mod skeleton;

pub use directory::{Group, GroupKind, groups};
