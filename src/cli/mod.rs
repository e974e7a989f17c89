//! The commands: one file each.

mod alerts;
mod args;
mod check;
mod deliveries;
mod explain;
mod feeds;
mod import;
mod parse;
mod place;
mod print;
mod run;
mod scan;
mod shown;
mod start;
mod test_receiver;
mod why;

pub use start::main;
