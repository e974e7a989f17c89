//! A server of feeds on many loopback addresses, so that one request at a time for each of them is still many at once.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Addresses that it answers on, 127.0.0.1 and on.
const HOSTS: usize = 100;

/// When every body changed last.
pub const LAST_MODIFIED: &str = "Tue, 17 Sep 2024 06:00:00 GMT";

/// What nginx says with every answer.
const USUAL: &str = "Server: bench\r\nDate: Tue, 17 Sep 2024 08:00:00 GMT\r\n\
                     Last-Modified: Tue, 17 Sep 2024 06:00:00 GMT\r\nConnection: keep-alive\r\n";

#[derive(Debug)]
pub struct Server {
    pub urls: Vec<String>,
    /// The ETag of each.
    pub etags: Vec<String>,
    pub whole: Arc<AtomicUsize>,
    pub unchanged: Arc<AtomicUsize>,
}

/// Serves each body under an address of its own with an ETag; 304 to who has it.
pub async fn start(bodies: Vec<String>) -> std::io::Result<Server> {
    let (bodies, mut urls) = (Arc::new(bodies), Vec::new());
    let (whole, unchanged) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut ports = Vec::new();
    for host in 0..HOSTS {
        let address: SocketAddr = ([127, 0, 0, u8::try_from(host + 1).expect("few hosts")], 0).into();
        let listener = TcpListener::bind(address).await?;
        ports.push(listener.local_addr()?);
        let (bodies, whole, unchanged) = (bodies.clone(), whole.clone(), unchanged.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (bodies, whole, unchanged) = (bodies.clone(), whole.clone(), unchanged.clone());
                // Who hangs up ends the talk, nothing else.
                tokio::spawn(async move { serve(stream, &bodies, &whole, &unchanged).await.ok() });
            }
        });
    }
    for feed in 0..bodies.len() {
        urls.push(format!("http://{}/{feed}.xml", ports[feed % HOSTS]));
    }
    let etags = (0..urls.len()).map(etag_of).collect();
    Ok(Server {
        urls,
        etags,
        whole,
        unchanged,
    })
}

fn etag_of(number: usize) -> String {
    format!("\"{number:x}-1\"")
}

async fn serve(
    mut stream: TcpStream,
    bodies: &[String],
    whole: &AtomicUsize,
    unchanged: &AtomicUsize,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::new();
    loop {
        while !request.ends_with(b"\r\n\r\n") {
            if stream.read_buf(&mut request).await? == 0 {
                return Ok(());
            }
        }
        let text = String::from_utf8_lossy(&request).to_ascii_lowercase();
        let number = text
            .split(['/', '.'])
            .nth(1)
            .and_then(|number| number.parse::<usize>().ok());
        let body = number.and_then(|number| bodies.get(number)).map_or("", String::as_str);
        let etag = etag_of(number.unwrap_or_default());
        let known = text.contains(&format!("if-none-match: {etag}"));
        request.clear();
        if known {
            unchanged.fetch_add(1, Ordering::Relaxed);
            let head = format!("HTTP/1.1 304 Not Modified\r\n{USUAL}ETag: {etag}\r\n\r\n");
            stream.write_all(head.as_bytes()).await?;
        } else {
            whole.fetch_add(1, Ordering::Relaxed);
            let length = body.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\n{USUAL}Content-Type: application/rss+xml\r\nETag: {etag}\r\nContent-Length: {length}\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(body.as_bytes()).await?;
        }
    }
}
