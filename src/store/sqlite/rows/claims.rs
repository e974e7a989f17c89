//! What is due: claimed for a time, attempted, and due again or ended.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, Result, named_params, params};

use super::values::{Id, Json, Ms, at_most};
use super::{alerts, deliveries};
use crate::alert::{Delivery, DeliveryId, Notice, Payload};
use crate::deliver::{GivenUp, Next, alert_size};
use crate::store::contract::{Attempt, Due};
use wirewatch_syndication::derive_id;

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

/// Deliveries that are claimed of one parcel at once; a message of as many alerts is too large in any case.
const ROWS: usize = 500;
/// Bytes of all alerts or notices of a digest, without what the message has beside them, up to which it is one message …
const WHOLE: usize = 250 * 1024;
/// … and of each of its parts where it is not: the rest is for the sources of its alerts.
const PART: usize = 192 * 1024;

/// A delivery with what it tells.
struct Claimed {
    seq: i64,
    delivery: Delivery,
    attempts: u32,
    first_due: Ms,
}

/// Claims what is ready of a parcel. None where nothing in it can be sent; several where it is a digest that is too large for
/// one message: each part is a parcel of its own from then on, under its own id.
fn claim_one(tx: &Connection, parcel: Id, now: Ms, until: i64) -> Result<Vec<Due>> {
    // The three days of attempts begin when somebody could first try: a machine that was off has not tried.
    let mut claimed: Vec<Claimed> = tx
        .prepare_cached(
            "UPDATE delivery SET ready_at = ?3, first_due = iif(attempts = 0, ?2, first_due)
             WHERE seq IN (SELECT seq FROM delivery WHERE parcel = ?1 AND state = 'due' AND ready_at <= ?2 ORDER BY seq LIMIT ?4)
             RETURNING *",
        )?
        .query_map(params![parcel, now, until, at_most(ROWS)], |row| {
            Ok(Claimed {
                seq: row.get("seq")?,
                delivery: deliveries::delivery(row)?,
                attempts: row.get("attempts")?,
                first_due: row.get("first_due")?,
            })
        })?
        .collect::<Result<_>>()?;
    claimed.sort_unstable_by_key(|one| one.seq);
    let more: bool = claimed.len() == ROWS
        && tx
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM delivery WHERE parcel = ?1 AND state = 'due' AND ready_at <= ?2)",
            )?
            .query_one(params![parcel, now], |row| row.get(0))?;
    let mut parts: Vec<(Due, usize)> = Vec::new();
    for one in claimed {
        let mut due = Due {
            id: DeliveryId(parcel.0),
            deliveries: Vec::new(),
            attempts: one.attempts,
            first_due: one.first_due.0.min(now.0),
            alerts: Vec::new(),
            notices: Vec::new(),
        };
        match enclose(tx, &one.delivery, &mut due) {
            Ok(()) => {}
            // One row that cannot be understood must not keep the others from being sent; a disk that fails is not its
            // fault.
            Err(why) if why.sqlite_error_code().is_none() => {
                let why = format!("what it tells cannot be read: {why}");
                end(tx, one.delivery.id, now, "dead", Some(&why))?;
                continue;
            }
            Err(error) => return Err(error),
        }
        due.deliveries.push(one.delivery);
        let size = size(&due);
        match parts.last_mut() {
            Some((part, bytes)) if *bytes + size <= PART => {
                join(part, due);
                *bytes += size;
            }
            _ => parts.push((due, size)),
        }
    }
    let whole = !more && parts.iter().map(|(_, bytes)| bytes).sum::<usize>() <= WHOLE;
    let mut parts: Vec<Due> = parts.into_iter().map(|(part, _)| part).collect();
    if whole {
        let one = parts.into_iter().reduce(|mut one, other| {
            join(&mut one, other);
            one
        });
        return Ok(one.into_iter().collect());
    }
    for part in &mut parts {
        part.id = part_id(parcel, part);
        for delivery in &part.deliveries {
            tx.prepare_cached("UPDATE delivery SET parcel = ?2 WHERE id = ?1")?
                .execute(params![Id(delivery.id.0), Id(part.id.0)])?;
        }
    }
    Ok(parts)
}

/// Of the digest, and of the first delivery in the part.
fn part_id(digest: Id, part: &Due) -> DeliveryId {
    let first = part.deliveries.first().map_or(0, |delivery| delivery.id.0);
    DeliveryId(derive_id(&[
        "part",
        &format!("{:016x}", digest.0),
        &format!("{first:016x}"),
    ]))
}

fn join(part: &mut Due, other: Due) {
    part.deliveries.extend(other.deliveries);
    part.attempts = part.attempts.max(other.attempts);
    part.first_due = part.first_due.min(other.first_due);
    part.alerts.extend(other.alerts);
    part.notices.extend(other.notices);
}

fn size(due: &Due) -> usize {
    let alerts: usize = due.alerts.iter().map(|(alert, _)| alert_size(alert)).sum();
    let lines = |notice: &Notice| notice.lines.iter().map(String::len).sum::<usize>();
    let notices: usize = due
        .notices
        .iter()
        .map(|notice| notice.title.len() + lines(notice))
        .sum();
    alerts + notices
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

pub(crate) fn attempted(tx: &Connection, attempt: &Attempt) -> Result<()> {
    let at = Ms(attempt.at);
    for id in &attempt.deliveries {
        tx.prepare_cached(
            "INSERT INTO attempt (delivery, number, at, outcome)
             SELECT seq, 1 + (SELECT coalesce(max(number), 0) FROM attempt WHERE delivery = seq), ?2, ?3
             FROM delivery WHERE id = ?1",
        )?
        .execute(params![Id(id.0), at, attempt.outcome])?;
        match &attempt.next {
            Next::Done => end(tx, *id, at, "done", None)?,
            Next::Again { at: later, .. } => {
                tx.prepare_cached(
                    "UPDATE delivery SET due_at = ?2, ready_at = ?2, attempts = attempts + 1 WHERE id = ?1 AND state = 'due'",
                )?
                .execute(params![Id(id.0), Ms(*later)])?;
            }
            Next::GivenUp(why) => end(tx, *id, at, "dead", Some(&given_up(why)))?,
        }
    }
    if let Some((notice, to)) = &attempt.notice {
        alerts::tell(tx, notice, to)?;
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
