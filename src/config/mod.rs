//! The configuration: as written, what is wrong with it, and as it is run.

mod load;
mod problem;
mod ready;

pub use load::{EnvVar, load};
pub use problem::{Place, Problem, Problems, Severity};
pub use ready::{Configuration, Health, Polling, StoreSettings};
