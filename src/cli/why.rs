//! `why`: what became of an entry, stage by stage.

use std::process::ExitCode;

use anyhow::Result;
use serde::Serialize;

use super::deliveries::state;
use super::place::open_reader;
use super::print::{json_lines, out, time};
use crate::alert::{Fate, clean};
use crate::daemon::{Clock, Origin, SystemClock};
use crate::store::{AlertRow, EntryRow, Store, StoryMatch};

#[derive(Debug, Serialize)]
struct EntryLine {
    feed: String,
    title: String,
    link: Option<String>,
    first_seen: i64,
    published: Option<i64>,
    story: Option<String>,
    fate: Fate,
}

pub async fn why(origin: &Origin, url: &str, json: bool) -> Result<ExitCode> {
    let store = open_reader(origin)?;
    let rows = store.entries(&StoryMatch::Link(url.to_owned())).await?;
    let found = !rows.is_empty();
    if json {
        json_lines(rows.into_iter().map(line))?;
        return Ok(ExitCode::from(u8::from(!found)));
    }
    if !found {
        out(|out| {
            writeln!(
                out,
                "no entry with this link is remembered.\nEither no feed in the configuration has brought it (`wirewatch feeds list` says which can be read), or it came before `keep`.\n`wirewatch explain {url}` says whether it would raise an alert."
            )
        })?;
        return Ok(ExitCode::FAILURE);
    }
    for row in rows {
        let alerts = match row.story {
            Some(story) => store.alerts_of(story).await?,
            None => Vec::new(),
        };
        show(&row, &alerts)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn line(row: EntryRow) -> EntryLine {
    EntryLine {
        feed: row.feed,
        title: row.entry.title,
        link: row.entry.link,
        first_seen: row.first_seen.as_second(),
        published: row.entry.published.map(|at| at.as_second()),
        story: row.story.map(|story| story.to_string()),
        fate: row.fate,
    }
}

fn show(row: &EntryRow, alerts: &[AlertRow]) -> Result<()> {
    let now = SystemClock.now();
    out(|out| {
        writeln!(out, "{}", clean(&row.entry.title))?;
        writeln!(out, "  read      {} from {}", time(row.first_seen), row.feed)?;
        match row.entry.published {
            Some(at) => writeln!(out, "  published {}", time(at))?,
            None => writeln!(out, "  published date unknown")?,
        }
        if row.fate.watches.is_empty() {
            writeln!(out, "  examined  no term of any watch stands in it")?;
        }
        for watch in &row.fate.watches {
            let decided = match &watch.decision {
                None => "stays quiet".to_owned(),
                Some(decision) => decision.to_string(),
            };
            writeln!(out, "  watch     {}: {decided}, because {}", watch.watch, watch.because)?;
        }
        if let Some(story) = row.story {
            writeln!(out, "  story     {story}")?;
        }
        for row in alerts {
            writeln!(
                out,
                "  alert     {} {} raised {}",
                row.alert.id,
                row.alert.watch,
                time(row.alert.raised)
            )?;
            for delivery in &row.deliveries {
                writeln!(
                    out,
                    "  delivery  {}: {}",
                    delivery.delivery.receiver,
                    state(delivery, now)
                )?;
            }
        }
        Ok(())
    })
}
