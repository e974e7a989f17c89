//! What is remembered, with its promises.

mod contract;
mod sqlite;

pub use contract::{
    AlertRow, AttemptRow, DeliveryRow, DeliveryState, Due, EntryRow, Pending, Recorded, Replay, Store, StoreError,
    StoryMatch, Tally,
};
pub use sqlite::Sqlite;
