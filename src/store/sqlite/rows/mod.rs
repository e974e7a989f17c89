//! What stands in the tables, read and written.

pub(crate) mod alerts;
mod article_fate;
pub(crate) mod articles;
pub(crate) mod claims;
pub(crate) mod deliveries;
pub(crate) mod entries;
pub(crate) mod feeds;
pub(super) mod forget;
mod prune;
pub(crate) mod record;
pub(crate) mod settle;
pub(crate) mod subscriptions;
mod values;
