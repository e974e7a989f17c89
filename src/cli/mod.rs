//! The commands: one file each.

mod alerts;
mod check;
mod db;
mod deliveries;
mod explain;
mod feeds;
mod groups;
mod licences;
mod places;
mod print;
mod run;
mod scan;
mod startup;
mod test_receiver;
mod why;

pub use startup::main;
