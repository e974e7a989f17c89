//! A small HTTP/1.1 server with limits on everything that a stranger can make large or slow. It runs behind a proxy
//! that terminates TLS.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tracing::{debug, warn};

use crate::net::HeaderMap;

/// A request.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    /// As sent.
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    /// To be held for as long as the body is.
    pub room: Room,
}

/// The room that a body takes up of [`Limits::held_bytes`].
#[derive(Debug, Clone, Default)]
pub struct Room(#[expect(dead_code, reason = "held, not looked at")] Option<Arc<OwnedSemaphorePermit>>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// Plain text.
    pub body: String,
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self {
            status,
            body: String::new(),
        }
    }
}

/// The boxed future of a reply.
pub type Replying<'a> = Pin<Box<dyn Future<Output = Reply> + Send + 'a>>;

/// Handles requests.
pub trait Site: Send + Sync {
    fn reply(&self, asked: Asked) -> Replying<'_>;
}

#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Maximum number of concurrent connections; further ones wait.
    pub connections: usize,
    pub body_bytes: usize,
    /// Bytes of all bodies together, from the first byte of each until it is done with. Requests beyond are refused with
    /// 503.
    pub held_bytes: usize,
    /// Timeout for a request's head, and again for its body.
    pub patience: Duration,
}

/// Serves until stopped; requests in flight then have a moment to finish.
pub async fn serve(listener: TcpListener, site: Arc<dyn Site>, limits: Limits, mut stop: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let rooms = Arc::new(Semaphore::new(limits.held_bytes));
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let accepted = tokio::select! {
            accepted = async {
                let place = places.clone().acquire_owned().await;
                (place, listener.accept().await)
            } => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let (Ok(place), connection) = accepted else { break };
        let stream = match connection {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Probably out of file descriptors: open connections must end first.
                warn!("cannot take a connection: {error}");
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        let (site, rooms) = (site.clone(), rooms.clone());
        connections.spawn(async move {
            let answer = service_fn(|request| answer(request, site.as_ref(), &rooms, limits));
            let served = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(limits.patience)
                .max_buf_size(32 * 1024)
                .serve_connection(TokioIo::new(stream), answer)
                .await;
            if let Err(error) = served {
                debug!("a connection ended early: {error}");
            }
            drop(place);
        });
    }
    let _ = timeout(Duration::from_secs(2), async {
        while connections.join_next().await.is_some() {}
    })
    .await;
}

/// Reads a body with the room that it takes up, or returns the status that refuses it.
async fn collect(
    body: Incoming,
    rooms: &Arc<Semaphore>,
    most: usize,
) -> Result<(Vec<u8>, Option<OwnedSemaphorePermit>), u16> {
    let mut body = Limited::new(body, most);
    let (mut bytes, mut room): (Vec<u8>, Option<OwnedSemaphorePermit>) = (Vec::new(), None);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| if error.is::<LengthLimitError>() { 413_u16 } else { 400 })?;
        let Ok(part) = frame.into_data() else { continue };
        let size = u32::try_from(part.len()).map_err(|_| 413_u16)?;
        let more = Arc::clone(rooms).try_acquire_many_owned(size).map_err(|_| 503_u16)?;
        match &mut room {
            Some(room) => room.merge(more),
            None => room = Some(more),
        }
        bytes.extend_from_slice(&part);
    }
    Ok((bytes, room))
}

async fn answer(
    request: hyper::Request<Incoming>,
    site: &dyn Site,
    rooms: &Arc<Semaphore>,
    limits: Limits,
) -> Result<hyper::Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let reply = match timeout(limits.patience, collect(body, rooms, limits.body_bytes)).await {
        Ok(Ok((body, room))) => {
            let asked = Asked {
                method: head.method.as_str().to_owned(),
                path: head.uri.path().to_owned(),
                query: head.uri.query().unwrap_or_default().to_owned(),
                headers: head.headers,
                body,
                room: Room(room.map(Arc::new)),
            };
            site.reply(asked).await
        }
        Ok(Err(status)) => Reply::status(status),
        Err(_) => Reply::status(408),
    };
    let mut response = hyper::Response::new(Full::new(Bytes::from(reply.body)));
    *response.status_mut() = hyper::StatusCode::from_u16(reply.status).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(
        "content-type",
        hyper::header::HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(
        "x-content-type-options",
        hyper::header::HeaderValue::from_static("nosniff"),
    );
    headers.insert("cache-control", hyper::header::HeaderValue::from_static("no-store"));
    // Do not read the rest of a large body to reach the next request.
    if matches!(reply.status, 400 | 408 | 413 | 503) {
        headers.insert("connection", hyper::header::HeaderValue::from_static("close"));
    }
    Ok(response)
}
