//! A clock that a test turns by hand, and dice that always fall the same.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use wirewatch::daemon::Clock;

#[derive(Debug)]
pub struct HandClock {
    now: watch::Sender<Timestamp>,
    throws: AtomicU64,
}

impl HandClock {
    pub fn at(start: &str) -> Self {
        Self {
            now: watch::Sender::new(start.parse().unwrap()),
            throws: AtomicU64::new(0),
        }
    }

    /// Turns to a time, never back.
    pub fn turn_to(&self, at: Timestamp) {
        self.now.send_modify(|now| *now = at.max(*now));
    }

    pub fn turn(&self, by: Duration) {
        self.now.send_modify(|now| *now += by);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.now.borrow()
    }

    fn until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let mut now = self.now.subscribe();
        Box::pin(async move {
            now.wait_for(|now| *now >= at).await.unwrap();
        })
    }

    fn dice(&self) -> f64 {
        // A sequence without pattern that is the same in every run: the golden ratio's multiples, modulo one.
        let throw = self.throws.fetch_add(1, Ordering::Relaxed);
        (throw as f64 * 0.618_033_988_749_895).fract()
    }
}
