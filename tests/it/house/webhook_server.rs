//! A webhook receiver that keeps what it is sent and answers as it is told.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};
use url::Url;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Status {
        status: u16,
        headers: Vec<(String, String)>,
        body: String,
    },
    /// Closes the connection after the request.
    Drop,
    /// Says nothing, and keeps the connection open.
    Silence,
    /// Says this, and then this again and again without an end.
    Endless(&'static str, &'static str),
}

impl Answer {
    pub fn status(status: u16) -> Self {
        Self::Status {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    pub fn with_header(self, name: &str, value: &str) -> Self {
        match self {
            Self::Status {
                status,
                mut headers,
                body,
            } => {
                headers.push((name.to_owned(), value.to_owned()));
                Self::Status { status, headers, body }
            }
            other => other,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    pub method: String,
    pub path: String,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Delivered {
    /// The first header of that name, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }
}

#[derive(Debug)]
struct Inner {
    requests: Vec<Delivered>,
    next: VecDeque<Answer>,
    always: Answer,
    /// Bytes that went out in endless answers.
    endless: usize,
}

#[derive(Debug)]
struct Shared {
    inner: Mutex<Inner>,
    changed: Notify,
}

/// Stops when dropped.
#[derive(Debug)]
pub struct WebhookServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    running: JoinHandle<()>,
}

impl WebhookServer {
    /// On 127.0.0.1 and a free port; answers 204.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let inner = Inner {
            requests: Vec::new(),
            next: VecDeque::new(),
            always: Answer::status(204),
            endless: 0,
        };
        let shared = Arc::new(Shared {
            inner: Mutex::new(inner),
            changed: Notify::new(),
        });
        let running = tokio::spawn(serve(listener, Arc::clone(&shared)));
        Self {
            address,
            shared,
            running,
        }
    }

    pub fn url(&self) -> Url {
        format!("http://{}/hook", self.address).parse().unwrap()
    }

    /// The next request is answered so. Several are used up in order.
    pub fn answer_next(&self, answer: Answer) {
        self.shared.inner.lock().unwrap().next.push_back(answer);
    }

    /// Every request that [`Self::answer_next`] does not speak of is answered so.
    pub fn answer_always(&self, answer: Answer) {
        self.shared.inner.lock().unwrap().always = answer;
    }

    /// Bytes that endless answers came to before the other side hung up.
    pub fn endless_bytes(&self) -> usize {
        self.shared.inner.lock().unwrap().endless
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Delivered> {
        self.shared.inner.lock().unwrap().requests.clone()
    }

    /// Waits for the n-th request, counted from 1.
    pub async fn request(&self, n: usize) -> Delivered {
        loop {
            let changed = self.shared.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if let Some(request) = self.requests().into_iter().nth(n - 1) {
                return request;
            }
            changed.await;
        }
    }
}

impl Drop for WebhookServer {
    fn drop(&mut self) {
        self.running.abort();
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut sessions = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let shared = Arc::clone(&shared);
        // Nothing is a client that went away in the middle.
        sessions.spawn(async move { session(stream, &shared).await.unwrap_or_default() });
    }
}

/// One request a connection.
async fn session(mut stream: TcpStream, shared: &Shared) -> Option<()> {
    let mut read = Vec::new();
    let head = loop {
        if let Some(end) = read.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        more(&mut stream, &mut read).await?;
    };
    let text = String::from_utf8_lossy(&read[..head]).into_owned();
    let mut lines = text.lines();
    let mut words = lines.next()?.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(Ok(0), |(_, value)| value.parse());
    let length: usize = length.ok()?;
    while read.len() < head + 4 + length {
        more(&mut stream, &mut read).await?;
    }
    let body = read[head + 4..head + 4 + length].to_vec();
    let answer = {
        let mut inner = shared.inner.lock().unwrap();
        inner.requests.push(Delivered {
            method,
            path,
            headers,
            body,
        });
        inner.next.pop_front().unwrap_or_else(|| inner.always.clone())
    };
    shared.changed.notify_waiters();
    match answer {
        Answer::Drop => None,
        Answer::Silence => std::future::pending().await,
        Answer::Endless(begin, again) => {
            stream.write_all(begin.as_bytes()).await.ok()?;
            let again = again.repeat(4096 / again.len());
            loop {
                stream.write_all(again.as_bytes()).await.ok()?;
                shared.inner.lock().unwrap().endless += again.len();
            }
        }
        Answer::Status { status, headers, body } => {
            let mut text = format!("HTTP/1.1 {status} X\r\nconnection: close\r\n");
            if status != 204 {
                text.push_str(&format!("content-length: {}\r\n", body.len()));
            }
            for (name, value) in headers {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
            stream.write_all(format!("{text}\r\n{body}").as_bytes()).await.ok()?;
            stream.shutdown().await.ok()
        }
    }
}

async fn more(stream: &mut TcpStream, read: &mut Vec<u8>) -> Option<()> {
    match stream.read_buf(read).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(()),
    }
}
