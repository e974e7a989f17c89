//! Starts, reloads, watches over and stops the loops; brings what they share.

mod accepted;
mod catch_panic;
mod clock;
mod clock_step;
mod clock_watch;
mod examples;
mod lock;
mod pulses;
mod ready;
mod reload;
mod run;
mod shared;
mod systemd;
mod watch_over;

pub use catch_panic::{catch_panic, spawn_catching};
pub use clock::{Clock, SystemClock};
pub use lock::lock;
pub use ready::{Origin, Ready, ReadyError, feed_client};
pub use run::{Daemon, DaemonError};
pub use shared::Shared;
pub use watch_over::stories_since;
