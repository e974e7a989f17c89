//! `scan`: documents against the watchlist.

pub(crate) mod command;
mod document;
mod known_entities;
