//! Whether an entry's article is opened, and when again after a failure. Pure.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::judge::Unopened;
use crate::feed::state::{FeedSettings, FullText};
use wirewatch_syndication::Entry;

/// Characters of a text that is short: three or four lines, as most feeds give.
const SHORT: usize = 600;
/// A longer text that breaks off is no whole article, up to here.
const BROKEN_OFF: usize = 2_000;

/// The page to open for an entry; `None` where its feed wants none, its text is long enough, or its link leads nowhere.
pub fn article_link(settings: &FeedSettings, entry: &Entry) -> Option<Url> {
    let wanted = match settings.full_text {
        FullText::Never => false,
        FullText::Always => true,
        FullText::WhenShort => is_short(&entry.text),
    };
    let link = entry.link.as_deref().filter(|_| wanted)?;
    let mut url = Url::parse(link.trim()).ok()?;
    url.set_fragment(None);
    let front_page = url.path() == "/" && url.query().is_none();
    (matches!(url.scheme(), "http" | "https") && url.has_host() && !front_page && url != settings.url).then_some(url)
}

fn is_short(text: &str) -> bool {
    let ends = text.trim_end().to_lowercase();
    let broken_off = [
        "…",
        "...",
        "[…]",
        "[...]",
        "read more",
        "lire la suite",
        "continue reading",
    ]
    .iter()
    .any(|end| ends.ends_with(end));
    let most = if broken_off { BROKEN_OFF } else { SHORT };
    text.chars().nth(most).is_none()
}

/// What follows a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Retry {
    At(Timestamp),
    /// The feed's own text stands.
    Never,
}

/// Between the first and the second try; then twice that, and so on.
const FIRST_WAIT: Duration = Duration::from_secs(15);

/// Tries again while the article can still come within `wait` of the time it was first asked for (`since`); what a server
/// demands beyond that ends it. `tries` were made, this one included.
pub fn after_failure(unopened: &Unopened, tries: u32, since: Timestamp, now: Timestamp, wait: Duration) -> Retry {
    let Unopened::Now { wait: demanded, .. } = unopened else {
        return Retry::Never;
    };
    let own = FIRST_WAIT.saturating_mul(1 << tries.saturating_sub(1).min(10));
    let again = now.saturating_add(demanded.unwrap_or_default().max(own));
    match (again, since.saturating_add(wait)) {
        (Ok(again), Ok(end)) if again <= end => Retry::At(again),
        _ => Retry::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirewatch_syndication::EntryKey;

    #[test]
    fn an_article_is_opened_where_the_feed_wants_it_and_gives_little() {
        let long = "A sentence of the report that goes on for a while. ".repeat(20);
        let broken = format!("{long}And then […]");
        let table = [
            ("never", FullText::Never, "", Some("https://a.example/1"), None),
            (
                "always",
                FullText::Always,
                &long,
                Some("https://a.example/1"),
                Some("https://a.example/1"),
            ),
            (
                "when short, and it is",
                FullText::WhenShort,
                "Two lines.",
                Some("https://a.example/1#top"),
                Some("https://a.example/1"),
            ),
            (
                "when short, and it is not",
                FullText::WhenShort,
                &long,
                Some("https://a.example/1"),
                None,
            ),
            (
                "when short, and it breaks off",
                FullText::WhenShort,
                &broken,
                Some("https://a.example/1"),
                Some("https://a.example/1"),
            ),
            ("no link", FullText::Always, "", None, None),
            (
                "a link that is no page",
                FullText::Always,
                "",
                Some("mailto:a@example.org"),
                None,
            ),
            ("the front page", FullText::Always, "", Some("https://a.example/"), None),
            (
                "the feed itself",
                FullText::Always,
                "",
                Some("https://a.example/feed"),
                None,
            ),
        ];
        for (case, full_text, text, link, opened) in table {
            let settings = FeedSettings {
                full_text,
                ..FeedSettings::new(Url::parse("https://a.example/feed").unwrap(), "desk")
            };
            let entry = Entry {
                key: EntryKey(1),
                id: None,
                title: String::new(),
                link: link.map(str::to_owned),
                text: text.to_owned(),
                published: None,
                updated: None,
                authors: Vec::new(),
                tags: Vec::new(),
                language: None,
                ..Entry::default()
            };
            let found = article_link(&settings, &entry);
            assert_eq!(found.as_ref().map(Url::as_str), opened, "{case}");
        }
    }

    #[test]
    fn it_is_tried_again_for_two_minutes_and_not_before_the_server_says() {
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        let busy = |secs: u64| Unopened::Now {
            why: String::new(),
            wait: Some(Duration::from_secs(secs)),
        };
        let never = Unopened::Ever { why: String::new() };
        let table = [
            ("a first failure", busy(0), 1, 2, Retry::At(at(17))),
            ("a second", busy(0), 2, 20, Retry::At(at(50))),
            ("the server's own time", busy(60), 1, 2, Retry::At(at(62))),
            ("too late", busy(0), 4, 60, Retry::Never),
            ("the server wants more than there is", busy(600), 1, 2, Retry::Never),
            ("nothing will change", never, 1, 2, Retry::Never),
        ];
        for (case, unopened, tries, now, follows) in table {
            let wait = Duration::from_secs(120);
            assert_eq!(after_failure(&unopened, tries, at(0), at(now), wait), follows, "{case}");
        }
    }
}
