//! Stories: which entries report the same event, and what each watch was alerted of.

mod content_hash;
mod facts;
mod fingerprint;
mod likeness;
mod link;
mod number_words;
mod numbers;
mod postings;
mod recent_stories;
mod story_record;
mod title;

pub use content_hash::content_hash;
pub(crate) use facts::MOST_SAID;
pub use facts::{Facts, Novelty};
pub use fingerprint::{Candidate, Fingerprint, PartialFingerprint};
pub use likeness::Joined;
pub use link::canonical;
pub use numbers::Number;
pub(crate) use numbers::{Counted, counted};
pub(crate) use recent_stories::first_id;
pub use recent_stories::{Place, RecentStories};
pub use story_record::{Held, Member, StoryRecord, Told};
pub use title::Title;
pub(crate) use title::headline_span;
