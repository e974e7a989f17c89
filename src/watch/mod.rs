//! Watches: what people look for, and whether an entry has it. Pure.

mod automaton;
mod boundary;
mod capitals;
mod entity;
mod expression;
mod fold;
mod folder;
mod forms;
mod gazetteer;
mod groups;
mod judge;
mod matcher;
mod named_groups;
mod passage;
mod places;
mod reason;
mod roster;
mod script;
mod sentence;
mod term;
mod text;

pub use entity::{Entity, EntityKind};
pub use gazetteer::{
    Gazetteer, GazetteerError, Keys, NameKind, Named, Place, PlaceKind, Point, Sense, distance_km, place_key,
};
pub use groups::{Group, GroupKind, group, groups};
pub use judge::{Because, Examined, Verdict};
pub use matcher::{CompileError, Document, Field, Mention, TermId, Watchlist};
pub use named_groups::named_groups;
pub use places::{Aside, PlaceContext, PlaceMention, Why, places};
pub use term::{HowClose, Level, LookIn, Pattern, Term, TermError, Watch};
pub use text::{each_word, fold, words};
