//! What is remembered of feeds.

use rusqlite::{Connection, OptionalExtension, Result, params};

use super::values::{Json, Ms};
use crate::feed::{FeedMemory, Turn};

pub(super) fn all(tx: &Connection) -> Result<Vec<FeedMemory>> {
    let mut rows =
        tx.prepare_cached("SELECT memory, turn FROM feed LEFT JOIN turn ON turn.feed = feed.id ORDER BY id")?;
    let feeds = rows.query_map([], |row| {
        let Json(mut memory) = row.get::<_, Json<FeedMemory>>(0)?;
        if let Some(Json(turn)) = row.get::<_, Option<Json<Turn>>>(1)? {
            turn.renew(&mut memory);
        }
        Ok(memory)
    })?;
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

/// Renews the turn of a feed that is known; `false` where it is not.
pub(super) fn renew_turn(tx: &Connection, feed: &FeedMemory) -> Result<bool> {
    tx.prepare_cached(
        "INSERT INTO turn (feed, turn) SELECT id, ?2 FROM feed WHERE url = ?1
         ON CONFLICT (feed) DO UPDATE SET turn = excluded.turn",
    )?
    .execute(params![feed.url, Json(&Turn::of(feed))])
    .map(|rows| rows > 0)
}

/// Renews everything of a feed, or adds it; gives its row, and when what it shows was last told.
pub(super) fn renew(tx: &Connection, feed: &FeedMemory) -> Result<(i64, Ms)> {
    tx.prepare_cached("DELETE FROM turn WHERE feed = (SELECT id FROM feed WHERE url = ?1)")?
        .execute([&feed.url])?;
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
