//! One test binary: tables and real servers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod floors;
mod house;

mod alerts;
mod articles;
mod asking_where;
mod canaries;
mod cli;
mod clock;
mod config;
mod crash;
mod delivery;
mod health;
mod large;
mod net;
mod novelty;
mod politeness;
mod poll;
mod reload;
mod stated;
mod stopping;
mod store;
mod systemd;
mod upgrade;
mod websub;
mod weighed_places;
mod whereabouts;
