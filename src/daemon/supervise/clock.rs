//! The clock and the jitter that the daemon brings to the core.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

/// Time, and waiting for it. A test brings a clock that it turns by hand.
pub trait Clock: Send + Sync + Debug {
    fn now(&self) -> Timestamp;

    /// Time since some moment before the first call, which nobody sets.
    fn steady(&self) -> Duration;

    /// Ends at `at` or soon after, and no later than it would by [`Self::steady`] where the clock is set back meanwhile.
    fn until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;

    /// Uniform in [0, 1).
    fn jitter(&self) -> f64;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

/// The longest single wait. A clock that is set, or a machine that slept, is noticed within it.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

impl Clock for SystemClock {
    /// To the millisecond, as the store keeps it, so that a time reads the same before and after it was written.
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    fn steady(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }

    fn until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            let left = |now: Timestamp| Duration::try_from(at.duration_since(now)).unwrap_or_default();
            let latest = self.steady().saturating_add(left(self.now()));
            loop {
                let left = left(self.now()).min(latest.saturating_sub(self.steady()));
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep(left.min(LONGEST_WAIT)).await;
            }
        })
    }

    fn jitter(&self) -> f64 {
        fastrand::f64()
    }
}
