//! The store in one SQLite file.

mod alerts;
mod article_fate;
mod articles;
mod claims;
mod deliveries;
mod entries;
mod feeds;
mod open;
mod prune;
mod readers;
mod record;
mod schema;
mod store;
mod subscriptions;
mod trouble;
mod values;
mod writer;

pub use open::Sqlite;
