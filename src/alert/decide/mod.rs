//! Decides for an entry and each watch that fires: alert, update or hold.

mod assess;
mod decision;
mod official;
mod prepare;

pub use assess::{Assessed, Assessment, Context, Known, Seen, assess, is_backfilled};
pub(crate) use assess::{is_new, prepared};
pub use decision::{Decision, Hold, Raise};
pub use prepare::Prepared;
