//! Indexes from texts to terms and from terms to watches.

pub(crate) mod automaton;
pub(crate) mod compile_error;
pub(crate) mod fast_hash;
pub(crate) mod interner;
pub(crate) mod term_matcher;
pub(crate) mod watch_index;
pub(crate) mod word_starts;

pub(crate) use fast_hash::{QuickMap, QuickSet};
