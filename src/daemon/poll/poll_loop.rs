//! The poll loop: picks feeds that are due and polls them, many at a time, one for each host.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tracing::{debug, info};

use super::begun::find_unended;
use super::one_poll::{poll, take_in_push};
use super::polled::{PollError, Polled};
use super::queue::Queue;
use super::schedule_buffer::ScheduleBuffer;
use crate::daemon::hubs::{Push, WAITING};
use crate::daemon::supervise::{Ready, Shared, lock};
use crate::feed::{FeedState, Trouble};
use crate::store::StoreError;

/// How far a round of polls has come, for a line on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    pub polled: usize,
    /// Feeds that are due, being asked, or whose poll is not on disk yet.
    pub open: usize,
    /// When the loop looks again, if no poll ends before.
    pub wake: Timestamp,
}

/// At least this often the loop goes round, so that its pulse can be felt.
const PULSE: Duration = Duration::from_secs(20);

/// Feeds that are overdue by this long at a start are asked one after the other.
const OVERDUE: Duration = Duration::from_secs(60);

/// Polls until told to stop; with `once`, until no feed is open that was due at the beginning.
pub async fn poller(
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
    progress: watch::Sender<Progress>,
    mut news: mpsc::Receiver<Push>,
    once: bool,
) -> Result<(), PollError> {
    let mut ready = shared.ready.clone();
    let mut queue = Queue::default();
    let first = ready.borrow_and_update().clone();
    find_unended(&shared, &first).await?;
    want(&shared, &first, &mut queue).await?;
    let started = shared.clock.now();
    let mut steps = shared.steps.subscribe();
    queue.settle(first.configuration.polling.slowest, started);
    if !once {
        queue.spread(started, |memory| memory.next.at + OVERDUE < started);
    }
    let mut polls: JoinSet<Result<Polled, PollError>> = JoinSet::new();
    let mut buffer = ScheduleBuffer::default();
    let (mut polled, mut polled_before) = (0, 0);
    // What was pushed of feeds that are being asked, in the order it came.
    let mut held: VecDeque<Push> = VecDeque::new();
    let mut listening = true;
    loop {
        let now = shared.clock.now();
        shared
            .pulses
            .poll
            .round(shared.clock.steady(), polls.is_empty() || polled > polled_before);
        polled_before = polled;
        let polling = ready.borrow().configuration.polling.clone();
        let due_by = if once { started } else { now };
        let stopping = *stop.borrow();
        let room = if stopping {
            0
        } else {
            polling.at_once.saturating_sub(polls.len())
        };
        let picked = queue.pick(now, due_by, room);
        for memory in picked.feeds {
            buffer.begin(&memory);
            let shared = shared.clone();
            // In a box: it is large, and a task is moved about.
            polls.spawn(Box::pin(async move { poll(&shared, memory).await }));
        }
        if !stopping {
            let (free, busy): (VecDeque<Push>, VecDeque<Push>) =
                held.drain(..).partition(|push| !queue.is_asked(&push.feed));
            held = busy;
            for push in free {
                match queue.take(&push.feed) {
                    Some(memory) => {
                        buffer.begin(&memory);
                        let shared = shared.clone();
                        polls.spawn(Box::pin(async move { take_in_push(&shared, memory, push).await }));
                    }
                    None if queue.is_asked(&push.feed) => held.push_back(push),
                    None => {}
                }
            }
        }
        buffer.write(&shared, polls.is_empty(), now);
        let due = queue.open(due_by);
        let open = due + buffer.open();
        let wake = picked.wake.unwrap_or(now + PULSE).min(now + PULSE);
        progress.send_replace(Progress { polled, open, wake });
        if polls.is_empty() && buffer.open() == 0 && (stopping || (once && due == 0)) {
            return Ok(());
        }
        tokio::select! {
            Some(ended) = polls.join_next() => {
                let now = shared.clock.now();
                let mut next = Some(ended);
                while let Some(ended) = next {
                    let Polled { memory, schedule_only } = ended.map_err(PollError::Reading)??;
                    polled += 1;
                    if schedule_only {
                        buffer.add(memory.clone(), now);
                    }
                    queue.done(memory, now, polling.gap);
                    next = polls.try_join_next();
                }
                if !once && lock(&shared.network).take_return() {
                    queue.spread(now, |memory| {
                        memory.next.at <= now || memory.trouble == Some(Trouble::Unreachable)
                    });
                }
            }
            written = buffer.written() => written?,
            push = news.recv(), if listening && held.len() < WAITING => match push {
                Some(push) => held.push_back(push),
                None => listening = false,
            },
            () = shared.clock.until(wake) => {}
            _ = stop.changed(), if !stopping => {}
            Ok(()) = steps.changed() => {
                let now = shared.clock.now();
                let slowest = ready.borrow().configuration.polling.slowest;
                let settled = queue.settle(slowest, now);
                queue.spread(now, |memory| memory.next.at <= now);
                debug!(settled, "feeds are due by the clock that was set back");
            }
            Ok(()) = ready.changed() => {
                let changed = ready.borrow_and_update().clone();
                want(&shared, &changed, &mut queue).await?;
            }
        }
    }
}

/// Makes the feeds of a configuration the ones that are polled. A feed that was known before, even one that was removed
/// in between, keeps what is remembered of it.
async fn want(shared: &Shared, ready: &Ready, queue: &mut Queue) -> Result<(), StoreError> {
    let feeds = &ready.configuration.feeds;
    let unread = feeds
        .iter()
        .map(|feed| FeedState::unread(&feed.url, shared.clock.now()))
        .collect();
    let added = shared.store.add_feeds(unread).await?;
    let wanted: HashSet<&str> = feeds.iter().map(|feed| feed.url.as_str()).collect();
    let memories = shared
        .store
        .feeds()
        .await?
        .into_iter()
        .filter(|memory| wanted.contains(memory.url.as_str()))
        // At a reload: its poll is under way, and ends with a record of its own.
        .map(|memory| FeedState {
            reading_since: None,
            ..memory
        })
        .collect::<Vec<_>>();
    lock(&shared.network).want(&memories);
    shared.hubs.want(&memories).await;
    queue.want(memories);
    info!(added, "{}", ready.summary());
    Ok(())
}
