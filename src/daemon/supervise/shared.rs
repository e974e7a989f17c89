//! What the loops share: the store, the clock, the configuration of the moment, and the recent stories.

use std::sync::Arc;

use tokio::sync::{Mutex, Notify, Semaphore, watch};

use super::clock::Clock;
use super::pulses::Pulses;
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
    /// Turns of polls that examine long texts, so that these have a bound of memory.
    pub long_texts: Semaphore,
    /// Held for a look, never while waiting.
    pub network: std::sync::Mutex<Network>,
    pub gathering: Gathering,
    /// How often the clock was set back, for those who hold times in memory.
    pub steps: watch::Sender<u64>,
    pub pulses: Pulses,
}

impl Shared {
    pub fn ready(&self) -> Arc<Ready> {
        self.ready.borrow().clone()
    }
}
