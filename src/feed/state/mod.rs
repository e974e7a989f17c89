//! The state of a feed between polls, and its settings.

mod access;
mod feed_state;
mod rhythm;
mod seat;
mod settings;
mod told;
mod trouble;

pub use access::Access;
pub use feed_state::{FeedState, Move, Pause, Surplus, Validators, feed_id};
pub use rhythm::Rhythm;
pub(super) use seat::{seat_point, take_off_seat};
pub use settings::{Backfill, FeedSettings, FullText, Trust};
pub use told::Told;
pub use trouble::Trouble;
