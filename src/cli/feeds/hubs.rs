//! What `feeds list` says of hubs (WebSub).

use std::collections::HashMap;
use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;

use super::feed_row::{Row, name};
use crate::cli::print::link;
use crate::feed::{FeedState, HubState, Standing, Subscription};
use crate::net::{ShownAddress, shown_text};
use crate::text::clean;

/// By the URL of the feed.
pub type Subscriptions = HashMap<String, Subscription>;

/// The hub of a feed as `--json` prints it; times in Unix seconds.
#[derive(Debug, Serialize)]
pub struct HubLine {
    url: ShownAddress,
    /// `offered` where nothing was asked of it, as without `[web]`.
    state: &'static str,
    says: Option<String>,
    /// The end of what was agreed.
    until: Option<i64>,
    /// Pushes that brought entries, and entries since that only a poll brought.
    pushes: u32,
    missed: u32,
}

impl HubLine {
    pub fn of(memory: Option<&FeedState>, subscription: Option<&Subscription>, now: Timestamp) -> Option<Self> {
        let Some(subscription) = subscription else {
            let offer = memory?.hub.as_ref()?;
            return Some(Self {
                url: ShownAddress::of_text(&offer.hub),
                state: "offered",
                says: None,
                until: None,
                pushes: 0,
                missed: 0,
            });
        };
        let until = match subscription.standing {
            Standing::Stands { until } => Some(until.as_second()),
            _ => None,
        };
        Some(Self {
            url: ShownAddress::of_text(&subscription.offer.hub),
            state: HubState::of(subscription, now).name(),
            says: Some(clean(&shown_text(&subscription.words(now)))),
            until,
            pushes: subscription.pushes,
            missed: subscription.missed,
        })
    }
}

/// Of each feed with a subscription, what its hub does: those that are not relied on first.
pub fn told(out: &mut dyn Write, rows: &[Row<'_>], all: &Subscriptions, now: Timestamp) -> io::Result<()> {
    /// More are found with `--json`.
    const LISTED: usize = 20;
    let mut subscribed: Vec<(String, &Subscription)> = rows
        .iter()
        .filter_map(|(settings, memory)| Some((name(settings, *memory), all.get(settings.url.as_str())?)))
        .collect();
    if subscribed.is_empty() {
        return Ok(());
    }
    let rank = |subscription: &Subscription| match HubState::of(subscription, now) {
        HubState::Distrusted => 0,
        HubState::Denied => 1,
        HubState::Asked | HubState::Ending => 2,
        HubState::Unproven => 3,
        HubState::Live => 4,
    };
    subscribed.sort_by_key(|(_, subscription)| rank(subscription));
    let live = subscribed.iter().filter(|(_, subscription)| rank(subscription) == 4);
    writeln!(
        out,
        "\n  Hubs that tell of news without being asked: {} of {} can be relied on.",
        live.count(),
        subscribed.len()
    )?;
    for (name, subscription) in subscribed.iter().take(LISTED) {
        let hub = link(ShownAddress::of_text(&subscription.offer.hub).as_str());
        writeln!(
            out,
            "    {name}: {hub} {}",
            clean(&shown_text(&subscription.words(now)))
        )?;
    }
    if subscribed.len() > LISTED {
        writeln!(out, "    and {} more: `--json` lists all", subscribed.len() - LISTED)?;
    }
    Ok(())
}
