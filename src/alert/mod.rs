//! From a verdict to an alert: stories, decisions, routes, and what is to be recorded. Pure.

mod alert;
mod assess;
mod decide;
mod message;
mod record;
mod route;
mod story;

pub use alert::{Alert, AlertId, Excerpt, Found, Kind, Notice, Origin, Reason};
pub use assess::{Assessed, Assessment, Context, Known, Seen, assess};
pub use decide::{Decision, Hold, Novelty, Raise};
pub use message::{Message, Paragraph, SourceLine, digest, message, notice_message};
pub use record::{EntryRecord, Fate, Record, WatchFate, content_hash, record};
pub use route::{Delivery, DeliveryId, Payload, QuietHours, Recipient, route};
pub use story::{RecentStories, StoryId, StoryRecord};
