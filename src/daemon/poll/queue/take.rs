//! Feeds that are worked on out of their turn.

use std::sync::Arc;

use super::{Asked, Queue};
use crate::feed::FeedState;

impl Queue {
    /// Takes a feed out of its turn, to work on what was pushed of it; it counts as asked until [`Self::done`]. `None` where
    /// it is being asked already, or is not wanted.
    pub fn take(&mut self, url: &str) -> Option<Arc<FeedState>> {
        if self.asked.contains_key(url) {
            return None;
        }
        self.step_out(url);
        let waiting = self.feeds.get_mut(url)?;
        self.asked.insert(waiting.road.feed.clone(), Asked::OutOfTurn);
        waiting.memory.take()
    }

    /// Whether a feed is being asked, or worked on.
    pub fn is_asked(&self, url: &str) -> bool {
        self.asked.contains_key(url)
    }
}
