//! Where an entry takes place: what a watch asks with `where`, and which of the places that a text names answers it.

mod area;
mod as_terms;
mod asked;
mod iso3166;
mod located;
mod own;
mod picked;
mod similar;
mod stated;
mod stated_area;
mod wording;

pub use area::{Area, Outline};
pub use asked::{Centre, Missed, Placed, Ring, Where};
pub use iso3166::country_code;
pub use located::Located;
pub use own::OwnPlace;
pub use picked::{Picked, pick, picked_area};
pub use similar::similar_places;
pub use stated::country_at;
pub use wording::{described, place_kind_words, thousands, told_apart};

pub(super) use as_terms::PlaceTerms;
pub(super) use own::{Recognised, Recogniser};
