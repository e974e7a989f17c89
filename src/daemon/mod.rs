//! The daemon: starts, supervises, reloads and stops the loops.

mod apart;
mod arrivals;
mod articles;
mod callbacks;
mod clock;
mod examining;
mod health;
mod heartbeat;
mod hosts;
mod hubs;
mod network;
mod notices;
mod notifier;
mod pages;
mod parcel;
mod poll;
mod poller;
mod queue;
mod ready;
mod reload;
mod run;
mod shared;
mod site;
mod systemd;
mod turns;
mod watch_over;

pub use callbacks::bind;
pub use clock::{Clock, SystemClock};
pub use parcel::parcel;
pub use poller::Progress;
pub use ready::{Origin, Ready, ReadyError, feed_client};
pub use run::{Daemon, DaemonError};
pub use watch_over::stories_since;
