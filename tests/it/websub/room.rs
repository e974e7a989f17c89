//! The room for bodies that strangers send to the listener.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use wirewatch::web::{Asked, Limits, Reply, Replying, Site, serve};

/// Says how many bytes came.
struct Counting;

impl Site for Counting {
    fn reply(&self, asked: Asked) -> Replying<'_> {
        let body = asked.body.len().to_string();
        Box::pin(async move { Reply { status: 200, body } })
    }
}

/// A request with so many bytes of its body sent, of so many announced.
async fn begin(address: std::net::SocketAddr, announced: usize, sent: usize) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("POST / HTTP/1.1\r\nhost: w\r\nconnection: close\r\ncontent-length: {announced}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&vec![b'a'; sent]).await.unwrap();
    stream
}

/// Status and body of the answer.
async fn end(mut stream: TcpStream, rest: usize) -> (u16, String) {
    let _ = stream.write_all(&vec![b'a'; rest]).await;
    let mut said = String::new();
    let _ = stream.read_to_string(&mut said).await;
    let status = said.split(' ').nth(1).unwrap_or_default().parse().unwrap_or_default();
    let body = said.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    (status, body.unwrap_or_default())
}

#[tokio::test]
async fn bodies_beyond_the_room_for_all_of_them_are_told_to_come_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (_stop, stopped) = watch::channel(false);
    let limits = Limits {
        connections: 8,
        body_bytes: 600_000,
        held_bytes: 1_000_000,
        patience: Duration::from_secs(20),
    };
    tokio::spawn(serve(listener, Arc::new(Counting), limits, stopped));

    assert_eq!(
        end(begin(address, 600_000, 0).await, 600_000).await,
        (200, "600000".into())
    );
    assert_eq!(
        end(begin(address, 700_000, 0).await, 700_000).await.0,
        413,
        "one that is too large by itself"
    );
    let first = begin(address, 600_000, 599_999).await;
    // As soon as the first has come so far, the second finds no room.
    while end(begin(address, 600_000, 0).await, 600_000).await.0 != 503 {}
    assert_eq!(end(first, 1).await.0, 200);
    assert_eq!(
        end(begin(address, 600_000, 0).await, 600_000).await.0,
        200,
        "the room is free again"
    );
}
