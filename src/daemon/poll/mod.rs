//! The poll loop: which feed is due, and one poll of it.

mod arrivals;
mod begun;
mod deciding;
mod examining;
mod one_poll;
mod poll_loop;
mod polled;
mod queue;
mod schedule_buffer;

pub use deciding::decide_and_record;
pub use examining::{LONG_TEXTS_AT_ONCE, at_home, examine, prepare};
pub use poll_loop::{Progress, poller};
pub use polled::PollError;
