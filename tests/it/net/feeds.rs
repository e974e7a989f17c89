//! One conditional GET of a feed, or one read of a file, and what is remembered of it.

use jiff::Timestamp;
use wirewatch::feed::{Answer, Backfill, FeedSettings, FeedState, FullText, Outcome, Trust, Validators, fetch, read};

use super::*;

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
        access: wirewatch::feed::Access::default(),
    }
}

fn now() -> Timestamp {
    "2024-09-17T06:00:00Z".parse().unwrap()
}

fn known(url: &Url, etag: Option<&str>, last_modified: Option<&str>) -> FeedState {
    FeedState {
        validators: Validators {
            etag: etag.map(str::to_owned),
            last_modified: last_modified.map(str::to_owned),
        },
        ..FeedState::unread(url, now())
    }
}

#[tokio::test]
async fn validators_go_back_as_they_came() {
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
        let Answer { at, response, .. } = fetch(&client(), &known(&url, etag, modified), &settings, now()).await;
        let response = response.unwrap();
        assert_eq!(at, now());
        let asked = server.requests().pop().unwrap();
        assert_eq!(
            asked.header("if-none-match").map(str::as_bytes),
            etag.map(str::as_bytes),
            "{case}"
        );
        assert_eq!(asked.header("if-modified-since"), modified, "{case}");
        assert_eq!(
            asked.header("a-im"),
            etag.map(|_| "feed"),
            "{case}: a part is asked for only of what is named (RFC 3229)"
        );
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
    let failing = FeedState {
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
