//! Decides which place a name means, and how sure that is.

mod actors;
mod address;
mod beside;
mod candidate;
mod capital;
mod decide;
mod senses;
mod votes;
mod weights;

pub(crate) use candidate::Candidate;
pub(crate) use capital::add_capitals;
pub(crate) use decide::resolve;
pub(crate) use senses::{Reading, read, reading};
pub use weights::SenseWeights;
