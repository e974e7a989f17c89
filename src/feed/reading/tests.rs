//! What each answer means, table by table. Bodies are in a notation of the tests' own: words are entries.

use std::time::Duration;

use url::Url;

use super::*;
use crate::feed::{Backfill, Because, EntryKey, FullText, Hints, Repair, Trust};
use crate::net::{HeaderMap, HeaderValue, NetError};

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
                title: Some("Desk".to_owned()),
                link: None,
                language: None,
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
                },
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
    }
}

fn cut(mut response: Response, end: BodyEnd) -> Response {
    response.end = end;
    response
}

fn understand(memory: &FeedMemory, response: Response, time: &str) -> Reading {
    understand_with(parse_words, memory, Ok(response), time)
}

fn understand_with(parse: Parse, memory: &FeedMemory, response: Result<Response, NetError>, time: &str) -> Reading {
    let answer = Answer { at: at(time), response };
    read_with(parse, &answer, memory, &settings(), at(time), 0.5)
}

fn unread() -> FeedMemory {
    FeedMemory::unread(&settings().url, at("06:00"))
}

/// A feed of three entries read at 06:00, with validators.
fn known() -> FeedMemory {
    let first = answered(
        200,
        &[("etag", "\"one\""), ("last-modified", "Tue, 17 Sep 2024 05:00:00 GMT")],
        "feed a b c",
    );
    understand(&unread(), first, "06:00").memory
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

fn etag(memory: &FeedMemory) -> Option<&str> {
    memory.validators.etag.as_deref()
}

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
    assert_eq!((memory.failures, memory.last_error), (0, None));
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
    let table: [(&str, u16, &[(&'static str, &str)], &str, &str); 12] = [
        ("a password", 401, &[], "", "the server asks for a password (401)"),
        ("a refusal", 403, &[], "no", "the server refuses us (403)"),
        (
            "a challenge",
            403,
            &[("cf-mitigated", "challenge")],
            "<html>",
            "the site lets only people with a browser in (Cloudflare challenge, 403)",
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
    assert_eq!((mended.memory.failing_since, mended.memory.last_error), (None, None));
}

#[test]
fn case_06_each_odd_answer_is_named_for_what_it_is() {
    let html = understand(&known(), answered(200, &[], "<html>"), "07:00");
    assert_eq!(why(&html), "the answer is a web page, not a feed");

    let page = answered(200, &[("etag", "\"page\"")], "<html> /feed.xml /news/atom.xml");
    let linked = understand(&known(), page, "07:00");
    let Outcome::Failed(failure) = &linked.outcome else {
        panic!("{linked:?}")
    };
    assert_eq!(
        failure.suggests.as_deref(),
        Some("https://example.org/news/atom.xml"),
        "absolute, and not the address that was just asked"
    );
    assert!(
        failure.why.ends_with("https://example.org/news/atom.xml"),
        "{}",
        failure.why
    );
    assert_eq!(
        etag(&linked.memory),
        Some("\"one\""),
        "the page's ETag is not the feed's"
    );

    let not_modified = understand_with(never_parse, &linked.memory, Ok(answered(304, &[], "")), "08:00");
    assert_eq!(not_modified.outcome, Outcome::Unchanged);
    assert_eq!(
        (not_modified.memory.failures, &not_modified.memory.last_error),
        (0, &None)
    );
    assert_eq!(not_modified.memory.last_read, Some(at("08:00")));

    let emptied = understand(&known(), answered(200, &[("etag", "\"empty\"")], "feed"), "07:00");
    assert_eq!(why(&emptied), "the feed is empty; it had 3 entries before");
    assert_eq!(etag(&emptied.memory), Some("\"one\""));
    assert_eq!(emptied.memory.entries_last, 3, "it is still known to have had some");
    assert_eq!(
        emptied.memory.next.because,
        Because::Pace,
        "warnings are not kept waiting"
    );
    let filled = understand(&emptied.memory, answered(200, &[], "feed d"), "07:05");
    assert_eq!((filled.outcome.clone(), titles(&filled)), (Outcome::Read, vec!["d"]));

    let empty_from_the_start = understand(&unread(), answered(200, &[], "feed"), "06:00");
    assert_eq!(empty_from_the_start.outcome, Outcome::Read);
    assert_eq!(empty_from_the_start.memory.first_read, Some(at("06:00")));

    let unasked = understand_with(never_parse, &unread(), Ok(answered(304, &[], "")), "06:00");
    assert!(
        why(&unasked).contains("although nothing was known"),
        "{}",
        why(&unasked)
    );
}

#[test]
fn case_21_the_newest_validators_are_stored_verbatim() {
    const OLD: &str = "Tue, 17 Sep 2024 05:00:00 GMT";
    const NEW: &str = "tuesday,17-sep-24 05:30:00";
    type Headers = &'static [(&'static str, &'static str)];
    let table: [(&str, u16, Headers, &str, Option<&str>, Option<&str>); 7] = [
        (
            "touch: the same body, new validators",
            200,
            &[("etag", "\"two\""), ("last-modified", NEW)],
            "feed a b c",
            Some("\"two\""),
            Some(NEW),
        ),
        (
            "the same Last-Modified with a new ETag",
            200,
            &[("etag", "\"two\""), ("last-modified", OLD)],
            "feed a b c d",
            Some("\"two\""),
            Some(OLD),
        ),
        (
            "an ETag that changes on a 304",
            304,
            &[("etag", "W/\"two\"")],
            "",
            Some("W/\"two\""),
            Some(OLD),
        ),
        (
            "a date that changes on a 304",
            304,
            &[("last-modified", NEW)],
            "",
            Some("\"one\""),
            Some(NEW),
        ),
        ("a 304 that says nothing", 304, &[], "", Some("\"one\""), Some(OLD)),
        (
            "an ETag without quotes",
            200,
            &[("etag", "two")],
            "feed d",
            Some("two"),
            None,
        ),
        (
            "an ETag with odd letters",
            200,
            &[("etag", "\"a b;c,d\\\"")],
            "feed d",
            Some("\"a b;c,d\\\""),
            None,
        ),
    ];
    for (case, status, headers, body, etag, modified) in table {
        let validators = understand(&known(), answered(status, headers, body), "07:00")
            .memory
            .validators;
        assert_eq!(validators.etag.as_deref(), etag, "{case}");
        assert_eq!(validators.last_modified.as_deref(), modified, "{case}");
    }
}

#[test]
fn case_22_freshness_and_pauses_are_honoured_and_never_undercut() {
    let two_hours_off = "Tue, 17 Sep 2024 05:00:00 GMT";
    let minutes = |n: i64| (n, n + 5);
    type Headers = Vec<(&'static str, &'static str)>;
    let table: Vec<(&str, u16, Headers, (i64, i64), Because)> = vec![
        (
            "max-age",
            200,
            vec![("cache-control", "public, max-age=5400")],
            minutes(90),
            Because::Fresh,
        ),
        (
            "max-age on a 304",
            304,
            vec![("cache-control", "MAX-AGE=\"5400\"")],
            minutes(90),
            Because::Fresh,
        ),
        (
            "what has aged already",
            200,
            vec![("cache-control", "max-age=7200"), ("age", "1800")],
            minutes(90),
            Because::Fresh,
        ),
        (
            "a max-age of a year",
            200,
            vec![("cache-control", "max-age=31536000")],
            minutes(1440),
            Because::Fresh,
        ),
        (
            "no-cache over max-age",
            200,
            vec![("cache-control", "max-age=7200, no-cache")],
            (5, 60),
            Because::Pace,
        ),
        (
            "no-store in a second header",
            200,
            vec![("cache-control", "max-age=7200"), ("cache-control", "no-store")],
            (5, 60),
            Because::Pace,
        ),
        (
            "max-age over Expires",
            200,
            vec![
                ("cache-control", "max-age=0"),
                ("expires", "Tue, 17 Sep 2030 05:00:00 GMT"),
            ],
            (5, 60),
            Because::Pace,
        ),
        (
            "Expires relative to a clock that is two hours slow",
            200,
            vec![("date", two_hours_off), ("expires", "Tue, 17 Sep 2024 06:30:00 GMT")],
            minutes(90),
            Because::Fresh,
        ),
        (
            "Expires without a Date",
            200,
            vec![("expires", "Tue, 17 Sep 2024 08:30:00 GMT")],
            minutes(90),
            Because::Fresh,
        ),
        ("Expires: 0", 200, vec![("expires", "0")], (5, 60), Because::Pace),
        (
            "Retry-After in seconds on 429",
            429,
            vec![("retry-after", "7200")],
            minutes(120),
            Because::RetryAfter,
        ),
        (
            "Retry-After in seconds on 503",
            503,
            vec![("retry-after", "7200")],
            minutes(120),
            Because::RetryAfter,
        ),
        (
            "Retry-After as a date on 503, by the server's slow clock",
            503,
            vec![
                ("date", two_hours_off),
                ("retry-after", "Tue, 17 Sep 2024 07:00:00 GMT"),
            ],
            minutes(120),
            Because::RetryAfter,
        ),
        (
            "Retry-After as a date on 429, in the old form",
            429,
            vec![("retry-after", "Tuesday, 17-Sep-24 09:00:00 GMT")],
            minutes(120),
            Because::RetryAfter,
        ),
        (
            "Retry-After as mail writes dates",
            429,
            vec![("retry-after", "Tue, 17 Sep 2024 10:00:00 +0100")],
            minutes(120),
            Because::RetryAfter,
        ),
        (
            "Retry-After of a year",
            429,
            vec![("retry-after", "31536000")],
            minutes(7 * 1440),
            Because::RetryAfter,
        ),
        (
            "Retry-After of more than a number holds",
            429,
            vec![("retry-after", "99999999999999999999")],
            minutes(7 * 1440),
            Because::RetryAfter,
        ),
        (
            "Retry-After that is over",
            503,
            vec![("retry-after", "Tue, 17 Sep 2024 01:00:00 GMT")],
            (5, 240),
            Because::Backoff { failures: 1 },
        ),
        (
            "Retry-After in no known form",
            503,
            vec![("retry-after", "soon")],
            (5, 240),
            Because::Backoff { failures: 1 },
        ),
        ("429 without a word", 429, vec![], minutes(60), Because::RetryAfter),
        (
            "max-age of a web page in place of the feed",
            404,
            vec![("cache-control", "max-age=31536000")],
            (5, 240),
            Because::Backoff { failures: 1 },
        ),
        ("gone", 410, vec![], (7 * 1440, 8 * 1440), Because::Gone),
    ];
    for (case, status, headers, (earliest, latest), because) in table {
        // The feed's own rhythm would ask every five minutes.
        let mut memory = known();
        memory.rhythm.newest_entry = Some(at("07:00"));
        memory.rhythm.gaps_secs = vec![60, 60];
        let next = understand(&memory, answered(status, &headers, "feed a b c"), "07:00")
            .memory
            .next;
        let wait = next.at.duration_since(at("07:00")).as_mins();
        assert_eq!(next.because, because, "{case}");
        assert!((earliest..=latest).contains(&wait), "{case}: {wait} minutes");
    }
}

#[test]
fn case_23_a_body_cut_short_keeps_its_entries_and_not_its_validators() {
    for (case, end, words) in [
        ("cut short", BodyEnd::CutShort, "the answer broke off after 8 bytes"),
        (
            "too large",
            BodyEnd::TooLarge,
            "the answer is larger than 8 bytes; what is beyond was not read",
        ),
    ] {
        let before = known();
        let response = cut(
            answered(
                200,
                &[("etag", "\"two\""), ("cache-control", "max-age=9000")],
                "feed d e",
            ),
            end,
        );
        let reading = understand(&before, response, "07:00");
        assert_eq!(reading.outcome, Outcome::Read, "{case}");
        assert_eq!(titles(&reading), ["d", "e"], "{case}");
        assert_eq!(reading.memory.validators, before.validators, "{case}");
        assert_eq!(reading.memory.body_hash, before.body_hash, "{case}");
        assert_eq!(reading.memory.last_error.as_deref(), Some(words), "{case}: silent");
        assert_eq!(
            reading.memory.next.because,
            Because::Pace,
            "{case}: what came in part is not fresh"
        );
        let whole = understand(
            &reading.memory,
            answered(200, &[("etag", "\"two\"")], "feed d e f"),
            "07:10",
        );
        assert_eq!(titles(&whole), ["d", "e", "f"], "{case}");
        assert_eq!(
            (etag(&whole.memory), whole.memory.failures),
            (Some("\"two\""), 0),
            "{case}"
        );
    }
    let nothing = understand(&known(), cut(answered(200, &[], "feed"), BodyEnd::CutShort), "07:00");
    assert_eq!(
        why(&nothing),
        "the answer broke off after 4 bytes",
        "not: the feed is empty"
    );
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
    let since = |memory: &FeedMemory| memory.moved.clone().map(|moved| (moved.to, moved.since));
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
        response: Ok(answered(200, &[], "feed a")),
    };
    let language = |settings: &FeedSettings| {
        let reading = read_with(parse_words, &answer, &unread(), settings, at("06:00"), 0.5);
        reading.entries[0].language.clone()
    };
    assert_eq!(language(&french).as_deref(), Some("fr"));
    assert_eq!(language(&settings()).as_deref(), Some("en"));
}
