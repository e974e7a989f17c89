//! Finds watched words, groups and places of the world in news texts, and decides which watches fire. Pure.

#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod attribution;
mod document;
mod entity;
mod evaluate;
mod examine;
mod gazetteer;
mod groups;
#[cfg(test)]
mod growth;
mod index;
mod location;
mod mention;
mod named_entities;
mod places;
mod query;
mod stated_position;
mod terms;
mod text;
mod watch;
mod watchlist;

pub use attribution::{SCOWL, attribution};
pub use document::{Document, Field};
pub use entity::{Entity, EntityKind};
pub use evaluate::verdict::{Because, Examined, Ground, Lack, PartId, Verdict};
pub use gazetteer::{
    Extent, Gazetteer, GazetteerError, Keys, NameKind, Named, Place, PlaceKind, Point, Sense, Shape, distance_km,
    is_within, place_key,
};
pub use groups::directory::{Group, GroupKind, Homonym, group, groups};
pub use groups::named_groups::{KnownNames, groups_and_places, known_names, named_groups};
pub use index::compile_error::CompileError;
pub use location::{
    Area, Centre, Located, Missed, Outline, OwnPlace, Picked, Placed, Ring, Where, country_at, country_code, described,
    pick, picked_area, place_kind_words, similar_places, thousands, told_apart,
};
pub use mention::{Mention, TermId};
pub use named_entities::NamedEntity;
pub use places::{
    Aside, PlaceContext, PlaceMention, SenseWeights, UnknownPlace, Why, places, places_weighed, unknown_places,
};
pub use query::{
    Clause, FURTHEST_WORDS, Fault, NEAR_KM, Names, Parsed, Query, QueryError, Weight, Weights, parse_place, parse_query,
};
pub use stated_position::StatedPosition;
pub use terms::options::{HowClose, Level, LookIn};
pub use terms::ordinary::{ordinary_alone, places_alone};
pub use terms::stem::stems_in;
pub use terms::term::{Pattern, PlacePattern, Term, TermError, WherePattern};
pub use terms::term_list::TermList;
pub use text::folded_text::{first_words, fold, words};
pub use text::language::{language, language_code, language_name, languages};
pub use watch::Watch;
pub use watchlist::Watchlist;
