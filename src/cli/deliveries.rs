//! `deliveries`: what waits, what died, and what to do about it.

use std::process::ExitCode;

use anyhow::{Context, Result};
use jiff::Timestamp;
use serde::Serialize;

use super::print::{headline, id, json_lines, out, relative};
use super::startup::{Deliveries, configuration_or_last, open_beside, reader};
use crate::alert::DeliveryId;
use crate::daemon::{Clock, Origin, SystemClock};
use crate::net::shown_text;
use crate::store::{AttemptRow, DeliveryRow, DeliveryState, Replay, Store};
use crate::text::clean;
use crate::text::count;

/// A delivery as `--json` prints it.
#[derive(Debug, Serialize)]
pub struct DeliveryLine {
    pub id: String,
    pub receiver: String,
    pub address: String,
    pub about: String,
    pub digest: Option<String>,
    /// `due`, `delivered`, `died`, `dropped`.
    pub state: &'static str,
    /// When it is due, or came into that state.
    pub at: Timestamp,
    /// Why it died.
    pub why: Option<String>,
    pub attempts: Vec<AttemptRow>,
}

impl From<DeliveryRow> for DeliveryLine {
    fn from(row: DeliveryRow) -> Self {
        let (state, at, why) = match row.state {
            DeliveryState::Due(at) => ("due", at, None),
            DeliveryState::Done(at) => ("delivered", at, None),
            DeliveryState::Dead { at, why } => ("died", at, Some(shown_text(&why))),
            DeliveryState::Dropped(at) => ("dropped", at, None),
        };
        Self {
            id: row.delivery.id.to_string(),
            receiver: row.delivery.receiver,
            address: row.delivery.address,
            about: shown_text(&row.about),
            digest: row.delivery.digest.map(|digest| digest.to_string()),
            state,
            at,
            why,
            attempts: row.attempts.into_iter().map(shown_attempt).collect(),
        }
    }
}

fn shown_attempt(attempt: AttemptRow) -> AttemptRow {
    AttemptRow {
        outcome: shown_text(&attempt.outcome),
        ..attempt
    }
}

pub async fn deliveries(origin: &Origin, what: Deliveries) -> Result<ExitCode> {
    let now = SystemClock.now();
    match what {
        Deliveries::List { all, limit, json } => {
            let rows = match reader(&configuration_or_last(origin)?)? {
                Some(store) => store.deliveries(!all, limit).await.context("failed to")?,
                None => Vec::new(),
            };
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
            let asked_for_all = what == Replay::AllDead;
            let replayed = open_beside(origin)?.replay(what, now).await.context("failed to")?;
            let said = match replayed {
                0 => "no delivery to try again: `wirewatch deliveries list` shows which died".to_owned(),
                _ => format!("{} will be tried again: {SOON}", count(replayed, "delivery")),
            };
            out(|out| writeln!(out, "{said}"))?;
            return Ok(ExitCode::from(u8::from(replayed == 0 && !asked_for_all)));
        }
        Deliveries::Drop { ids } => {
            let dropped = open_beside(origin)?
                .drop_deliveries(parse(&ids)?, now)
                .await
                .context("failed to")?;
            let said = match dropped {
                0 => "no delivery to drop: `wirewatch deliveries list` shows which wait or died".to_owned(),
                _ => format!(
                    "{} dropped: kept in the list with `--all`, not sent any more",
                    count(dropped, "delivery")
                ),
            };
            out(|out| writeln!(out, "{said}"))?;
            return Ok(ExitCode::from(u8::from(dropped == 0)));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// When a delivery that was made due is sent: the daemon looks for due ones every 20 seconds.
pub const SOON: &str = "within half a minute where Wirewatch runs, else at its next start";

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
                    "Nothing was delivered yet."
                } else {
                    "Nothing waits and nothing died: everything was delivered."
                }
            );
        }
        for row in rows {
            let to = match row.delivery.address.as_str() {
                "" => row.delivery.receiver.clone(),
                address => format!("{} <{address}>", row.delivery.receiver),
            };
            writeln!(out, "{}  {}", row.delivery.id, clean(&to))?;
            writeln!(out, "    {}", headline(&shown_text(&row.about)))?;
            writeln!(out, "    {}", state(row, now))?;
        }
        if rows.iter().any(|row| matches!(row.state, DeliveryState::Dead { .. })) {
            writeln!(
                out,
                "\nWhen the reason is mended: `wirewatch deliveries replay ID` sends one again, `replay --all` all that died."
            )?;
        }
        Ok(())
    })
}

/// The state of a delivery in words.
pub fn state(row: &DeliveryRow, now: Timestamp) -> String {
    let attempts = row.attempts.len();
    let words = match &row.state {
        DeliveryState::Due(at) if attempts == 0 => format!("to be sent {}", relative(*at, now)),
        DeliveryState::Due(at) => {
            let last = row
                .attempts
                .last()
                .map(|attempt| attempt.outcome.trim_start_matches("tried again later: "))
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
    };
    // The other side's own words may be part of it.
    clean(&shown_text(&words))
}
