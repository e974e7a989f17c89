//! What systemd is told (sd_notify(3)): ready, reloading, stopping, and that every loop is alive. Silent elsewhere.

use std::sync::Arc;
use std::time::Duration;

use sd_notify::NotifyState;
use tokio::sync::watch;
use tracing::{debug, error};

use super::shared::Shared;

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

/// Feeds the watchdog at half its interval for as long as no loop hangs.
pub async fn watchdog(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let Some(limit) = sd_notify::watchdog_enabled() else {
        let _ = stop.wait_for(|stop| *stop).await;
        return;
    };
    let mut every = tokio::time::interval((limit / 2).max(Duration::from_secs(1)));
    loop {
        tokio::select! {
            _ = every.tick() => {
                let hung = shared.pulses.hung(shared.clock.steady());
                if hung.is_empty() {
                    tell(&[NotifyState::Watchdog]);
                }
                for (name, silent_secs) in hung {
                    error!(silent_secs, "the {name} loop hangs; systemd will restart the service");
                }
            }
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
