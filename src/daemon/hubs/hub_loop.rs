//! The hub loop: asks hubs when a subscription is due.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{Id, JoinError, JoinSet};
use tracing::error;

use super::subscriptions::HubError;
use crate::daemon::supervise::Shared;
use crate::net::ShownAddress;
use crate::store::StoreError;

const PULSE: Duration = Duration::from_secs(60);

/// Hubs that are asked at the same time.
const AT_ONCE: usize = 8;

/// The hubs that are being asked, with the feed of each task.
#[derive(Debug, Default)]
struct Asking {
    tasks: JoinSet<Result<(), StoreError>>,
    feeds: HashMap<Id, String>,
}

impl Asking {
    fn spawn(&mut self, feed: String, ask: impl Future<Output = Result<(), StoreError>> + Send + 'static) {
        let task = self.tasks.spawn(ask);
        self.feeds.insert(task.id(), feed);
    }

    /// Waits until one hub was asked, and returns its feed; the outer error is a panic. `None` if none is being asked.
    async fn next(&mut self) -> Option<(String, Result<Result<(), StoreError>, JoinError>)> {
        let asked = self.tasks.join_next_with_id().await?;
        let (task, asked) = match asked {
            Ok((task, asked)) => (task, Ok(asked)),
            Err(crashed) => (crashed.id(), Err(crashed)),
        };
        Some((self.feeds.remove(&task).unwrap_or_default(), asked))
    }
}

/// Notes that a hub was asked. A panic is a defect of this program: it is logged, and that hub is asked less often.
async fn asked(
    shared: &Shared,
    feed: &str,
    asked: Result<Result<(), StoreError>, JoinError>,
) -> Result<(), StoreError> {
    shared.pulses.hubs.beat(shared.clock.steady());
    match asked {
        Ok(asked) => asked,
        Err(crashed) => {
            error!(feed.url = %ShownAddress::of_text(feed), "Wirewatch crashed while it asked the feed's hub (a bug): {crashed}");
            shared.hubs.ask_crashed(shared.store.as_ref(), feed).await
        }
    }
}

/// Keeps the subscriptions until told to stop.
pub async fn hubs(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) -> Result<(), HubError> {
    let mut ready = shared.ready.clone();
    loop {
        let now = shared.clock.now();
        shared.pulses.hubs.beat(shared.clock.steady());
        let at_work = ready.borrow_and_update().clone();
        let (steps, next) = shared.hubs.due(shared.store.as_ref(), &at_work, now).await?;
        let mut asking = Asking::default();
        for (feed, step) in steps {
            if asking.tasks.len() == AT_ONCE
                && let Some((feed, ended)) = asking.next().await
            {
                asked(&shared, &feed, ended).await?;
            }
            let (of, ready, name) = (shared.clone(), at_work.clone(), feed.clone());
            asking.spawn(feed, async move {
                of.hubs.ask(of.store.as_ref(), &ready, &name, step).await
            });
        }
        while let Some((feed, ended)) = asking.next().await {
            asked(&shared, &feed, ended).await?;
        }
        let now = shared.clock.now();
        let wake = next.filter(|at| *at > now).unwrap_or(now + PULSE).min(now + PULSE);
        tokio::select! {
            () = shared.clock.until(wake) => {}
            () = shared.hubs.rung.notified() => {}
            Ok(()) = ready.changed() => {}
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_while_a_hub_is_asked_is_known_by_its_feed() {
        let mut asking = Asking::default();
        asking.spawn("https://a.example/feed".to_owned(), async {
            panic!("as this test asks")
        });
        asking.spawn("https://b.example/feed".to_owned(), async { Ok(()) });
        let mut ended = Vec::new();
        while let Some((feed, asked)) = asking.next().await {
            ended.push((feed, asked.is_err()));
        }
        ended.sort();
        let expected = [("https://a.example/feed", true), ("https://b.example/feed", false)];
        assert_eq!(ended, expected.map(|(feed, crashed)| (feed.to_owned(), crashed)));
    }
}
