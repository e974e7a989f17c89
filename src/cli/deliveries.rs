//! `deliveries`: what waits, what died, and what to do about it.

use std::process::ExitCode;

use anyhow::Result;
use jiff::Timestamp;
use serde::Serialize;

use super::args::Deliveries;
use super::place::{open_beside, open_reader};
use super::print::{count, id, json_lines, out, relative, table};
use crate::alert::DeliveryId;
use crate::daemon::{Clock, Origin, SystemClock};
use crate::store::{AttemptRow, DeliveryRow, DeliveryState, Replay, Store};

/// A delivery as `--json` prints it.
#[derive(Debug, Serialize)]
pub struct DeliveryLine {
    pub id: String,
    pub receiver: String,
    pub address: String,
    pub about: String,
    pub digest: Option<String>,
    pub state: DeliveryState,
    pub attempts: Vec<AttemptRow>,
}

impl From<DeliveryRow> for DeliveryLine {
    fn from(row: DeliveryRow) -> Self {
        Self {
            id: row.delivery.id.to_string(),
            receiver: row.delivery.receiver,
            address: row.delivery.address,
            about: row.about,
            digest: row.delivery.digest.map(|digest| digest.to_string()),
            state: row.state,
            attempts: row.attempts,
        }
    }
}

pub async fn deliveries(origin: &Origin, what: Deliveries) -> Result<ExitCode> {
    let now = SystemClock.now();
    match what {
        Deliveries::List { all, limit, json } => {
            let rows = open_reader(origin)?.deliveries(!all, limit).await?;
            if json {
                json_lines(rows.into_iter().map(DeliveryLine::from))?;
            } else {
                list(&rows, all, now)?;
            }
        }
        Deliveries::Replay { ids, all } => {
            let what = if all {
                Replay::AllDead
            } else {
                Replay::Deliveries(parse(&ids)?)
            };
            let replayed = open_beside(origin)?.replay(what, now).await?;
            out(|out| writeln!(out, "{} will be tried again", noun(replayed)))?;
            return Ok(ExitCode::from(u8::from(replayed == 0 && !all)));
        }
        Deliveries::Drop { ids } => {
            let dropped = open_beside(origin)?.drop_deliveries(parse(&ids)?, now).await?;
            out(|out| writeln!(out, "{} dropped", noun(dropped)))?;
            return Ok(ExitCode::from(u8::from(dropped == 0)));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn noun(number: usize) -> String {
    match number {
        1 => "1 delivery".to_owned(),
        _ => format!("{number} deliveries"),
    }
}

fn parse(ids: &[String]) -> Result<Vec<DeliveryId>> {
    ids.iter().map(|written| Ok(DeliveryId(id(written)?))).collect()
}

fn list(rows: &[DeliveryRow], all: bool, now: Timestamp) -> Result<()> {
    out(|out| {
        if rows.is_empty() {
            return writeln!(
                out,
                "{}",
                if all {
                    "nothing was delivered yet"
                } else {
                    "nothing waits, nothing died"
                }
            );
        }
        let cells: Vec<Vec<String>> = rows.iter().map(|row| cells(row, now)).collect();
        table(
            out,
            &[("ID", 16), ("RECEIVER", 20), ("STATE", 60), ("ABOUT", 70)],
            &cells,
        )
    })
}

fn cells(row: &DeliveryRow, now: Timestamp) -> Vec<String> {
    let to = match row.delivery.address.as_str() {
        "" => row.delivery.receiver.clone(),
        address => format!("{} <{address}>", row.delivery.receiver),
    };
    vec![row.delivery.id.to_string(), to, state(row, now), row.about.clone()]
}

/// The state of a delivery in words.
pub fn state(row: &DeliveryRow, now: Timestamp) -> String {
    let attempts = row.attempts.len();
    match &row.state {
        DeliveryState::Due(at) if attempts == 0 => format!("to be sent {}", relative(*at, now)),
        DeliveryState::Due(at) => {
            let last = row
                .attempts
                .last()
                .map(|attempt| attempt.outcome.as_str())
                .unwrap_or_default();
            format!(
                "next try {} after {}: {last}",
                relative(*at, now),
                count(attempts, "attempt")
            )
        }
        DeliveryState::Done(at) => format!("delivered {}", relative(*at, now)),
        DeliveryState::Dead { why, .. } => format!("died after {}: {why}", count(attempts, "attempt")),
        DeliveryState::Dropped(at) => format!("dropped {}", relative(*at, now)),
    }
}
