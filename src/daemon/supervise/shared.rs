//! What the loops share: the store, the clock, the configuration of the moment, and the recent stories.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{Mutex, Notify, watch};

use super::clock::Clock;
use super::ready::Ready;
use crate::alert::RecentStories;
use crate::daemon::articles::Hosts;
use crate::daemon::health::{Gathering, Network};
use crate::daemon::hubs::Hubs;
use crate::store::Store;

#[derive(Debug)]
pub struct Shared {
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    /// Replaced by a reload; each poll and each send takes the one of its beginning.
    pub ready: watch::Receiver<Arc<Ready>>,
    /// Held from the decision until its record has its place in the order of the writing, wherever a story is touched: a
    /// copy that was held because of an alert may never be recorded before that alert, or without it.
    pub stories: Mutex<RecentStories>,
    /// Rung when deliveries were recorded.
    pub deliveries: Notify,
    /// Rung when articles are wanted.
    pub articles: Notify,
    pub hubs: Hubs,
    /// Who is being asked, where articles are opened.
    pub hosts: Hosts,
    /// Held for a look, never while waiting.
    pub network: std::sync::Mutex<Network>,
    pub gathering: Gathering,
    /// How often the clock was set back, for those who hold times in memory.
    pub steps: watch::Sender<u64>,
    pub poller_pulse: Pulse,
    pub notifier_pulse: Pulse,
}

impl Shared {
    pub fn ready(&self) -> Arc<Ready> {
        self.ready.borrow().clone()
    }
}

/// When a loop last went round; the watchdog is fed only while all do.
///
/// By the steady clock: a loop that hangs is not excused by a clock that is set back.
#[derive(Debug)]
pub struct Pulse(AtomicU64);

impl Pulse {
    pub fn new(steady: Duration) -> Self {
        Self(AtomicU64::new(steady.as_secs()))
    }

    pub fn beat(&self, steady: Duration) {
        self.0.store(steady.as_secs(), Ordering::Relaxed);
    }

    /// Seconds since the last beat.
    pub fn silent_for(&self, steady: Duration) -> u64 {
        steady.as_secs().saturating_sub(self.0.load(Ordering::Relaxed))
    }
}
