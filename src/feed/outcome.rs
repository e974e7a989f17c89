//! What one poll came to.

use super::state::Trouble;

/// Why a poll brought nothing readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub trouble: Trouble,
    /// Words that complete "failing: ".
    pub why: String,
    /// A feed that the page itself suggests (`rel=alternate`).
    pub suggests: Option<String>,
}

/// What one poll came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Entries were read. Where the body broke off or was too large these are those that came whole, and
    /// `FeedState::last_error` says so.
    Read,
    /// 304, or the same body as before.
    Unchanged,
    Failed(Failure),
}

pub(super) fn plain_failure(trouble: Trouble, why: String) -> Failure {
    Failure {
        trouble,
        why,
        suggests: None,
    }
}
