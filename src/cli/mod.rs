//! The commands: one file each.

mod alerts;
mod args;
mod ask;
mod check;
mod deliveries;
mod discover;
mod document;
mod explain;
mod feed_row;
mod feeds;
mod groups;
mod home;
mod hubs;
mod import;
mod known;
mod log;
mod look;
mod page;
mod parse;
mod place;
mod places;
mod print;
mod run;
mod scan;
mod start;
mod test_receiver;
mod why;

pub use start::main;
