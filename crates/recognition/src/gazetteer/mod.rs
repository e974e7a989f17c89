//! Places: what every name can mean, and where it is.

mod built_in;
mod distance;
mod extent;
mod key;
mod layout;
mod lookup;
mod names;
mod nearby;
mod place;
mod shape;
#[cfg(test)]
mod tests;

pub use distance::{Point, distance_km};
pub use extent::{Extent, is_within};
pub use key::place_key;
pub use layout::GazetteerError;
pub use lookup::Gazetteer;
pub use names::{Keys, Named, Sense};
pub(crate) use nearby::{Square, square, squares_of};
pub(crate) use place::Spot;
pub use place::{NameKind, Place, PlaceKind};
pub(crate) use shape::Bounds;
pub use shape::Shape;
