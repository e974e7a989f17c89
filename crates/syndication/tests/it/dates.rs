//! The dates of a whole feed: what its other dates, its language and its country say of each.

use jiff::tz::TimeZone;
use wirewatch_syndication::{Source, parse};

fn dates(channel: &str, written: &[&str], zone: Option<&str>) -> Vec<String> {
    let items: String = written
        .iter()
        .map(|date| format!("<item><title>{date}</title><pubDate>{date}</pubDate></item>"))
        .collect();
    let body = format!("<rss version=\"2.0\"><channel><title>t</title>{channel}{items}</channel></rss>");
    let zone = zone.map(|zone| TimeZone::get(zone).unwrap());
    let feed = parse(Source {
        bytes: body.as_bytes(),
        content_type: None,
        url: None,
        language: None,
        zone: zone.as_ref(),
    });
    let entries = feed.unwrap().entries;
    entries
        .iter()
        .map(|entry| entry.published.map_or("none".to_owned(), |at| at.to_string()))
        .collect()
}

#[test]
fn the_feed_shows_what_each_date_means() {
    let french = "<language>fr</language>";
    let american = "<language>en-US</language>";
    let table: &[(&str, &str, &[&str], &[&str])] = &[
        (
            "a later date shows the order",
            "",
            &["05/11/2026 10:00", "23/11/2026 08:00"],
            &["2026-11-05T10:00:00Z", "2026-11-23T08:00:00Z"],
        ),
        (
            "an earlier one does",
            "",
            &["23/11/2026 08:00", "05/11/2026 10:00"],
            &["2026-11-23T08:00:00Z", "2026-11-05T10:00:00Z"],
        ),
        (
            "the month is first",
            french,
            &["11/23/2026 08:00", "05/11/2026 10:00"],
            &["2026-11-23T08:00:00Z", "2026-05-11T10:00:00Z"],
        ),
        (
            "only the language says it",
            french,
            &["05/11/2026 10:00"],
            &["2026-11-05T10:00:00Z"],
        ),
        (
            "English of a country",
            american,
            &["05/11/2026 10:00"],
            &["2026-05-11T10:00:00Z"],
        ),
        ("nothing says it", "", &["05/11/2026 10:00"], &["2026-05-11T10:00:00Z"]),
        ("points", american, &["05.11.2026 10:00"], &["2026-11-05T10:00:00Z"]),
        (
            "words around the figures",
            "",
            &["mar, 05/11/2024 - 10:00", "mer, 13/11/2024 - 10:00"],
            &["2024-11-05T10:00:00Z", "2024-11-13T10:00:00Z"],
        ),
    ];
    for (case, channel, written, expected) in table {
        assert_eq!(dates(channel, written, None), *expected, "{case}");
    }
    // Those that are read straight, after thousands, are read the same.
    let many: Vec<&str> = ["05/11/2026", "23/11/2026"].into_iter().cycle().take(5_000).collect();
    let read = dates("", &many, None);
    assert!(read.iter().step_by(2).all(|date| date == "2026-11-05T00:00:00Z"));
}

#[test]
fn the_country_gives_the_zone_that_is_not_written() {
    let written = [
        "2026-12-01 07:20:00",
        "2026-12-01T07:20:00Z",
        "Tue, 01 Dec 2026 07:20:00 +0100",
        "2026-12-01",
    ];
    assert_eq!(
        dates("", &written, Some("Asia/Shanghai")),
        [
            "2026-11-30T23:20:00Z",
            "2026-12-01T07:20:00Z",
            "2026-12-01T06:20:00Z",
            "2026-11-30T16:00:00Z"
        ]
    );
    assert_eq!(dates("", &written[..1], None), ["2026-12-01T07:20:00Z"]);
}
