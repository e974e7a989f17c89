//! What answers hubs that call, and passes their news to the poll loop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tracing::{error, info};

use super::subscriptions::Sent;
use crate::daemon::supervise::Shared;
use crate::feed::Verified;
use crate::web::{Asked, Called, Limits, Reply, Replying, Room, Site, called, serve};

/// News of a feed that its hub brought.
#[derive(Debug)]
pub struct Push {
    /// URL of the feed.
    pub feed: String,
    pub content_type: Option<String>,
    pub body: Vec<u8>,
    /// Of the body.
    pub room: Room,
}

/// Pushes that wait for the poll loop; with more, hubs are told to come again.
pub const WAITING: usize = 64;

/// Bytes of all pushes, from the first byte of each until it is recorded: one of the largest, and some beside it. A push
/// that finds no room is told to come again, and the poll behind the hub finds what it would have brought.
const HELD_BYTES: usize = 32 << 20;

const CONNECTIONS: usize = 64;
const PATIENCE: Duration = Duration::from_secs(20);

/// Binds the address of `[web] listen`.
pub async fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    TcpListener::bind(address).await
}

/// Answers until told to stop.
pub async fn callbacks(
    shared: Arc<Shared>,
    listener: TcpListener,
    pushes: mpsc::Sender<Push>,
    stop: watch::Receiver<bool>,
) {
    let max_bytes = shared.ready().configuration.polling.max_bytes;
    let limits = Limits {
        connections: CONNECTIONS,
        body_bytes: usize::try_from(max_bytes).unwrap_or(usize::MAX),
        held_bytes: HELD_BYTES,
        patience: PATIENCE,
    };
    if let Ok(address) = listener.local_addr() {
        info!("listening on {address}");
    }
    serve(listener, Arc::new(Callbacks { shared, pushes }), limits, stop).await;
}

struct Callbacks {
    shared: Arc<Shared>,
    pushes: mpsc::Sender<Push>,
}

impl Site for Callbacks {
    fn reply(&self, asked: Asked) -> Replying<'_> {
        Box::pin(self.answer(asked))
    }
}

impl Callbacks {
    async fn answer(&self, asked: Asked) -> Reply {
        let ready = self.shared.ready();
        let Some(public) = &ready.configuration.web.public else {
            return Reply::status(404);
        };
        match called(&asked, public) {
            Called::NotFound => Reply::status(404),
            Called::NotAllowed => Reply::status(405),
            Called::Verify { token, callback } => {
                let (store, now) = (self.shared.store.as_ref(), self.shared.clock.now());
                match self.shared.hubs.verify(store, &token, &callback, now).await {
                    Ok(Verified::Confirmed(challenge)) => Reply {
                        status: 200,
                        body: challenge,
                    },
                    Ok(Verified::Noted) => Reply::status(200),
                    Ok(Verified::Refused) => Reply::status(404),
                    Err(error) => {
                        error!("failed to {error}");
                        Reply::status(500)
                    }
                }
            }
            Called::Push { token } => self.take(&token, asked).await,
        }
    }

    /// Accepted means that it waits for its turn: were it lost with the process, the next poll finds the same entries.
    async fn take(&self, token: &str, asked: Asked) -> Reply {
        let header = |name: &str| asked.headers.get(name).and_then(|value| value.to_str().ok());
        match self
            .shared
            .hubs
            .sent(token, header("x-hub-signature"), &asked.body)
            .await
        {
            Sent::Unknown => Reply::status(404),
            Sent::Over => Reply::status(410),
            Sent::Forged => Reply::status(202),
            Sent::Of(feed) => {
                let push = Push {
                    feed,
                    content_type: header("content-type").map(str::to_owned),
                    body: asked.body,
                    room: asked.room,
                };
                match self.pushes.try_send(push) {
                    Ok(()) => Reply::status(202),
                    Err(_) => Reply::status(503),
                }
            }
        }
    }
}
