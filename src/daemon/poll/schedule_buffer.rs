//! Write-behind buffer for polls that changed nothing but the feed's schedule: many are written together. Nothing is lost
//! with one: a feed whose poll is not on disk when the power fails is asked again a little early.

use std::sync::Arc;
use std::time::Duration;

use hashbrown::HashMap;
use jiff::Timestamp;

use crate::daemon::supervise::Shared;
use crate::feed::FeedState;
use crate::store::{Pending, StoreError};

/// While other polls run, schedules wait this long for others.
const TOGETHER: Duration = Duration::from_secs(1);

/// The schedules ([`crate::feed::ScheduleUpdate`]) that are not on disk yet.
#[derive(Default)]
pub struct ScheduleBuffer {
    waiting: HashMap<String, Arc<FeedState>>,
    /// When the first of those came.
    since: Option<Timestamp>,
    /// How many are being written, and the writing.
    writing: Option<(usize, Pending<'static, ()>)>,
}

impl ScheduleBuffer {
    pub fn add(&mut self, memory: Arc<FeedState>, now: Timestamp) {
        self.since.get_or_insert(now);
        self.waiting.insert(memory.url.clone(), memory);
    }

    /// The feed is worked on again: what comes of that is written instead.
    pub fn begin(&mut self, memory: &FeedState) {
        self.waiting.remove(&memory.url);
    }

    /// Begins to write what waits, where it is time: nothing else runs, or the first has waited long enough.
    pub fn write(&mut self, shared: &Shared, idle: bool, now: Timestamp) {
        let long = self.since.is_some_and(|since| since + TOGETHER <= now || since > now);
        if self.writing.is_some() || self.waiting.is_empty() || !(idle || long) {
            return;
        }
        self.since = None;
        let feeds: Vec<Arc<FeedState>> = self.waiting.drain().map(|(_, memory)| memory).collect();
        let (many, store) = (feeds.len(), shared.store.clone());
        let writing = Box::pin(async move { store.record_schedules(feeds).await });
        self.writing = Some((many, writing));
    }

    /// Waits until those that are being written are on disk; for ever where none are.
    pub async fn written(&mut self) -> Result<(), StoreError> {
        let Some((_, writing)) = &mut self.writing else {
            return std::future::pending().await;
        };
        let written = writing.await;
        self.writing = None;
        written
    }

    /// How many are not on disk.
    pub fn open(&self) -> usize {
        self.waiting.len() + self.writing.as_ref().map_or(0, |(many, _)| *many)
    }
}
