//! `alerts`: what was raised, why, and who was told.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use serde::Serialize;

use super::deliveries::{DeliveryLine, SOON, state};
use super::print::{headline, json_lines, link, out, relative, table, time};
use super::startup::{Alerts, NOTHING_YET, configuration_or_last, open_beside, reader};
use crate::alert::Kind;
use crate::config::parse_duration;
use crate::daemon::{Clock, Origin, SystemClock};
use crate::deliver::{AlertBody, alert_body};
use crate::net::shown_text;
use crate::store::{AlertRow, Replay, Sqlite, Store};
use crate::text::count;
use crate::text::{clean, entry_link};
use wirewatch_recognition::Level;

/// One alert as `--json` prints it: what a webhook is told of it, and who was told.
#[derive(Debug, Serialize)]
struct AlertLine<'a> {
    alert: AlertBody<'a>,
    deliveries: Vec<DeliveryLine>,
}

fn line(row: &AlertRow) -> AlertLine<'_> {
    AlertLine {
        alert: alert_body(&row.alert, &row.also_in),
        deliveries: row.deliveries.iter().cloned().map(DeliveryLine::from).collect(),
    }
}

pub async fn alerts(origin: &Origin, what: Alerts) -> Result<ExitCode> {
    let now = SystemClock.now();
    match what {
        Alerts::List { since, limit, json } => {
            let since = parse_duration(&since).map_err(|why| anyhow::anyhow!("--since: {why}"))?;
            let store = reader(&configuration_or_last(origin)?)?;
            let rows = match &store {
                Some(store) => store.alerts(now - since, limit).await.context("failed to")?,
                None => Vec::new(),
            };
            match (json, &store) {
                (true, _) => json_lines(rows.iter().map(line))?,
                (false, None) => out(|out| writeln!(out, "{NOTHING_YET}"))?,
                (false, Some(_)) => list(&rows, rows.len() == limit)?,
            }
        }
        Alerts::Show { id, json } => {
            let Some(store) = reader(&configuration_or_last(origin)?)? else {
                bail!("there is no alert yet. {NOTHING_YET}");
            };
            let row = one(&store, &id).await?;
            if json {
                json_lines([line(&row)])?;
            } else {
                show(&row, now)?;
            }
        }
        Alerts::Resend { id } => {
            let store = open_beside(origin)?;
            let row = one(&store, &id).await?;
            let sent = store
                .replay(Replay::Alert(row.alert.id), now)
                .await
                .context("failed to")?;
            let said = match sent {
                0 => "it is not delivered again: nobody was told of it, or it is just being sent".to_owned(),
                _ => format!(
                    "alert {} is delivered again ({}): {SOON}",
                    row.alert.id,
                    count(sent, "delivery")
                ),
            };
            out(|out| writeln!(out, "{said}"))?;
            return Ok(ExitCode::from(u8::from(sent == 0)));
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn one(store: &Sqlite, id: &str) -> Result<AlertRow> {
    let mut rows = store.alert(id).await.context("failed to")?;
    match rows.len() {
        1 => Ok(rows.remove(0)),
        0 => bail!("no alert has an id that begins with `{id}`; `wirewatch alerts list` shows them"),
        several => bail!("{several} alerts have an id that begins with `{id}`; write more of it"),
    }
}

fn list(rows: &[AlertRow], cut: bool) -> Result<()> {
    out(|out| {
        if rows.is_empty() {
            return writeln!(out, "No alert in that time.");
        }
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let alert = &row.alert;
                vec![
                    alert.id.to_string(),
                    time(alert.raised),
                    level(alert.level).to_owned(),
                    alert.watch.clone(),
                    (row.also_in.count + 1).to_string(),
                    headline(&alert.origin.title),
                ]
            })
            .collect();
        table(
            out,
            &[
                ("ID", 16),
                ("RAISED", 16),
                ("LEVEL", 6),
                ("WATCH", 28),
                ("SOURCES", 7),
                ("HEADLINE", 90),
            ],
            &cells,
        )?;
        if cut {
            writeln!(out, "\nThere may be more: `--limit` and `--since` show them.")?;
        }
        Ok(())
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Low => "low",
        Level::Normal => "normal",
        Level::Urgent => "urgent",
    }
}

fn show(row: &AlertRow, now: Timestamp) -> Result<()> {
    let alert = &row.alert;
    out(|out| {
        writeln!(out, "{}", headline(&alert.origin.title))?;
        if let Some(written) = &alert.origin.link {
            writeln!(
                out,
                "{}",
                entry_link(written, &alert.origin.feed).unwrap_or_else(|| clean(written))
            )?;
        }
        writeln!(out, "\n  alert      {}, {}", alert.id, level(alert.level))?;
        let title = if alert.watch_title == alert.watch {
            String::new()
        } else {
            format!(" ({})", alert.watch_title)
        };
        writeln!(out, "  watch      {}{title}", alert.watch)?;
        writeln!(
            out,
            "  raised     {} ({})",
            time(alert.raised),
            relative(alert.raised, now)
        )?;
        if let Kind::Update { of, new } = &alert.kind {
            let new: Vec<String> = new.iter().map(|new| clean(&new.to_string())).collect();
            writeln!(out, "  updates    alert {of}, with {}", new.join(" and "))?;
        }
        writeln!(out, "  because    {}", clean(&alert.reason.because))?;
        writeln!(out, "  source     {}", clean(&shown_text(&alert.origin.feed_title)))?;
        if let Some(at) = alert.origin.published {
            writeln!(out, "  published  {}", time(at))?;
        }
        if !alert.excerpt.text.is_empty() {
            writeln!(out, "  excerpt    {}", clean(&alert.excerpt.text))?;
        }
        for source in &row.also_in.first {
            writeln!(
                out,
                "  also in    {}: {}",
                clean(&source.feed_title),
                headline(&source.title)
            )?;
            if let Some(written) = &source.link {
                writeln!(out, "             {}", link(written))?;
            }
        }
        if let more @ 1.. = row.also_in.count - row.also_in.first.len() {
            writeln!(out, "  also in    {more} more")?;
        }
        for delivery in &row.deliveries {
            writeln!(
                out,
                "  delivery   {} {}: {}",
                delivery.delivery.id,
                delivery.delivery.receiver,
                state(delivery, now)
            )?;
        }
        Ok(())
    })
}
