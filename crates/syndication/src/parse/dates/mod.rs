//! Dates of any format: a scanner of tokens rather than a list of formats.

mod calendar;
mod day_order;
mod month;
mod other_calendars;
mod pieces;
mod reader;
mod scan;
mod zones;

pub(crate) use day_order::DayOrder;
pub(crate) use reader::{DateReader, read_date};
pub use zones::zone_of_country;
