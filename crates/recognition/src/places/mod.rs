//! Places that a text names: found in one pass, resolved to one sense each, with every step's reason.

mod abbreviations;
mod actors;
mod address;
mod beside;
mod candidate;
mod capital;
mod cases;
mod context;
mod exceptions;
mod finding;
mod joined;
mod keys;
mod language_cues;
mod links;
mod mention;
mod non_locative;
mod organisations;
mod persons;
mod place_mention;
mod publishers;
mod resolve;
mod senses;
mod standing;
mod unknown;
mod votes;
mod walk;
mod weights;
mod word_lists;
mod wording;

pub(crate) use mention::places_in;
pub use mention::{places, places_weighed};
pub use place_mention::Aside;
pub use place_mention::{PlaceContext, PlaceMention, Why};
pub(crate) use unknown::unknown_in;
pub use unknown::{UnknownPlace, unknown_places};
pub use weights::SenseWeights;
