//! `explain`: whether a text, a page or each entry of a feed would raise an alert, and why.

use std::process::ExitCode;

use anyhow::{Result, bail};
use jiff::Timestamp;
use url::Url;

use super::args::Explain;
use super::parse::{Body, bytes_of};
use super::place::configuration;
use super::print::out;
use crate::alert::{Context, Decision, RecentStories, Seen, assess, clean};
use crate::daemon::{Clock, Origin, SystemClock};
use crate::feed::{Backfill, Entry, EntryKey, FeedSettings, ParseError, Source, derive_id, parse, plain_text};
use crate::watch::{Document, Watchlist};

pub async fn explain(origin: &Origin, what: Explain) -> Result<ExitCode> {
    let configuration = configuration(origin)?;
    let watchlist = &configuration.watchlist;
    let only = match &what.watch {
        None => None,
        Some(name) => match watchlist.watches().iter().position(|watch| watch.name == *name) {
            Some(watch) => Some(watch),
            None => bail!("there is no watch `{name}`"),
        },
    };
    let entries = match (&what.what.url, &what.what.file, &what.what.text) {
        (Some(url), _, _) => entries(bytes_of(url).await?)?,
        (_, Some(file), _) => entries(bytes_of(&file.to_string_lossy()).await?)?,
        (_, _, Some(text)) => vec![written(text)],
        _ => bail!("give an address, `--file` or `--text`"),
    };
    let now = SystemClock.now();
    let mut stories = RecentStories::default();
    let mut alerts = 0;
    for entry in &entries {
        alerts += explain_entry(watchlist, entry, only, &mut stories, now)?;
    }
    Ok(ExitCode::from(u8::from(alerts == 0)))
}

/// Prints one entry's verdicts; gives the number of alerts it would raise, each as if the watch had never been told of
/// anything but the entries before it.
fn explain_entry(
    watchlist: &Watchlist,
    entry: &Entry,
    only: Option<usize>,
    stories: &mut RecentStories,
    now: Timestamp,
) -> Result<usize> {
    let document = Document {
        title: &entry.title,
        text: &entry.text,
        feed: None,
    };
    let mut examined = watchlist.examine(document);
    if let Some(watch) = only {
        examined.verdicts = vec![watchlist.verdict(watch, document, &examined)];
    }
    let lines: Vec<(usize, bool, String)> = examined
        .verdicts
        .iter()
        .map(|verdict| {
            (
                verdict.watch,
                verdict.fires(),
                verdict.sentence(watchlist, document, &examined),
            )
        })
        .collect();
    let feed = FeedSettings {
        backfill: Backfill::All,
        ..FeedSettings::new(Url::parse("explain:text")?, "")
    };
    let context = Context {
        watchlist,
        feed: &feed,
        feed_title: "",
        first_sight: false,
        now,
    };
    let assessment = assess(
        &[Seen {
            entry,
            examined,
            known: None,
        }],
        context,
        stories,
    );
    let decisions = assessment
        .entries
        .first()
        .map(|entry| entry.decisions.clone())
        .unwrap_or_default();
    let mut alerts = 0;
    out(|out| {
        writeln!(
            out,
            "{}",
            if entry.title.is_empty() {
                "(no title)".to_owned()
            } else {
                clean(&entry.title)
            }
        )?;
        if lines.is_empty() {
            writeln!(out, "  no alert: no term of any watch stands in it")?;
        }
        for (watch, fires, sentence) in &lines {
            let name = &watchlist.watches()[*watch].name;
            let decision = decisions
                .iter()
                .find(|(of, _)| of == watch)
                .map(|(_, decision)| decision);
            match decision {
                Some(Decision::Raise(_)) => {
                    alerts += 1;
                    writeln!(out, "  ALERT     {name}, because {sentence}")?;
                }
                Some(held) if *fires => writeln!(out, "  held      {name}: {held}")?,
                _ => writeln!(out, "  no alert  {name}, because {sentence}")?,
            }
        }
        Ok(())
    })?;
    Ok(alerts)
}

/// A text whose first line is the title.
fn written(text: &str) -> Entry {
    let (title, rest) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
    Entry {
        key: EntryKey(derive_id(&["explain", text])),
        id: None,
        title: title.trim().to_owned(),
        link: None,
        text: rest.trim().to_owned(),
        published: None,
        updated: None,
        authors: Vec::new(),
        tags: Vec::new(),
        language: None,
    }
}

/// The entries of a feed, the text of a web page, or a plain text.
fn entries(body: Body) -> Result<Vec<Entry>> {
    let source = Source {
        bytes: &body.bytes,
        content_type: body.content_type.as_deref(),
        url: body.url.as_ref(),
    };
    match parse(source) {
        Ok(feed) => Ok(feed.entries),
        Err(ParseError::Html { .. }) => {
            let page = String::from_utf8_lossy(&body.bytes);
            let title = between(&page, "<title", "</title>")
                .map(plain_text)
                .map(|title| title.text);
            let text = plain_text(between(&page, "<body", "</body>").unwrap_or(&page)).text;
            Ok(vec![written(&format!(
                "{}\n{text}",
                title.unwrap_or_default().replace('\n', " ")
            ))])
        }
        Err(ParseError::NotAFeed { .. }) => Ok(vec![written(&String::from_utf8_lossy(&body.bytes))]),
        Err(error) => bail!("{error}"),
    }
}

/// What stands in an element, found without regard to case.
fn between<'a>(page: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let lower = page.to_ascii_lowercase();
    let open = lower.find(open)?;
    let start = open + lower[open..].find('>')? + 1;
    let end = lower[start..].find(close).map_or(page.len(), |end| start + end);
    page.get(start..end)
}
