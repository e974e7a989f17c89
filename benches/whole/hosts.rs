//! Web servers on loopback addresses of their own, each of which gives another body to every request.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Makes the body of the n-th request.
pub type Body = Arc<dyn Fn(usize) -> Vec<u8> + Send + Sync>;

/// Serves at 127.0.0.`last`, and returns the address of its feed: one request at a time is made to a host, so whatever shall be asked beside others needs its own.
pub async fn start(last: u8, content_type: &'static str, body: Body) -> std::io::Result<String> {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, last], 0))).await?;
    let url = format!("http://{}/feed", listener.local_addr()?);
    let asked = Arc::new(AtomicUsize::new(0));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (body, asked) = (body.clone(), asked.clone());
            // A client that hangs up ends its own connection only.
            tokio::spawn(async move { serve(stream, content_type, &body, &asked).await.ok() });
        }
    });
    Ok(url)
}

async fn serve(mut stream: TcpStream, content_type: &str, body: &Body, asked: &AtomicUsize) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::new();
    loop {
        while !request.ends_with(b"\r\n\r\n") {
            if stream.read_buf(&mut request).await? == 0 {
                return Ok(());
            }
        }
        request.clear();
        let body = body(asked.fetch_add(1, Ordering::Relaxed));
        let length = body.len();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n");
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(&body).await?;
    }
}
