//! Looking ahead in a document without ever looking twice.

use memchr::memmem;

/// Where something stands next; it is not looked for again before that place is passed.
pub(crate) struct Next {
    pattern: &'static str,
    found: Option<usize>,
    none: bool,
}

impl Next {
    pub(crate) fn new(pattern: &'static str) -> Self {
        Self {
            pattern,
            found: None,
            none: false,
        }
    }

    /// The place at or after `from`.
    pub(crate) fn after(&mut self, text: &str, from: usize) -> Option<usize> {
        if self.none {
            return None;
        }
        if let Some(at) = self.found.filter(|at| *at >= from) {
            return Some(at);
        }
        self.found = memmem::find(&text.as_bytes()[from..], self.pattern.as_bytes()).map(|at| from + at);
        self.none = self.found.is_none();
        self.found
    }
}
