//! The hub loop: asks hubs when a subscription is due.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::daemon::supervise::Shared;
use crate::store::StoreError;

const PULSE: Duration = Duration::from_secs(60);

/// Hubs that are asked at the same time.
const AT_ONCE: usize = 8;

/// Keeps the subscriptions until told to stop.
pub async fn hubs(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) -> Result<(), StoreError> {
    let mut ready = shared.ready.clone();
    loop {
        let now = shared.clock.now();
        let at_work = ready.borrow_and_update().clone();
        let (steps, next) = shared.hubs.due(shared.store.as_ref(), &at_work, now).await?;
        let mut asking: JoinSet<Result<(), StoreError>> = JoinSet::new();
        for (feed, step) in steps {
            if asking.len() == AT_ONCE
                && let Some(asked) = asking.join_next().await
            {
                asked.unwrap_or(Ok(()))?;
            }
            let (shared, ready) = (shared.clone(), at_work.clone());
            asking.spawn(async move { shared.hubs.ask(shared.store.as_ref(), &ready, &feed, step).await });
        }
        while let Some(asked) = asking.join_next().await {
            asked.unwrap_or(Ok(()))?;
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
