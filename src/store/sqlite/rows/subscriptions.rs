//! What is agreed with hubs.

use rusqlite::{Connection, Result, params};

use super::feeds;
use super::values::Json;
use crate::feed::Subscription;

pub(crate) fn all(tx: &Connection) -> Result<Vec<(String, Subscription)>> {
    tx.prepare_cached("SELECT f.url, s.record FROM subscription s JOIN feed f ON f.id = s.feed ORDER BY s.feed")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1).map(|Json(record)| record)?)))?
        .collect()
}

pub(crate) fn keep(tx: &Connection, feed: &str, subscription: Option<&Subscription>) -> Result<()> {
    let Some(feed) = feeds::row_of(tx, feed)? else {
        return Ok(());
    };
    match subscription {
        Some(subscription) => tx
            .prepare_cached(
                "INSERT INTO subscription (feed, token, record) VALUES (?1, ?2, ?3)
                 ON CONFLICT (feed) DO UPDATE SET token = excluded.token, record = excluded.record",
            )?
            .execute(params![feed, subscription.token, Json(subscription)])?,
        None => tx
            .prepare_cached("DELETE FROM subscription WHERE feed = ?1")?
            .execute([feed])?,
    };
    Ok(())
}
