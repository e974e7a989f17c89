//! Watches: what people look for, and whether an entry has it. Pure.

mod entity;
mod gazetteer;
mod groups;
mod judge;
mod matcher;
mod term;
mod text;

pub use entity::{Entity, EntityKind};
pub use gazetteer::{
    Gazetteer, GazetteerError, Keys, NameKind, Named, Place, PlaceKind, Point, Sense, distance_km, place_key,
};
pub use groups::{Group, GroupKind, group, groups};
pub use judge::{Because, Examined, Verdict};
pub use matcher::{CompileError, Document, Field, Mention, TermId, Watchlist};
pub use term::{HowClose, Level, LookIn, Pattern, Term, TermError, Watch};
pub use text::fold;
