//! What is remembered of feeds.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::values::{Json, Ms};
use crate::feed::{FeedMemory, Turn};

pub(super) fn all(tx: &Connection) -> Result<Vec<FeedMemory>> {
    let mut rows =
        tx.prepare_cached("SELECT memory, turn FROM feed LEFT JOIN turn ON turn.feed = feed.id ORDER BY id")?;
    rows.query_map([], memory)?.collect()
}

pub(super) fn one(tx: &Connection, url: &str) -> Result<Option<FeedMemory>> {
    tx.prepare_cached("SELECT memory, turn FROM feed LEFT JOIN turn ON turn.feed = feed.id WHERE url = ?1")?
        .query_one([url], memory)
        .optional()
}

fn memory(row: &Row<'_>) -> Result<FeedMemory> {
    let Json(mut memory) = row.get::<_, Json<FeedMemory>>(0)?;
    if let Some(Json(turn)) = row.get::<_, Option<Json<Turn>>>(1)? {
        turn.renew(&mut memory);
    }
    Ok(memory)
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

/// Renews the turns of feeds that were recorded; of one that was not, everything.
pub(super) fn renew_turns(tx: &Connection, feeds: &[Arc<FeedMemory>]) -> Result<()> {
    for feed in feeds {
        if !renew_turn(tx, feed)? {
            renew(tx, feed)?;
        }
    }
    Ok(())
}

/// `false` where there is none to renew. An `INSERT … SELECT … ON CONFLICT`, which would do both, copies every page that it
/// touches aside, to be able to bring it back: for five thousand feeds that was sixty megabytes.
fn renew_turn(tx: &Connection, feed: &FeedMemory) -> Result<bool> {
    tx.prepare_cached("UPDATE turn SET turn = ?2 WHERE feed = (SELECT id FROM feed WHERE url = ?1)")?
        .execute(params![feed.url, Json(&Turn::of(feed))])
        .map(|rows| rows > 0)
}

/// Renews everything of a feed, or adds it; gives its row, and when what it shows was last told.
pub(super) fn renew(tx: &Connection, feed: &FeedMemory) -> Result<(i64, Ms)> {
    let (row, shown_at) = tx
        .prepare_cached(
            "INSERT INTO feed (url, title, memory) VALUES (?1, ?2, ?3)
         ON CONFLICT (url) DO UPDATE SET title = excluded.title, memory = excluded.memory
         RETURNING id, shown_at",
        )?
        .query_one(params![feed.url, feed.title, Json(feed)], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if !renew_turn(tx, feed)? {
        tx.prepare_cached("INSERT INTO turn (feed, turn) VALUES (?1, ?2)")?
            .execute(params![row, Json(&Turn::of(feed))])?;
    }
    Ok((row, shown_at))
}

pub(super) fn row_of(tx: &Connection, url: &str) -> Result<Option<i64>> {
    tx.prepare_cached("SELECT id FROM feed WHERE url = ?1")?
        .query_row([url], |row| row.get(0))
        .optional()
}
