//! The harness: real servers on 127.0.0.1:0 with faults at will.

pub mod authority;
pub mod clock;
pub mod feed_server;
pub mod hub;
pub mod mail_server;
pub mod webhook_server;
pub mod wirewatch;
