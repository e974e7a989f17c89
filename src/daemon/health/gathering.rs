//! Notices gather, so that many feeds that break at once are one message.

use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;

use crate::daemon::supervise::lock;

/// The first notice waits so long for others, that they come as one message.
const GATHER: Duration = Duration::from_secs(20 * 60);

/// Between two such messages, at least: feeds that broke at once are mended within hours, each at its own time.
const APART: Duration = Duration::from_secs(60 * 60);

/// When the last message of notices goes, or went.
#[derive(Debug, Default)]
pub struct Gathering(Mutex<Option<Timestamp>>);

impl Gathering {
    /// When the message goes that a notice of `now` joins.
    pub fn until(&self, now: Timestamp) -> Timestamp {
        let mut end = lock(&self.0);
        match *end {
            // One further away than any was set by a clock that is right no more.
            Some(end) if end > now && end <= now + APART => end,
            Some(last) if last <= now => *end.insert((now + GATHER).max(last + APART)),
            _ => *end.insert(now + GATHER),
        }
    }
}
