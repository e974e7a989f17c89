//! `alerts`: what was raised, why, and who was told.

use std::process::ExitCode;

use anyhow::{Result, bail};
use jiff::Timestamp;
use serde::Serialize;

use super::args::Alerts;
use super::deliveries::{DeliveryLine, state};
use super::place::{open_beside, open_reader};
use super::print::{json_lines, out, table, time};
use crate::alert::{Alert, SourceLine, clean};
use crate::config::parse_duration;
use crate::daemon::{Clock, Origin, SystemClock};
use crate::store::{AlertRow, Replay, Sqlite, Store};

/// One alert as `--json` prints it.
#[derive(Debug, Serialize)]
struct AlertLine {
    alert: Alert,
    also_in: Vec<SourceLine>,
    deliveries: Vec<DeliveryLine>,
}

impl From<AlertRow> for AlertLine {
    fn from(row: AlertRow) -> Self {
        Self {
            alert: row.alert,
            also_in: row.also_in,
            deliveries: row.deliveries.into_iter().map(DeliveryLine::from).collect(),
        }
    }
}

pub async fn alerts(origin: &Origin, what: Alerts) -> Result<ExitCode> {
    let now = SystemClock.now();
    match what {
        Alerts::List { since, limit, json } => {
            let since = parse_duration(&since).map_err(|why| anyhow::anyhow!("--since: {why}"))?;
            let rows = open_reader(origin)?.alerts(now - since, limit).await?;
            if json {
                json_lines(rows.into_iter().map(AlertLine::from))?;
            } else {
                list(&rows)?;
            }
        }
        Alerts::Show { id, json } => {
            let row = one(&open_reader(origin)?, &id).await?;
            if json {
                json_lines([AlertLine::from(row)])?;
            } else {
                show(&row, now)?;
            }
        }
        Alerts::Resend { id } => {
            let store = open_beside(origin)?;
            let row = one(&store, &id).await?;
            let sent = store.replay(Replay::Alert(row.alert.id), now).await?;
            out(|out| writeln!(out, "alert {} is delivered again, to {sent}", row.alert.id))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn one(store: &Sqlite, id: &str) -> Result<AlertRow> {
    let mut rows = store.alert(id).await?;
    match rows.len() {
        1 => Ok(rows.remove(0)),
        0 => bail!("no alert has an id that begins with `{id}`; `wirewatch alerts list` shows them"),
        several => bail!("{several} alerts have an id that begins with `{id}`; write more of it"),
    }
}

fn list(rows: &[AlertRow]) -> Result<()> {
    out(|out| {
        if rows.is_empty() {
            return writeln!(out, "no alert in that time");
        }
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let alert = &row.alert;
                vec![
                    alert.id.to_string(),
                    time(alert.raised),
                    alert.watch.clone(),
                    (row.also_in.len() + 1).to_string(),
                    clean(&alert.origin.title),
                ]
            })
            .collect();
        table(
            out,
            &[
                ("ID", 16),
                ("RAISED", 16),
                ("WATCH", 28),
                ("SOURCES", 7),
                ("HEADLINE", 90),
            ],
            &cells,
        )
    })
}

fn show(row: &AlertRow, now: Timestamp) -> Result<()> {
    let alert = &row.alert;
    out(|out| {
        writeln!(out, "{}", clean(&alert.origin.title))?;
        if let Some(link) = &alert.origin.link {
            writeln!(out, "{}", clean(link))?;
        }
        writeln!(out)?;
        writeln!(out, "  alert     {}", alert.id)?;
        writeln!(out, "  watch     {} ({})", alert.watch_title, alert.watch)?;
        writeln!(out, "  raised    {}", time(alert.raised))?;
        writeln!(out, "  because   {}", alert.reason.because)?;
        writeln!(out, "  source    {}", clean(&alert.origin.feed_title))?;
        for source in &row.also_in {
            let link = source.link.as_deref().unwrap_or_default();
            writeln!(
                out,
                "  also in   {}: {} {}",
                clean(&source.feed_title),
                clean(&source.title),
                clean(link)
            )?;
        }
        for delivery in &row.deliveries {
            writeln!(
                out,
                "  delivery  {} {}: {}",
                delivery.delivery.id,
                delivery.delivery.receiver,
                state(delivery, now)
            )?;
        }
        Ok(())
    })
}
