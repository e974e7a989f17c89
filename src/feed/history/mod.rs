//! Earlier bodies of a feed, so that the next one can be held against them.

mod arrivals;
mod boilerplate;
mod countries;
mod earlier_bodies;
mod window;

pub use arrivals::Arrivals;
pub use boilerplate::{boilerplate, boilerplate_in};
pub use countries::Countries;
pub use earlier_bodies::{Diff, History, Missed, Rekeyed};
pub use window::Window;
