//! `why`: what became of an entry, stage by stage.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use jiff::Timestamp;
use serde::Serialize;

use super::deliveries::{DeliveryLine, state};
use super::print::{headline, json_lines, link, out, relative, time};
use super::startup::{NOTHING_YET, configuration_or_last, reader};
use crate::alert::{Decision, Raise, WatchFate};
use crate::daemon::{Clock, Origin, SystemClock};
use crate::feed::ArticleFate;
use crate::net::{ShownAddress, shown_text};
use crate::store::{AlertRow, EntryRow, Sqlite, Store, StoryMatch};
use crate::text::clean;
use crate::text::count;

/// One entry as `--json` prints it.
#[derive(Debug, Serialize)]
struct EntryLine {
    feed: ShownAddress,
    title: String,
    link: Option<String>,
    published: Option<Timestamp>,
    first_seen: Timestamp,
    story: Option<String>,
    /// `null` where the article was not wanted.
    article: Option<ArticleLine>,
    watches: Vec<WatchLine>,
    /// Of its story, whichever entry raised them.
    alerts: Vec<AlertLine>,
}

#[derive(Debug, Serialize)]
struct ArticleLine {
    /// `waiting`, `read`, `not read`.
    state: &'static str,
    because: Option<String>,
}

#[derive(Debug, Serialize)]
struct WatchLine {
    watch: String,
    fires: bool,
    because: String,
    /// `alert`, `update`, `held`; `null` where the watch does not fire.
    decision: Option<&'static str>,
    decision_because: Option<String>,
}

#[derive(Debug, Serialize)]
struct AlertLine {
    id: String,
    watch: String,
    raised: Timestamp,
    headline: String,
    deliveries: Vec<DeliveryLine>,
}

pub async fn why(origin: &Origin, url: &str, json: bool) -> Result<ExitCode> {
    let configuration = configuration_or_last(origin)?;
    let Some(store) = reader(&configuration)? else {
        if !json {
            out(|out| writeln!(out, "{NOTHING_YET}"))?;
        }
        return Ok(ExitCode::FAILURE);
    };
    let entries = found(&store, url).await?;
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        let alerts = match entry.story {
            Some(story) => store.alerts_of(story).await.context("failed to")?,
            None => Vec::new(),
        };
        rows.push((entry, alerts));
    }
    let code = ExitCode::from(u8::from(rows.is_empty()));
    if json {
        json_lines(rows.into_iter().map(|(entry, alerts)| line(entry, alerts)))?;
        return Ok(code);
    }
    let names = store.feeds().await.context("failed to")?;
    let name = |feed: &str| {
        let known = names.iter().find(|memory| memory.url == feed);
        known
            .and_then(|memory| memory.title.clone())
            .map(|title| clean(&shown_text(&title)))
    };
    let now = SystemClock.now();
    out(|out| {
        if rows.is_empty() {
            return unknown(out, url);
        }
        for (number, (entry, alerts)) in rows.iter().enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            show(out, entry, name(&entry.feed), alerts, now)?;
        }
        Ok(())
    })?;
    Ok(code)
}

/// Entries with this link, else those that lead to the same page.
async fn found(store: &Sqlite, url: &str) -> Result<Vec<EntryRow>> {
    let url = url.trim().to_owned();
    let exact = store
        .entries(&StoryMatch::Link(url.clone()))
        .await
        .context("failed to")?;
    if !exact.is_empty() {
        return Ok(exact);
    }
    store.entries(&StoryMatch::Page(url)).await.context("failed to")
}

fn unknown(out: &mut dyn Write, url: &str) -> io::Result<()> {
    writeln!(out, "No entry with this link is remembered.\n")?;
    writeln!(
        out,
        "Either no feed has brought it: `wirewatch feeds list` says how the feeds are."
    )?;
    writeln!(
        out,
        "Or it came so long ago that it is forgotten: `keep` under [store] says how long.\n"
    )?;
    let shown = ShownAddress::of_text(url);
    match shown.as_str() == url {
        true => writeln!(
            out,
            "Whether it would raise an alert: wirewatch explain '{}'",
            clean(url)
        ),
        false => writeln!(
            out,
            "Whether it would raise an alert: `wirewatch explain` says so of the same address."
        ),
    }
}

fn show(
    out: &mut dyn Write,
    row: &EntryRow,
    feed: Option<String>,
    alerts: &[AlertRow],
    now: Timestamp,
) -> io::Result<()> {
    writeln!(out, "{}", headline(&row.entry.title))?;
    if let Some(written) = &row.entry.link {
        writeln!(out, "{}", link(written))?;
    }
    let from = match feed {
        Some(title) => format!("{title} ({})", ShownAddress::of_text(&row.feed)),
        None => ShownAddress::of_text(&row.feed).to_string(),
    };
    let mut stage = Stages::default();
    let read = format!("{} ({})", time(row.first_seen), relative(row.first_seen, now));
    stage.line(out, "read", &format!("{read}, from {from}"))?;
    match row.entry.published {
        Some(at) => stage.more(out, &format!("published {}", time(at)))?,
        None => stage.more(out, "the feed gives no date for it")?,
    }
    if let Some(article) = &row.article {
        stage.line(out, "opened", &opened(article))?;
    }
    let watches = &row.fate.watches;
    stage.line(out, "examined", &examined(watches.len()))?;
    for WatchFate {
        watch,
        because,
        decision,
    } in watches
    {
        let fires = if decision.is_some() { "fires" } else { "stays quiet" };
        stage.more(out, &format!("{watch} {fires}: {}", clean(because)))?;
    }
    let decided: Vec<_> = watches
        .iter()
        .filter_map(|fate| Some((&fate.watch, fate.decision.as_ref()?)))
        .collect();
    if decided.is_empty() {
        return stage.line(out, "decided", "no alert, since no watch fires");
    }
    for (watch, decision) in decided {
        stage.line(out, "decided", &format!("{watch}: {}", clean(&decision.to_string())))?;
    }
    if alerts.is_empty() {
        return stage.line(out, "delivered", "nothing");
    }
    for AlertRow { alert, deliveries, .. } in alerts {
        let of = format!("alert {} of {}, raised {}", alert.id, alert.watch, time(alert.raised));
        stage.line(out, "delivered", &of)?;
        if deliveries.is_empty() {
            stage.more(out, "to nobody: its deliveries are forgotten, or there was no receiver")?;
        }
        for delivery in deliveries {
            stage.more(
                out,
                &format!("{}: {}", delivery.delivery.receiver, state(delivery, now)),
            )?;
        }
    }
    Ok(())
}

fn opened(article: &ArticleFate) -> String {
    match article {
        ArticleFate::Waiting { why: None, .. } => "not yet: the article waits for its turn".to_owned(),
        ArticleFate::Waiting { why: Some(why), .. } => format!("not yet, and tried again: {}", clean(why)),
        ArticleFate::Read { at } => format!("the article was read, {}", time(*at)),
        ArticleFate::NotRead { why, .. } => format!("not: {}; the feed's own text stands", clean(why)),
    }
}

fn examined(watches: usize) -> String {
    match watches {
        0 => "no term of any watch appears in it".to_owned(),
        1 => "a term of 1 watch appears in it".to_owned(),
        _ => format!("terms of {} appear in it", count(watches, "watch")),
    }
}

/// Stages with what belongs to them set under them; a stage that goes on is not named again.
#[derive(Default)]
struct Stages(&'static str);

impl Stages {
    fn line(&mut self, out: &mut dyn Write, stage: &'static str, words: &str) -> io::Result<()> {
        let shown = if self.0 == stage { "" } else { stage };
        self.0 = stage;
        writeln!(out, "  {shown:<10} {words}")
    }

    fn more(&self, out: &mut dyn Write, words: &str) -> io::Result<()> {
        writeln!(out, "  {:<10}   {words}", "")
    }
}

fn line(row: EntryRow, alerts: Vec<AlertRow>) -> EntryLine {
    EntryLine {
        feed: ShownAddress::of_text(&row.feed),
        title: row.entry.title,
        link: row.entry.link,
        published: row.entry.published,
        first_seen: row.first_seen,
        story: row.story.map(|story| story.to_string()),
        article: row.article.map(article_line),
        watches: row.fate.watches.into_iter().map(watch_line).collect(),
        alerts: alerts
            .into_iter()
            .map(|row| AlertLine {
                id: row.alert.id.to_string(),
                watch: row.alert.watch,
                raised: row.alert.raised,
                headline: row.alert.origin.title,
                deliveries: row.deliveries.into_iter().map(DeliveryLine::from).collect(),
            })
            .collect(),
    }
}

fn article_line(article: ArticleFate) -> ArticleLine {
    let (state, because) = match article {
        ArticleFate::Waiting { why, .. } => ("waiting", why),
        ArticleFate::Read { .. } => ("read", None),
        ArticleFate::NotRead { why, .. } => ("not read", Some(why)),
    };
    ArticleLine { state, because }
}

fn watch_line(fate: WatchFate) -> WatchLine {
    WatchLine {
        watch: fate.watch,
        fires: fate.decision.is_some(),
        because: fate.because,
        decision: fate.decision.as_ref().map(|decision| match decision {
            Decision::Raise(Raise::First) => "alert",
            Decision::Raise(Raise::Update { .. }) => "update",
            Decision::Hold(_) => "held",
        }),
        decision_because: fate.decision.map(|decision| decision.to_string()),
    }
}
