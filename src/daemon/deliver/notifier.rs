//! The notify loop: claims deliveries that are due, sends them, and records each attempt. Nothing is sent that is not a
//! row, and one receiver never waits for another.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use tracing::{error, info, warn};

use super::outgoing::outgoing;
use crate::daemon::health::after_refusal;
use crate::daemon::supervise::Shared;
use crate::deliver::{AttemptOutcome, GivenUp, Next, next_attempt};
use crate::store::{Attempt, Due, StoreError};

/// Only what must end the process: a receiver that refuses is an outcome, not an error.
#[derive(Debug, Error)]
pub enum NotifyError {
    #[error("record a delivery")]
    Store(#[from] StoreError),
    #[error("deliver: the sending ended early")]
    Sending(#[from] JoinError),
}

/// Longer than any attempt may take, so that a living sender never loses its claim.
const LEASE: Duration = Duration::from_secs(300);
/// Sent at the same time, in all and to one receiver.
const AT_ONCE: usize = 32;
const AT_ONCE_EACH: usize = 4;
const PULSE: Duration = Duration::from_secs(20);

/// Delivers until told to stop; with `once`, until nothing is due.
pub async fn notifier(shared: Arc<Shared>, mut stop: watch::Receiver<bool>, once: bool) -> Result<(), NotifyError> {
    let mut sends: JoinSet<(String, Result<(), StoreError>)> = JoinSet::new();
    let mut busy: HashMap<String, usize> = HashMap::new();
    let mut one_ended = false;
    loop {
        let now = shared.clock.now();
        let progress = std::mem::take(&mut one_ended) || sends.is_empty();
        shared.pulses.notify.round(shared.clock.steady(), progress);
        let stopping = *stop.borrow();
        let due = shared.store.next_due().await?;
        if !stopping && due.is_some_and(|due| due <= now) {
            for due in claim(&shared, AT_ONCE.saturating_sub(sends.len()), &busy).await? {
                let receiver = receiver_of(&due);
                *busy.entry(receiver.clone()).or_default() += 1;
                let shared = shared.clone();
                sends.spawn(async move { (receiver, send(&shared, due).await) });
            }
        }
        if sends.is_empty() && (stopping || once) {
            return Ok(());
        }
        // What is due and was not claimed waits for a send to end, not for the clock.
        let wake = due.filter(|due| *due > now).unwrap_or(now + PULSE).min(now + PULSE);
        tokio::select! {
            Some(ended) = sends.join_next() => {
                one_ended = true;
                let (receiver, sent) = ended?;
                if let Some(count) = busy.get_mut(&receiver) {
                    *count -= 1;
                }
                sent?;
            }
            () = shared.clock.until(wake) => {}
            () = shared.deliveries.notified(), if !stopping => {}
            _ = stop.changed(), if !stopping => {}
        }
    }
}

/// Claims parcels one receiver's share at a time, so that a long queue for one does not fill every place.
async fn claim(shared: &Shared, room: usize, busy: &HashMap<String, usize>) -> Result<Vec<Due>, StoreError> {
    let mut claimed: Vec<Due> = Vec::new();
    let mut load = busy.clone();
    while claimed.len() < room {
        let full: Vec<String> = load
            .iter()
            .filter(|(_, count)| **count >= AT_ONCE_EACH)
            .map(|(name, _)| name.clone())
            .collect();
        let due = shared.store.claim(shared.clock.now(), 1, LEASE, &full).await?;
        if due.is_empty() {
            break;
        }
        for one in due {
            *load.entry(receiver_of(&one)).or_default() += 1;
            claimed.push(one);
        }
    }
    Ok(claimed)
}

fn receiver_of(due: &Due) -> String {
    due.deliveries
        .first()
        .map(|delivery| delivery.receiver.clone())
        .unwrap_or_default()
}

/// One attempt, and its record.
async fn send(shared: &Shared, due: Due) -> Result<(), StoreError> {
    let ready = shared.ready();
    let receiver = receiver_of(&due);
    let recipient = ready
        .configuration
        .recipients
        .iter()
        .find(|recipient| recipient.name == receiver);
    let outcome = match recipient {
        Some(recipient) => match outgoing(&due, &recipient.time_zone) {
            Some(outgoing) => ready.sender.send(&outgoing, shared.clock.now()).await,
            None => AttemptOutcome::Never {
                why: "there is nothing left to send".to_owned(),
            },
        },
        // Kept trying for as long as any other: a name that was mistyped for an hour must not lose an alert.
        None => AttemptOutcome::Later {
            why: format!("the configuration has no receiver `{receiver}`"),
            retry_after: None,
        },
    };
    let now = shared.clock.now();
    let attempts = due.attempts + 1;
    let next = next_attempt(&outcome, attempts, due.first_due, now, shared.clock.jitter());
    let words = log_attempt(&due, &receiver, attempts, &outcome, &next);
    let refused = match &next {
        Next::Done => None,
        Next::Again { why, .. } => Some((false, why)),
        Next::GivenUp(GivenUp::Refused { why } | GivenUp::TooLong { last: why }) => Some((true, why)),
    };
    let notice =
        refused.and_then(|(given_up, why)| after_refusal(shared, &ready, &receiver, given_up, why, due.first_due, now));
    let attempt = Attempt {
        deliveries: due.deliveries.iter().map(|delivery| delivery.id).collect(),
        at: now,
        outcome: words,
        next,
        notice,
    };
    shared.store.attempted(attempt).await
}

fn log_attempt(due: &Due, receiver: &str, attempts: u32, outcome: &AttemptOutcome, next: &Next) -> String {
    let id = due.id;
    match next {
        Next::Done => {
            let said = match outcome {
                AttemptOutcome::Accepted { said } => said.clone(),
                AttemptOutcome::Later { why, .. } | AttemptOutcome::Never { why } => why.clone(),
            };
            info!(delivery.id = %id, receiver, attempts, said, "delivered");
            format!("accepted: {said}")
        }
        Next::Again { at, why } => {
            warn!(delivery.id = %id, receiver, attempts, next = %at, "not delivered, tried again later: {why}");
            format!("tried again later: {why}")
        }
        Next::GivenUp(GivenUp::Refused { why }) => {
            error!(delivery.id = %id, receiver, attempts, "not delivered, refused for good: {why}; `wirewatch deliveries replay {id}` sends it again");
            format!("refused: {why}")
        }
        Next::GivenUp(GivenUp::TooLong { last }) => {
            error!(delivery.id = %id, receiver, attempts, "not delivered for three days, given up: {last}; `wirewatch deliveries replay {id}` sends it again");
            format!("given up: {last}")
        }
    }
}
