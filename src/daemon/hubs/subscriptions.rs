//! The subscriptions with the hubs that feeds offer, where the world can reach us.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rustls::crypto::{SecureRandom, ring};
use thiserror::Error;
use tokio::sync::{Mutex, Notify};
use tracing::{debug, info};

use crate::daemon::supervise::Ready;
use crate::feed::{
    Callback, FeedState, HubAnswer, Offer, Signed, Standing, Step, Subscription, Verified, ask_hub, judge_signature,
};
use crate::net::ShownAddress;
use crate::store::{Store, StoreError};
use crate::web::callback_url;

/// Fragments that complete "failed to …".
#[derive(Debug, Error)]
pub enum HubError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("make a secret for a hub: the system gives no random numbers")]
    NoRandomness,
}

/// What feeds offer, and what is agreed with their hubs; by the URL of the feed. Each change is on disk before the next.
#[derive(Debug, Default)]
pub struct Hubs {
    agreed: Mutex<Agreed>,
    /// Rung when an offer is new.
    pub(crate) rung: Notify,
}

#[derive(Debug, Default)]
struct Agreed {
    /// `None` until it is known what the feeds offered before.
    offers: Option<HashMap<String, Offer>>,
    subscriptions: HashMap<String, Subscription>,
}

/// What became of something that a hub sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// It is of this feed.
    Of(String),
    /// Its signature is wrong: it is taken, and ignored (WebSub §8).
    Forged,
    /// Not wanted any more.
    Over,
    Unknown,
}

impl Hubs {
    pub fn new(subscriptions: Vec<(String, Subscription)>) -> Self {
        let subscriptions = subscriptions.into_iter().collect();
        Self {
            agreed: Mutex::new(Agreed {
                subscriptions,
                ..Agreed::default()
            }),
            rung: Notify::new(),
        }
    }

    /// Takes what these feeds offered when they were last read.
    pub async fn want(&self, memories: &[FeedState]) {
        let mut agreed = self.agreed.lock().await;
        let offers = memories
            .iter()
            .filter_map(|memory| Some((memory.url.clone(), memory.hub.clone()?)));
        agreed.offers = Some(offers.collect());
        drop(agreed);
        self.rung.notify_one();
    }

    /// Notes a poll: what the feed offers now, and how many entries were new that no push had brought.
    pub async fn polled(
        &self,
        store: &dyn Store,
        memory: &FeedState,
        new_entries: usize,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut agreed = self.agreed.lock().await;
        let offers = agreed.offers.get_or_insert_default();
        if offers.get(&memory.url) != memory.hub.as_ref() {
            match &memory.hub {
                Some(offer) => offers.insert(memory.url.clone(), offer.clone()),
                None => offers.remove(&memory.url),
            };
            self.rung.notify_one();
        }
        let Some(subscription) = agreed.subscriptions.get_mut(&memory.url) else {
            return Ok(());
        };
        let before = subscription.clone();
        subscription.polled(u32::try_from(new_entries).unwrap_or(u32::MAX), now);
        if *subscription == before {
            return Ok(());
        }
        if let (None, Some(doubt)) = (before.doubt(now), subscription.doubt(now)) {
            info!(feed.url = %memory.shown(), hub = %ShownAddress::of_text(&subscription.offer.hub), "the feed is polled at its own pace again: {doubt}");
        }
        store.subscribe(&memory.url, Some(subscription.clone())).await
    }

    /// Whether news of a feed comes by its hub.
    pub async fn relied_on(&self, feed: &str, now: Timestamp) -> bool {
        let agreed = self.agreed.lock().await;
        let subscription = agreed.subscriptions.get(feed);
        subscription.is_some_and(|subscription| subscription.doubt(now).is_none())
    }

    /// Answers a hub's question.
    pub async fn verify(
        &self,
        store: &dyn Store,
        token: &str,
        callback: &Callback,
        now: Timestamp,
    ) -> Result<Verified, StoreError> {
        let mut agreed = self.agreed.lock().await;
        let mut all = agreed.subscriptions.iter_mut();
        let Some((feed, subscription)) = all.find(|(_, subscription)| subscription.token == token) else {
            return Ok(Verified::Refused);
        };
        let before = subscription.clone();
        let verified = subscription.verify(callback, now);
        let hub = ShownAddress::of_text(&subscription.offer.hub);
        match &subscription.standing {
            Standing::Stands { until } if !before.stands(now) && subscription.stands(now) => {
                info!(feed.url = %ShownAddress::of_text(feed), %hub, until = %until, "the hub will tell of news");
            }
            Standing::Denied { why } if verified == Verified::Noted => {
                info!(feed.url = %ShownAddress::of_text(feed), %hub, "the hub will not tell of news: {why}");
            }
            _ => {}
        }
        if *subscription != before {
            store.subscribe(feed, Some(subscription.clone())).await?;
        }
        if verified != Verified::Refused {
            self.rung.notify_one();
        }
        Ok(verified)
    }

    /// Whose news a push is.
    pub async fn sent(&self, token: &str, signature: Option<&str>, body: &[u8]) -> Sent {
        let agreed = self.agreed.lock().await;
        let mut all = agreed.subscriptions.iter();
        let Some((feed, subscription)) = all.find(|(_, subscription)| subscription.token == token) else {
            return Sent::Unknown;
        };
        if matches!(subscription.standing, Standing::Ending | Standing::Denied { .. }) {
            return Sent::Over;
        }
        match judge_signature(signature, &subscription.secret, body) {
            Signed::Right => Sent::Of(feed.clone()),
            Signed::Wrong => {
                debug!(feed.url = %ShownAddress::of_text(feed), hub = %ShownAddress::of_text(&subscription.offer.hub), "a push with a wrong signature is ignored");
                Sent::Forged
            }
        }
    }

    /// Notes that a push of a feed was recorded, with so many entries.
    pub async fn pushed(&self, store: &dyn Store, feed: &str, entries: usize) -> Result<(), StoreError> {
        let mut agreed = self.agreed.lock().await;
        let Some(subscription) = agreed.subscriptions.get_mut(feed) else {
            return Ok(());
        };
        subscription.pushed(entries);
        store.subscribe(feed, Some(subscription.clone())).await
    }

    /// Brings the ends of leases and what is due forward by as much as the clock was set back.
    pub async fn set_back(&self, store: &dyn Store, by: SignedDuration, now: Timestamp) -> Result<(), StoreError> {
        let mut agreed = self.agreed.lock().await;
        for (feed, subscription) in &mut agreed.subscriptions {
            subscription.set_back(by, now);
            store.subscribe(feed, Some(subscription.clone())).await?;
        }
        drop(agreed);
        self.rung.notify_one();
        Ok(())
    }

    /// What is to be asked of hubs now; each is noted as asked. And when there is something to do again.
    pub(crate) async fn due(
        &self,
        store: &dyn Store,
        ready: &Ready,
        now: Timestamp,
    ) -> Result<(Vec<(String, Step)>, Option<Timestamp>), HubError> {
        let public = ready.configuration.web.public.as_ref();
        let mut agreed = self.agreed.lock().await;
        let Agreed { offers, subscriptions } = &mut *agreed;
        let Some(offers) = offers else {
            return Ok((Vec::new(), None));
        };
        offers.retain(|feed, _| ready.feed(feed).is_some());
        let mut steps = Vec::new();
        if public.is_some() {
            for (feed, offer) in offers.iter() {
                if !subscriptions.contains_key(feed) {
                    let random = ring::default_provider().secure_random;
                    let (token, secret) = (unguessable(random)?, unguessable(random)?);
                    let subscription = Subscription::new(offer.clone(), token, secret, now);
                    subscriptions.insert(feed.clone(), subscription);
                }
            }
        }
        let mut feeds: Vec<String> = subscriptions.keys().cloned().collect();
        feeds.sort_unstable();
        for feed in feeds {
            let Some(subscription) = subscriptions.get_mut(&feed) else {
                continue;
            };
            if let Some(callback) = public.and_then(|public| callback_url(public, &subscription.token)) {
                subscription.called_at(callback.as_str(), now);
            }
            let offer = offers.get(&feed).filter(|_| public.is_some());
            match subscription.step(offer, now) {
                None => {}
                Some(Step::Forget) => {
                    subscriptions.remove(&feed);
                    store.subscribe(&feed, None).await?;
                    if offers.contains_key(&feed) && public.is_some() {
                        self.rung.notify_one();
                    }
                }
                Some(step) => {
                    subscription.asking(now);
                    store.subscribe(&feed, Some(subscription.clone())).await?;
                    steps.push((feed, step));
                }
            }
        }
        let wake = subscriptions.values().map(|subscription| subscription.next).min();
        Ok((steps, wake))
    }

    /// Notes that Wirewatch crashed while it asked the hub of a feed, so that the hub is asked less and less often.
    pub(crate) async fn ask_crashed(&self, store: &dyn Store, feed: &str) -> Result<(), StoreError> {
        let mut agreed = self.agreed.lock().await;
        let Some(subscription) = agreed.subscriptions.get_mut(feed) else {
            return Ok(());
        };
        subscription.not_answered("Wirewatch crashed while it asked the hub (a bug)");
        store.subscribe(feed, Some(subscription.clone())).await
    }

    /// Asks the hub of a feed, and notes what it answered.
    pub(crate) async fn ask(&self, store: &dyn Store, ready: &Ready, feed: &str, step: Step) -> Result<(), StoreError> {
        let known = self.agreed.lock().await.subscriptions.get(feed).cloned();
        let Some(asked) = known else { return Ok(()) };
        let answer = ask_hub(&ready.client, &asked, step).await;
        let mut agreed = self.agreed.lock().await;
        let Some(subscription) = agreed.subscriptions.get_mut(feed) else {
            return Ok(());
        };
        match answer {
            HubAnswer::Accepted { moved_to } => {
                debug!(feed.url = %ShownAddress::of_text(feed), hub = %ShownAddress::of_text(&asked.ask_at), "the hub was asked");
                if let Some(moved) = moved_to {
                    subscription.ask_at = moved;
                }
            }
            HubAnswer::Refused { why } => {
                if asked.tries <= 1 {
                    info!(
                        feed.url = %ShownAddress::of_text(feed),
                        hub = %ShownAddress::of_text(&asked.ask_at),
                        "the hub does not take our request, the feed is polled: {why}"
                    );
                }
                subscription.not_answered(&why);
            }
        }
        store.subscribe(feed, Some(subscription.clone())).await
    }
}

/// Returns 256 secret random bits as 64 hex digits. A secret may have up to 200 bytes (WebSub §5.1).
///
/// # Errors
///
/// The machine has no source of randomness that is good enough for secrets.
fn unguessable(random: &dyn SecureRandom) -> Result<String, HubError> {
    let mut bits = [0_u8; 32];
    random.fill(&mut bits).map_err(|_| HubError::NoRandomness)?;
    Ok(bits.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use rustls::crypto::GetRandomFailed;

    use super::*;

    #[derive(Debug)]
    struct Source(bool);

    impl SecureRandom for Source {
        fn fill(&self, bits: &mut [u8]) -> Result<(), GetRandomFailed> {
            bits.fill(0xa7);
            self.0.then_some(()).ok_or(GetRandomFailed)
        }
    }

    #[test]
    fn a_secret_is_random_or_it_is_not_made() {
        assert_eq!(unguessable(&Source(true)).unwrap(), "a7".repeat(32));
        let error = unguessable(&Source(false)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "make a secret for a hub: the system gives no random numbers"
        );
    }
}
