//! The loop that watches over the rest: gives the daily sign of life, and forgets what is older than `keep`.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;
use tokio::sync::watch;
use tokio::task::{JoinError, spawn_blocking};
use tracing::{debug, info};

use super::ready::Ready;
use super::shared::Shared;
use crate::alert::{Recipient, route_notice};
use crate::daemon::health::{Coverage, due, heartbeat, next, shown_name};
use crate::feed::{Forgetting, forgetting, proving};
use crate::store::StoreError;

/// Between two rounds.
const ROUND: Duration = Duration::from_secs(3600);
/// At least this often the loop goes round, so that its pulse can be felt.
const PULSE: Duration = Duration::from_secs(60);
/// Alerts are counted up to here.
const MOST_ALERTS: usize = 10_000;

/// How long a story that nobody reports any more can still be joined by a copy.
pub const STORY_DAYS: i64 = 30;

/// Fragments that complete "failed to …".
#[derive(Debug, Error)]
pub enum WatchOverError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("forget old stories: the work ended early")]
    Forgetting(#[from] JoinError),
}

/// Goes round once an hour, and at each heartbeat, until told to stop.
pub async fn watch_over(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) -> Result<(), WatchOverError> {
    // From the last look on, not from now: a heartbeat whose time passed during a long round is due at once.
    let mut looked = shared.clock.now();
    let mut round = looked + ROUND;
    let mut steps = shared.steps.subscribe();
    loop {
        shared.pulses.watch_over.beat(shared.clock.steady());
        let pulse = shared.clock.now() + PULSE;
        let wake = next_heartbeat(&shared.ready(), looked)
            .map_or(round, |at| at.min(round))
            .min(pulse);
        tokio::select! {
            () = shared.clock.until(wake) => {}
            Ok(()) = steps.changed() => {
                // Heartbeats are known by their day: one that was sent is not sent again.
                looked = shared.clock.now();
                round = looked + ROUND;
            }
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        }
        let now = shared.clock.now();
        tell_heartbeats(&shared, now).await?;
        looked = now;
        if now < round {
            continue;
        }
        round = now + ROUND;
        let keep = shared.ready().configuration.store.keep;
        let (from, until) = proving(now);
        if forgetting(shared.store.recorded_between(from, until).await?) == Forgetting::NotYet {
            debug!("nothing is forgotten, the clock has not been plausible for a day");
            continue;
        }
        let of = shared.clone();
        // It may build a month of stories anew, which would keep a thread of the runtime from all else.
        spawn_blocking(move || of.stories.blocking_lock().forget(stories_since(now))).await?;
        let pruned = shared.store.prune(now - keep).await?;
        if pruned > 0 {
            info!(pruned, "forgot what is older than `keep`");
        }
    }
}

/// Stories that were last seen before this are not joined any more.
pub fn stories_since(now: Timestamp) -> Timestamp {
    now - SignedDuration::from_hours(24 * STORY_DAYS)
}

fn told(ready: &Ready) -> impl Iterator<Item = &Recipient> {
    let tell = &ready.configuration.health.tell;
    let recipients = ready.configuration.recipients.iter();
    recipients.filter(|recipient| tell.contains(&recipient.name))
}

fn next_heartbeat(ready: &Ready, now: Timestamp) -> Option<Timestamp> {
    let time = ready.configuration.health.heartbeat?;
    told(ready)
        .filter_map(|recipient| next(time, &recipient.time_zone, now))
        .min()
}

/// Gives each receiver in `tell` the heartbeat that is due at its local time, if it was not given.
pub async fn tell_heartbeats(shared: &Shared, now: Timestamp) -> Result<(), StoreError> {
    let ready = shared.ready();
    let Some(time) = ready.configuration.health.heartbeat else {
        return Ok(());
    };
    let due: Vec<_> = told(&ready)
        .filter_map(|recipient| due(time, &recipient.time_zone, now).map(|day| (recipient, day)))
        .collect();
    if due.is_empty() {
        return Ok(());
    }
    let memories = shared.store.feeds().await?;
    let coverage = Coverage {
        feeds: memories
            .iter()
            .filter_map(|memory| Some((shown_name(ready.feed(&memory.url)?, memory), memory)))
            .collect(),
        alerts: shared
            .store
            .alerts(now - SignedDuration::from_hours(24), MOST_ALERTS)
            .await?
            .len(),
        given_up: shared.store.tally().await?.deliveries_dead,
    };
    for (recipient, day) in due {
        let Some(notice) = heartbeat(&recipient.name, day, &coverage, &recipient.time_zone, now) else {
            continue;
        };
        let deliveries = route_notice(
            notice.id,
            std::slice::from_ref(&recipient.name),
            std::slice::from_ref(recipient),
            None,
            now,
        );
        if shared.store.tell(notice, deliveries).await? {
            shared.deliveries.notify_one();
        }
    }
    Ok(())
}
