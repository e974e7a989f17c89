//! Forgetting what is older than `keep`, in slices that leave room for polls between them.

use jiff::Timestamp;
use rusqlite::{Connection, Result, params};

use super::entries::STALE;
use super::values::{Id, Ms};
use crate::store::contract::StoreError;
use crate::store::sqlite::connection::Sqlite;

/// Rows forgotten in one slice.
const SLICE: i64 = 500;
/// Keys looked at in one slice; most of them stay.
const KEYS: i64 = 5_000;
const DOING: &str = "forget what is old";

impl Sqlite {
    pub(crate) async fn prune_all(&self, before: Timestamp) -> std::result::Result<usize, StoreError> {
        let mut forgotten = 0;
        for slice in [alerts, notices, entries, articles, stories] {
            loop {
                let in_slice = self.write(DOING, move |tx| slice(tx, Ms(before))).await?;
                forgotten += in_slice;
                if in_slice < SLICE as usize {
                    break;
                }
            }
        }
        for feed in self.read(DOING, feeds).await? {
            let mut after = None;
            loop {
                let (in_slice, last) = self.write(DOING, move |tx| keys(tx, feed, after, Ms(before))).await?;
                forgotten += in_slice;
                if last.is_none() {
                    break;
                }
                after = last;
            }
        }
        Ok(forgotten)
    }
}

fn alerts(tx: &Connection, before: Ms) -> Result<usize> {
    with_deliveries(tx, "alert", before)
}

fn notices(tx: &Connection, before: Ms) -> Result<usize> {
    with_deliveries(tx, "notice", before)
}

/// Alerts or notices of which nothing is due or dead, with their deliveries and attempts.
fn with_deliveries(tx: &Connection, table: &str, before: Ms) -> Result<usize> {
    let old: Vec<Id> = tx
        .prepare_cached(&format!(
            "SELECT id FROM {table} WHERE raised < ?1 AND NOT EXISTS (
                SELECT 1 FROM delivery d WHERE d.{table} = {table}.id AND d.state IN ('due', 'dead'))
             ORDER BY raised LIMIT ?2"
        ))?
        .query_map(params![before, SLICE], |row| row.get(0))?
        .collect::<Result<_>>()?;
    let mut deliveries = tx.prepare_cached(&format!("DELETE FROM delivery WHERE {table} = ?1"))?;
    let mut owner = tx.prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?;
    for id in &old {
        deliveries.execute([id])?;
        owner.execute([id])?;
    }
    Ok(old.len())
}

fn entries(tx: &Connection, before: Ms) -> Result<usize> {
    tx.prepare_cached(
        "DELETE FROM entry WHERE seq IN (SELECT seq FROM entry WHERE first_seen < ?1 ORDER BY first_seen LIMIT ?2)",
    )?
    .execute(params![before, SLICE])
}

fn articles(tx: &Connection, before: Ms) -> Result<usize> {
    super::articles::forget(tx, before, SLICE)
}

fn stories(tx: &Connection, before: Ms) -> Result<usize> {
    tx.prepare_cached(
        "DELETE FROM story WHERE id IN (SELECT id FROM story WHERE last_seen < ?1 ORDER BY last_seen LIMIT ?2)",
    )?
    .execute(params![before, SLICE])
}

fn feeds(tx: &Connection) -> Result<Vec<i64>> {
    tx.prepare_cached("SELECT id FROM feed")?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// One slice of the keys of a feed; gives the number forgotten, and the key to go on after. A feed that was not read
/// since, or answers 304 for years, still shows what it last showed: without its keys all of that would be new.
fn keys(tx: &Connection, feed: i64, after: Option<i64>, before: Ms) -> Result<(usize, Option<i64>)> {
    let shown: Ms = tx
        .prepare_cached("SELECT shown_at FROM feed WHERE id = ?1")?
        .query_one([feed], |row| row.get(0))?;
    let oldest = before.0.min(shown.0.saturating_sub(STALE).unwrap_or(Timestamp::MIN));
    let first = after.map_or(i64::MIN, |after| after.saturating_add(1));
    let slice: Vec<(i64, bool)> = tx
        .prepare_cached("SELECT key, last_seen < ?3 FROM seen WHERE feed = ?1 AND key >= ?2 ORDER BY key LIMIT ?4")?
        .query_map(params![feed, first, Ms(oldest), KEYS], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_>>()?;
    let mut forget = tx.prepare_cached("DELETE FROM seen WHERE feed = ?1 AND key = ?2")?;
    let mut forgotten = 0;
    for (key, _) in slice.iter().filter(|(_, old)| *old) {
        forgotten += forget.execute(params![feed, key])?;
    }
    let full = i64::try_from(slice.len()).is_ok_and(|len| len == KEYS);
    Ok((
        forgotten,
        slice.last().map(|(key, _)| *key).filter(|key| full && *key < i64::MAX),
    ))
}
