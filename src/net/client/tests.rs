//! That no hop leads inside, wherever names lead.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::super::fault::Unresolved;
use super::super::resolver::Resolver;
use super::super::tls::tls_config;
use super::*;

#[test]
fn http2_is_offered_before_http1() {
    assert_eq!(
        tls_config(&Via::default()).unwrap().alpn_protocols,
        [&b"h2"[..], b"http/1.1"]
    );
}

/// Every name leads to this machine, as a public name would to its own.
#[derive(Debug, Clone, Copy)]
struct Anywhere;

impl Resolve for Anywhere {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            match name.as_str() {
                "nowhere.example" => Err(Unresolved::Unknown.into()),
                _ => Ok(Box::new([SocketAddr::from(([127, 0, 0, 1], 0))].into_iter()) as Addrs),
            }
        })
    }
}

fn settings() -> ClientSettings {
    ClientSettings {
        user_agent: "wirewatch-test".to_owned(),
        timeout: Duration::from_secs(30),
        max_bytes: 1000,
        private_addresses: PrivateAddresses::Refused,
        via: Via::default(),
    }
}

fn get(url: &str) -> Request {
    Request {
        method: Method::Get,
        url: Url::parse(url).unwrap(),
        headers: HeaderMap::new(),
        conditions_for: None,
        max_redirects: 5,
    }
}

/// Sends whoever asks to `to`, and counts the questions.
async fn redirect_everyone(listener: TcpListener, to: String) -> usize {
    let mut asked = 0;
    while let Ok((mut stream, _)) = listener.accept().await {
        let mut question = [0; 2000];
        let length = stream.read(&mut question).await.unwrap();
        if question[..length].starts_with(b"GET /end") {
            break;
        }
        asked += 1;
        let answer = format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
    asked
}

#[tokio::test]
async fn a_redirect_does_not_lead_inside() {
    let client = Client::with_resolver(settings(), Anywhere, Arc::new(tls_config(&Via::default()).unwrap())).unwrap();
    for host in [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "localhost",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
    ] {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(redirect_everyone(listener, format!("http://{host}:{port}/secret")));
        let fault = client
            .send(get(&format!("http://feeds.example:{port}/")))
            .await
            .unwrap_err();
        assert!(matches!(fault, NetError::Refused { .. }), "{host}: {fault}");
        let end = client.send(get(&format!("http://feeds.example:{port}/end"))).await;
        assert!(end.is_err(), "{host}: {end:?}");
        assert_eq!(server.await.unwrap(), 1, "{host} was asked");
    }
}

#[tokio::test]
async fn a_name_without_an_address_is_named() {
    let client = Client::with_resolver(settings(), Anywhere, Arc::new(tls_config(&Via::default()).unwrap())).unwrap();
    let fault = client.send(get("http://nowhere.example/feed.xml")).await.unwrap_err();
    assert_eq!(fault.to_string(), "no address is known for nowhere.example");
}

#[tokio::test]
async fn the_real_resolver_refuses_names_of_this_machine() {
    let resolver = Resolver {
        private_addresses: PrivateAddresses::Refused,
        hosts: Hosts::default(),
        proxies: Arc::default(),
    };
    let fault = resolver
        .resolve("localhost".parse().unwrap())
        .await
        .map(|_| ())
        .unwrap_err();
    // A machine without a file of names knows no localhost, which is as good.
    let refused = ["a loopback address", "no address is known"];
    assert!(refused.iter().any(|why| fault.to_string().contains(why)), "{fault}");
}
