//! Evaluation of watches: their conditions, filters, verdicts, and reasons in words.

pub(crate) mod condition;
pub(crate) mod filters;
pub(crate) mod holds;
pub(crate) mod phrases;
pub(crate) mod proximity;
pub(crate) mod reason;
mod shown;
pub(crate) mod verdict;
pub(crate) mod word_distance;
