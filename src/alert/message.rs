//! What a person reads: the same content for every receiver, laid out by `deliver`.

use jiff::{Timestamp, tz::TimeZone};

use super::alert::{Alert, Excerpt, Notice};
use crate::watch::Level;

/// Another entry of the same story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    pub feed_title: String,
    pub title: String,
    pub link: Option<String>,
    pub seen: Timestamp,
}

/// One alert, or one notice, within a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    pub headline: String,
    pub link: Option<String>,
    /// "RFI Afrique · 14 September 2024, 06:12 (Africa/Bamako)".
    pub source: String,
    pub excerpt: Excerpt,
    /// "Because …" as one sentence.
    pub because: String,
    /// "New since the last alert: …", for an update.
    pub news: Option<String>,
    pub also_in: Vec<SourceLine>,
    /// Further lines, for a notice.
    pub lines: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Level, watch and headline; one line, no control characters, at most 150 characters.
    pub subject: String,
    pub level: Option<Level>,
    pub watch: Option<String>,
    pub paragraphs: Vec<Paragraph>,
}

/// One alert as a message, times in the receiver's zone.
pub fn message(_alert: &Alert, _also_in: &[SourceLine], _zone: &TimeZone) -> Message {
    todo!()
}

/// Several held alerts as one message.
pub fn digest(_alerts: &[(Alert, Vec<SourceLine>)], _zone: &TimeZone) -> Message {
    todo!()
}

pub fn notice_message(_notice: &Notice, _zone: &TimeZone) -> Message {
    todo!()
}
