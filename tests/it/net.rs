//! The client, its refusals, and one conditional GET, against real sockets.

use std::time::Duration;

use tokio::net::TcpListener;
use url::Url;
use wirewatch::net::{
    BodyEnd, Client, ClientSettings, HeaderMap, HeaderValue, Method, NetError, PrivateAddresses, Request, Response,
};

use crate::house::feed_server::{FeedServer, Page};

mod addresses;
mod bodies;
mod doors;
mod feeds;

const CAP: u64 = 1_000_000;
const TIMEOUT: Duration = Duration::from_secs(30);
const FEED: &str = "<rss version=\"2.0\"><channel><title>Desk</title></channel></rss>";

fn client_with(private_addresses: PrivateAddresses) -> Client {
    let settings = ClientSettings {
        user_agent: "wirewatch/0 (+mailto:desk@example.org)".to_owned(),
        timeout: TIMEOUT,
        max_bytes: CAP,
        private_addresses,
        via: wirewatch::net::Via::default(),
    };
    Client::new(settings).unwrap()
}

fn client() -> Client {
    client_with(PrivateAddresses::Allowed)
}

fn get(url: Url) -> Request {
    Request {
        method: Method::Get,
        url,
        headers: HeaderMap::new(),
        conditions_for: None,
        max_redirects: 5,
    }
}

fn get_with(url: Url, headers: &[(&'static str, &'static str)]) -> Request {
    let mut request = get(url);
    for (name, value) in headers {
        request.headers.insert(*name, HeaderValue::from_static(value));
    }
    request
}

fn text(response: &Response) -> &str {
    std::str::from_utf8(&response.body).unwrap()
}

#[tokio::test]
async fn a_request_says_who_asks_and_nothing_else() {
    let server = FeedServer::start().await;
    server.serve(
        "/old.xml",
        Page::redirect(302, "/new.xml").header("Set-Cookie", "tracker=1"),
    );
    server.serve("/new.xml", Page::feed(FEED).header("Set-Cookie", "tracker=2"));
    let client = client();
    for _ in 0..2 {
        let response = client.send(get(server.url("/old.xml"))).await.unwrap();
        assert_eq!(
            (response.status, text(&response), response.end),
            (200, FEED, BodyEnd::Whole)
        );
        assert_eq!(response.url, server.url("/new.xml"));
    }
    let asked = server.requests();
    assert_eq!(asked.len(), 4);
    for asked in &asked {
        assert_eq!(
            asked.header("user-agent"),
            Some("wirewatch/0 (+mailto:desk@example.org)")
        );
        // A cookie goes back within the chain of redirects that set it, and is forgotten with it.
        let cookie = (asked.path == "/new.xml").then_some("tracker=1");
        assert_eq!((asked.header("referer"), asked.header("cookie")), (None, cookie));
        for encoding in ["gzip", "deflate", "br", "zstd"] {
            assert!(
                asked.header("accept-encoding").unwrap().contains(encoding),
                "{encoding} is not offered"
            );
        }
    }
    let connections: Vec<usize> = asked.iter().map(|asked| asked.connection).collect();
    assert_eq!(connections, [0; 4], "one connection serves them all");
}

#[tokio::test]
async fn redirects_are_followed_as_far_as_they_lead_to_the_web() {
    let server = FeedServer::start().await;
    server.serve("/end", Page::feed(FEED));
    let moved = |response: &Response| response.moved_to.as_ref().map(|url| url.path().to_owned());
    let table: [(&str, &[u16], Option<&str>); 6] = [
        ("no hop", &[], None),
        ("permanent", &[301], Some("/end")),
        ("permanent all the way", &[308, 301], Some("/end")),
        ("for now", &[302], None),
        (
            "permanent, then for now: the permanent part",
            &[301, 307],
            Some("/hop1"),
        ),
        ("for now, then permanent", &[303, 301], None),
    ];
    for (case, hops, expected) in table {
        for (n, status) in hops.iter().enumerate() {
            let to = if n + 1 == hops.len() {
                "/end".to_owned()
            } else {
                format!("/hop{}", n + 1)
            };
            server.serve(&format!("/hop{n}"), Page::redirect(*status, to));
        }
        let start = if hops.is_empty() { "/end" } else { "/hop0" };
        let response = client().send(get(server.url(start))).await.unwrap();
        assert_eq!(
            (text(&response), moved(&response).as_deref()),
            (FEED, expected),
            "{case}"
        );
    }
    let faults = [
        ("in a circle", Page::redirect(301, "/a"), "more than 5 redirects"),
        (
            "to a file of this machine",
            Page::redirect(301, "file:///etc/passwd"),
            "redirected to file:///etc/passwd, which is not a web address",
        ),
        (
            "to a script",
            Page::redirect(302, "javascript:1"),
            "redirected to javascript:1, which is not a web address",
        ),
        (
            "to nonsense",
            Page::redirect(302, "http://["),
            "redirected to http://[, which is not a web address",
        ),
    ];
    for (case, page, words) in faults {
        server.serve("/a", page);
        let fault = client().send(get(server.url("/a"))).await.unwrap_err();
        assert_eq!(fault.to_string(), words, "{case}");
    }
    server.serve("/a", Page::status(302));
    let nowhere = client().send(get(server.url("/a"))).await.unwrap();
    assert_eq!(nowhere.status, 302, "a redirect to nowhere is an answer");
    server.serve("/a", Page::redirect(302, "end?q=é"));
    server.serve("/end?q=%C3%A9", Page::feed(FEED));
    let relative = client().send(get(server.url("/a"))).await.unwrap();
    assert_eq!(
        relative.url,
        server.url("/end?q=%C3%A9"),
        "letters beyond ASCII are escaped"
    );
}

#[tokio::test]
async fn what_is_for_one_host_is_not_sent_to_another() {
    let server = FeedServer::start().await;
    server.serve("/end", Page::feed(FEED));
    let headers = [
        ("if-none-match", "\"a\""),
        ("if-modified-since", "Tue, 17 Sep 2024 05:00:00 GMT"),
        ("authorization", "Basic x"),
        ("accept", "application/rss+xml"),
    ];
    for (case, target, kept) in [
        ("the same host", server.url("/end"), true),
        ("another host", server.url_at("localhost", "/end"), false),
    ] {
        server.serve("/start", Page::redirect(302, target));
        client().send(get_with(server.url("/start"), &headers)).await.unwrap();
        let asked = server.requests_for("/end").pop().unwrap();
        for (name, value) in &headers[..3] {
            assert_eq!(asked.header(name), Some(*value).filter(|_| kept), "{case}: {name}");
        }
        assert_eq!(asked.header("accept"), Some("application/rss+xml"), "{case}");
    }
}

#[tokio::test]
async fn the_password_of_an_address_goes_to_its_server_and_nowhere_else() {
    let server = FeedServer::start().await;
    server.serve("/start", Page::redirect(302, "/end"));
    server.serve("/end", Page::feed(FEED));
    let url = server.url_at("reader:secret@127.0.0.1", "/start");
    let response = client().send(get(url)).await.unwrap();
    assert_eq!(response.url, server.url("/end"), "the links of the feed would carry it");
    for asked in server.requests() {
        assert_eq!(
            asked.header("authorization"),
            Some("Basic cmVhZGVyOnNlY3JldA=="),
            "{}",
            asked.path
        );
    }
}

#[tokio::test]
async fn a_webhook_is_posted_once_and_follows_nothing() {
    let server = FeedServer::start().await;
    server.serve("/hook", Page::redirect(307, "/elsewhere"));
    let mut request = get_with(server.url("/hook"), &[("content-type", "application/json")]);
    request.method = Method::Post(br#"{"type":"alert"}"#.to_vec());
    request.max_redirects = 0;
    let response = client().send(request).await.unwrap();
    assert_eq!(response.status, 307);
    let asked = server.requests();
    assert_eq!(asked.len(), 1);
    assert_eq!(
        (asked[0].method.as_str(), &asked[0].body[..]),
        ("POST", &br#"{"type":"alert"}"#[..])
    );
    assert_eq!(asked[0].header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn each_fault_of_a_connection_is_named() {
    let server = FeedServer::start().await;
    let fault = async |url: Url| client().send(get(url)).await.unwrap_err();

    let nobody = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let closed = format!("http://127.0.0.1:{}/", nobody.local_addr().unwrap().port());
    drop(nobody);
    let refused = fault(Url::parse(&closed).unwrap()).await;
    assert_eq!(
        refused.to_string(),
        "cannot connect to 127.0.0.1: the connection was refused"
    );

    server.serve("/raw", Page::raw("SSH-2.0-OpenSSH_9.2p1\r\n"));
    let not_http = fault(server.url("/raw")).await.to_string();
    assert!(
        not_http.starts_with("127.0.0.1 did not answer as a web server does"),
        "{not_http}"
    );

    server.serve("/gone", Page::feed(FEED).hanging_up());
    let hung_up = fault(server.url("/gone")).await;
    assert_eq!(hung_up.to_string(), "127.0.0.1 closed the connection without an answer");

    let plain = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let secure = format!("https://127.0.0.1:{}/", plain.local_addr().unwrap().port());
    let answers = tokio::spawn(async move {
        let (mut stream, _) = plain.accept().await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .unwrap();
        stream
    });
    let not_tls = fault(Url::parse(&secure).unwrap()).await;
    assert_eq!(
        not_tls.to_string(),
        "no secure connection to 127.0.0.1: it does not speak TLS on this port; is it http rather than https?"
    );
    drop(answers.await);

    let file = fault(Url::parse("ftp://example.org/feed.xml").unwrap()).await;
    assert_eq!(file.to_string(), "ftp://example.org/feed.xml is not a web address");
}

#[tokio::test]
async fn a_server_that_falls_silent_does_not_hold_us() {
    let server = FeedServer::start().await;
    for (case, page) in [
        ("before a word", Page::feed(FEED).stalled()),
        ("before the body", Page::feed(FEED).stalled_after(0)),
        ("in the middle", Page::feed(FEED).stalled_after(10)),
    ] {
        server.serve("/a.xml", page);
        let url = server.url("/a.xml");
        let before = server.requests().len();
        let asking = tokio::spawn(async move { client().send(get(url)).await });
        server.wait_for_requests(before + 1).await;
        // Lets the first bytes of the answer cross before time passes.
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
        tokio::time::pause();
        tokio::time::advance(TIMEOUT).await;
        let answer = asking.await.unwrap();
        tokio::time::resume();
        match (case, answer) {
            ("in the middle", Ok(response)) => {
                assert_eq!(
                    (text(&response), response.end),
                    (&FEED[..10], BodyEnd::CutShort),
                    "{case}"
                );
            }
            ("in the middle", Err(fault)) => panic!("{case}: {fault}"),
            (_, answer) => {
                let fault = answer.unwrap_err().to_string();
                assert_eq!(fault, "127.0.0.1 did not answer within 30 seconds", "{case}");
            }
        }
    }
    server.serve("/b.xml", Page::feed(FEED).stalled());
    let url = server.url("/b.xml");
    let before = server.requests().len();
    let asking = tokio::spawn(async move { client().send(get(url)).await });
    server.wait_for_requests(before + 1).await;
    server.release();
    assert_eq!(
        text(&asking.await.unwrap().unwrap()),
        FEED,
        "a slow answer is an answer"
    );
}

#[tokio::test]
async fn the_house_server_does_as_it_is_told() {
    let server = FeedServer::start().await;
    assert_eq!(server.url("/a").port(), Some(server.port()));
    server.serve_in_turn(
        "/a",
        vec![Page::status(500), Page::feed("one"), Page::feed("two").etag("\"2\"")],
    );
    let statuses = async |n: usize, headers: &[(&'static str, &'static str)]| {
        let mut seen = Vec::new();
        for _ in 0..n {
            seen.push(client().send(get_with(server.url("/a"), headers)).await.unwrap().status);
        }
        seen
    };
    assert_eq!(
        statuses(4, &[]).await,
        [500, 200, 200, 200],
        "each in its turn, the last stays"
    );
    assert_eq!(statuses(1, &[("if-none-match", "\"2\"")]).await, [304]);
    server.serve("/a", Page::feed("two").etag("\"2\"").ignoring_conditions());
    assert_eq!(statuses(1, &[("if-none-match", "\"2\"")]).await, [200]);
    server.remove("/a");
    assert_eq!(statuses(1, &[]).await, [404]);
    let logged: Vec<u16> = server.requests().iter().map(|asked| asked.status).collect();
    assert_eq!(logged, [500, 200, 200, 200, 304, 200, 404]);
}
