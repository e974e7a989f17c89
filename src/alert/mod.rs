//! From a verdict to an alert: stories, decisions, routes, and what is to be recorded. Pure.

mod after_restore;
#[expect(
    clippy::module_inception,
    reason = "an alert is the noun that the room is named after"
)]
mod alert;
mod bounds;
mod decide;
mod ids;
mod message;
mod reason;
mod record;
mod route;
mod story;

pub use after_restore::held_after_restore;
pub use alert::{Alert, Excerpt, Found, Kind, Named, Notice, Origin, Reason};
pub use bounds::SOURCES;
pub use decide::{Assessed, Assessment, Context, Decision, Hold, Known, Prepared, Raise, Seen, assess, is_backfilled};
pub use ids::{AlertId, StoryId};
pub use message::{AlsoIn, Message, Paragraph, SourceLine, digest, message, notice_message, notices_message};
pub use reason::{of_position, stated_position};
pub use record::{ArticleRecord, EntryRecord, Fate, Record, ToOpen, ToRecord, WatchFate, record, record_article};
pub use route::{Delivery, DeliveryId, Payload, QuietHours, Recipient, route, route_notice};
pub use story::{
    Facts, Fingerprint, Held, Joined, Member, Novelty, PartialFingerprint, Place, RecentStories, StoryRecord, Title,
    Told, canonical, content_hash,
};
