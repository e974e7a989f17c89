//! What each answer means, table by table. Bodies are in a notation of the tests' own: words are entries.

use std::time::Duration;

use url::Url;

use super::super::{Backfill, Because, FullText, Trust};
use super::*;
use crate::net::{HeaderMap, HeaderValue, NetError};
use wirewatch_syndication::{EntryKey, Hints, Repair};

const HOUR: Duration = Duration::from_secs(60 * 60);

fn at(time: &str) -> Timestamp {
    format!("2024-09-17T{time}:00Z").parse().unwrap()
}

fn settings() -> FeedSettings {
    FeedSettings {
        url: Url::parse("https://example.org/feed.xml").unwrap(),
        group: "desk".to_owned(),
        title: None,
        backfill: Backfill::Remember,
        full_text: FullText::Never,
        trust: Trust::Normal,
        country: None,
        language: None,
        fastest: HOUR / 12,
        slowest: HOUR,
        access: crate::feed::Access::default(),
    }
}

/// "feed a b" is a feed of two entries, "feed a b …" one that ends early.
fn parse_words(source: Source<'_>) -> Result<ParsedFeed, ParseError> {
    let text = std::str::from_utf8(source.bytes).unwrap();
    let mut words = text.split_whitespace();
    match words.next() {
        None => Err(ParseError::Empty),
        Some("feed") => {
            let mut words: Vec<&str> = words.collect();
            let cut_short = words.last() == Some(&"…");
            words.retain(|word| *word != "…");
            Ok(ParsedFeed {
                left_out: 0,
                offered: Default::default(),
                title: Some("Desk".to_owned()),
                link: None,
                language: None,
                seat: None,
                entries: words.into_iter().map(entry).collect(),
                repairs: vec![
                    Repair {
                        what: "a bare & was read as a letter",
                        count: 3,
                    },
                    Repair {
                        what: "the end of the document was missing",
                        count: 1,
                    },
                ],
                hints: Hints {
                    update_every: Some(HOUR),
                    ..Hints::default()
                },
                older: Some("/feed.xml?page=2".to_owned()),
                cut_short,
            })
        }
        Some("<html>") => Err(ParseError::Html {
            suggests: words.map(str::to_owned).collect(),
        }),
        Some(_) => Err(ParseError::NotAFeed {
            starts_with: text.to_owned(),
        }),
    }
}

fn never_parse(source: Source<'_>) -> Result<ParsedFeed, ParseError> {
    panic!("parsed {:?}", String::from_utf8_lossy(source.bytes))
}

fn entry(word: &str) -> Entry {
    Entry {
        key: EntryKey(word.bytes().fold(0, |key, byte| key * 256 + u64::from(byte))),
        id: None,
        title: word.to_owned(),
        link: None,
        text: String::new(),
        published: None,
        updated: None,
        authors: Vec::new(),
        tags: Vec::new(),
        language: Some("en".to_owned()),
        ..Entry::default()
    }
}

fn answered(status: u16, headers: &[(&'static str, &str)], body: &str) -> Response {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    Response {
        status,
        url: Url::parse("https://example.org/feed.xml").unwrap(),
        moved_to: None,
        headers: map,
        body: body.as_bytes().to_vec(),
        end: BodyEnd::Whole,
        large: None,
    }
}

fn cut(mut response: Response, end: BodyEnd) -> Response {
    response.end = end;
    response
}

fn understand(memory: &FeedState, response: Response, time: &str) -> Reading {
    understand_with(parse_words, memory, Ok(response), time)
}

fn understand_with(parse: Parse, memory: &FeedState, response: Result<Response, NetError>, time: &str) -> Reading {
    let answer = Answer {
        at: at(time),
        took: Duration::ZERO,
        response,
    };
    read_with(parse, &answer, memory, &settings(), at(time), 0.5)
}

fn unread() -> FeedState {
    FeedState::unread(&settings().url, at("06:00"))
}

/// A feed of three entries read at 06:00, with validators.
fn known() -> FeedState {
    let first = answered(
        200,
        &[("etag", "\"one\""), ("last-modified", "Tue, 17 Sep 2024 05:00:00 GMT")],
        "feed a b c",
    );
    FeedState::clone(&understand(&unread(), first, "06:00").memory)
}

fn titles(reading: &Reading) -> Vec<&str> {
    reading.entries.iter().map(|entry| entry.title.as_str()).collect()
}

fn why(reading: &Reading) -> &str {
    match &reading.outcome {
        Outcome::Failed(failure) => &failure.why,
        outcome => panic!("{outcome:?} is no failure"),
    }
}

fn etag(memory: &FeedState) -> Option<&str> {
    memory.validators.etag.as_deref()
}

mod cases;
mod zones;

#[test]
fn a_first_reading_remembers_what_it_saw() {
    let reading = understand(&unread(), answered(200, &[("etag", "W/\"é\"")], "feed a b"), "06:00");
    assert_eq!(reading.outcome, Outcome::Read);
    assert_eq!(titles(&reading), ["a", "b"]);
    let memory = reading.memory;
    assert_eq!(etag(&memory), Some("W/\"é\""));
    assert_eq!(memory.title.as_deref(), Some("Desk"));
    assert_eq!(memory.first_read, Some(at("06:00")));
    assert_eq!(memory.last_read, Some(at("06:00")));
    assert_eq!(memory.last_polled, Some(at("06:00")));
    assert_eq!(memory.entries_last, 2);
    assert_eq!((memory.failures, &memory.last_error), (0, &None));
    assert_eq!(
        memory.repairs,
        [
            "a bare & was read as a letter (3 times)",
            "the end of the document was missing"
        ]
    );
    assert_eq!(memory.rhythm.update_every_secs, Some(3600));
    assert_eq!(memory.next.because, Because::Pace);
    let later = understand(&known(), answered(200, &[], "feed a b c d"), "07:00").memory;
    assert_eq!(later.first_read, Some(at("06:00")), "the first reading stays the first");
    assert_eq!(
        later.validators,
        Validators::default(),
        "validators that were withdrawn are dropped"
    );
}

#[test]
fn an_unchanged_body_is_not_parsed_again() {
    let again = answered(200, &[("etag", "\"two\"")], "feed a b c");
    let reading = understand_with(never_parse, &known(), Ok(again), "07:00");
    assert_eq!(reading.outcome, Outcome::Unchanged);
    assert_eq!(etag(&reading.memory), Some("\"two\""));
    assert_eq!(reading.memory.last_read, Some(at("07:00")));
    assert_eq!(reading.memory.entries_last, 3);
}

#[test]
fn every_failure_is_named_for_what_it_is() {
    type Headers = &'static [(&'static str, &'static str)];
    let table: [(&str, u16, Headers, &str, &str); 12] = [
        (
            "a password",
            401,
            &[],
            "",
            "the server asks for a password, or refuses the one that it got (`user` and `password` in the feed's table) (401)",
        ),
        ("a refusal", 403, &[], "no", "the server refuses us (403)"),
        (
            "a challenge",
            403,
            &[("cf-mitigated", "challenge")],
            "<html>",
            "the site lets only people with a browser in (Cloudflare challenge, 403); ask the publisher to let feed readers in, or take the news from elsewhere",
        ),
        (
            "nothing there",
            404,
            &[],
            "<html>",
            "there is nothing at this address (404)",
        ),
        (
            "gone",
            410,
            &[],
            "",
            "the publisher has taken this feed away for good (410)",
        ),
        ("too often", 429, &[], "", "the server says that we ask too often (429)"),
        (
            "a broken server",
            500,
            &[],
            "",
            "the server has a fault of its own (500)",
        ),
        (
            "a busy server",
            503,
            &[],
            "",
            "the server is overloaded or under repair (503)",
        ),
        (
            "nothing behind the front",
            502,
            &[],
            "",
            "the server cannot be reached behind its front (502)",
        ),
        (
            "a redirect to nowhere",
            302,
            &[],
            "",
            "the server sends us on without saying where (302)",
        ),
        ("an empty answer", 200, &[], " ", "the answer is empty"),
        (
            "something else",
            200,
            &[],
            "PK",
            "the answer is not a feed (it starts with \"PK\")",
        ),
    ];
    for (case, status, headers, body, words) in table {
        let mut headers = headers.to_vec();
        headers.push(("etag", "\"of the fault\""));
        let before = known();
        let reading = understand(&before, answered(status, &headers, body), "07:00");
        assert_eq!(why(&reading), words, "{case}");
        let memory = reading.memory;
        assert_eq!(memory.last_error.as_deref(), Some(words), "{case}");
        assert_eq!(
            memory.validators, before.validators,
            "{case}: a fault moved the validators"
        );
        assert_eq!(memory.body_hash, before.body_hash, "{case}");
        assert_eq!(memory.last_read, Some(at("06:00")), "{case}");
        assert_eq!(memory.failures, 1, "{case}");
        assert_eq!(memory.entries_last, 3, "{case}");
    }
}

#[test]
fn a_network_fault_is_told_in_its_own_words() {
    let fault = || {
        Err(NetError::UnknownHost {
            host: "example.org".to_owned(),
        })
    };
    let first = understand_with(never_parse, &known(), fault(), "07:00");
    assert_eq!(why(&first), "no address is known for example.org");
    let second = understand_with(never_parse, &first.memory, fault(), "08:00");
    assert_eq!(second.memory.failures, 2);
    assert_eq!(
        second.memory.failing_since,
        Some(at("07:00")),
        "failing since the first failure"
    );
    assert_eq!(second.memory.next.because, Because::Backoff { failures: 2 });
    let mended = understand(&second.memory, answered(200, &[], "feed d"), "09:00");
    assert_eq!(mended.memory.failures, 0);
    assert_eq!((mended.memory.failing_since, &mended.memory.last_error), (None, &None));
}

#[test]
fn a_first_body_that_broke_off_is_not_taken_for_the_backlog() {
    let part = || answered(200, &[], "feed a");
    let first = understand(&unread(), cut(part(), BodyEnd::CutShort), "06:00");
    assert_eq!(titles(&first), ["a"]);
    assert_eq!(first.memory.first_read, None);
    let second = understand(&first.memory, cut(part(), BodyEnd::CutShort), "06:30");
    assert_eq!(
        second.memory.first_read,
        Some(at("06:30")),
        "one that is cut every time is all there is"
    );
    let large = understand(&unread(), cut(part(), BodyEnd::TooLarge), "06:00");
    assert_eq!(
        large.memory.first_read,
        Some(at("06:00")),
        "and so is one that is too large"
    );
}

#[test]
fn a_document_that_ends_early_counts_once_it_came_twice() {
    let early = || answered(200, &[("etag", "\"two\"")], "feed d …");
    let first = understand(&known(), early(), "07:00");
    assert_eq!((titles(&first), etag(&first.memory)), (vec!["d"], Some("\"one\"")));
    assert_eq!(first.memory.last_error, None);
    let second = understand_with(never_parse, &first.memory, Ok(early()), "07:30");
    assert_eq!(
        (&second.outcome, etag(&second.memory)),
        (&Outcome::Unchanged, Some("\"two\""))
    );
}

#[test]
fn a_part_sent_on_purpose_is_not_the_whole() {
    let part = answered(226, &[("etag", "\"two\""), ("im", "feed")], "feed d");
    let reading = understand(&known(), part, "07:00");
    assert_eq!((titles(&reading), etag(&reading.memory)), (vec!["d"], Some("\"two\"")));
    assert_eq!(reading.memory.entries_last, 3);
    let nothing_new = understand(&reading.memory, answered(226, &[], "feed"), "07:10");
    assert_eq!(nothing_new.outcome, Outcome::Read);
}

#[test]
fn a_move_is_watched_from_its_first_day_and_only_while_it_leads_to_a_feed() {
    let moved = |to: &str, body: &str| {
        let mut response = answered(200, &[], body);
        response.moved_to = Some(Url::parse(to).unwrap());
        response
    };
    let (new, other) = ("https://new.example.org/feed", "https://portal.example.net/login");
    let since = |memory: &FeedState| memory.moved.clone().map(|moved| (moved.to, moved.since));
    let captive = understand(&known(), moved(other, "<html>"), "07:00").memory;
    assert_eq!(since(&captive), None, "a captive portal is not a new home");
    let first = understand(&captive, moved(new, "feed a b c d"), "08:00").memory;
    assert_eq!(since(&first), Some((new.to_owned(), at("08:00"))));
    let second = understand(&first, moved(new, "feed a b c d"), "09:00").memory;
    let failed = understand(&second, moved(other, "<html>"), "10:00").memory;
    let third = understand(&failed, moved(new, "feed a b c d e"), "11:00").memory;
    assert_eq!(since(&third), Some((new.to_owned(), at("08:00"))));
    let back = understand(&third, answered(200, &[], "feed f"), "12:00").memory;
    assert_eq!(since(&back), None, "a move that was taken back is forgotten");
}

#[test]
fn the_language_that_is_configured_goes_before_the_feeds_own() {
    let french = FeedSettings {
        language: Some("fr".to_owned()),
        ..settings()
    };
    let answer = Answer {
        at: at("06:00"),
        took: Duration::ZERO,
        response: Ok(answered(200, &[], "feed a")),
    };
    let language = |settings: &FeedSettings| {
        let reading = read_with(parse_words, &answer, &unread(), settings, at("06:00"), 0.5);
        reading.entries[0].language.clone()
    };
    assert_eq!(language(&french).as_deref(), Some("fr"));
    assert_eq!(language(&settings()).as_deref(), Some("en"));
}
