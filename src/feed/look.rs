//! The first look at a feed: what an answer says to somebody who is about to watch it. Pure.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::fetch::Answer;
use super::interpret::read;
use super::outcome::Outcome;
use super::state::{FeedSettings, FeedState, Trouble};
use crate::net::NetError;
use wirewatch_syndication::Entry;

/// What was found where a feed was expected, the one that most needs somebody first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// A web page, or something else that is no feed.
    NotAFeed,
    /// 404.
    Missing,
    /// 410.
    Gone,
    /// There is no such host.
    NoSite,
    /// A challenge that only browsers pass.
    Challenged,
    /// The server refuses, or wants a password or money.
    Blocked,
    /// Anything else that keeps it from being read.
    Failing,
    Empty,
    /// It can be read, but has brought nothing for more than a year.
    Dormant,
    /// It can be read, at another address to which the server sends us for good.
    Renamed,
    /// It can be read, and gives no more than two lines an entry.
    Short,
    Fine,
}

/// A first look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub finding: Finding,
    pub title: Option<String>,
    pub entries: usize,
    /// When the newest entry was published.
    pub newest: Option<Timestamp>,
    /// Words that complete "it cannot be read: "; `None` where it can.
    pub why: Option<String>,
    /// The address to write in place of the one that was asked: that of a permanent redirect, or a feed that the page
    /// names.
    pub better: Option<String>,
    pub repairs: Vec<String>,
}

/// Without news for longer, a feed is dormant.
const DORMANT: SignedDuration = SignedDuration::from_hours(365 * 24);

impl Look {
    /// Understands the first answer of a feed.
    pub fn of(answer: &Answer, settings: &FeedSettings, now: Timestamp) -> Self {
        let reading = read(answer, &FeedState::unread(&settings.url, now), settings, now, 0.5);
        let memory = Arc::unwrap_or_clone(reading.memory);
        let newest = memory.rhythm.newest_entry;
        let moved = memory.moved.map(|moved| moved.to);
        let finding = match &reading.outcome {
            Outcome::Failed(failure) => trouble(failure.trouble, answer),
            _ if reading.entries.is_empty() => Finding::Empty,
            _ if newest.is_some_and(|newest| now.duration_since(newest) > DORMANT) => Finding::Dormant,
            _ if moved.is_some() => Finding::Renamed,
            _ if is_short(&reading.entries) => Finding::Short,
            _ => Finding::Fine,
        };
        Self {
            finding,
            title: memory.title,
            entries: reading.entries.len(),
            newest,
            why: memory.last_error,
            better: memory.suggests.or(moved),
            repairs: memory.repairs,
        }
    }

    /// Whether entries came.
    pub fn can_be_read(&self) -> bool {
        self.entries > 0
    }
}

fn trouble(trouble: Trouble, answer: &Answer) -> Finding {
    match trouble {
        Trouble::NotAFeed => Finding::NotAFeed,
        Trouble::Missing => Finding::Missing,
        Trouble::Gone => Finding::Gone,
        Trouble::Challenged => Finding::Challenged,
        Trouble::Blocked => Finding::Blocked,
        Trouble::Unreachable if matches!(answer.response, Err(NetError::UnknownHost { .. })) => Finding::NoSite,
        Trouble::Emptied => Finding::Empty,
        Trouble::Unreachable
        | Trouble::NoAnswer
        | Trouble::CutShort
        | Trouble::Bridge
        | Trouble::Slowed
        | Trouble::ServerFault
        | Trouble::Unended
        | Trouble::Other => Finding::Failing,
    }
}

/// Half of the entries have no more than two lines of a printed page.
fn is_short(entries: &[Entry]) -> bool {
    /// Characters.
    const TWO_LINES: usize = 300;
    const FEWEST: usize = 3;
    let short = entries
        .iter()
        .filter(|entry| entry.text.chars().take(TWO_LINES + 1).count() <= TWO_LINES)
        .count();
    entries.len() >= FEWEST && short * 2 > entries.len()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use url::Url;

    use super::*;
    use crate::net::{BodyEnd, HeaderMap, Response};

    const LONG: &str = "Traders say that the market of the town opened again after two weeks of fear. ";

    fn feed(entries: usize, text: &str, date: &str) -> String {
        let item = |n| {
            format!(
                "<item><guid>{n}</guid><title>{n}</title><description>{text}</description><pubDate>{date}</pubDate></item>"
            )
        };
        let items: String = (0..entries).map(item).collect();
        format!("<rss version='2.0'><channel><title>Desk</title>{items}</channel></rss>")
    }

    #[test]
    fn a_first_look_says_what_is_there() {
        let now: Timestamp = "2026-03-02T12:00:00Z".parse().unwrap();
        let url = Url::parse("https://desk.test/feed").unwrap();
        let settings = FeedSettings::new(url.clone(), "desk");
        let answered = |status: u16, moved_to: Option<&str>, body: String| {
            Ok(Response {
                status,
                url: moved_to.map_or_else(|| url.clone(), |to| Url::parse(to).unwrap()),
                moved_to: moved_to.map(|to| Url::parse(to).unwrap()),
                headers: HeaderMap::new(),
                body: body.into_bytes(),
                end: BodyEnd::Whole,
                large: None,
            })
        };
        let host = || "desk.test".to_owned();
        let page = "<html><head><link rel=alternate type=application/rss+xml href=/rss></head></html>".to_owned();
        let today = "Mon, 02 Mar 2026 08:00:00 GMT";
        let long = LONG.repeat(5);
        for (case, response, finding, better) in [
            (
                "a feed",
                answered(200, None, feed(5, &long, today)),
                Finding::Fine,
                None,
            ),
            (
                "two lines an entry",
                answered(200, None, feed(5, LONG, today)),
                Finding::Short,
                None,
            ),
            (
                "too few entries to say",
                answered(200, None, feed(2, LONG, today)),
                Finding::Fine,
                None,
            ),
            (
                "a feed at another address",
                answered(200, Some("https://new.test/feed"), feed(5, &long, today)),
                Finding::Renamed,
                Some("https://new.test/feed"),
            ),
            (
                "left by its publisher",
                answered(200, None, feed(5, &long, "Mon, 02 Mar 2020 08:00:00 GMT")),
                Finding::Dormant,
                None,
            ),
            ("no entries", answered(200, None, feed(0, "", "")), Finding::Empty, None),
            (
                "a page",
                answered(200, None, page),
                Finding::NotAFeed,
                Some("https://desk.test/rss"),
            ),
            (
                "nothing there",
                answered(404, None, String::new()),
                Finding::Missing,
                None,
            ),
            ("gone", answered(410, None, String::new()), Finding::Gone, None),
            ("refused", answered(403, None, String::new()), Finding::Blocked, None),
            (
                "a challenge",
                answered(503, None, "<script>window._cf_chl_opt={}</script>".to_owned()),
                Finding::Challenged,
                None,
            ),
            ("a fault", answered(502, None, String::new()), Finding::Failing, None),
            (
                "no such site",
                Err(NetError::UnknownHost { host: host() }),
                Finding::NoSite,
                None,
            ),
            (
                "silence",
                Err(NetError::Timeout {
                    host: host(),
                    after: Duration::from_secs(30),
                }),
                Finding::Failing,
                None,
            ),
        ] {
            let answer = Answer {
                at: now,
                took: Duration::ZERO,
                response,
            };
            let look = Look::of(&answer, &settings, now);
            assert_eq!((look.finding, look.better.as_deref()), (finding, better), "{case}");
            let read = matches!(
                finding,
                Finding::Fine | Finding::Short | Finding::Renamed | Finding::Dormant | Finding::Empty
            );
            assert_eq!(look.why.is_none(), read, "{case}");
            assert_eq!(look.can_be_read(), read && finding != Finding::Empty, "{case}");
        }
    }
}
