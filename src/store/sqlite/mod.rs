//! The store in one SQLite file.

mod connection;
mod rows;
mod store;

pub use connection::{Restored, Sqlite};
pub use rows::forget::Forget;
