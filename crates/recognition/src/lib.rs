//! Finds watched words, groups and places of the world in news texts, and decides which watches fire. Pure.

#![forbid(unsafe_code)]

mod automaton;
mod boundary;
mod capitals;
mod closely;
mod distinct;
mod entity;
mod expression;
mod fold;
mod folded;
mod folder;
mod forms;
mod gazetteer;
mod groups;
mod judge;
mod language;
mod matcher;
mod named_entities;
mod named_groups;
mod narrowing;
mod nearness;
mod ordinary;
mod passage;
mod phrases;
mod places;
mod query;
mod quick;
mod reason;
mod roster;
mod runs;
mod script;
mod sentence;
mod skeleton;
mod stem;
mod term;
mod term_list;
mod text;
mod tokens;
mod tree;
mod verdict;
mod whereabouts;
mod word_starts;

pub use entity::{Entity, EntityKind};
pub use gazetteer::{
    Gazetteer, GazetteerError, Keys, NameKind, Named, Place, PlaceKind, Point, Sense, distance_km, place_key,
};
pub use groups::{Group, GroupKind, group, groups};
pub use language::{language, language_code, language_name, languages};
pub use matcher::{CompileError, Document, Field, Mention, TermId, Watchlist};
pub use named_entities::NamedEntity;
pub use named_groups::{groups_and_places, named_groups};
pub use ordinary::{ordinary_alone, places_alone};
pub use places::{Aside, PlaceContext, PlaceMention, Why, places};
pub use query::{
    Clause, FURTHEST_WORDS, Fault, NEAR_KM, Names, Parsed, Query, QueryError, Weight, Weights, parse_place, parse_query,
};
pub use term::{HowClose, Level, LookIn, Pattern, PlacePattern, Term, TermError, Watch, WherePattern};
pub use term_list::TermList;
pub use text::{first_words, fold, words};
pub use verdict::{Because, Examined, Ground, Lack, PartId, Verdict};
pub use whereabouts::{
    Area, Centre, Located, Missed, OwnPlace, Picked, Placed, Ring, Where, described, pick, picked_area,
    place_kind_words, thousands, told_apart,
};
