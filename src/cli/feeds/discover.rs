//! `feeds discover`: which feed a page has, tried out.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use super::http::{Asker, contents};
use crate::cli::print::{headline, json_lines, link, out};
use crate::cli::startup::{configuration, origin};
use crate::daemon::{Clock, SystemClock};
use crate::feed::{Finding, Look};
use crate::net::{ShownAddress, shown_text};
use crate::text::clean;
use crate::text::count;
use wirewatch_syndication::{Candidate, Hint, Tried, best, candidates};

/// A candidate as `--json` prints it; times in Unix seconds.
#[derive(Debug, Serialize)]
struct Line<'a> {
    url: ShownAddress,
    found: &'static str,
    title: Option<&'a str>,
    entries: usize,
    newest_entry: Option<i64>,
    error: Option<String>,
    take: bool,
}

/// Candidates that are tried, at most: two dozen seconds for a site at the usual pause.
const MOST: usize = 12;

type Attempt = (Candidate, Look);

pub async fn discover(config: Option<std::path::PathBuf>, written: &str, json: bool) -> Result<ExitCode> {
    // It works without a configuration; where there is one, its pauses and its contact are used.
    let configuration = origin(config).ok().and_then(|origin| configuration(&origin).ok());
    let asker = Asker::for_a_person(configuration.as_ref())?;
    let page = address(written)?;
    let (first, tried) = search(&asker, &page).await;
    let weighed: Vec<Tried<'_>> = tried
        .iter()
        .map(|(candidate, look)| Tried {
            candidate,
            entries: look.entries,
            newest: look.newest,
        })
        .collect();
    let take = best(&weighed);
    let found = take.is_some();
    if json {
        json_lines(
            tried
                .iter()
                .enumerate()
                .map(|(at, attempt)| line(attempt, take == Some(at))),
        )?;
    } else {
        show(&page, &first, &tried, take, SystemClock.now())?;
    }
    Ok(ExitCode::from(u8::from(!found)))
}

/// `example.org` is as good as `https://example.org/`.
fn address(written: &str) -> Result<Url> {
    let written = written.trim();
    let with_scheme = if written.contains("://") {
        written.to_owned()
    } else {
        format!("https://{written}")
    };
    let url =
        Url::parse(&with_scheme).with_context(|| format!("{} is not an address", ShownAddress::of_text(written)))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        bail!("{} is not an address on the web", ShownAddress::of_text(written));
    }
    Ok(url)
}

/// The address itself, then what it suggests. Where feeds usually lie is only tried while none was found.
async fn search(asker: &Asker, page: &Url) -> (Look, Vec<Attempt>) {
    let (answer, first) = asker.ask_url(page).await;
    if first.can_be_read() || first.finding == Finding::Empty {
        let itself = Candidate {
            url: first
                .better
                .as_deref()
                .and_then(|moved| Url::parse(moved).ok())
                .unwrap_or_else(|| page.clone()),
            hint: Hint::Itself,
            title: None,
        };
        return (first.clone(), vec![(itself, first)]);
    }
    let Ok(response) = answer.response else {
        return (first, Vec::new());
    };
    let content_type = response
        .headers
        .get("content-type")
        .and_then(|value| value.to_str().ok());
    let mut tried: Vec<Attempt> = Vec::new();
    for candidate in candidates(&response.url, &response.body, content_type) {
        let found = tried.iter().any(|(_, look)| look.can_be_read());
        if tried.len() == MOST || (found && candidate.hint == Hint::Usual) {
            break;
        }
        let (_, look) = asker.ask_url(&candidate.url).await;
        // A guess that led nowhere is no news.
        if candidate.hint != Hint::Usual || look.can_be_read() {
            tried.push((candidate, look));
        }
    }
    (first, tried)
}

fn line((candidate, look): &Attempt, take: bool) -> Line<'_> {
    Line {
        url: ShownAddress::of(&candidate.url),
        found: candidate.hint.words(),
        title: look.title.as_deref().or(candidate.title.as_deref()),
        entries: look.entries,
        newest_entry: look.newest.map(Timestamp::as_second),
        error: look.why.as_deref().map(shown_text),
        take,
    }
}

fn show(page: &Url, first: &Look, tried: &[Attempt], take: Option<usize>, now: Timestamp) -> Result<()> {
    out(|out| {
        let shown = link(ShownAddress::of(page).as_str());
        let itself = tried
            .first()
            .is_some_and(|(candidate, _)| candidate.hint == Hint::Itself);
        match (&first.why, itself) {
            (_, true) => writeln!(out, "{shown} is a feed itself.")?,
            (Some(why), false) if first.finding != Finding::NotAFeed => {
                writeln!(out, "{shown}: {}.", clean(&shown_text(why)))?
            }
            _ => writeln!(out, "{shown} is a web page; here is where its feed may be:")?,
        }
        for (at, (candidate, look)) in tried.iter().enumerate() {
            let mark = if take == Some(at) { "take" } else { "" };
            let title = look.title.as_deref().or(candidate.title.as_deref());
            let title = title.map_or_else(String::new, |title| format!("{}: ", headline(title)));
            writeln!(
                out,
                "\n  {mark:<4}  {}",
                link(ShownAddress::of(&candidate.url).as_str())
            )?;
            match &look.why {
                Some(why) => writeln!(out, "        cannot be read: {}", clean(&shown_text(why)))?,
                None => writeln!(out, "        {title}{}", contents(look, now))?,
            }
            if candidate.hint != Hint::Itself {
                writeln!(out, "        ({})", candidate.hint.words())?;
            }
        }
        let Some((candidate, _)) = take.and_then(|at| tried.get(at)) else {
            let answered = !matches!(
                first.finding,
                Finding::NoSite | Finding::Failing | Finding::Challenged | Finding::Blocked
            );
            return match answered {
                true => writeln!(
                    out,
                    "\nNo feed was found. Look on the page for “RSS”, “Feed” or an orange sign, and give its address to `wirewatch feeds discover`."
                ),
                false => Ok(()),
            };
        };
        let name = name_of(&candidate.url);
        writeln!(
            out,
            "\nTo watch it, write into feeds.toml:\n\n  [feeds.{name}]\n  urls = [\"{}\"]",
            ShownAddress::of(&candidate.url)
        )?;
        if ShownAddress::of(&candidate.url).as_str() != candidate.url.as_str() {
            writeln!(
                out,
                "\nWrite your password or token into it again: it is not shown here."
            )?;
        }
        let readable = tried.iter().filter(|(_, look)| look.can_be_read()).count();
        if readable > 1 {
            let others = count(readable - 1, "other feed");
            writeln!(out, "\nOr take {others} of the list, if that suits you better.")?;
        }
        Ok(())
    })
}

/// A name for the table: the site's, without what all sites have.
fn name_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let first = host.split('.').next().unwrap_or_default();
    let bare: String = first
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
        .collect();
    if bare.is_empty() || bare.bytes().all(|byte| byte.is_ascii_digit()) {
        "new".to_owned()
    } else {
        bare
    }
}
