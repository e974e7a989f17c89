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

/// What is served at a path, and how.
#[derive(Debug, Clone, Default)]
pub struct Page {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    etag: Option<String>,
    last_modified: Option<String>,
    /// Sent instead of `etag` on a 304.
    etag_on_304: Option<String>,
    ignores_conditions: bool,
    packing: Packing,
    lies: Option<&'static str>,
    fault: Fault,
}

/// How a body is packed for transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Packing {
    #[default]
    Plain,
    Gzip,
    Deflate,
    Brotli,
    Zstd,
    /// In chunks of 7 bytes, without a length.
    Chunked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Fault {
    #[default]
    None,
    /// So many bytes of the packed body, then the connection is closed.
    Cut(usize),
    /// The body over and over, in chunks, until nobody reads any more.
    Endless,
    /// So many bytes of the body (`None`: not even the status line), then nothing until released, then the rest.
    Stall(Option<usize>),
    /// The connection is closed without an answer.
    HangUp,
    /// This instead of an answer.
    Raw,
}

impl Page {
    /// 200 with this body, as `application/rss+xml`.
    pub fn feed(body: impl Into<Vec<u8>>) -> Self {
        Self::of("application/rss+xml; charset=utf-8", body)
    }

    /// 200 with this body, as `text/html`.
    pub fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::of("text/html; charset=utf-8", body)
    }

    pub fn of(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: 200,
            body: body.into(),
            ..Self::default()
        }
        .header("Content-Type", content_type)
    }

    /// This status and an empty body.
    pub fn status(status: u16) -> Self {
        Self {
            status,
            ..Self::default()
        }
    }

    pub fn redirect(status: u16, to: impl ToString) -> Self {
        Self::status(status).header("Location", &to.to_string())
    }

    /// A body of so many zero bytes that travels as a 159th of it under gzip.
    pub fn bomb(bytes: usize) -> Self {
        Self {
            status: 200,
            body: gzip_of_zeros(bytes),
            lies: Some("gzip"),
            ..Self::default()
        }
    }

    /// These bytes in place of any answer, then the connection is closed.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            body: bytes.into(),
            fault: Fault::Raw,
            ..Self::default()
        }
    }

    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sent with it; a request that carries it in `If-None-Match` is answered with 304.
    pub fn etag(mut self, etag: &str) -> Self {
        self.etag = Some(etag.to_owned());
        self
    }

    /// Sent with it; a request that carries it in `If-Modified-Since`, and no `If-None-Match`, is answered with 304.
    pub fn last_modified(mut self, date: &str) -> Self {
        self.last_modified = Some(date.to_owned());
        self
    }

    pub fn etag_on_304(mut self, etag: &str) -> Self {
        self.etag_on_304 = Some(etag.to_owned());
        self
    }

    /// Always the whole page, never 304.
    pub fn ignoring_conditions(mut self) -> Self {
        self.ignores_conditions = true;
        self
    }

    pub fn packed(mut self, packing: Packing) -> Self {
        self.packing = packing;
        self
    }

    /// Announces this `Content-Encoding` for a body that has none, unless the request asks for `identity`.
    pub fn lying(mut self, encoding: &'static str) -> Self {
        self.lies = Some(encoding);
        self
    }

    /// Closes the connection after so many bytes of the body as it travels.
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.fault = Fault::Cut(bytes);
        self
    }

    /// Sends the body over and over, for as long as anyone reads.
    pub fn endless(mut self) -> Self {
        self.fault = Fault::Endless;
        self
    }

    /// Says nothing until [`FeedServer::release`].
    pub fn stalled(mut self) -> Self {
        self.fault = Fault::Stall(None);
        self
    }

    /// Sends the headers and so many bytes, and the rest after [`FeedServer::release`].
    pub fn stalled_after(mut self, bytes: usize) -> Self {
        self.fault = Fault::Stall(Some(bytes));
        self
    }

    /// Closes the connection without an answer.
    pub fn hanging_up(mut self) -> Self {
        self.fault = Fault::HangUp;
        self
    }

    fn is_not_modified(&self, asked: &Asked) -> bool {
        if self.ignores_conditions || self.status != 200 {
            return false;
        }
        // RFC 9110 §13.2.2: If-None-Match goes before If-Modified-Since.
        match (asked.header("if-none-match"), asked.header("if-modified-since")) {
            (Some(sent), _) => self.etag.as_deref() == Some(sent),
            (None, Some(sent)) => self.last_modified.as_deref() == Some(sent),
            (None, None) => false,
        }
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

/// Each format's way of carrying bytes as they are, so that no compressor is needed to test a decompressor.
fn pack(body: &[u8], packing: Packing) -> (Vec<u8>, Option<&'static str>) {
    match packing {
        Packing::Plain | Packing::Chunked => (body.to_vec(), None),
        Packing::Gzip => {
            let mut packed = GZIP_HEAD.to_vec();
            packed.extend(stored(body));
            packed.extend(crc32(body).to_le_bytes());
            packed.extend((body.len() as u32).to_le_bytes());
            (packed, Some("gzip"))
        }
        Packing::Deflate => {
            let mut packed = vec![0x78, 0x01];
            packed.extend(stored(body));
            packed.extend(adler32(body).to_be_bytes());
            (packed, Some("deflate"))
        }
        Packing::Brotli => (brotli_stored(body), Some("br")),
        Packing::Zstd => (zstd_stored(body), Some("zstd")),
    }
}

const GZIP_HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// Stored blocks (RFC 1951 §3.2.4).
fn stored(body: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    for chunk in body.chunks(0xffff) {
        let length = chunk.len() as u16;
        packed.push(0);
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend_from_slice(chunk);
    }
    packed.extend([1, 0, 0, 0xff, 0xff]);
    packed
}

/// Uncompressed meta-blocks (RFC 7932 §9.2) of up to 64 KB, then an empty last one.
fn brotli_stored(body: &[u8]) -> Vec<u8> {
    if body.is_empty() {
        return vec![0b110];
    }
    let mut packed = Vec::new();
    for (n, chunk) in body.chunks(0x10000).enumerate() {
        // ISLAST 0, MNIBBLES 4 (00), MLEN - 1 in 16 bits, ISUNCOMPRESSED 1; the first after one bit of window size.
        let header = ((chunk.len() - 1) as u32) << 3 | 1 << 19;
        let header = if n == 0 { header << 1 } else { header };
        packed.extend_from_slice(&header.to_le_bytes()[..3]);
        packed.extend_from_slice(chunk);
    }
    packed.push(0b11);
    packed
}

/// Raw blocks in one frame of unknown size (RFC 8878 §3.1.1).
fn zstd_stored(body: &[u8]) -> Vec<u8> {
    // Window of 1 MB.
    let mut packed = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50];
    let block = |length: usize, last: bool| ((length as u32) << 3 | u32::from(last)).to_le_bytes();
    for chunk in body.chunks(0x10000) {
        packed.extend_from_slice(&block(chunk.len(), false)[..3]);
        packed.extend_from_slice(chunk);
    }
    packed.extend_from_slice(&block(0, true)[..3]);
    packed
}

/// One block of fixed codes (RFC 1951 §3.2.6): a zero, then copies of 258 zeros from one byte back, 13 bits each.
fn gzip_of_zeros(bytes: usize) -> Vec<u8> {
    let mut packed = GZIP_HEAD.to_vec();
    let (mut bits, mut filled) = (0u64, 0);
    let mut put = |value: u64, count: u32, packed: &mut Vec<u8>| {
        bits |= value << filled;
        filled += count;
        while filled >= 8 {
            packed.push(bits as u8);
            bits >>= 8;
            filled -= 8;
        }
    };
    // Codes are written from their highest bit on, all else from the lowest.
    put(0b011, 3, &mut packed);
    put(0b0000_1100, 8, &mut packed);
    for _ in 0..bytes.saturating_sub(1).div_ceil(258) {
        put(0b0_0000_1010_0011, 13, &mut packed);
    }
    put(0, 7 + 7, &mut packed);
    packed
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

fn adler32(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65521;
        (a, (b + a) % 65521)
    });
    b << 16 | a
}
