//! What became of the article behind an entry's link.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Kept with the entry, so that it is opened once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ArticleFate {
    /// To be opened; `why` is that of the last try that failed.
    Waiting { since: Timestamp, why: Option<String> },
    /// The entry's text is its article.
    Read { at: Timestamp },
    /// The entry's text is the feed's own.
    NotRead { at: Timestamp, why: String },
}
