//! How a feed is, and what people are told of it.

mod condition;
mod coverage;
mod defect;
mod moving;
mod report;

pub use condition::{State, lasting};
pub use coverage::coverage;
pub use defect::{broke_on_answer, broke_on_entries, ended_while_reading};
pub use moving::follow_move;
pub(crate) use moving::watch_move;
pub use report::{Report, fails_from_now, report, report_move, wait_for_network};
