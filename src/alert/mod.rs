//! From a verdict to an alert: stories, decisions, routes, and what is to be recorded. Pure.

#[expect(
    clippy::module_inception,
    reason = "an alert is the noun that the room is named after"
)]
mod alert;
mod assess;
mod bounds;
mod clean;
mod content_hash;
mod decide;
mod document_numbers;
mod facts;
mod fingerprint;
mod ids;
mod likeness;
mod link;
mod message;
mod numbers;
mod official;
mod postings;
mod prepare;
mod reason;
mod record;
mod route;
mod stated;
mod story;
mod story_record;
mod title;

pub use alert::{Alert, Excerpt, Found, Kind, Named, Notice, Origin, Reason};
pub use ids::AlertId;
pub use assess::{Assessed, Assessment, Context, Known, Seen, assess};
pub use bounds::SOURCES;
pub use clean::{clean, clean_line, clean_link, entry_link, shorten};
pub use decide::{Decision, Hold, Raise};
pub use facts::{Facts, Novelty};
pub use fingerprint::{Fingerprint, PartialFingerprint};
pub use likeness::Joined;
pub use link::canonical;
pub use message::{AlsoIn, Message, Paragraph, SourceLine, digest, message, notice_message, notices_message};
pub use prepare::Prepared;
pub use record::{ArticleRecord, EntryRecord, Fate, Record, ToOpen, WatchFate, record, record_article};
pub use content_hash::content_hash;
pub use route::{Delivery, DeliveryId, Payload, QuietHours, Recipient, route, route_notice};
pub use stated::{of_position, stated_position};
pub use story_record::{Held, Member, StoryRecord, Told};
pub use story::{Place, RecentStories};
pub use ids::StoryId;
pub use title::Title;
