//! The clock loop: sees steps of the clock, and settles everything that waits by a time that was wrong.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tracing::warn;

use super::clock::Clock;
use super::clock_step::{Clocks, Step, step};
use super::shared::Shared;
use crate::daemon::health::{clock_leapt, clock_set_back, tell_operator};
use crate::feed::{FeedState, TOLERANCE};
use crate::store::StoreError;

/// Between two looks.
const LOOK: Duration = Duration::from_secs(10);

/// Watches the clock until told to stop.
pub async fn clock_watch(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) -> Result<(), StoreError> {
    let mut before = clocks(shared.clock.as_ref());
    loop {
        tokio::select! {
            () = shared.clock.until(before.day + LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        }
        let now = clocks(shared.clock.as_ref());
        shared.pulses.clock.beat(now.steady);
        let seen = step(before, now);
        before = now;
        match seen {
            Step::None => {}
            Step::Back(by) => {
                settle(&shared, by, now.day).await?;
                shared.steps.send_modify(|steps| *steps += 1);
            }
            Step::Ahead(by) => {
                warn!(
                    ahead_secs = by.as_secs(),
                    "the clock leapt ahead, nothing is forgotten for a day"
                );
                tell_operator(&shared, clock_leapt(by, now.day), now.day).await?;
            }
        }
    }
}

fn clocks(clock: &dyn Clock) -> Clocks {
    Clocks {
        day: clock.now(),
        steady: clock.steady(),
    }
}

/// At a start: the clock may have been set back while nobody looked. What was polled is the witness.
pub async fn settle_at_start(shared: &Shared) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let polled = |memory: &FeedState| memory.last_polled;
    let latest = shared.store.feeds().await?.iter().filter_map(polled).max();
    let ahead = latest.map_or(SignedDuration::ZERO, |latest| latest.duration_since(now));
    if ahead > TOLERANCE {
        return settle(shared, ahead, now).await;
    }
    // Deliveries may wait where no feed was polled.
    shared.store.settle(now).await.map(drop)
}

/// Settles everything but the feeds, which the poll loop holds; and tells of it.
async fn settle(shared: &Shared, by: SignedDuration, now: Timestamp) -> Result<(), StoreError> {
    let settled = shared.store.settle(now).await?;
    shared.hubs.set_back(shared.store.as_ref(), by, now).await?;
    shared.hosts.set_back(by);
    shared.deliveries.notify_one();
    shared.articles.notify_one();
    warn!(
        back_secs = by.as_secs(),
        settled, "the clock was set back, what waited by the wrong time is due now"
    );
    tell_operator(shared, clock_set_back(by, now), now).await
}
