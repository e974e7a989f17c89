//! The zone of dates that name none.

use super::*;

/// A date without a zone is one of the country that the feed's table names.
#[test]
fn the_country_of_a_feed_gives_its_dates_their_zone() {
    let body = "<rss version=\"2.0\"><channel><title>t</title><item><guid>1</guid><title>a</title><pubDate>2026-12-01 07:20:00</pubDate></item></channel></rss>";
    let table = [
        (None, "2026-12-01T07:20:00Z"),
        (Some("CN"), "2026-11-30T23:20:00Z"),
        (Some("ML"), "2026-12-01T07:20:00Z"),
        (Some("US"), "2026-12-01T07:20:00Z"),
    ];
    for (country, published) in table {
        let settings = FeedSettings {
            country: country.map(str::to_owned),
            ..settings()
        };
        let answer = Answer {
            at: at("06:00"),
            took: Duration::ZERO,
            response: Ok(answered(200, &[], body)),
        };
        let memory = FeedState::unread(&settings.url, at("05:00"));
        let reading = crate::feed::interpret::read(&answer, &memory, &settings, at("06:00"), 0.5);
        let read = reading.entries[0].published.map(|at| at.to_string());
        assert_eq!(read.as_deref(), Some(published), "{country:?}");
    }
}
