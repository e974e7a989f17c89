//! One request at a time for each host, and a pause between two. Pure.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

/// Which hosts are being asked, and when the others may be asked again.
#[derive(Debug, Default)]
pub struct Hosts(HashMap<String, Turn>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Busy,
    FreeAt(Timestamp),
}

impl Hosts {
    pub fn begin(&mut self, host: &str) {
        self.0.insert(host.to_owned(), Turn::Busy);
    }

    /// Ends the turn; the next one may begin after `gap`.
    pub fn end(&mut self, host: &str, now: Timestamp, gap: Duration) {
        if gap.is_zero() {
            self.0.remove(host);
        } else {
            self.0.insert(host.to_owned(), Turn::FreeAt(now + gap));
        }
    }

    /// The hosts that may not be asked now.
    pub fn closed(&self, now: Timestamp) -> Vec<String> {
        let closed = |turn: &Turn| !matches!(turn, Turn::FreeAt(at) if *at <= now);
        self.0
            .iter()
            .filter(|(_, turn)| closed(turn))
            .map(|(host, _)| host.clone())
            .collect()
    }

    /// When the first of those that only pause may be asked again.
    pub fn next_open(&self, now: Timestamp) -> Option<Timestamp> {
        let pauses = self.0.values().filter_map(|turn| match turn {
            Turn::FreeAt(at) if *at > now => Some(*at),
            _ => None,
        });
        pauses.min()
    }

    /// Forgets pauses that are over.
    pub fn forget(&mut self, now: Timestamp) {
        self.0.retain(|_, turn| !matches!(turn, Turn::FreeAt(at) if *at <= now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_asked_once_at_a_time_with_a_pause_between() {
        let start = Timestamp::UNIX_EPOCH;
        let gap = Duration::from_secs(2);
        let mut hosts = Hosts::default();
        hosts.begin("a");
        assert_eq!(
            (hosts.closed(start), hosts.next_open(start)),
            (vec!["a".to_owned()], None)
        );
        hosts.end("a", start, gap);
        assert_eq!(
            (hosts.closed(start).len(), hosts.next_open(start)),
            (1, Some(start + gap))
        );
        assert_eq!(
            (hosts.closed(start + gap).len(), hosts.next_open(start + gap)),
            (0, None)
        );
        hosts.forget(start + gap);
        assert!(hosts.0.is_empty());
    }
}
