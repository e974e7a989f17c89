//! Places that a text names: found in one pass, resolved to one sense each, with every step's reason.

mod abbreviations;
mod address;
mod aside;
mod cases;
mod context;
mod exceptions;
mod finding;
mod joined;
mod keys;
mod links;
mod mention;
mod resolve;
mod senses;
mod spoken;
mod votes;
mod wording;

pub use aside::Aside;
pub(crate) use mention::places_in;
pub use mention::{PlaceContext, PlaceMention, Why, places};
