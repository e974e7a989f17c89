//! Watches: what people look for, and whether an entry has it. Pure.

mod entity;
mod groups;
mod judge;
mod matcher;
mod term;
mod text;

pub use entity::{Entity, EntityKind};
pub use groups::{Group, GroupKind, group, groups};
pub use judge::{Because, Examined, Verdict};
pub use matcher::{CompileError, Document, Field, Mention, TermId, Watchlist};
pub use term::{HowClose, Level, LookIn, Pattern, Term, TermError, Watch};
pub use text::fold;
