//! Queries in words, and weighted terms.

mod anchor;
mod clause;
mod closeness;
mod fault;
mod operand;
mod parse;
mod part;
mod place;
mod token;
mod weights;

pub use clause::{Clause, Query};
pub use fault::{Fault, QueryError};
pub use parse::{Parsed, parse as parse_query};
pub use part::Names;
pub use place::parse_place;
pub use token::{FURTHEST_WORDS, NEAR_KM};
pub use weights::{Weight, Weights};
