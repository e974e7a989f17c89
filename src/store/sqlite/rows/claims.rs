//! What is due: claimed for a time, attempted, and due again or ended.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, Result, named_params, params};

use super::values::{Id, Json, Ms, at_most};
use super::{alerts, deliveries};
use crate::alert::{Delivery, DeliveryId, Payload};
use crate::deliver::{GivenUp, Next};
use crate::store::contract::Due;

/// Claims whole parcels, oldest first.
pub(crate) fn claim(
    tx: &Connection,
    now: Timestamp,
    limit: usize,
    lease: Duration,
    not_to: &[String],
) -> Result<Vec<Due>> {
    // `+` keeps SQLite from walking every parcel there ever was in the order of the groups.
    let parcels: Vec<Id> = tx
        .prepare_cached(
            "SELECT parcel FROM delivery
             WHERE state = 'due' AND ready_at <= ?1 AND receiver NOT IN (SELECT value FROM json_each(?2))
             GROUP BY +parcel ORDER BY min(due_at), min(seq) LIMIT ?3",
        )?
        .query_map(params![Ms(now), Json(&not_to), at_most(limit)], |row| row.get(0))?
        .collect::<Result<_>>()?;
    let mut due = Vec::with_capacity(parcels.len());
    for parcel in parcels {
        due.extend(claim_one(tx, parcel, Ms(now), Ms(now).plus(lease))?);
    }
    Ok(due)
}

/// Ends every lease: whoever opens the store with the daemon's lock knows that no sender is alive.
pub(crate) fn release(conn: &Connection) -> Result<usize> {
    conn.execute(
        "UPDATE delivery SET ready_at = due_at WHERE state = 'due' AND ready_at <> due_at",
        [],
    )
}

/// `None` where nothing in it can be sent.
fn claim_one(tx: &Connection, parcel: Id, now: Ms, until: i64) -> Result<Option<Due>> {
    // The three days of attempts begin when somebody could first try: a machine that was off has not tried.
    let mut claimed: Vec<(i64, Delivery, u32, Ms)> = tx
        .prepare_cached(
            "UPDATE delivery SET ready_at = ?3, first_due = iif(attempts = 0, ?2, first_due)
             WHERE parcel = ?1 AND state = 'due' AND ready_at <= ?2 RETURNING *",
        )?
        .query_map(params![parcel, now, until], |row| {
            Ok((
                row.get("seq")?,
                deliveries::delivery(row)?,
                row.get("attempts")?,
                row.get("first_due")?,
            ))
        })?
        .collect::<Result<_>>()?;
    claimed.sort_unstable_by_key(|(seq, ..)| *seq);
    let mut due = Due {
        id: DeliveryId(parcel.0),
        deliveries: Vec::with_capacity(claimed.len()),
        attempts: 0,
        first_due: now.0,
        alerts: Vec::new(),
        notices: Vec::new(),
    };
    for (_, delivery, attempts, first_due) in claimed {
        match enclose(tx, &delivery, &mut due) {
            Ok(()) => {}
            // One row that cannot be understood must not keep the others from being sent; a disk that fails is not its
            // fault.
            Err(why) if why.sqlite_error_code().is_none() => {
                let why = format!("what it tells cannot be read: {why}");
                end(tx, delivery.id, now, "dead", Some(&why))?;
                continue;
            }
            Err(error) => return Err(error),
        }
        due.deliveries.push(delivery);
        due.attempts = due.attempts.max(attempts);
        due.first_due = due.first_due.min(first_due.0);
    }
    Ok((!due.deliveries.is_empty()).then_some(due))
}

/// Adds to a parcel what a delivery tells.
fn enclose(tx: &Connection, delivery: &Delivery, due: &mut Due) -> Result<()> {
    match delivery.payload {
        Payload::Alert(id) => {
            let alert = alerts::one(tx, id)?;
            let also_in = alerts::also_in(tx, &alert)?;
            due.alerts.push((alert, also_in));
        }
        Payload::Notice(id) => due.notices.push(alerts::notice(tx, id)?),
    }
    Ok(())
}

pub(crate) fn attempted(tx: &Connection, ids: &[DeliveryId], at: Timestamp, outcome: &str, next: &Next) -> Result<()> {
    for id in ids {
        tx.prepare_cached(
            "INSERT INTO attempt (delivery, number, at, outcome)
             SELECT seq, 1 + (SELECT coalesce(max(number), 0) FROM attempt WHERE delivery = seq), ?2, ?3
             FROM delivery WHERE id = ?1",
        )?
        .execute(params![Id(id.0), Ms(at), outcome])?;
        match next {
            Next::Done => end(tx, *id, Ms(at), "done", None)?,
            Next::Again { at: later, .. } => {
                tx.prepare_cached(
                    "UPDATE delivery SET due_at = ?2, ready_at = ?2, attempts = attempts + 1 WHERE id = ?1 AND state = 'due'",
                )?
                .execute(params![Id(id.0), Ms(*later)])?;
            }
            Next::GivenUp(why) => end(tx, *id, Ms(at), "dead", Some(&given_up(why)))?,
        }
    }
    Ok(())
}

fn given_up(why: &GivenUp) -> String {
    match why {
        GivenUp::Refused { why } => why.clone(),
        GivenUp::TooLong { last } => format!("given up after many tries; the last: {last}"),
    }
}

/// What went out is done whatever a person decided meanwhile; else only what is still due ends.
fn end(tx: &Connection, id: DeliveryId, at: Ms, state: &str, why: Option<&str>) -> Result<()> {
    tx.prepare_cached(
        "UPDATE delivery SET state = :state, ended_at = :at, why = :why, attempts = attempts + 1
         WHERE id = :id AND (state = 'due' OR (:state = 'done' AND state <> 'done'))",
    )?
    .execute(named_params! { ":id": Id(id.0), ":state": state, ":at": at, ":why": why })
    .map(drop)
}

pub(crate) fn next_due(tx: &Connection) -> Result<Option<Timestamp>> {
    let next: Option<Ms> = tx
        .prepare_cached("SELECT min(ready_at) FROM delivery WHERE state = 'due'")?
        .query_one([], |row| row.get(0))?;
    Ok(next.map(|at| at.0))
}
