//! One test binary: bodies with the entries that each must give.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod dates;
mod limits;
mod parse;
mod stated;
mod texts;
mod warnings;
