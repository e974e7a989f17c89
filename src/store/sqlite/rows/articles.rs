//! Articles: wanted with an entry, claimed for a time, read or given up.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, Result, params};
use wirewatch_syndication::EntryKey;

use super::values::{Id, Json, Ms, at_most};
use super::{entries, feeds};
use crate::alert::ToOpen;
use crate::store::contract::DueArticle;

/// Wants an article, unless it was wanted before: for this entry, or for another of the feed that leads to the same page.
pub(super) fn want(tx: &Connection, feed: i64, article: &ToOpen, at: Timestamp) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO article (feed, key, url, host, since, state, due_at, ready_at)
         SELECT ?1, ?2, ?3, ?4, ?5, 'due', ?5, ?5
         WHERE NOT EXISTS (SELECT 1 FROM article WHERE url = ?3 AND feed = ?1)
         ON CONFLICT DO NOTHING",
    )?
    .execute(params![feed, Id(article.key.0), article.url, article.host, Ms(at)])
    .map(drop)
}

pub(crate) fn claim(
    tx: &Connection,
    now: Timestamp,
    limit: usize,
    lease: Duration,
    not_of: &[String],
) -> Result<Vec<DueArticle>> {
    let due: Vec<Claimed> = tx
        .prepare_cached(
            "SELECT feed, key, url, tries, since FROM article
             WHERE state = 'due' AND ready_at <= ?1 AND host NOT IN (SELECT value FROM json_each(?2))
             ORDER BY ready_at, since LIMIT ?3",
        )?
        .query_map(params![Ms(now), Json(&not_of), at_most(limit)], |row| {
            Ok(Claimed {
                feed: row.get("feed")?,
                key: row.get("key")?,
                url: row.get("url")?,
                tries: row.get("tries")?,
                since: row.get("since")?,
            })
        })?
        .collect::<Result<_>>()?;
    let mut claimed = Vec::with_capacity(due.len());
    for one in due {
        match entries::one(tx, one.feed, one.key)? {
            Some(row) => {
                tx.prepare_cached("UPDATE article SET ready_at = ?3 WHERE feed = ?1 AND key = ?2")?
                    .execute(params![one.feed, one.key, Ms(now).plus(lease)])?;
                claimed.push(DueArticle {
                    feed: row.feed,
                    entry: row.entry,
                    story: row.story,
                    fate: row.fate,
                    url: one.url,
                    tries: one.tries,
                    since: one.since.0,
                });
            }
            None => {
                tx.prepare_cached("DELETE FROM article WHERE feed = ?1 AND key = ?2")?
                    .execute(params![one.feed, one.key])?;
            }
        }
    }
    Ok(claimed)
}

struct Claimed {
    feed: i64,
    key: Id,
    url: String,
    tries: u32,
    since: Ms,
}

pub(crate) fn next(tx: &Connection, not_of: &[String]) -> Result<Option<Timestamp>> {
    let next: Option<Ms> = tx
        .prepare_cached(
            "SELECT min(ready_at) FROM article
             WHERE state = 'due' AND host NOT IN (SELECT value FROM json_each(?1))",
        )?
        .query_one([Json(&not_of)], |row| row.get(0))?;
    Ok(next.map(|at| at.0))
}

/// Ends every lease, as those of deliveries.
pub(crate) fn release(conn: &Connection) -> Result<usize> {
    conn.execute(
        "UPDATE article SET ready_at = due_at WHERE state = 'due' AND ready_at <> due_at",
        [],
    )
}

pub(crate) fn failed(
    tx: &Connection,
    feed: &str,
    key: EntryKey,
    at: Timestamp,
    why: &str,
    again: Option<Timestamp>,
) -> Result<()> {
    let Some(feed) = feeds::row_of(tx, feed)? else {
        return Ok(());
    };
    let key = Id(key.0);
    match again {
        Some(again) => tx
            .prepare_cached(
                "UPDATE article SET due_at = ?3, ready_at = ?3, tries = tries + 1, why = ?4
                 WHERE feed = ?1 AND key = ?2 AND state = 'due'",
            )?
            .execute(params![feed, key, Ms(again), why])?,
        None => tx
            .prepare_cached(
                "UPDATE article SET state = 'not read', ended_at = ?3, tries = tries + 1, why = ?4
                 WHERE feed = ?1 AND key = ?2 AND state = 'due'",
            )?
            .execute(params![feed, key, Ms(at), why])?,
    };
    Ok(())
}

/// Forgets up to `limit` that were wanted before.
pub(super) fn forget(tx: &Connection, before: Ms, limit: i64) -> Result<usize> {
    tx.prepare_cached(
        "DELETE FROM article WHERE (feed, key) IN (SELECT feed, key FROM article WHERE since < ?1 ORDER BY since LIMIT ?2)",
    )?
    .execute(params![before, limit])
}
