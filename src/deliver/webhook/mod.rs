//! Webhooks: the event and the request.

mod event;
pub(crate) mod send;

pub use event::{AlertBody, alert_size, body};
