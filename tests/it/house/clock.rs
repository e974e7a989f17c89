//! A clock that a test turns by hand, and dice that always fall the same.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use wirewatch::daemon::Clock;

#[derive(Debug)]
pub struct HandClock {
    now: watch::Sender<Now>,
    throws: AtomicU64,
}

#[derive(Debug, Clone, Copy)]
struct Now {
    day: Timestamp,
    steady: Duration,
}

impl Now {
    fn pass(&mut self, time: Duration) {
        self.day += time;
        self.steady += time;
    }
}

impl HandClock {
    pub fn at(start: &str) -> Self {
        let day = start.parse().unwrap();
        let steady = Duration::from_secs(1_000);
        Self {
            now: watch::Sender::new(Now { day, steady }),
            throws: AtomicU64::new(0),
        }
    }

    /// Lets time pass until then; never back.
    pub fn turn_to(&self, at: Timestamp) {
        self.now.send_modify(|now| {
            let left = Duration::try_from(at.duration_since(now.day)).unwrap_or_default();
            now.pass(left);
        });
    }

    /// Lets time pass.
    pub fn turn(&self, by: Duration) {
        self.now.send_modify(|now| now.pass(by));
    }

    /// Sets the time of day, as somebody sets a clock: no time passes.
    pub fn set(&self, by: SignedDuration) {
        self.now.send_modify(|now| now.day += by);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        self.now.borrow().day
    }

    fn steady(&self) -> Duration {
        self.now.borrow().steady
    }

    fn until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let mut now = self.now.subscribe();
        let Now { day, steady } = *now.borrow();
        let latest = steady + Duration::try_from(at.duration_since(day)).unwrap_or_default();
        Box::pin(async move {
            now.wait_for(|now| now.day >= at || now.steady >= latest).await.unwrap();
        })
    }

    fn jitter(&self) -> f64 {
        // A sequence without pattern that is the same in every run: the golden ratio's multiples, modulo one.
        let throw = self.throws.fetch_add(1, Ordering::Relaxed);
        (throw as f64 * 0.618_033_988_749_895).fract()
    }
}
