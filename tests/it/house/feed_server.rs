//! A web server for feeds on 127.0.0.1:0 that keeps a log of every request and misbehaves at will.
//!
//! It has no clock: it sends no `Date` unless a page does, and a page that stalls does so until it is released.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;

mod packing;
mod page;

pub use packing::Packing;
pub use page::Page;

use packing::pack;
use page::Fault;

/// Pages by path, set and changed while it runs. Stops when dropped.
#[derive(Debug)]
pub struct FeedServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    pages: Mutex<HashMap<String, Vec<Page>>>,
    log: Mutex<Vec<Asked>>,
    /// How many requests came.
    arrived: watch::Sender<usize>,
    /// Pages that stall go on when this number grows.
    released: watch::Sender<u64>,
}

/// One request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub method: String,
    /// With the query.
    pub path: String,
    /// As written, in order.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Which connection it came over, counted from 0.
    pub connection: usize,
    /// The status it was answered with; 0 while, and if, there was no answer.
    pub status: u16,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.headers.iter().find(named).map(|(_, value)| value.as_str())
    }
}

impl FeedServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            pages: Mutex::default(),
            log: Mutex::default(),
            arrived: watch::Sender::new(0),
            released: watch::Sender::new(0),
        });
        let task = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Self { address, shared, task }
    }

    /// Goes down: every connection is cut, new ones are refused.
    pub async fn go_down(&mut self) {
        self.task.abort();
        let _ = (&mut self.task).await;
    }

    /// Comes up again on the same port, with the same pages and the same log.
    pub async fn come_up(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.task = tokio::spawn(accept(listener, Arc::clone(&self.shared)));
    }

    /// `http://127.0.0.1:PORT` and the path, which begins with `/`.
    pub fn url(&self, path: &str) -> Url {
        self.url_at("127.0.0.1", path)
    }

    /// The same server under another name that leads to it (`localhost`).
    pub fn url_at(&self, host: &str, path: &str) -> Url {
        Url::parse(&format!("http://{host}:{}{path}", self.address.port())).unwrap()
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// From now on, `page` at `path`.
    pub fn serve(&self, path: &str, page: Page) {
        self.serve_in_turn(path, vec![page]);
    }

    /// One page for each request, in this order; the last stays.
    pub fn serve_in_turn(&self, path: &str, pages: Vec<Page>) {
        assert!(!pages.is_empty(), "no page for {path}");
        let turned: Vec<Page> = pages.into_iter().rev().collect();
        lock(&self.shared.pages).insert(path.to_owned(), turned);
    }

    /// From now on, 404 at `path`.
    pub fn remove(&self, path: &str) {
        lock(&self.shared.pages).remove(path);
    }

    /// Every request so far, in the order of arrival.
    pub fn requests(&self) -> Vec<Asked> {
        lock(&self.shared.log).clone()
    }

    /// Those for one path.
    pub fn requests_for(&self, path: &str) -> Vec<Asked> {
        self.requests().into_iter().filter(|asked| asked.path == path).collect()
    }

    /// Waits until so many requests have come since the start, and gives them.
    pub async fn wait_for_requests(&self, count: usize) -> Vec<Asked> {
        let mut arrived = self.shared.arrived.subscribe();
        arrived.wait_for(|so_far| *so_far >= count).await.unwrap();
        self.requests()
    }

    /// Lets every page that stalls at this moment go on.
    pub fn release(&self) {
        self.shared.released.send_modify(|count| *count += 1);
    }
}

impl Drop for FeedServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    for number in 0.. {
        let Ok((stream, _)) = listener.accept().await else {
            return;
        };
        let shared = Arc::clone(&shared);
        connections.spawn(async move {
            // A client that goes away in the middle is what half of the tests are about.
            let _ = converse(stream, number, &shared).await;
        });
    }
}

async fn converse(mut stream: TcpStream, connection: usize, shared: &Shared) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut unread = Vec::new();
    while let Some(asked) = read_request(&mut stream, &mut unread, connection).await? {
        let page = page_for(shared, &asked.path);
        let not_modified = page.is_not_modified(&asked);
        let silent = matches!(page.fault, Fault::Stall(None));
        let mut released = shared.released.subscribe();
        released.mark_unchanged();
        let number = {
            let mut log = lock(&shared.log);
            log.push(Asked {
                status: match (not_modified, page.fault) {
                    (_, Fault::Stall(None) | Fault::HangUp | Fault::Raw) => 0,
                    (true, _) => 304,
                    (false, _) => page.status,
                },
                ..asked.clone()
            });
            log.len() - 1
        };
        shared.arrived.send_modify(|count| *count = (*count).max(number + 1));
        if silent {
            released.changed().await.map_err(std::io::Error::other)?;
            lock(&shared.log)[number].status = if not_modified { 304 } else { page.status };
        }
        match page.fault {
            Fault::HangUp => return Ok(()),
            Fault::Raw => return stream.write_all(&page.body).await,
            _ => {}
        }
        if !answer(&mut stream, &page, &asked, not_modified, &mut released).await? {
            return Ok(());
        }
    }
    Ok(())
}

/// Whether the connection stays open.
async fn answer(
    stream: &mut TcpStream,
    page: &Page,
    asked: &Asked,
    not_modified: bool,
    released: &mut watch::Receiver<u64>,
) -> std::io::Result<bool> {
    let status = if not_modified { 304 } else { page.status };
    let mut head = format!("HTTP/1.1 {status} {status}\r\n");
    let etag = page
        .etag_on_304
        .as_ref()
        .filter(|_| not_modified)
        .or(page.etag.as_ref());
    let mut headers = page.headers.clone();
    headers.extend(etag.map(|etag| ("ETag".to_owned(), etag.clone())));
    headers.extend(
        page.last_modified
            .iter()
            .map(|date| ("Last-Modified".to_owned(), date.clone())),
    );
    let lies = page
        .lies
        .filter(|_| asked.header("accept-encoding") != Some("identity"));
    let (packed, encoding) = pack(&page.body, page.packing);
    headers.extend(
        lies.or(encoding)
            .map(|encoding| ("Content-Encoding".to_owned(), encoding.to_owned())),
    );
    let chunked = page.packing == Packing::Chunked || page.fault == Fault::Endless;
    let framing = match chunked {
        true => ("Transfer-Encoding".to_owned(), "chunked".to_owned()),
        false => ("Content-Length".to_owned(), packed.len().to_string()),
    };
    headers.extend(Some(framing).filter(|_| !not_modified));
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(b"\r\n").await?;
    if not_modified || asked.method == "HEAD" {
        return Ok(true);
    }
    if page.fault == Fault::Endless {
        loop {
            stream.write_all(format!("{:x}\r\n", packed.len()).as_bytes()).await?;
            stream.write_all(&packed).await?;
            stream.write_all(b"\r\n").await?;
        }
    }
    let wire = match chunked {
        true => {
            let mut wire = Vec::new();
            for chunk in packed.chunks(7) {
                wire.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                wire.extend_from_slice(chunk);
                wire.extend_from_slice(b"\r\n");
            }
            wire.extend_from_slice(b"0\r\n\r\n");
            wire
        }
        false => packed,
    };
    match page.fault {
        Fault::Cut(bytes) => {
            stream.write_all(&wire[..bytes.min(wire.len())]).await?;
            stream.shutdown().await?;
            Ok(false)
        }
        Fault::Stall(Some(bytes)) => {
            let (first, rest) = wire.split_at(bytes.min(wire.len()));
            stream.write_all(first).await?;
            released.changed().await.map_err(std::io::Error::other)?;
            stream.write_all(rest).await?;
            Ok(true)
        }
        _ => {
            stream.write_all(&wire).await?;
            Ok(true)
        }
    }
}

fn page_for(shared: &Shared, path: &str) -> Page {
    let mut pages = lock(&shared.pages);
    match pages.get_mut(path) {
        Some(turned) if turned.len() > 1 => turned.pop().unwrap(),
        Some(turned) => turned[0].clone(),
        None => Page::status(404),
    }
}

/// `None` once the other side has closed the connection.
async fn read_request(
    stream: &mut TcpStream,
    unread: &mut Vec<u8>,
    connection: usize,
) -> std::io::Result<Option<Asked>> {
    let head_end = loop {
        if let Some(at) = unread.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(unread).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&unread[..head_end]).into_owned();
    unread.drain(..head_end);
    let mut lines = head.lines();
    let mut words = lines.next().unwrap_or_default().split(' ').map(str::to_owned);
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let mut asked = Asked {
        method: words.next().unwrap_or_default(),
        path: words.next().unwrap_or_default(),
        headers,
        body: Vec::new(),
        connection,
        status: 0,
    };
    let length = asked
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    while unread.len() < length {
        if stream.read_buf(unread).await? == 0 {
            return Ok(None);
        }
    }
    asked.body = unread.drain(..length).collect();
    Ok(Some(asked))
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap()
}
