//! The report on many feeds at once: what is fine, what is not, and what to do about it.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write, stderr};

use anyhow::Result;
use futures_util::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use super::http::{Asker, contents};
use crate::cli::print::{headline, json_lines, link};
use crate::feed::{FeedSettings, Finding, Look};
use crate::net::{ShownAddress, shown_text};
use crate::text::clean;
use crate::text::count;

/// One feed, looked at.
pub struct Looked {
    pub feed: FeedSettings,
    pub look: Look,
    /// A better address that was tried, and what it holds.
    pub instead: Option<(Url, Look)>,
}

/// One feed as `--json` prints it; times in Unix seconds.
#[derive(Debug, Serialize)]
struct Line<'a> {
    url: ShownAddress,
    group: &'a str,
    finding: &'static str,
    title: Option<&'a str>,
    entries: usize,
    newest_entry: Option<i64>,
    error: Option<String>,
    instead: Option<ShownAddress>,
    repairs: &'a [String],
}

/// Sites that are asked at once.
const AT_ONCE: usize = 16;

/// Looks at every feed, many sites at once, and tries the better addresses that were named. On a terminal a line says
/// how far it is.
pub async fn look_at(asker: &Asker, feeds: &[FeedSettings]) -> Vec<Looked> {
    let mut sites: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, feed) in feeds.iter().enumerate() {
        sites
            .entry(feed.url.host_str().unwrap_or_default())
            .or_default()
            .push(at);
    }
    let bar = progress(feeds.len());
    let at_site = |indices: Vec<usize>| {
        let bar = &bar;
        async move {
            let mut looked = Vec::new();
            for at in indices {
                looked.push((at, look_at_one(asker, &feeds[at]).await));
                bar.inc(1);
            }
            looked
        }
    };
    let all: Vec<Vec<(usize, Looked)>> = stream::iter(sites.into_values().map(at_site))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    bar.finish_and_clear();
    let mut all: Vec<(usize, Looked)> = all.into_iter().flatten().collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, looked)| looked).collect()
}

async fn look_at_one(asker: &Asker, feed: &FeedSettings) -> Looked {
    let (_, look) = asker.ask(feed).await;
    let better = look.better.as_deref().and_then(|better| Url::parse(better).ok());
    let instead = match better {
        // Back into the open is a step that nobody should take unasked.
        Some(url) if feed.url.scheme() == "https" && url.scheme() == "http" => None,
        // What a redirect led to was read already.
        Some(url) if look.finding != Finding::NotAFeed => Some((url, look.clone())),
        Some(url) => {
            let (_, tried) = asker.ask_url(&url).await;
            Some((url, tried))
        }
        None => None,
    };
    Looked {
        feed: feed.clone(),
        look,
        instead: instead.filter(|(_, tried)| tried.can_be_read()),
    }
}

fn progress(feeds: usize) -> ProgressBar {
    if !stderr().is_terminal() || feeds < 2 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(feeds).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("Looking at the feeds: {pos} of {len} {bar:30} {eta} left");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// What is said of a group of feeds: its head, and what to do.
fn words(finding: Finding) -> (&'static str, &'static str) {
    match finding {
        Finding::NotAFeed => (
            "Not a feed",
            "Write the address that stands after the arrow in place of the old one, or look for the feed with `wirewatch feeds discover`.",
        ),
        Finding::Missing => (
            "Nothing at the address",
            "Look for the new address with `wirewatch feeds discover` and the site's front page.",
        ),
        Finding::Gone => ("Taken away by the publisher", "Take them out."),
        Finding::NoSite => (
            "Site not found",
            "There is no such site any more, or the address has a slip: take them out or mend them.",
        ),
        Finding::Challenged => (
            "Blocked: only browsers are let in",
            "A challenge stands before the feed, which a feed reader may not pass. Ask the publisher to let feed readers in, or take the same news from another feed.",
        ),
        Finding::Blocked => (
            "Blocked: the server refuses us",
            "Ask the publisher whether the feed is still open to readers.",
        ),
        Finding::Failing => (
            "Cannot be read now",
            "Often this passes; you are told of those that still fail after three hours, if `[health] tell` names somebody.",
        ),
        Finding::Empty => (
            "Empty",
            "They can be read and have no entries. Nothing needs to be done if that is as it should be.",
        ),
        Finding::Dormant => (
            "Nothing new for more than a year",
            "They can be read, but their publisher may have left them.",
        ),
        Finding::Renamed => (
            "Renamed",
            "They can be read; write the new address in place of the old one.",
        ),
        Finding::Short => (
            "Only two lines an entry",
            "They are fine, but many watches need more to judge by. Shall the articles be opened? Write `full_text = \"when short\"` into their tables.",
        ),
        Finding::Fine => ("Fine", ""),
    }
}

/// A word for programs.
fn key(finding: Finding) -> &'static str {
    match finding {
        Finding::NotAFeed => "not a feed",
        Finding::Missing => "not found",
        Finding::Gone => "gone",
        Finding::NoSite => "site not found",
        Finding::Challenged => "blocked by a challenge",
        Finding::Blocked => "blocked",
        Finding::Failing => "failing",
        Finding::Empty => "empty",
        Finding::Dormant => "dormant",
        Finding::Renamed => "renamed",
        Finding::Short => "short",
        Finding::Fine => "fine",
    }
}

/// Feeds that are listed in each group; of those where nothing is wrong fewer.
const LISTED: usize = 50;
const LISTED_SHORT: usize = 5;

/// Groups the feeds by what was found, those that need somebody first.
pub fn report(out: &mut dyn Write, looked: &[Looked], now: Timestamp) -> io::Result<()> {
    let mut groups: BTreeMap<Finding, Vec<&Looked>> = BTreeMap::new();
    for one in looked {
        groups.entry(one.look.finding).or_default().push(one);
    }
    let readable = looked.iter().filter(|one| one.look.why.is_none()).count();
    if readable == 0
        && looked.len() > 2
        && groups
            .keys()
            .all(|finding| matches!(finding, Finding::NoSite | Finding::Failing))
    {
        writeln!(
            out,
            "None of the {} can be reached: is this machine's network down?",
            count(looked.len(), "feed")
        )?;
    }
    for (finding, group) in groups.iter().filter(|(finding, _)| **finding != Finding::Fine) {
        let (head, what_now) = words(*finding);
        writeln!(out, "{head} ({})", group.len())?;
        let limit = if *finding == Finding::Short {
            LISTED_SHORT
        } else {
            LISTED
        };
        for one in group.iter().take(limit) {
            show(out, one, now)?;
        }
        if group.len() > limit {
            writeln!(out, "    and {} more", group.len() - limit)?;
        }
        writeln!(out, "  {what_now}\n")?;
    }
    let fine = groups.get(&Finding::Fine).map_or(0, Vec::len);
    let entries: usize = looked.iter().map(|one| one.look.entries).sum();
    writeln!(
        out,
        "{} of {} can be read, {fine} of them without a remark; together they hold {} now.",
        readable,
        count(looked.len(), "feed"),
        count(entries, "entry"),
    )
}

fn show(out: &mut dyn Write, one: &Looked, now: Timestamp) -> io::Result<()> {
    let look = &one.look;
    let address = link(one.feed.shown().as_str());
    let title = one.feed.title.as_deref().or(look.title.as_deref());
    match title {
        Some(title) => writeln!(out, "    {}  {address}", headline(title))?,
        None => writeln!(out, "    {address}")?,
    }
    let named_already = matches!(
        look.finding,
        Finding::NotAFeed | Finding::Missing | Finding::Gone | Finding::NoSite
    );
    if let Some(why) = look
        .why
        .as_ref()
        .filter(|_| !named_already || (look.better.is_some() && one.instead.is_none()))
    {
        writeln!(out, "      {}", clean(&shown_text(why)))?;
    }
    if look.finding == Finding::Dormant {
        writeln!(out, "      {}", contents(look, now))?;
    }
    if let Some((url, tried)) = &one.instead {
        writeln!(
            out,
            "      → {}  ({})",
            link(ShownAddress::of(url).as_str()),
            contents(tried, now)
        )?;
    }
    Ok(())
}

/// One line of JSON a feed.
pub fn json(looked: &[Looked]) -> Result<()> {
    json_lines(looked.iter().map(|one| Line {
        url: one.feed.shown(),
        group: &one.feed.group,
        finding: key(one.look.finding),
        title: one.look.title.as_deref(),
        entries: one.look.entries,
        newest_entry: one.look.newest.map(Timestamp::as_second),
        error: one.look.why.as_deref().map(shown_text),
        instead: one.instead.as_ref().map(|(url, _)| ShownAddress::of(url)),
        repairs: &one.look.repairs,
    }))
}
