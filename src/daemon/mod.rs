//! The daemon: starts, supervises, reloads and stops the loops.

mod articles;
mod deliver;
mod health;
mod hubs;
mod poll;
mod supervise;

pub use deliver::outgoing;
pub use hubs::bind;
pub use poll::Progress;
pub use supervise::{Clock, Daemon, DaemonError, Origin, Ready, ReadyError, SystemClock, feed_client, stories_since};
