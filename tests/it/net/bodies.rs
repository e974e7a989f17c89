//! Bodies: packed, lying, cut short, endless.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::house::feed_server::Packing;

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

/// What the headers say of the packing is checked against the bytes, and the bound holds for what comes of them.
#[tokio::test]
async fn bodies_packed_more_often_than_announced_are_opened() {
    let gzip = |body: &[u8]| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(body).unwrap();
        packer.finish().unwrap()
    };
    let once = gzip(FEED.as_bytes());
    let twice = gzip(&once);
    let table = [
        ("twice, announced once", Page::feed(once.clone()).packed(Packing::Gzip)),
        (
            "a .gz file",
            Page::feed(once.clone()).header("Content-Type", "application/gzip"),
        ),
        (
            "once, announced twice",
            Page::feed(once.clone()).header("Content-Encoding", "gzip, gzip"),
        ),
        (
            "twice, as announced",
            Page::feed(twice.clone()).header("Content-Encoding", "gzip, gzip"),
        ),
        (
            "in two headers",
            Page::feed(twice.clone())
                .header("Content-Encoding", "gzip")
                .header("Content-Encoding", "gzip"),
        ),
        (
            "by its old name",
            Page::feed(once.clone()).header("Content-Encoding", "x-gzip"),
        ),
        ("gzip in Brotli", Page::feed(once.clone()).packed(Packing::Brotli)),
        ("three times", Page::feed(twice.clone()).packed(Packing::Gzip)),
    ];
    for (case, page) in table {
        let server = FeedServer::start().await;
        server.serve("/a.xml", page);
        let response = client().send(get(server.url("/a.xml"))).await.unwrap();
        assert_eq!((text(&response), response.end), (FEED, BodyEnd::Whole), "{case}");
        assert_eq!(server.requests().len(), 1, "{case}: asked once");
    }
    let server = FeedServer::start().await;
    let long = gzip(&gzip(&vec![b' '; 50 << 20]));
    server.serve("/bomb.xml", Page::feed(long).packed(Packing::Gzip));
    let response = client()
        .limited_to(100_000)
        .send(get(server.url("/bomb.xml")))
        .await
        .unwrap();
    assert_eq!((response.body.len(), response.end), (100_000, BodyEnd::TooLarge));
    let long = gzip(&vec![b' '; 3_000_000]);
    server.serve(
        "/large.xml",
        Page::feed(long).header("Content-Type", "application/gzip"),
    );
    let client = client().limited_to(10_000_000);
    let response = client.send(get(server.url("/large.xml"))).await.unwrap();
    assert_eq!((response.body.len(), response.end), (3_000_000, BodyEnd::Whole));
    assert!(response.large.is_some(), "it holds a turn");
}

#[tokio::test]
async fn of_a_body_cut_short_the_part_that_came_is_kept() {
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
