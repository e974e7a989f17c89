//! The clock and the dice that the daemon brings to the core.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use jiff::Timestamp;

/// Time, and waiting for it. A test brings a clock that it turns by hand.
pub trait Clock: Send + Sync + Debug {
    fn now(&self) -> Timestamp;

    /// Ends at `at` or soon after.
    fn until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;

    /// Uniform in [0, 1).
    fn dice(&self) -> f64;
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

    fn until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            loop {
                let left = at.duration_since(self.now());
                match Duration::try_from(left) {
                    Ok(left) if !left.is_zero() => tokio::time::sleep(left.min(LONGEST_WAIT)).await,
                    _ => return,
                }
            }
        })
    }

    fn dice(&self) -> f64 {
        fastrand::f64()
    }
}
