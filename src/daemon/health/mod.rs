//! How feeds, receivers and the network are, and who is told.

mod after_poll;
mod gathering;
mod heartbeat;
mod network;
mod notices;

pub use after_poll::{ToTell, after_poll, after_refusal, after_start, shown_name, tell_operator};
pub use gathering::Gathering;
pub use heartbeat::{Coverage, due, heartbeat, next};
pub use network::Network;
pub use notices::{clock_leapt, clock_set_back};
