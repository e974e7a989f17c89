//! The settings of a feed: checked, and ready to run.

use std::time::Duration;

use jiff::tz::TimeZone;
use url::Url;
use wirewatch_syndication::zone_of_country;

use super::access::Access;
use crate::net::ShownAddress;

/// What happens to the entries that a feed already holds when it is first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Backfill {
    /// Remembered, never alerted.
    #[default]
    Remember,
    /// Alerted like new ones.
    All,
    /// Alerted where published (or, undated, never) within this time before the first poll.
    Within(Duration),
}

/// Whether the entry's link is opened for the whole article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FullText {
    #[default]
    Never,
    WhenShort,
    Always,
}

/// How far the operator trusts a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trust {
    Low,
    #[default]
    Normal,
    High,
}

/// One feed as configured: ready, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedSettings {
    /// Its identity: `https:`, `http:` or `file:`, normalised.
    pub url: Url,
    /// The `[feeds.NAME]` table it stands in; watches refer to it by `feeds = ["NAME"]`.
    pub group: String,
    /// A name of its own to show, where written.
    pub title: Option<String>,
    pub backfill: Backfill,
    pub full_text: FullText,
    pub trust: Trust,
    /// ISO 3166-1 alpha-2, where written.
    pub country: Option<String>,
    /// BCP 47, where written; overrides what the feed says.
    pub language: Option<String>,
    /// Bounds of the pace for this feed.
    pub fastest: Duration,
    pub slowest: Duration,
    pub access: Access,
}

impl FeedSettings {
    /// Returns the time zone of dates that name none: that of the feed's country, where it has one.
    pub fn zone(&self) -> Option<TimeZone> {
        zone_of_country(self.country.as_deref()?)
    }

    /// Returns the address as it may be shown.
    pub fn shown(&self) -> ShownAddress {
        ShownAddress::of(&self.url)
    }

    /// A feed of which nothing is written but its address and its table.
    pub fn new(url: Url, group: &str) -> Self {
        Self {
            url,
            group: group.to_owned(),
            title: None,
            backfill: Backfill::default(),
            full_text: FullText::default(),
            trust: Trust::default(),
            country: None,
            language: None,
            fastest: Duration::from_secs(5 * 60),
            slowest: Duration::from_secs(60 * 60),
            access: Access::default(),
        }
    }
}
