//! The daily sign of life: when it is due for a receiver, and the line that says how much of the news is covered. Pure.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::alert::Notice;
use crate::feed::{self, FeedState, State};
use crate::text::count;
use wirewatch_syndication::derive_id;

/// How late a heartbeat may come, after a machine was off at its time.
const LATEST: SignedDuration = SignedDuration::from_hours(12);
/// Feeds in trouble that are listed by name.
const LISTED: usize = 20;

/// What there is to say.
#[derive(Debug)]
pub struct Coverage<'a> {
    /// Every feed that is read, with the name it goes by.
    pub feeds: Vec<(String, &'a FeedState)>,
    /// Alerts raised within the last day.
    pub alerts: usize,
    /// Deliveries that were given up.
    pub given_up: u64,
}

fn at(date: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    // A time that the clocks skip comes as late as they jumped; of one that they show twice the first counts.
    let at = zone.to_ambiguous_zoned(date.to_datetime(time)).compatible().ok()?;
    Some(at.timestamp())
}

/// The day whose heartbeat is due at `now`; it stays due for twelve hours.
pub fn due(time: Time, zone: &TimeZone, now: Timestamp) -> Option<Date> {
    let today = now.to_zoned(zone.clone()).date();
    [Some(today), today.yesterday().ok()]
        .into_iter()
        .flatten()
        .find(|date| at(*date, time, zone).is_some_and(|at| at <= now && now.duration_since(at) < LATEST))
}

/// The first time after `now` at which one is due.
pub fn next(time: Time, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    let today = now.to_zoned(zone.clone()).date();
    let days = [0, 1, 2].map(|days| today.checked_add(days.days()).ok());
    days.into_iter()
        .flatten()
        .filter_map(|date| at(date, time, zone))
        .find(|at| *at > now)
}

/// The heartbeat of a day for a receiver: its id is of both, so that a restart tells nothing twice. `None` before any feed
/// was read.
pub fn heartbeat(
    receiver: &str,
    day: Date,
    coverage: &Coverage<'_>,
    zone: &TimeZone,
    now: Timestamp,
) -> Option<Notice> {
    let feeds = &coverage.feeds;
    if feeds.iter().all(|(_, memory)| memory.first_read.is_none()) {
        return None;
    }
    let mut parts = feed::coverage(feeds.iter().map(|(_, memory)| *memory), zone, now);
    parts.push(format!("{} since yesterday", count(coverage.alerts, "alert")));
    if coverage.given_up > 0 {
        let given_up = usize::try_from(coverage.given_up).unwrap_or(usize::MAX);
        parts.push(format!("{} given up", count(given_up, "delivery")));
    }
    Some(Notice {
        id: derive_id(&["heartbeat", receiver, &day.to_string()]),
        raised: now,
        title: parts.join("; "),
        lines: lines(feeds, now),
    })
}

fn lines(feeds: &[(String, &FeedState)], now: Timestamp) -> Vec<String> {
    let troubled: Vec<String> = feeds
        .iter()
        .map(|(name, memory)| (name, State::of(memory, now)))
        .filter(|(_, state)| !matches!(state, State::Fine | State::New | State::Empty | State::Renamed { .. }))
        .map(|(name, state)| format!("{name}: {}", state.words(now)))
        .collect();
    let more = troubled.len().saturating_sub(LISTED);
    let mut lines: Vec<String> = troubled.into_iter().take(LISTED).collect();
    if more > 0 {
        lines.push(format!("and {more} more; `wirewatch feeds list` shows all"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_heartbeat_is_due_once_a_local_day() {
        let bamako = TimeZone::get("Africa/Bamako").unwrap();
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let seven = jiff::civil::time(7, 5, 0, 0);
        let late = jiff::civil::time(23, 30, 0, 0);
        let gap = jiff::civil::time(2, 30, 0, 0);
        for (case, zone, at, now, expected) in [
            ("before it", &bamako, seven, "2026-03-02T07:04:59Z", None),
            (
                "at its minute",
                &bamako,
                seven,
                "2026-03-02T07:05:00Z",
                Some("2026-03-02"),
            ),
            (
                "in another zone an hour earlier",
                &berlin,
                seven,
                "2026-03-02T06:05:00Z",
                Some("2026-03-02"),
            ),
            (
                "late, after a restart",
                &bamako,
                seven,
                "2026-03-02T18:00:00Z",
                Some("2026-03-02"),
            ),
            ("too late", &bamako, seven, "2026-03-02T20:00:00Z", None),
            (
                "past midnight, that of yesterday",
                &bamako,
                late,
                "2026-03-02T01:00:00Z",
                Some("2026-03-01"),
            ),
            (
                "a time that the clocks skip",
                &berlin,
                gap,
                "2026-03-29T01:30:00Z",
                Some("2026-03-29"),
            ),
        ] {
            let due = due(at, zone, time(now)).map(|date| date.to_string());
            assert_eq!(due.as_deref(), expected, "{case}");
        }
        assert_eq!(
            next(seven, &bamako, time("2026-03-02T07:05:00Z")),
            Some(time("2026-03-03T07:05:00Z"))
        );
        assert_eq!(
            next(seven, &berlin, time("2026-03-28T12:00:00Z")),
            Some(time("2026-03-29T05:05:00Z"))
        );
    }

    #[test]
    fn the_line_says_how_much_is_covered() {
        let now = time("2026-03-05T07:05:00Z");
        let feed = |n: usize, failing: Option<&str>| {
            let url = Url::parse(&format!("https://s{n}.test/")).unwrap();
            let mut memory = FeedState::unread(&url, now);
            memory.first_read = Some(time("2026-01-01T00:00:00Z"));
            memory.last_read = memory.first_read;
            memory.entries_last = 1;
            memory.rhythm.newest_entry = Some(time("2026-03-05T06:51:00Z"));
            memory.failing_since = failing.map(time);
            memory.last_error = failing.map(|_| "the server refuses us (403)".to_owned());
            memory
        };
        let mut memories: Vec<FeedState> = (0..41).map(|n| feed(n, None)).collect();
        memories.push(feed(41, Some("2026-03-03T12:00:00Z")));
        memories.push(feed(42, Some("2026-03-04T12:00:00Z")));
        let coverage = Coverage {
            feeds: memories.iter().map(|memory| (memory.url.clone(), memory)).collect(),
            alerts: 3,
            given_up: 2,
        };
        let day = jiff::civil::date(2026, 3, 5);
        let notice = heartbeat("operator", day, &coverage, &TimeZone::UTC, now).unwrap();
        assert_eq!(
            notice.title,
            "41 of 43 feeds read; 2 failing since Tuesday; last new entry 14 minutes ago; 3 alerts since yesterday; \
             2 deliveries given up"
        );
        assert_eq!(
            notice.lines[0],
            "https://s41.test/: failing for 43 hours: the server refuses us (403)"
        );
        assert_eq!(notice.lines.len(), 2);
        let unread = FeedState::unread(&Url::parse("https://a.test/").unwrap(), now);
        let nothing = Coverage {
            feeds: vec![("a".to_owned(), &unread)],
            alerts: 0,
            given_up: 0,
        };
        assert_eq!(
            heartbeat("operator", day, &nothing, &TimeZone::UTC, now),
            None,
            "nothing was read yet"
        );
    }
}
