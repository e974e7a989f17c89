//! Cases 6, 21, 22 and 23: answers that broke other programs.

use super::*;

#[test]
fn each_odd_answer_is_named_for_what_it_is() {
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
fn the_newest_validators_are_stored_verbatim() {
    const OLD: &str = "Tue, 17 Sep 2024 05:00:00 GMT";
    const NEW: &str = "tuesday,17-sep-24 05:30:00";
    type Headers = &'static [(&'static str, &'static str)];
    type Row = (
        &'static str,
        u16,
        Headers,
        &'static str,
        Option<&'static str>,
        Option<&'static str>,
    );
    let table: [Row; 7] = [
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
            .validators
            .clone();
        assert_eq!(validators.etag.as_deref(), etag, "{case}");
        assert_eq!(validators.last_modified.as_deref(), modified, "{case}");
    }
}

#[test]
fn freshness_and_pauses_are_honoured_and_never_undercut() {
    let two_hours_off = "Tue, 17 Sep 2024 05:00:00 GMT";
    let minutes = |n: i64| (n, n + 5);
    type Headers = Vec<(&'static str, &'static str)>;
    type Row = (&'static str, u16, Headers, (i64, i64), Because);
    let table: Vec<Row> = vec![
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
fn a_body_cut_short_keeps_its_entries_and_not_its_validators() {
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
