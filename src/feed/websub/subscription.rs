//! What is agreed with a hub, and what is to be done about it. Pure.

use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::offer::Offer;
use crate::net::scrubbed;

/// One feed at one hub: one row of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    pub offer: Offer,
    /// Where the hub is asked: its own address, or where that was moved for good.
    pub ask_at: String,
    /// The end of the callback's path; nobody can guess it.
    pub token: String,
    /// The callback that the hub was told.
    pub callback: String,
    pub secret: String,
    pub standing: Standing,
    /// When something is to be done: asked again, renewed, given back.
    pub next: Timestamp,
    /// Requests in a row that the hub did not confirm.
    pub tries: u32,
    /// Pushes of entries, with the right signature.
    pub pushes: u32,
    /// Entries in a row that a poll found and no push had brought.
    pub missed: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Not asked yet, or the hub has not confirmed.
    Asked {
        why: Option<String>,
    },
    /// Confirmed until then.
    Stands {
        until: Timestamp,
    },
    Denied {
        why: String,
    },
    /// To be given back: the feed is read no more, or has another hub.
    Ending,
}

/// What is to be asked of the hub now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Subscribe,
    Unsubscribe,
    /// Given back, or there is no hope that it will be: forget it.
    Forget,
}

/// What a hub wants to know of its subscriber (WebSub §5.3), or tells it (§5.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    pub mode: String,
    pub topic: String,
    pub challenge: Option<String>,
    pub lease_seconds: Option<u64>,
    pub reason: Option<String>,
}

/// The answer to a callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    /// We meant it: the challenge is given back.
    Confirmed(String),
    /// A denial was noted.
    Noted,
    /// We did not ask for this.
    Refused,
}

/// Why pushes are not relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// The hub has not confirmed.
    NotConfirmed,
    /// Nothing was pushed yet.
    NeverPushed,
    /// Polls found what was not pushed.
    Missed { entries: u32 },
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotConfirmed => f.write_str("its hub has not confirmed"),
            Self::NeverPushed => f.write_str("its hub has pushed nothing yet"),
            Self::Missed { entries: 1 } => f.write_str("its hub did not push an entry"),
            Self::Missed { entries } => write!(f, "its hub did not push {entries} entries"),
        }
    }
}

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3600);
/// A hub that was asked confirms within this time.
const CONFIRMS: Duration = Duration::from_secs(10 * 60);
/// Of a hub that does not confirm, the slowest pace of asking.
const SLOWEST: Duration = DAY;
/// A denial is asked about again after this.
const AFTER_DENIAL: Duration = Duration::from_secs(7 * 24 * 3600);
/// A lease without a length, as hubs commonly give (§5.1 leaves it to them).
const LEASE: Duration = Duration::from_secs(10 * 24 * 3600);
/// Leases are believed up to here.
const LONGEST_LEASE: Duration = Duration::from_secs(90 * 24 * 3600);
/// Tries to give back.
const ENDINGS: u32 = 3;
/// Entries that a hub may fail to push before it is doubted.
const MAY_MISS: u32 = 2;

impl Subscription {
    pub fn new(offer: Offer, token: String, secret: String, now: Timestamp) -> Self {
        Self {
            ask_at: offer.hub.clone(),
            offer,
            token,
            callback: String::new(),
            secret,
            standing: Standing::Asked { why: None },
            next: now,
            tries: 0,
            pushes: 0,
            missed: 0,
        }
    }

    /// Brings its times forward by as much as the clock was ahead: the hub counts its lease by its own clock.
    pub fn set_back(&mut self, by: SignedDuration, now: Timestamp) {
        let earlier = |at: Timestamp| at.saturating_sub(by).unwrap_or(now);
        let longest = now.saturating_add(LONGEST_LEASE).unwrap_or(Timestamp::MAX);
        self.next = earlier(self.next).min(longest);
        if let Standing::Stands { until } = &mut self.standing {
            *until = earlier(*until).min(longest);
        }
    }

    /// What is due. `offer` is what the feed offers now, `None` where it is not to be pushed.
    pub fn step(&mut self, offer: Option<&Offer>, now: Timestamp) -> Option<Step> {
        if offer != Some(&self.offer) && self.standing != Standing::Ending {
            let known_there = matches!(self.standing, Standing::Stands { until } if until > now);
            if !known_there {
                return Some(Step::Forget);
            }
            self.standing = Standing::Ending;
            (self.next, self.tries) = (now, 0);
        }
        if self.next > now {
            return None;
        }
        Some(match self.standing {
            Standing::Ending if self.tries >= ENDINGS => Step::Forget,
            Standing::Ending => Step::Unsubscribe,
            _ => Step::Subscribe,
        })
    }

    /// Notes where we are reached now; where that is elsewhere than before, the hub is to be told.
    pub fn called_at(&mut self, callback: &str, now: Timestamp) {
        if self.callback != callback && self.standing != Standing::Ending {
            callback.clone_into(&mut self.callback);
            self.standing = Standing::Asked { why: None };
            (self.next, self.tries) = (now, 0);
        }
    }

    /// Notes that the hub is about to be asked: its confirmation may come before its answer.
    pub fn asking(&mut self, now: Timestamp) {
        self.tries = self.tries.saturating_add(1);
        let wait = CONFIRMS.saturating_mul(1 << (self.tries - 1).min(12)).min(SLOWEST);
        self.next = later(now, wait);
        if let Standing::Stands { until } = self.standing
            && until <= now
        {
            self.standing = Standing::Asked { why: None };
        }
    }

    /// Notes that the hub refused, or did not answer.
    pub fn not_answered(&mut self, why: &str) {
        if let Standing::Asked { why: known } = &mut self.standing {
            *known = Some(why.to_owned());
        }
    }

    /// Answers a callback: only what we asked for, under the very topic, is confirmed.
    pub fn verify(&mut self, callback: &Callback, now: Timestamp) -> Verified {
        if callback.topic != self.offer.topic {
            return Verified::Refused;
        }
        match (callback.mode.as_str(), &callback.challenge, &self.standing) {
            ("denied", _, Standing::Ending) => Verified::Noted,
            ("denied", _, _) => {
                let why = callback.reason.clone().unwrap_or_else(|| "no reason given".to_owned());
                let why = scrubbed(&why, &[&self.secret, &self.token]);
                self.standing = Standing::Denied { why };
                self.next = later(now, AFTER_DENIAL);
                Verified::Noted
            }
            // A subscription that nobody asked for within the last tries is not ours.
            (
                "subscribe",
                Some(challenge),
                Standing::Asked { .. } | Standing::Stands { .. } | Standing::Denied { .. },
            ) if self.tries > 0 => {
                let lease = callback
                    .lease_seconds
                    .map_or(LEASE, Duration::from_secs)
                    .min(LONGEST_LEASE);
                self.standing = Standing::Stands {
                    until: later(now, lease),
                };
                // Renewed with a tenth of the lease to spare, a day at most.
                self.next = later(now, lease - (lease / 10).min(DAY));
                self.tries = 0;
                Verified::Confirmed(challenge.clone())
            }
            ("unsubscribe", Some(challenge), Standing::Ending) => {
                (self.tries, self.next) = (ENDINGS, now);
                Verified::Confirmed(challenge.clone())
            }
            _ => Verified::Refused,
        }
    }

    /// Notes a push with the right signature. Its entries may be known already: a poll was faster.
    pub fn pushed(&mut self, entries: usize) {
        if entries > 0 {
            self.pushes = self.pushes.saturating_add(1);
            self.missed = 0;
        }
    }

    /// Notes what a poll found that no push had brought.
    pub fn polled(&mut self, new_entries: u32, now: Timestamp) {
        if self.stands(now) {
            self.missed = self.missed.saturating_add(new_entries);
        }
    }

    pub fn stands(&self, now: Timestamp) -> bool {
        matches!(self.standing, Standing::Stands { until } if until > now)
    }

    /// Why the feed is polled as if there were no hub; `None` where pushes are relied on.
    pub fn doubt(&self, now: Timestamp) -> Option<Doubt> {
        if !self.stands(now) {
            Some(Doubt::NotConfirmed)
        } else if self.missed > MAY_MISS {
            Some(Doubt::Missed { entries: self.missed })
        } else if self.pushes == 0 {
            Some(Doubt::NeverPushed)
        } else {
            None
        }
    }
}

fn later(now: Timestamp, wait: Duration) -> Timestamp {
    now.saturating_add(wait.max(MINUTE)).unwrap_or(now)
}

#[cfg(test)]
mod tests;
