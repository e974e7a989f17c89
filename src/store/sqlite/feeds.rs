//! What is remembered of feeds.

use rusqlite::{Connection, OptionalExtension, Result, params};

use super::values::{Json, Ms};
use crate::feed::FeedMemory;

pub(super) fn all(tx: &Connection) -> Result<Vec<FeedMemory>> {
    let mut rows = tx.prepare_cached("SELECT memory FROM feed ORDER BY id")?;
    let feeds = rows.query_map([], |row| row.get(0).map(|Json(memory)| memory))?;
    feeds.collect()
}

/// Gives the number of those that were not known.
pub(super) fn add(tx: &Connection, feeds: &[FeedMemory]) -> Result<usize> {
    let mut insert =
        tx.prepare_cached("INSERT INTO feed (url, title, memory) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?;
    let mut added = 0;
    for feed in feeds {
        added += insert.execute(params![feed.url, feed.title, Json(feed)])?;
    }
    Ok(added)
}

/// Renews everything of a feed, or adds it; gives its row, and when what it shows was last told.
pub(super) fn renew(tx: &Connection, feed: &FeedMemory) -> Result<(i64, Ms)> {
    tx.prepare_cached(
        "INSERT INTO feed (url, title, memory) VALUES (?1, ?2, ?3)
         ON CONFLICT (url) DO UPDATE SET title = excluded.title, memory = excluded.memory
         RETURNING id, shown_at",
    )?
    .query_one(params![feed.url, feed.title, Json(feed)], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(super) fn row_of(tx: &Connection, url: &str) -> Result<Option<i64>> {
    tx.prepare_cached("SELECT id FROM feed WHERE url = ?1")?
        .query_row([url], |row| row.get(0))
        .optional()
}
