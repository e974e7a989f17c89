//! The notifier: deliveries that are due are sent.

mod notifier;
mod outgoing;

pub use notifier::{NotifyError, notifier};
pub use outgoing::outgoing;
