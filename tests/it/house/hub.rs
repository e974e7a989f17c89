//! A WebSub hub in the hands of a test: it reads what it was asked at a feed server's path, and calls back when told.

use std::net::SocketAddr;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::{Url, form_urlencoded};

use super::feed_server::Asked;

/// What a subscriber asked of the hub.
#[derive(Debug, Clone)]
pub struct Request {
    pub mode: String,
    pub topic: String,
    pub callback: Url,
    pub secret: String,
}

impl Request {
    pub fn of(asked: &Asked) -> Self {
        assert_eq!(asked.method, "POST");
        assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
        let value = |name: &str| {
            let found = form_urlencoded::parse(&asked.body).find(|(key, _)| key == name);
            found.map(|(_, value)| value.into_owned()).unwrap_or_default()
        };
        Self {
            mode: value("hub.mode"),
            topic: value("hub.topic"),
            callback: value("hub.callback").parse().unwrap(),
            secret: value("hub.secret"),
        }
    }
}

/// Status and body of an answer.
pub type Answered = (u16, String);

/// Asks the subscriber at `to` whether it meant it.
pub async fn verify(to: SocketAddr, request: &Request, mode: &str, topic: &str, lease_seconds: u64) -> Answered {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("hub.mode", mode)
        .append_pair("hub.topic", topic)
        .append_pair("hub.challenge", "a challenge & more")
        .append_pair("hub.lease_seconds", &lease_seconds.to_string())
        .append_pair("hub.reason", "no more room")
        .finish();
    let path = format!("{}?{query}", request.callback.path());
    call(to, "GET", &path, &[], b"").await
}

/// Facts the subscriber news, with these headers.
pub async fn push(to: SocketAddr, request: &Request, headers: &[(&str, &str)], body: &[u8]) -> Answered {
    call(to, "POST", request.callback.path(), headers, body).await
}

/// The right signature.
pub fn signature(request: &Request, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(request.secret.as_bytes()).unwrap();
    mac.update(body);
    let code = mac.finalize().into_bytes();
    let hex: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={hex}")
}

/// One request over a connection of its own.
pub async fn call(to: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answered {
    let mut stream = TcpStream::connect(to).await.unwrap();
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nHost: w.example\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).await.unwrap();
    // The other side may answer before it has read everything.
    let _ = stream.write_all(body).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let text = String::from_utf8_lossy(&answer).into_owned();
    let status = text
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .unwrap_or(0);
    let body = text
        .split_once("\r\n\r\n")
        .map(|(_, body)| body.to_owned())
        .unwrap_or_default();
    (status, body)
}
