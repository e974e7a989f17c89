//! After a poll: what it says of the feed and of our own network, and who is told. The notices are recorded with the poll.

use std::time::Duration;

use jiff::Timestamp;

use super::notices;
use crate::alert::{Delivery, DeliveryId, Notice, route_notice};
use crate::config::Health;
use crate::daemon::supervise::{Ready, Shared, lock};
use crate::feed::{FeedSettings, FeedState, Told, Trouble, fails_from_now, report, report_move, wait_for_network};
use crate::store::StoreError;

/// What is told after a poll.
#[derive(Debug, Default)]
pub struct ToTell {
    pub notices: Vec<(Notice, Vec<Delivery>)>,
    /// Deliveries of an earlier notice that these make needless, where they did not go out.
    pub instead_of: Vec<DeliveryId>,
}

impl ToTell {
    pub fn is_empty(&self) -> bool {
        self.notices.is_empty() && self.instead_of.is_empty()
    }
}

/// Judges what a poll left in `memory`, remembers in it what is told, and gives that.
pub fn after_poll(
    shared: &Shared,
    ready: &Ready,
    settings: &FeedSettings,
    name: &str,
    memory: &mut FeedState,
    now: Timestamp,
) -> ToTell {
    let health = &ready.configuration.health;
    let unreachable = memory.trouble == Some(Trouble::Unreachable);
    let mut to_tell = ToTell::default();
    let mut network = lock(&shared.network);
    if let Some(over) = network.note(memory, now).filter(|outage| outage.told) {
        let recipients = &ready.configuration.recipients;
        let down = notices::network_down(over.since, now).id;
        let told = route_notice(down, &health.tell, recipients, Some(now), now);
        to_tell.instead_of = told.iter().map(|delivery| delivery.id).collect();
        to_tell
            .notices
            .extend(routed(shared, ready, notices::network_back(over.since, now), now));
    }
    if unreachable && network.outage().is_some() {
        wait_for_network(memory, settings.slowest, now, shared.clock.jitter());
        if matches!(memory.told, None | Some(Told::NoNetwork { .. })) {
            if let Some(since) = network.take_news(now) {
                to_tell
                    .notices
                    .extend(routed(shared, ready, notices::network_down(since, now), now));
            }
            memory.told = network
                .outage()
                .filter(|outage| outage.told)
                .map(|outage| Told::NoNetwork { since: outage.since });
        }
        return to_tell;
    }
    if let Some(since) = memory.failing_since {
        let in_outage = matches!(memory.told, Some(Told::NoNetwork { .. }))
            || (memory.told.is_none() && network.failed_in_outage(since));
        if in_outage {
            fails_from_now(memory, now);
        }
    }
    let blamed = !unreachable || memory.failing_since.is_none_or(|since| network.may_blame(since));
    drop(network);
    if let Some(report) = report_move(memory, now) {
        let notice = notices::of_feed(report, name, memory, now);
        to_tell.notices.extend(routed(shared, ready, notice, now));
    }
    if blamed
        && !health.tell.is_empty()
        && let Some(report) = report(memory, health.feed_failing_for, now)
    {
        let notice = notices::of_feed(report, name, memory, now);
        to_tell.notices.extend(routed(shared, ready, notice, now));
    }
    to_tell
}

/// Judges a feed that failed with the process before this one, and remembers in it what is told.
pub fn after_start(
    shared: &Shared,
    ready: &Ready,
    name: &str,
    memory: &mut FeedState,
    now: Timestamp,
) -> Vec<(Notice, Vec<Delivery>)> {
    let health = &ready.configuration.health;
    if health.tell.is_empty() {
        return Vec::new();
    }
    let report = report(memory, health.feed_failing_for, now);
    let notice = report.map(|report| notices::of_feed(report, name, memory, now));
    let routed = notice.and_then(|notice| routed(shared, ready, notice, now));
    routed.into_iter().collect()
}

/// The notice with its deliveries, gathered; nothing where nobody is to be told.
fn routed(shared: &Shared, ready: &Ready, notice: Notice, now: Timestamp) -> Option<(Notice, Vec<Delivery>)> {
    let tell = &ready.configuration.health.tell;
    routed_to(shared, ready, notice, tell, now)
}

/// Records a notice of the service itself for those who are told, alone and at once.
pub async fn tell_operator(shared: &Shared, notice: Notice, now: Timestamp) -> Result<(), StoreError> {
    let ready = shared.ready();
    let configuration = &ready.configuration;
    let deliveries = route_notice(
        notice.id,
        &configuration.health.tell,
        &configuration.recipients,
        None,
        now,
    );
    if !deliveries.is_empty() && shared.store.tell(notice, deliveries).await? {
        shared.deliveries.notify_one();
    }
    Ok(())
}

fn routed_to(
    shared: &Shared,
    ready: &Ready,
    notice: Notice,
    tell: &[String],
    now: Timestamp,
) -> Option<(Notice, Vec<Delivery>)> {
    if tell.is_empty() {
        return None;
    }
    let until = shared.gathering.until(now);
    let deliveries = route_notice(notice.id, tell, &ready.configuration.recipients, Some(until), now);
    Some((notice, deliveries))
}

/// An attempt failed: what the others are told of the receiver, once it was refused for good or has failed for as long as
/// a feed may. While nothing can be reached, nobody is blamed.
pub fn after_refusal(
    shared: &Shared,
    ready: &Ready,
    receiver: &str,
    given_up: bool,
    why: &str,
    since: Timestamp,
    now: Timestamp,
) -> Option<(Notice, Vec<Delivery>)> {
    let Health {
        tell, feed_failing_for, ..
    } = &ready.configuration.health;
    let failed_for = Duration::try_from(now.duration_since(since)).unwrap_or_default();
    if !given_up && (failed_for < *feed_failing_for || lock(&shared.network).outage().is_some()) {
        return None;
    }
    let others: Vec<String> = tell.iter().filter(|name| *name != receiver).cloned().collect();
    let notice = notices::receiver_refuses(receiver, given_up, why, since, now);
    routed_to(shared, ready, notice, &others, now)
}

/// The name that a feed goes by: the one in the configuration, else its own, else its address.
pub fn shown_name(settings: &FeedSettings, memory: &FeedState) -> String {
    settings
        .title
        .clone()
        .or_else(|| memory.title.clone())
        .unwrap_or_else(|| memory.shown().to_string())
}
