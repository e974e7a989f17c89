//! Feeds that are worked on out of their turn.

use super::Queue;
use crate::feed::FeedMemory;

impl Queue {
    /// Takes a feed out of its turn, to work on what was pushed of it; it counts as asked until [`Self::done`]. `None` where
    /// it is being asked already, or is not wanted.
    pub fn take(&mut self, url: &str) -> Option<FeedMemory> {
        if self.asked.contains_key(url) {
            return None;
        }
        let waiting = self.feeds.get(url)?;
        self.due.remove(&(waiting.due, url.to_owned()));
        self.asked.insert(url.to_owned(), None);
        Some(waiting.memory.clone())
    }

    /// Whether a feed is being asked, or worked on.
    pub fn is_asked(&self, url: &str) -> bool {
        self.asked.contains_key(url)
    }
}
