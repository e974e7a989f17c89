//! Feeds: asking for them, reading what comes, and knowing entries again.

mod bridge;
mod elements;
mod entry;
mod fetch;
mod freshness;
mod health;
pub mod hex_id;
mod identity;
mod memory;
mod moving;
mod parse;
mod plain;
mod reading;
mod references;
mod refusal;
mod report;
mod schedule;
mod tags;
mod trouble;

pub use entry::{Entry, EntryKey};
pub use fetch::{Answer, fetch};
pub use health::{State, lasting};
pub use identity::derive_id;
pub use memory::{Backfill, FeedMemory, FeedSettings, FullText, Move, Pause, Rhythm, Trust, Validators};
pub use moving::follow_move;
pub use parse::{Hints, ParseError, ParsedFeed, Repair, Source, parse};
pub use plain::{Plain, looks_like_html, plain_text};
pub use reading::{Failure, Outcome, Reading, read};
pub use report::{Report, Told, fails_from_now, report, wait_for_network};
pub use schedule::{Because, NextPoll, Pace, next_poll};
pub use trouble::Trouble;
