//! What is remembered of feeds.

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, ToSql, params};

use super::values::{Json, Ms};
use crate::feed::{FeedState, NextPoll, ScheduleUpdate};

/// What is remembered, and the turn that is newer than it.
const REMEMBERED: &str = "SELECT memory, next_at, because, polled_at, read_at, answer_millis
    FROM feed LEFT JOIN turn ON turn.feed = feed.id";

pub(crate) fn all(tx: &Connection) -> Result<Vec<FeedState>> {
    tx.prepare_cached(&format!("{REMEMBERED} ORDER BY id"))?
        .query_map([], memory)?
        .collect()
}

pub(crate) fn one(tx: &Connection, url: &str) -> Result<Option<FeedState>> {
    tx.prepare_cached(&format!("{REMEMBERED} WHERE url = ?1"))?
        .query_one([url], memory)
        .optional()
}

fn memory(row: &Row<'_>) -> Result<FeedState> {
    let Json(mut memory) = row.get::<_, Json<FeedState>>(0)?;
    if let Some(Ms(at)) = row.get(1)? {
        let Json(because) = row.get(2)?;
        let Json(answer_millis) = row.get(5)?;
        let time = |column: usize| row.get::<_, Option<Ms>>(column).map(|time| time.map(|Ms(time)| time));
        let turn = ScheduleUpdate {
            next: NextPoll { at, because },
            last_polled: time(3)?,
            last_read: time(4)?,
            answer_millis,
        };
        turn.renew(&mut memory);
    }
    Ok(memory)
}

/// Renames feeds that are known under an address with a user name or password, which the new address leaves out: it was
/// moved to a key of its own.
fn without_credentials(tx: &Connection, feeds: &[FeedState]) -> Result<()> {
    let mut known = tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM feed WHERE url = ?1)")?;
    let mut new: Vec<&FeedState> = Vec::new();
    for feed in feeds {
        if !known.query_row([&feed.url], |row| row.get::<_, bool>(0))? {
            new.push(feed);
        }
    }
    if new.is_empty() {
        return Ok(());
    }
    let mut all = tx.prepare_cached("SELECT id, url, memory FROM feed WHERE url LIKE '%@%'")?;
    let with_credentials = all
        .query_map([], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, Json<FeedState>>(2)?,
            ))
        })?
        .collect::<std::result::Result<Vec<_>, _>>()?;
    for (id, url, Json(memory)) in with_credentials {
        let bare = bare(&url);
        let Some(feed) = new.iter().find(|feed| Some(&feed.url) == bare.as_ref()) else {
            continue;
        };
        if feeds.iter().any(|feed| feed.url == url) {
            continue;
        }
        let renamed = FeedState {
            url: feed.url.clone(),
            ..memory
        };
        tx.execute(
            "UPDATE OR IGNORE feed SET url = ?2, memory = ?3 WHERE id = ?1",
            params![id, renamed.url, Json(&renamed)],
        )?;
    }
    Ok(())
}

/// Returns an address without its user name and password; `None` where it has none.
fn bare(url: &str) -> Option<String> {
    let mut url = url::Url::parse(url).ok()?;
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url.into())
}

/// Gives the number of those that were not known.
pub(crate) fn add(tx: &Connection, feeds: &[FeedState]) -> Result<usize> {
    without_credentials(tx, feeds)?;
    let mut insert =
        tx.prepare_cached("INSERT INTO feed (url, title, memory) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?;
    let mut added = 0;
    for feed in feeds {
        added += insert.execute(params![feed.url, feed.title, Json(feed)])?;
    }
    Ok(added)
}

/// Marks every feed as one of a store that was restored. Gives their number.
pub(crate) fn mark_restored(tx: &Connection, now: Timestamp) -> Result<usize> {
    let memories = all(tx)?;
    let mut renew = tx.prepare_cached("UPDATE feed SET memory = ?2 WHERE url = ?1")?;
    for memory in &memories {
        let marked = FeedState {
            restored: Some(now),
            ..memory.clone()
        };
        renew.execute(params![marked.url, Json(&marked)])?;
    }
    Ok(memories.len())
}

/// Renews the schedules of feeds that were recorded; of one that was not, everything.
pub(crate) fn renew_schedules(tx: &Connection, feeds: &[Arc<FeedState>]) -> Result<()> {
    for feed in feeds {
        if !renew_turn(tx, feed)? {
            renew(tx, feed)?;
        }
    }
    Ok(())
}

/// `false` where there is none to renew. An `INSERT … SELECT … ON CONFLICT`, which would do both, copies every page that it
/// touches aside, to be able to bring it back: for five thousand feeds that was sixty megabytes.
fn renew_turn(tx: &Connection, feed: &FeedState) -> Result<bool> {
    let update = "UPDATE turn SET next_at = ?2, because = ?3, polled_at = ?4, read_at = ?5, answer_millis = ?6
        WHERE feed = (SELECT id FROM feed WHERE url = ?1)";
    Ok(write_turn(tx, update, &feed.url, feed)? > 0)
}

/// Runs a statement whose first parameter names the feed, and the others are its turn.
fn write_turn(tx: &Connection, statement: &str, of: &dyn ToSql, feed: &FeedState) -> Result<usize> {
    let ScheduleUpdate {
        next: NextPoll { at, because },
        last_polled,
        last_read,
        answer_millis,
    } = ScheduleUpdate::of(feed);
    tx.prepare_cached(statement)?.execute(params![
        of,
        Ms(at),
        Json(&because),
        last_polled.map(Ms),
        last_read.map(Ms),
        Json(&answer_millis)
    ])
}

/// Renews everything of a feed, or adds it; gives its row, and when what it shows was last told.
pub(super) fn renew(tx: &Connection, feed: &FeedState) -> Result<(i64, Ms)> {
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
        let insert = "INSERT INTO turn (feed, next_at, because, polled_at, read_at, answer_millis)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        write_turn(tx, insert, &row, feed)?;
    }
    Ok((row, shown_at))
}

pub(super) fn row_of(tx: &Connection, url: &str) -> Result<Option<i64>> {
    tx.prepare_cached("SELECT id FROM feed WHERE url = ?1")?
        .query_row([url], |row| row.get(0))
        .optional()
}
