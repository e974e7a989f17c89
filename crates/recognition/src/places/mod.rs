//! Places that a text names: found in one pass, resolved to one sense each, with every step's reason.

mod all_places;
mod context;
mod find;
mod non_locative;
mod peoples;
mod place_mention;
mod resolve;
mod sign_tables;
mod signs;
mod unknown;

pub(crate) use all_places::places_in;
pub use all_places::{places, places_weighed};
pub(crate) use context::Word;
pub(crate) use find::inside_longer_name;
pub use place_mention::{Aside, PlaceContext, PlaceMention, Why};
pub use resolve::SenseWeights;
pub(crate) use unknown::unknown_in;
pub use unknown::{UnknownPlace, unknown_places};
