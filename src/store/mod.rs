//! What is remembered, with its promises.

mod contract;
mod sqlite;

pub use contract::{
    AlertRow, Attempt, AttemptRow, DeliveryRow, DeliveryState, Due, DueArticle, EntryRow, Pending, Recorded, Replay,
    Store, StoreError, StoryMatch, Tally,
};
pub use sqlite::{Forget, Restored, Sqlite};
