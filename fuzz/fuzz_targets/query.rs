//! Any text as a query: it is read, or its faults point at what is wrong with it.

#![no_main]

use std::ops::Range;

use libfuzzer_sys::fuzz_target;
use wirewatch_recognition::{Names, Term, parse_query};

/// Every leaf stands for itself, every feed for one that there is.
struct AsWritten;

impl Names for AsWritten {
    fn terms(&mut self, written: &str, _: Range<usize>) -> Vec<Term> {
        Term::parse(written).into_iter().collect()
    }

    fn feed(&mut self, name: &str, _: Range<usize>) -> Option<String> {
        Some(name.to_owned())
    }
}

fuzz_target!(|written: &str| {
    let parsed = parse_query(written);
    for fault in &parsed.faults {
        assert!(written.get(fault.span.clone()).is_some(), "a fault points beside the text");
        drop(fault.error.to_string());
    }
    let query = parsed.query(&mut AsWritten);
    assert!(query.is_none() || parsed.faults.is_empty(), "a query with faults is taken");
});
