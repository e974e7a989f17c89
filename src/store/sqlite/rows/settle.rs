//! Deliveries and articles that wait by a clock that was wrong.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, Result, params};

use super::values::{Id, Ms};
use crate::feed::corrected;

/// The longest that a delivery waits: quiet hours of a day, behind notices that gathered for an hour and more.
const LONGEST_HELD: Duration = Duration::from_secs(26 * 3_600);
/// An article is waited for no longer than a day.
const LONGEST_ARTICLE: Duration = Duration::from_secs(24 * 3_600);
/// Longer than any lease.
const LEASE: Duration = Duration::from_secs(300);

pub(crate) fn settle(tx: &Connection, now: Timestamp) -> Result<usize> {
    Ok(deliveries(tx, now)? + articles(tx, now)?)
}

/// All of one parcel are due together: what is sent under one id goes as one message.
fn deliveries(tx: &Connection, now: Timestamp) -> Result<usize> {
    let mut due: BTreeMap<i64, Timestamp> = BTreeMap::new();
    let mut waiting = tx.prepare_cached(
        "SELECT d.parcel, d.due_at, max(coalesce(a.raised, n.raised, 0),
                coalesce((SELECT max(at) FROM attempt t WHERE t.delivery = d.seq), 0))
         FROM delivery d LEFT JOIN alert a ON a.id = d.alert LEFT JOIN notice n ON n.id = d.notice
         WHERE d.state = 'due' AND d.due_at > ?1",
    )?;
    let rows = waiting.query_map([Ms(now)], |row| {
        Ok((row.get::<_, Id>(0)?, row.get::<_, Ms>(1)?, row.get::<_, Ms>(2)?))
    })?;
    for row in rows {
        let (parcel, Ms(at), Ms(set)) = row?;
        if let Some((at, _)) = corrected(at, Some(set), LONGEST_HELD, now) {
            let known = due.entry(parcel.0.cast_signed()).or_insert(at);
            *known = at.min(*known);
        }
    }
    let mut changed = 0;
    for (parcel, at) in due {
        // What is being sent keeps its lease, by the clock as it is.
        changed += tx
            .prepare_cached(
                "UPDATE delivery SET ready_at = iif(ready_at <> due_at, ?3, ?2), due_at = ?2, not_before = min(not_before, ?2)
                 WHERE parcel = ?1 AND state = 'due'",
            )?
            .execute(params![parcel, Ms(at), Ms(now).plus(LEASE)])?;
    }
    // A lease of what was due before.
    let lease = [Ms(now).plus(LEASE)];
    changed += tx.execute(
        "UPDATE delivery SET ready_at = ?1 WHERE state = 'due' AND ready_at > ?1 AND ready_at <> due_at",
        lease,
    )?;
    tx.execute(
        "UPDATE article SET ready_at = ?1 WHERE state = 'due' AND ready_at > ?1 AND ready_at <> due_at",
        lease,
    )?;
    // The three days of attempts begin no later than now.
    tx.execute(
        "UPDATE delivery SET first_due = ?1 WHERE state = 'due' AND first_due > ?1 AND attempts > 0",
        [Ms(now)],
    )?;
    Ok(changed)
}

fn articles(tx: &Connection, now: Timestamp) -> Result<usize> {
    let waiting: Vec<(i64, i64, Ms, Ms)> = tx
        .prepare_cached("SELECT feed, key, due_at, since FROM article WHERE state = 'due' AND due_at > ?1")?
        .query_map([Ms(now)], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<Result<_>>()?;
    let mut changed = 0;
    for (feed, key, Ms(at), Ms(since)) in waiting {
        if let Some((at, _)) = corrected(at, Some(since), LONGEST_ARTICLE, now) {
            changed += tx
                .prepare_cached(
                    "UPDATE article SET ready_at = iif(ready_at <> due_at, ?5, ?3), due_at = ?3, since = min(since, ?4)
                     WHERE feed = ?1 AND key = ?2",
                )?
                .execute(params![feed, key, Ms(at), Ms(now), Ms(now).plus(LEASE)])?;
        }
    }
    Ok(changed)
}

pub(crate) fn recorded_between(tx: &Connection, from: Timestamp, until: Timestamp) -> Result<bool> {
    tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM entry WHERE first_seen >= ?1 AND first_seen < ?2)")?
        .query_one([Ms(from), Ms(until)], |row| row.get(0))
}
