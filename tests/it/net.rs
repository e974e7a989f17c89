//! The client, its refusals, and one conditional GET, against real sockets.

use std::net::IpAddr;
use std::time::Duration;

use jiff::Timestamp;
use tokio::net::TcpListener;
use url::Url;
use wirewatch::feed::{Answer, Backfill, FeedMemory, FeedSettings, FullText, Outcome, Trust, Validators, fetch, read};
use wirewatch::net::{
    BodyEnd, Client, ClientSettings, HeaderMap, HeaderValue, Method, NetError, PrivateAddresses, Request, Response,
    refuse_host, refuse_ip,
};

use crate::house::feed_server::{FeedServer, Packing, Page};

const CAP: u64 = 1_000_000;
const TIMEOUT: Duration = Duration::from_secs(30);
const FEED: &str = "<rss version=\"2.0\"><channel><title>Desk</title></channel></rss>";

fn client_with(private_addresses: PrivateAddresses) -> Client {
    let settings = ClientSettings {
        user_agent: "wirewatch/0 (+mailto:desk@example.org)".to_owned(),
        timeout: TIMEOUT,
        max_bytes: CAP,
        private_addresses,
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

#[test]
fn special_purpose_addresses_are_refused() {
    let refused = [
        ("this network", "0.0.0.0"),
        ("private, 10", "10.255.0.1"),
        ("shared by a provider", "100.64.0.1"),
        ("loopback", "127.8.9.10"),
        ("link-local, where clouds keep their secrets", "169.254.169.254"),
        ("private, 172", "172.31.255.255"),
        ("protocol assignments", "192.0.0.8"),
        ("documentation", "192.0.2.1"),
        ("6to4 relay", "192.88.99.1"),
        ("private, 192", "192.168.0.1"),
        ("benchmarks", "198.19.255.255"),
        ("documentation, second", "198.51.100.7"),
        ("documentation, third", "203.0.113.7"),
        ("multicast", "239.255.255.250"),
        ("reserved", "240.0.0.1"),
        ("broadcast", "255.255.255.255"),
        ("unspecified", "::"),
        ("loopback, IPv6", "::1"),
        ("mapped loopback", "::ffff:127.0.0.1"),
        ("mapped private", "::ffff:a00:1"),
        ("compatible loopback", "::7f00:1"),
        ("translated private", "::ffff:0:192.168.0.1"),
        ("NAT64 of a private address", "64:ff9b::10.0.0.1"),
        ("local translation", "64:ff9b:1::1"),
        ("discard-only", "100::1"),
        ("Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
        ("benchmarks, IPv6", "2001:2::1"),
        ("documentation, IPv6", "2001:db8::1"),
        ("6to4 of a private address", "2002:c0a8:1::1"),
        ("documentation, new", "3fff::1"),
        ("segment routing", "5f00::1"),
        ("unique local", "fd12:3456::1"),
        ("link-local, IPv6", "fe80::1"),
        ("site-local", "fec0::1"),
        ("multicast, IPv6", "ff02::1"),
    ];
    for (case, address) in refused {
        let ip: IpAddr = address.parse().unwrap();
        let refusal = refuse_ip(ip).unwrap_or_else(|| panic!("{case}: {address} is let through"));
        assert_eq!(refusal.host, ip.to_string(), "{case}");
        assert!(
            refusal.is.ends_with(')') && refusal.is.contains("(RFC "),
            "{case}: {}",
            refusal.is
        );
    }
    let good = [
        ("a public address", "198.41.0.4"),
        ("just under 10", "9.255.255.255"),
        ("just over 10", "11.0.0.0"),
        ("just under 100.64", "100.63.255.255"),
        ("just over 100.64/10", "100.128.0.0"),
        ("just under 172.16", "172.15.255.255"),
        ("just over 172.16/12", "172.32.0.0"),
        ("just over 198.18/15", "198.20.0.0"),
        ("just under multicast", "223.255.255.255"),
        ("a public IPv6 address", "2606:4700:4700::1111"),
        ("just over 2001::/23", "2001:200::1"),
        ("mapped public", "::ffff:198.41.0.4"),
        ("NAT64 of a public address", "64:ff9b::198.41.0.4"),
        ("6to4 of a public address", "2002:c629:4::1"),
    ];
    for (case, address) in good {
        assert_eq!(refuse_ip(address.parse().unwrap()), None, "{case}: {address}");
    }
}

/// Every spelling that leads to this machine.
const INSIDE: [&str; 13] = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "0177.0.0.01",
    "%31%32%37.0.0.1",
    "１２７.0.0.1",
    "[::ffff:127.0.0.1]",
    "localhost",
    "LOCALHOST.",
    "feeds.localhost",
];

#[tokio::test]
async fn no_spelling_of_an_inside_host_is_asked() {
    let server = FeedServer::start().await;
    server.serve("/a.xml", Page::feed(FEED));
    let client = client_with(PrivateAddresses::Refused);
    for host in INSIDE {
        let url = server.url_at(host, "/a.xml");
        assert!(refuse_host(&url).is_some(), "{host} is let through");
        let fault = client.send(get(url)).await.unwrap_err();
        assert!(matches!(fault, NetError::Refused { .. }), "{host}: {fault}");
        assert!(fault.to_string().contains("allow_private"), "{fault}");
    }
    assert_eq!(server.requests(), [], "an inside host was asked");
    for host in [
        "localhost.example.org",
        "notlocalhost",
        "198.41.0.4",
        "[2606:4700:4700::1111]",
    ] {
        assert_eq!(refuse_host(&server.url_at(host, "/")), None, "{host}");
    }
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
        assert_eq!((asked.header("referer"), asked.header("cookie")), (None, None));
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
async fn every_packing_is_opened() {
    let server = FeedServer::start().await;
    let long = FEED.repeat(3000);
    let packings = [
        Packing::Plain,
        Packing::Chunked,
        Packing::Gzip,
        Packing::Deflate,
        Packing::Brotli,
        Packing::Zstd,
    ];
    for packing in packings {
        for body in ["", FEED, &long] {
            server.serve("/a.xml", Page::feed(body).packed(packing));
            let response = client().send(get(server.url("/a.xml"))).await.unwrap();
            assert!(
                text(&response) == body,
                "{packing:?}: {} of {} bytes",
                response.body.len(),
                body.len()
            );
            assert_eq!(response.end, BodyEnd::Whole, "{packing:?}, {} bytes", body.len());
        }
    }
    assert_eq!(server.requests().len(), 18, "nothing was asked twice");
}

#[tokio::test]
async fn a_lying_encoding_is_asked_for_once_more_as_it_is() {
    let server = FeedServer::start().await;
    for encoding in ["gzip", "deflate", "br", "zstd"] {
        let before = server.requests().len();
        server.serve("/a.xml", Page::feed(FEED).lying(encoding));
        let response = client().send(get(server.url("/a.xml"))).await.unwrap();
        assert_eq!((text(&response), response.end), (FEED, BodyEnd::Whole), "{encoding}");
        let asked = server.requests().split_off(before);
        assert_eq!(asked.len(), 2, "{encoding}");
        assert_eq!(asked[1].header("accept-encoding"), Some("identity"), "{encoding}");

        server.serve("/b.xml", Page::feed(FEED).header("Content-Encoding", encoding));
        let response = client().send(get(server.url("/b.xml"))).await.unwrap();
        assert_eq!(
            (text(&response), response.end),
            (FEED, BodyEnd::Whole),
            "{encoding}, whatever is asked for"
        );
    }
    let odd = Page::feed(b"\x1f\x8b\x08").header("Content-Encoding", "x-gzip");
    server.serve_in_turn("/c.xml", vec![odd, Page::feed(FEED)]);
    let response = client().send(get(server.url("/c.xml"))).await.unwrap();
    assert_eq!(
        (text(&response), response.end),
        (FEED, BodyEnd::Whole),
        "an encoding nobody offered"
    );
    let before = server.requests().len();
    server.serve("/hook", Page::feed("thanks").lying("gzip"));
    let mut request = get(server.url("/hook"));
    request.method = Method::Post(b"{}".to_vec());
    let response = client().send(request).await.unwrap();
    assert_eq!((response.status, response.end), (200, BodyEnd::CutShort));
    assert_eq!(server.requests().len(), before + 1, "a POST is never sent twice");
}

#[tokio::test]
async fn case_23_of_a_body_cut_short_the_part_that_came_is_kept() {
    let server = FeedServer::start().await;
    let long = FEED.repeat(3000);
    let half = long.len() / 2;
    let early_end = |packing| {
        // A packed body that ends in the middle although the transport is whole.
        let whole = Page::feed(long.as_str()).packed(packing);
        whole.cut_after(half)
    };
    let table = [
        ("in the middle of a length", Page::feed(long.as_str()).cut_after(half)),
        ("in the middle of a chunk", early_end(Packing::Chunked)),
        ("in the middle of gzip", early_end(Packing::Gzip)),
        ("in the middle of deflate", early_end(Packing::Deflate)),
        ("in the middle of brotli", early_end(Packing::Brotli)),
        ("in the middle of zstd", early_end(Packing::Zstd)),
    ];
    let cases = table.len();
    for (case, page) in table {
        server.serve("/a.xml", page.etag("\"of the cut body\""));
        let response = client().send(get(server.url("/a.xml"))).await.unwrap();
        assert_eq!((response.status, response.end), (200, BodyEnd::CutShort), "{case}");
        // The last block of a packed body may be lost, and a chunk of 7 bytes takes 12 on its way.
        assert!(
            response.body.len() > long.len() / 2 - 70_000,
            "{case}: only {} bytes",
            response.body.len()
        );
        assert!(long.as_bytes().starts_with(&response.body), "{case}: not what was sent");
    }
    assert_eq!(
        server.requests().len(),
        cases,
        "a body cut short is not asked for again at once"
    );
    server.serve("/a.xml", Page::feed(FEED).cut_after(0));
    let response = client().send(get(server.url("/a.xml"))).await.unwrap();
    assert_eq!((response.body.len(), response.end), (0, BodyEnd::CutShort));
}

#[tokio::test]
async fn a_packed_body_that_ends_early_within_a_whole_answer_is_cut_short() {
    let server = FeedServer::start().await;
    // gzip of a stored block of 10 bytes, of which 6 come.
    let packed = [
        &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1, 10, 0, 0xf5, 0xff][..],
        b"<rss><",
    ]
    .concat();
    server.serve("/a.xml", Page::feed(packed).header("Content-Encoding", "gzip"));
    let response = client().send(get(server.url("/a.xml"))).await.unwrap();
    assert_eq!((text(&response), response.end), ("<rss><", BodyEnd::CutShort));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn no_body_is_read_beyond_the_cap() {
    let server = FeedServer::start().await;
    let cap = CAP as usize;
    let table = [
        (
            "an endless body",
            Page::feed(FEED.repeat(100)).endless(),
            BodyEnd::TooLarge,
        ),
        ("a gzip bomb of 512 MB", Page::bomb(512 << 20), BodyEnd::TooLarge),
        ("one byte too many", Page::feed(vec![b' '; cap + 1]), BodyEnd::TooLarge),
        ("as much as allowed", Page::feed(vec![b' '; cap]), BodyEnd::Whole),
    ];
    for (case, page, end) in table {
        server.serve("/a.xml", page);
        let response = client().send(get(server.url("/a.xml"))).await.unwrap();
        assert_eq!((response.body.len(), response.end), (cap, end), "{case}");
    }
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

fn feed_at(url: Url) -> FeedSettings {
    FeedSettings {
        url,
        group: "desk".to_owned(),
        title: None,
        backfill: Backfill::Remember,
        full_text: FullText::Never,
        trust: Trust::Normal,
        country: None,
        language: None,
        fastest: Duration::from_secs(300),
        slowest: Duration::from_secs(3600),
    }
}

fn now() -> Timestamp {
    "2024-09-17T06:00:00Z".parse().unwrap()
}

fn known(url: &Url, etag: Option<&str>, last_modified: Option<&str>) -> FeedMemory {
    FeedMemory {
        validators: Validators {
            etag: etag.map(str::to_owned),
            last_modified: last_modified.map(str::to_owned),
        },
        ..FeedMemory::unread(url, now())
    }
}

#[tokio::test]
async fn case_21_validators_go_back_as_they_came() {
    let server = FeedServer::start().await;
    let url = server.url("/a.xml");
    let settings = feed_at(url.clone());
    let odd_date = "tuesday,17-sep-24 05:30:00";
    let table: [(&str, Option<&str>, Option<&str>); 5] = [
        ("nothing known: nothing claimed", None, None),
        ("a weak ETag", Some("W/\"5f-é\""), None),
        ("an ETag without quotes", Some("5f"), None),
        ("a date in the server's own form", None, Some(odd_date)),
        ("both", Some("\"a b\""), Some(odd_date)),
    ];
    for (case, etag, modified) in table {
        let mut page = Page::feed(FEED).etag_on_304("\"next\"");
        page = etag.into_iter().fold(page, |page, etag| page.etag(etag));
        page = modified.into_iter().fold(page, |page, date| page.last_modified(date));
        server.serve("/a.xml", page);
        let Answer { at, response } = fetch(&client(), &known(&url, etag, modified), &settings, now()).await;
        let response = response.unwrap();
        assert_eq!(at, now());
        let asked = server.requests().pop().unwrap();
        assert_eq!(
            asked.header("if-none-match").map(str::as_bytes),
            etag.map(str::as_bytes),
            "{case}"
        );
        assert_eq!(asked.header("if-modified-since"), modified, "{case}");
        assert!(
            asked.header("accept").unwrap().contains("application/rss+xml"),
            "{case}"
        );
        if etag.or(modified).is_some() {
            assert_eq!(
                (response.status, response.headers.get("etag").unwrap().as_bytes()),
                (304, &b"\"next\""[..])
            );
        } else {
            assert_eq!(response.status, 200);
        }
    }
}

#[tokio::test]
async fn cases_06_and_22_what_a_server_says_reaches_the_memory() {
    let server = FeedServer::start().await;
    let url = server.url("/a.xml");
    let settings = feed_at(url.clone());
    let table = [
        (
            "too often",
            Page::status(429).header("Retry-After", "7200"),
            "(429)",
            120,
        ),
        (
            "busy, by a clock that is an hour slow",
            Page::status(503)
                .header("Date", "Tue, 17 Sep 2024 05:00:00 GMT")
                .header("Retry-After", "Tue, 17 Sep 2024 07:00:00 GMT"),
            "(503)",
            120,
        ),
        (
            "gone",
            Page::html("bye").with_status(410).header("Retry-After", "1"),
            "(410)",
            7 * 24 * 60,
        ),
        ("not there", Page::status(404), "(404)", 5),
    ];
    for (case, page, words, minutes) in table {
        server.serve("/a.xml", page.etag("\"of the fault\""));
        let before = known(&url, Some("\"a\""), None);
        let answer = fetch(&client(), &before, &settings, now()).await;
        let reading = read(&answer, &before, &settings, now(), 0.5);
        let Outcome::Failed(failure) = &reading.outcome else {
            panic!("{case}: {reading:?}")
        };
        assert!(failure.why.ends_with(words), "{case}: {}", failure.why);
        assert_eq!(reading.memory.validators, before.validators, "{case}");
        let wait = reading.memory.next.at.duration_since(now()).as_mins();
        assert!(wait >= minutes, "{case}: asked again after {wait} minutes");
    }
    server.serve(
        "/a.xml",
        Page::feed(FEED).etag("\"a\"").header("Cache-Control", "max-age=5400"),
    );
    let failing = FeedMemory {
        failures: 7,
        last_error: Some("the server refuses us (403)".to_owned()),
        ..known(&url, Some("\"a\""), None)
    };
    let answer = fetch(&client(), &failing, &settings, now()).await;
    let reading = read(&answer, &failing, &settings, now(), 0.5);
    assert_eq!(reading.outcome, Outcome::Unchanged, "304 after a failure");
    assert_eq!((reading.memory.failures, &reading.memory.last_error), (0, &None));
    assert!(
        reading.memory.next.at.duration_since(now()).as_mins() >= 90,
        "fresh is fresh"
    );
}

#[tokio::test]
async fn a_file_answers_like_a_server() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("net-file-feeds");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("a feed.xml");
    let url = Url::from_file_path(&path).unwrap();
    let ask = async |url: &Url, etag: Option<&str>| {
        fetch(&client(), &known(url, etag, None), &feed_at(url.clone()), now())
            .await
            .response
    };
    let missing = ask(&url, None).await.unwrap_err().to_string();
    assert_eq!(missing, format!("there is no file {}", path.display()));
    let of_folder = ask(&Url::from_directory_path(&folder).unwrap(), None)
        .await
        .unwrap_err()
        .to_string();
    assert!(of_folder.ends_with(" is a folder, not a file"), "{of_folder}");
    let device = ask(&Url::parse("file:///dev/null").unwrap(), None)
        .await
        .unwrap_err()
        .to_string();
    assert_eq!(device, "/dev/null is not an ordinary file");

    std::fs::write(&path, FEED).unwrap();
    let first = ask(&url, None).await.unwrap();
    assert_eq!((first.status, text(&first), first.end), (200, FEED, BodyEnd::Whole));
    let etag = first.headers.get("etag").unwrap().to_str().unwrap().to_owned();
    let again = ask(&url, Some(&etag)).await.unwrap();
    assert_eq!((again.status, again.body.len()), (304, 0));

    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + Duration::from_secs(1_700_000_000))
        .unwrap();
    let touched = ask(&url, Some(&etag)).await.unwrap();
    assert_eq!(touched.status, 200, "another time is another file");
    assert_ne!(touched.headers.get("etag").unwrap().to_str().unwrap(), etag);

    file.set_len(CAP + 1).unwrap();
    let large = ask(&url, None).await.unwrap();
    assert_eq!((large.body.len() as u64, large.end), (CAP, BodyEnd::TooLarge));
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
