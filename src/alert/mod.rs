//! From a verdict to an alert: stories, decisions, routes, and what is to be recorded. Pure.

#[expect(
    clippy::module_inception,
    reason = "an alert is the noun that the room is named after"
)]
mod alert;
mod assess;
mod bounds;
mod clean;
mod decide;
mod document_numbers;
mod fingerprint;
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
mod title;

pub use alert::{Alert, AlertId, Excerpt, Found, Kind, Named, Notice, Origin, Reason};
pub use assess::{Assessed, Assessment, Context, Known, Seen, assess};
pub use bounds::SOURCES;
pub use clean::{clean, clean_line, clean_link, entry_link, shorten};
pub use decide::{Decision, Facts, Hold, Novelty, Raise};
pub use fingerprint::{Fingerprint, PartialFingerprint};
pub use likeness::Joined;
pub use link::canonical;
pub use message::{AlsoIn, Message, Paragraph, SourceLine, digest, message, notice_message, notices_message};
pub use prepare::Prepared;
pub use record::{ArticleRecord, EntryRecord, Fate, Record, ToOpen, WatchFate, content_hash, record, record_article};
pub use route::{Delivery, DeliveryId, Payload, QuietHours, Recipient, route, route_notice};
pub use stated::{of_position, stated_position};
pub use story::{Held, Member, Place, RecentStories, StoryId, StoryRecord, Told};
pub use title::Title;
