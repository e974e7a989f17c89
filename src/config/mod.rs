//! The configuration: as written, what is wrong with it, and as it is run.

mod check;
mod configuration;
mod layers;
mod lists;
mod load;
mod schema;
mod source;
mod tables;
mod values;
mod watches;

pub use configuration::{Configuration, Health, Polling, StoreSettings};
pub use lists::Sense;
pub use load::{ACCEPTED, EnvVar, copy_name, load, load_accepted, load_with_examples, store_folders};
pub use schema::schema;
pub use source::{Place, Problem, Problems, Severity};
pub use tables::{OpmlError, OpmlFeed, listed_address, read_opml};
pub use values::parse_duration;
