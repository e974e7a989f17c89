//! Dates of any format: a scanner of tokens rather than a list of formats.

mod calendar;
mod month;
mod pieces;
mod scan;

pub(crate) use scan::read_date;
