//! Subscriptions with hubs, and what these send.

mod callbacks;
mod hub_loop;
mod subscriptions;

pub use callbacks::{Push, WAITING, bind, callbacks};
pub use hub_loop::hubs;
pub use subscriptions::{HubError, Hubs};
