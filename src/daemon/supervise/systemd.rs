//! What systemd is told (sd_notify(3)): ready, reloading, stopping, and that every loop still turns. Silent elsewhere.

use std::sync::Arc;
use std::time::Duration;

use sd_notify::NotifyState;
use tokio::sync::watch;
use tracing::{debug, error};

use super::shared::Shared;

/// A loop that did not turn for this long has hung; the slowest honest turn is one pulse (20 s) plus a commit.
const HUNG_SECS: u64 = 120;

fn tell(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        debug!(%error, "cannot reach systemd");
    }
}

pub fn ready(status: &str) {
    tell(&[NotifyState::Ready, NotifyState::Status(status)]);
}

/// `RELOADING=1` with `MONOTONIC_USEC` in the same datagram, as `Type=notify-reload` wants it; systemd 252 ignores the
/// second and is content.
pub fn reloading() {
    match NotifyState::monotonic_usec_now() {
        Ok(now) => tell(&[NotifyState::Reloading, now]),
        Err(_) => tell(&[NotifyState::Reloading]),
    }
}

pub fn stopping() {
    tell(&[NotifyState::Stopping]);
}

/// Feeds the watchdog at half its interval for as long as every loop turns.
pub async fn watchdog(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let Some(limit) = sd_notify::watchdog_enabled() else {
        let _ = stop.wait_for(|stop| *stop).await;
        return;
    };
    let mut every = tokio::time::interval((limit / 2).max(Duration::from_secs(1)));
    loop {
        tokio::select! {
            _ = every.tick() => {
                let now = shared.clock.steady();
                let loops = [("poll", &shared.poller_pulse), ("notify", &shared.notifier_pulse)];
                match loops.iter().find(|(_, pulse)| pulse.silent_for(now) > HUNG_SECS) {
                    None => tell(&[NotifyState::Watchdog]),
                    Some((name, pulse)) => {
                        error!(silent_secs = pulse.silent_for(now), "the {name} loop hangs; systemd will restart the service");
                    }
                }
            }
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
