//! The notifier: deliveries that are due are sent.

mod notifier;
mod parcel;

pub use notifier::{NotifyError, notifier};
pub use parcel::parcel;
