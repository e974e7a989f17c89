//! When a feed is asked again.

mod due_time;
mod expected_delay;
mod freshness;
mod interval;
mod next_poll;
mod schedule_update;
mod settle;

pub use due_time::{Forgetting, TOLERANCE, WrongTime, corrected, forgetting, proving};
pub(crate) use freshness::{fresh_for, max_age};
pub(crate) use interval::pause_of;
pub use interval::{PollSignals, next_poll};
pub use next_poll::{Because, NextPoll};
pub use schedule_update::ScheduleUpdate;
