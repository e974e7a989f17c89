//! HTTP server: the callbacks of hubs.

mod callback;
mod listen;

pub use callback::{Called, callback_url, called};
pub use listen::{Asked, Limits, Reply, Replying, Room, Site, serve};
