//! What is known of the entries that a poll brought, and those that came and went before it.

use std::collections::{HashMap, HashSet};

use tracing::{debug, info, warn};
use url::Url;

use super::polled::PollError;
use crate::alert::Known;
use crate::daemon::supervise::{Ready, Shared, spawn_catching};
use crate::feed::{Diff, FeedSettings, FeedState, Reading, fetch_older, read_older};
use crate::net::ShownAddress;
use crate::store::StoreError;
use wirewatch_syndication::EntryKey;

/// What is known of entries, by the keys that they have now. One that is known under another key is known.
pub async fn known(
    shared: &Shared,
    feed: &str,
    keys: &[EntryKey],
    change: &Diff,
) -> Result<HashMap<EntryKey, Known>, StoreError> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let mut known = shared.store.known(feed, keys).await?;
    if !change.same_as.is_empty() {
        let others: Vec<EntryKey> = change.same_as.values().copied().collect();
        let under_other_keys = shared.store.known(feed, &others).await?;
        for (key, other) in &change.same_as {
            if let Some(before) = under_other_keys.get(other) {
                known.entry(*key).or_insert(*before);
            }
        }
    }
    Ok(known)
}

/// Asks once for the page before the newest one, after the pause that every host is given, and adds its entries to the
/// reading. What cannot be had is not had.
pub async fn add_older(
    shared: &Shared,
    ready: &Ready,
    older: Url,
    before: &FeedState,
    settings: &FeedSettings,
    reading: &mut Reading,
) -> Result<(), PollError> {
    let gap = ready.configuration.polling.gap;
    shared.clock.until(shared.clock.now() + gap).await;
    let response = match fetch_older(&ready.client, older.clone(), settings).await {
        Ok(response) => response,
        Err(error) => {
            debug!(feed.url = %before.shown(), "cannot read the page before, {}: {error}", ShownAddress::of(&older));
            return Ok(());
        }
    };
    let (before, settings, memory) = (before.clone(), settings.clone(), reading.memory.clone());
    let url = before.url.clone();
    let read = move || read_older(&response, &before, &memory, &settings);
    let Some(older) = spawn_catching(read).await? else {
        warn!(feed.url = %ShownAddress::of_text(&url), "the page before cannot be read");
        return Ok(());
    };
    info!(feed.url = %ShownAddress::of_text(&url), entries = older.entries.len(), "entries may have been missed: read the page before");
    let shown: HashSet<EntryKey> = reading.entries.iter().map(|entry| entry.key).collect();
    let more = older.entries.into_iter().filter(|entry| !shown.contains(&entry.key));
    reading.entries.extend(more);
    reading
        .change
        .archive
        .extend(older.archive.into_iter().filter(|key| !shown.contains(key)));
    Ok(())
}
