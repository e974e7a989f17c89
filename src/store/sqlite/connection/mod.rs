//! The file, its schema, one writer and several readers.

mod open;
mod readers;
mod schema;
mod trouble;
mod upkeep;
mod writer;

pub use open::Sqlite;
pub use upkeep::Restored;
