//! Deliveries as rows: made, listed, and changed by a person.

use jiff::Timestamp;
use rusqlite::{Connection, Params, Result, Row, params};

use super::values::{Id, Ms, at_most};
use crate::alert::{AlertId, Delivery, DeliveryId, Payload};
use crate::store::contract::{AttemptRow, DeliveryRow, DeliveryState, Replay};

/// `false` where it was there. A digest that is being sent or was sent takes no more: a second message under its id would
/// be taken for a copy of the first, so what comes late goes under its own.
pub(super) fn insert(tx: &Connection, delivery: &Delivery) -> Result<bool> {
    let (alert, notice) = match delivery.payload {
        Payload::Alert(alert) => (Some(Id(alert.0)), None),
        Payload::Notice(notice) => (None, Some(Id(notice))),
    };
    let digest = match delivery.digest {
        Some(digest) if is_open(tx, digest)? => Some(Id(digest.0)),
        _ => None,
    };
    let id = Id(delivery.id.0);
    let inserted = tx
        .prepare_cached(
            "INSERT INTO delivery (id, parcel, alert, notice, receiver, address, not_before, digest, state, due_at, ready_at,
             first_due) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'due', ?7, ?7, ?7) ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            id,
            digest.unwrap_or(id),
            alert,
            notice,
            delivery.receiver,
            delivery.address,
            Ms(delivery.not_before),
            digest
        ])?;
    Ok(inserted > 0)
}

/// Whether nothing of a digest was claimed yet.
fn is_open(tx: &Connection, digest: DeliveryId) -> Result<bool> {
    tx.prepare_cached(
        "SELECT NOT EXISTS (
            SELECT 1 FROM delivery WHERE parcel = ?1 AND (state <> 'due' OR attempts > 0 OR ready_at <> due_at))",
    )?
    .query_one([Id(digest.0)], |row| row.get(0))
}

const COLUMNS: &str = "SELECT d.*, coalesce(a.headline, n.title) AS about FROM delivery d
                       LEFT JOIN alert a ON a.id = d.alert LEFT JOIN notice n ON n.id = d.notice";

pub(crate) fn list(tx: &Connection, open_only: bool, limit: usize) -> Result<Vec<DeliveryRow>> {
    let open = if open_only {
        "WHERE d.state IN ('due', 'dead')"
    } else {
        ""
    };
    rows(
        tx,
        &format!("{COLUMNS} {open} ORDER BY d.seq DESC LIMIT ?1"),
        [at_most(limit)],
    )
}

pub(super) fn of_alert(tx: &Connection, alert: AlertId) -> Result<Vec<DeliveryRow>> {
    rows(
        tx,
        &format!("{COLUMNS} WHERE d.alert = ?1 ORDER BY d.seq"),
        [Id(alert.0)],
    )
}

fn rows(tx: &Connection, sql: &str, params: impl Params) -> Result<Vec<DeliveryRow>> {
    let mut found = tx.prepare_cached(sql)?;
    let found = found.query_map(params, |row| {
        Ok(DeliveryRow {
            delivery: delivery(row)?,
            state: state(row)?,
            attempts: attempts(tx, row.get("seq")?)?,
            about: row.get("about")?,
        })
    })?;
    found.collect()
}

/// From all columns of its row.
pub(super) fn delivery(row: &Row<'_>) -> Result<Delivery> {
    let digest: Option<Id> = row.get("digest")?;
    let alert: Option<Id> = row.get("alert")?;
    Ok(Delivery {
        id: DeliveryId(row.get::<_, Id>("id")?.0),
        payload: match alert {
            Some(alert) => Payload::Alert(AlertId(alert.0)),
            None => Payload::Notice(row.get::<_, Id>("notice")?.0),
        },
        receiver: row.get("receiver")?,
        address: row.get("address")?,
        not_before: row.get::<_, Ms>("not_before")?.0,
        digest: digest.map(|id| DeliveryId(id.0)),
    })
}

fn state(row: &Row<'_>) -> Result<DeliveryState> {
    let ended = || row.get::<_, Ms>("ended_at").map(|at| at.0);
    Ok(match row.get_ref("state")?.as_str()? {
        "done" => DeliveryState::Done(ended()?),
        "dead" => DeliveryState::Dead {
            at: ended()?,
            why: row.get("why")?,
        },
        "dropped" => DeliveryState::Dropped(ended()?),
        _ => DeliveryState::Due(row.get::<_, Ms>("due_at")?.0),
    })
}

fn attempts(tx: &Connection, seq: i64) -> Result<Vec<AttemptRow>> {
    tx.prepare_cached("SELECT at, number, outcome FROM attempt WHERE delivery = ?1 ORDER BY number")?
        .query_map([seq], |row| {
            Ok(AttemptRow {
                at: row.get::<_, Ms>(0)?.0,
                number: row.get(1)?,
                outcome: row.get(2)?,
            })
        })?
        .collect()
}

/// Gives the number of those made due.
pub(crate) fn replay(tx: &Connection, what: &Replay, now: Timestamp) -> Result<usize> {
    const AGAIN: &str = "UPDATE delivery SET state = 'due', due_at = ?1, ready_at = ?1, first_due = ?1, attempts = 0,
                         ended_at = NULL, why = NULL";
    match what {
        Replay::AllDead => tx
            .prepare_cached(&format!("{AGAIN} WHERE state = 'dead'"))?
            .execute([Ms(now)]),
        Replay::Deliveries(ids) => {
            let mut again = tx.prepare_cached(&format!("{AGAIN} WHERE id = ?2 AND state = 'dead'"))?;
            each(ids, |id| again.execute(params![Ms(now), id]))
        }
        Replay::Alert(alert) => tx
            .prepare_cached(&format!(
                "{AGAIN}, digest = NULL, parcel = id
                 WHERE alert = ?2 AND NOT (state = 'due' AND ready_at > due_at AND ready_at > ?1)"
            ))?
            .execute(params![Ms(now), Id(alert.0)]),
    }
}

/// Gives the number of those dropped.
pub(crate) fn drop_all(tx: &Connection, ids: &[DeliveryId], now: Timestamp) -> Result<usize> {
    let mut end = tx.prepare_cached(
        "UPDATE delivery SET state = 'dropped', ended_at = ?1 WHERE id = ?2 AND state IN ('due', 'dead')",
    )?;
    each(ids, |id| end.execute(params![Ms(now), id]))
}

fn each(ids: &[DeliveryId], mut change: impl FnMut(Id) -> Result<usize>) -> Result<usize> {
    ids.iter().try_fold(0, |sum, id| Ok(sum + change(Id(id.0))?))
}
