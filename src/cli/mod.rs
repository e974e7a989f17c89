//! The commands: one file each.

mod alerts;
mod args;
mod check;
mod deliveries;
mod document;
mod explain;
mod feeds;
mod groups;
mod import;
mod known;
mod log;
mod page;
mod parse;
mod place;
mod print;
mod run;
mod scan;
mod start;
mod test_receiver;
mod why;

pub use start::main;
