//! The configuration: as written, what is wrong with it, and as it is run.

mod built_in;
mod check;
mod checking;
mod excerpt;
mod feeds;
mod fields;
mod keys;
mod layer;
mod lists;
mod load;
mod machine;
mod names;
mod opml;
mod overrides;
mod patterns;
mod problem;
mod queries;
mod quotes;
mod ready;
mod receivers;
mod schema;
mod secret;
mod shape;
mod source;
mod suggest;
mod syntax;
mod text;
mod tree;
mod values;
mod watches;

pub use load::{EnvVar, load};
pub use opml::{OpmlError, OpmlFeed, read_opml};
pub use problem::{Place, Problem, Problems, Severity};
pub use ready::{Configuration, Health, Polling, StoreSettings};
pub use schema::schema;
pub use values::parse_duration;
