//! Wirewatch reads news feeds and tells people, once per story and with the reason, when an entry mentions a place or
//! a group that they watch.
//!
//! The rooms, lowest first; each imports only rooms to its left (`tests/it/floors.rs` holds the code to it):
//! `net < text < feed < alert < deliver < {store, config} < web < daemon < cli`. What happens on the way from a feed to
//! an alert, and what is guaranteed, stands in `docs/ARCHITECTURE.md`; the words in `docs/GLOSSARY.md`.

#![forbid(unsafe_code)]

pub mod alert;
pub mod cli;
pub mod config;
pub mod daemon;
pub mod deliver;
pub mod feed;
pub mod net;
pub mod store;
pub mod text;
pub mod web;
