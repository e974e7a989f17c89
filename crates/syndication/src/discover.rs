//! Candidates for the feed of a web page: the links that it names, known rules of its site, and the usual addresses.
//! Pure.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::parse::{Link, Source, is_of_comments, page_links};

/// Why an address is a candidate, the likeliest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// The requested address is a feed itself.
    Itself,
    /// The page names it as its feed (`rel=alternate`).
    Named,
    /// Known rule of its site.
    Site,
    /// A link on the page looks like a feed.
    Linked,
    /// A usual address of feeds.
    Usual,
}

impl Hint {
    pub fn words(self) -> &'static str {
        match self {
            Self::Itself => "the address itself",
            Self::Named => "the page names it as its feed",
            Self::Site => "sites of this kind have their feeds there",
            Self::Linked => "a link on the page",
            Self::Usual => "feeds usually lie there",
        }
    }
}

/// An address that may be a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub url: Url,
    pub hint: Hint,
    /// Its title on the page.
    pub title: Option<String>,
}

/// Maximum number of linked feeds that are tried.
const LINKED: usize = 8;

/// Returns the addresses of feeds that a page and its own address suggest, likeliest first; [`Hint::Usual`] ones last.
///
/// ```
/// let page = "https://news.example/".parse()?;
/// let body = br#"<link rel="alternate" type="application/rss+xml" href="/feed.xml">"#;
/// let found = wirewatch_syndication::candidates(&page, body, None);
/// assert_eq!(found[0].url.as_str(), "https://news.example/feed.xml");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn candidates(page: &Url, body: &[u8], content_type: Option<&str>) -> Vec<Candidate> {
    let links = page_links(Source {
        bytes: body,
        content_type,
        url: Some(page),
        language: None,
        zone: None,
    });
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |url: Url, hint: Hint, title: Option<String>| {
        let known = found.iter().any(|candidate| candidate.url == url);
        if !known && url != *page && matches!(url.scheme(), "http" | "https") {
            found.push(Candidate { url, hint, title });
        }
    };
    let as_link = |link: &Link| Some((Url::parse(&link.url).ok()?, link.title.clone()));
    for (url, title) in links.named.iter().filter_map(as_link) {
        add(url, Hint::Named, title);
    }
    for url in of_site(page, &String::from_utf8_lossy(body)) {
        add(url, Hint::Site, None);
    }
    for (url, title) in links.linked.iter().filter_map(as_link).take(LINKED) {
        add(url, Hint::Linked, title);
    }
    for url in usual(page) {
        add(url, Hint::Usual, None);
    }
    found
}

/// The usual addresses under the page's own path, then at the root of the site.
fn usual(page: &Url) -> Vec<Url> {
    const UNDER: [&str; 2] = ["feed/", "rss"];
    const ROOT: [&str; 9] = [
        "/feed/",
        "/rss",
        "/rss.xml",
        "/feed.xml",
        "/atom.xml",
        "/index.xml",
        "/feed.json",
        "/feeds/posts/default",
        "/?feed=rss2",
    ];
    let mut folder = page.clone();
    folder.set_query(None);
    folder.set_fragment(None);
    if !folder.path().ends_with('/') {
        folder.set_path(&format!("{}/", page.path()));
    }
    let under = UNDER.iter().filter(|_| folder.path() != "/");
    under
        .filter_map(|path| folder.join(path).ok())
        .chain(ROOT.iter().filter_map(|path| page.join(path).ok()))
        .collect()
}

/// Returns the feeds of sites with known rules (from their own help pages).
fn of_site(page: &Url, body: &str) -> Vec<Url> {
    let host = page.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let host = host.strip_prefix("m.").unwrap_or(host);
    let parts: Vec<&str> = page.path().split('/').filter(|part| !part.is_empty()).collect();
    let query = |wanted: &str| {
        let (_, value) = page.query_pairs().find(|(name, _)| name == wanted)?;
        Some(value.into_owned())
    };
    let at_root = |path: &str| vec![format!("{}/{path}", page.origin().ascii_serialization())];
    let youtube = |key: &str, value: &str| vec![format!("https://www.youtube.com/feeds/videos.xml?{key}={value}")];
    let addresses = match (host, parts.as_slice()) {
        ("youtube.com", ["channel", id, ..]) => youtube("channel_id", id),
        ("youtube.com", ["user", name, ..]) => youtube("user", name),
        ("youtube.com", ["playlist"]) => query("list").map_or_else(Vec::new, |list| youtube("playlist_id", &list)),
        ("youtube.com", _) => channel_of(body).map_or_else(Vec::new, |id| youtube("channel_id", id)),
        ("reddit.com" | "old.reddit.com", [kind @ ("r" | "user"), name, ..]) => at_root(&format!("{kind}/{name}/.rss")),
        ("github.com", [owner, name, ..]) => ["releases", "tags", "commits"]
            .into_iter()
            .flat_map(|kind| at_root(&format!("{owner}/{name}/{kind}.atom")))
            .collect(),
        ("medium.com", [name, ..]) => at_root(&format!("feed/{name}")),
        ("bsky.app", ["profile", name, ..]) => at_root(&format!("profile/{name}/rss")),
        ("vimeo.com", [name]) => at_root(&format!("{name}/videos/rss")),
        ("news.google.com", ["search" | "topics" | "home", ..]) => {
            let mut feed = page.clone();
            feed.set_path(&format!("/rss{}", page.path()));
            vec![feed.to_string()]
        }
        (host, _) if host.ends_with(".substack.com") || host.ends_with(".wordpress.com") => at_root("feed"),
        (host, _) if host.ends_with(".tumblr.com") => at_root("rss"),
        (host, _) if host.contains(".blogspot.") => at_root("feeds/posts/default"),
        // A profile on a server of the fediverse.
        (_, [name]) if name.starts_with('@') && name.len() > 1 => at_root(&format!("{name}.rss")),
        _ => Vec::new(),
    };
    addresses
        .iter()
        .filter_map(|address| Url::parse(address).ok())
        .collect()
}

/// Returns the channel of a YouTube page, as its scripts name it.
fn channel_of(body: &str) -> Option<&str> {
    let marks = [
        "\"externalId\":\"",
        "\"channelId\":\"",
        "itemprop=\"identifier\" content=\"",
    ];
    let after = |mark: &str| body.split_once(mark).map(|(_, after)| after);
    let (id, _) = marks.iter().find_map(|mark| after(mark))?.split_once('"')?;
    (id.len() == 24 && id.starts_with("UC")).then_some(id)
}

/// The properties that decide between two feeds of a page.
#[derive(Debug, Clone, Copy)]
pub struct Tried<'a> {
    pub candidate: &'a Candidate,
    pub entries: usize,
    pub newest: Option<Timestamp>,
}

/// Feeds this much older than the freshest are abandoned.
const LEFT_BEHIND: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Returns the index of the best feed: news before comments, live before abandoned, then the likeliest hint in the
/// order of the page. `None` if none has entries.
pub fn best(tried: &[Tried<'_>]) -> Option<usize> {
    let freshest = tried.iter().filter_map(|tried| tried.newest).max();
    let left_behind = |tried: &Tried<'_>| match (tried.newest, freshest) {
        (Some(newest), Some(freshest)) => freshest.duration_since(newest) > LEFT_BEHIND,
        (newest, freshest) => newest.is_none() && freshest.is_some(),
    };
    let with_entries = tried.iter().enumerate().filter(|(_, tried)| tried.entries > 0);
    let (at, _) = with_entries.min_by_key(|(at, tried)| {
        let candidate = tried.candidate;
        let comments = is_of_comments(candidate.url.as_str(), candidate.title.as_deref());
        (comments, left_behind(tried), candidate.hint, *at)
    })?;
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn the_feeds_of_known_sites_are_known() {
        let id = "UC1234567890123456789012";
        let channel = format!("https://www.youtube.com/feeds/videos.xml?channel_id={id}");
        let by_script = format!("<script>{{\"externalId\":\"{id}\"}}</script>");
        let table = [
            (&*format!("https://www.youtube.com/channel/{id}/videos"), "", &*channel),
            ("https://www.youtube.com/@desk", &*by_script, &*channel),
            (
                "https://www.youtube.com/playlist?list=PL1",
                "",
                "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1",
            ),
            (
                "https://www.reddit.com/r/Mali/new/",
                "",
                "https://www.reddit.com/r/Mali/.rss",
            ),
            ("https://github.com/a/b", "", "https://github.com/a/b/releases.atom"),
            ("https://medium.com/@desk/story", "", "https://medium.com/feed/@desk"),
            (
                "https://bsky.app/profile/desk.example",
                "",
                "https://bsky.app/profile/desk.example/rss",
            ),
            (
                "https://desk.substack.com/archive",
                "",
                "https://desk.substack.com/feed",
            ),
            (
                "https://desk.blogspot.com/2024/",
                "",
                "https://desk.blogspot.com/feeds/posts/default",
            ),
            ("https://social.example/@desk", "", "https://social.example/@desk.rss"),
            (
                "https://news.google.com/search?q=Mali&hl=fr",
                "",
                "https://news.google.com/rss/search?q=Mali&hl=fr",
            ),
        ];
        for (page, body, feed) in table {
            let found = candidates(&url(page), body.as_bytes(), Some("text/html"));
            assert_eq!((found[0].hint, found[0].url.as_str()), (Hint::Site, feed), "{page}");
        }
    }

    #[test]
    fn what_the_page_names_comes_first_then_what_it_links_then_what_is_usual() {
        let body = "<html><head><base href='/fr/'><link rel=alternate type=application/rss+xml title='Site &raquo; Comments' href=comments/feed/>\
                    <link rel='alternate' type='application/rss+xml' title='Afrique' href='afrique/rss'>\
                    <link rel=alternate type='application/json' title='JSON Feed' href='/feed.json'>\
                    <link rel=alternate type='application/json' href='/wp-json/wp/v2/pages/1'>\
                    <link rel=alternate hreflang=en href='/en/'></head>\
                    <body><a href='/flux.rss'>Tous les flux</a><a href='/feedback'>Contact</a></body></html>";
        let page = url("https://desk.example/fr/index.html");
        let found = candidates(&page, body.as_bytes(), Some("text/html"));
        let listed: Vec<(Hint, &str)> = found.iter().map(|one| (one.hint, one.url.as_str())).collect();
        assert_eq!(
            listed[..6],
            [
                (Hint::Named, "https://desk.example/fr/afrique/rss"),
                (Hint::Named, "https://desk.example/feed.json"),
                (Hint::Named, "https://desk.example/fr/comments/feed/"),
                (Hint::Linked, "https://desk.example/flux.rss"),
                (Hint::Usual, "https://desk.example/fr/index.html/feed/"),
                (Hint::Usual, "https://desk.example/fr/index.html/rss"),
            ]
        );
        assert_eq!(found[0].title.as_deref(), Some("Afrique"));
        assert!(listed[6..].iter().all(|(hint, _)| *hint == Hint::Usual), "{listed:?}");
        assert!(
            !listed
                .iter()
                .any(|(_, url)| url.contains("wp-json") || url.ends_with("feedback"))
        );
    }

    #[test]
    fn the_one_to_take_lives_and_is_no_feed_of_comments() {
        let one = |address: &str, hint: Hint| Candidate {
            url: url(address),
            hint,
            title: None,
        };
        let old: Option<Timestamp> = Some("2019-01-01T00:00:00Z".parse().unwrap());
        let new: Option<Timestamp> = Some("2026-03-01T00:00:00Z".parse().unwrap());
        let (named, usual) = (Hint::Named, Hint::Usual);
        for (case, tried, expected) in [
            ("none has entries", vec![("https://a/x", named, 0, None)], None),
            (
                "the first that is named",
                vec![("https://a/x", named, 9, new), ("https://a/y", named, 9, new)],
                Some(0),
            ),
            (
                "news before comments",
                vec![
                    ("https://a/comments/feed/", named, 9, new),
                    ("https://a/feed/", named, 9, new),
                ],
                Some(1),
            ),
            (
                "one that lives before one that was left behind",
                vec![("https://a/rss.xml", named, 9, old), ("https://a/feed", usual, 9, new)],
                Some(1),
            ),
            (
                "with dates before without",
                vec![("https://a/x", named, 9, None), ("https://a/y", named, 9, new)],
                Some(1),
            ),
            ("old, but the only one", vec![("https://a/x", named, 9, old)], Some(0)),
        ] {
            let candidates: Vec<Candidate> = tried.iter().map(|(url, hint, ..)| one(url, *hint)).collect();
            let tried: Vec<Tried<'_>> = candidates
                .iter()
                .zip(&tried)
                .map(|(candidate, (_, _, entries, newest))| Tried {
                    candidate,
                    entries: *entries,
                    newest: *newest,
                })
                .collect();
            assert_eq!(best(&tried), expected, "{case}");
        }
    }
}
