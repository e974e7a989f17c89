//! What became of the article of an entry.

use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use wirewatch_syndication::EntryKey;

use super::values::{Id, Ms};
use crate::feed::ArticleFate;

/// What became of the article of an entry.
pub(super) fn fate(tx: &Connection, feed_url: &str, key: EntryKey) -> Result<Option<ArticleFate>> {
    tx.prepare_cached(
        "SELECT state, since, ended_at, why FROM article WHERE feed = (SELECT id FROM feed WHERE url = ?1) AND key = ?2",
    )?
    .query_row(params![feed_url, Id(key.0)], as_fate)
    .optional()
}

pub(super) fn as_fate(row: &Row<'_>) -> Result<ArticleFate> {
    let (state, since, why): (String, Ms, Option<String>) = (row.get("state")?, row.get("since")?, row.get("why")?);
    let ended: Option<Ms> = row.get("ended_at")?;
    let at = ended.unwrap_or(since).0;
    Ok(match state.as_str() {
        "due" => ArticleFate::Waiting { since: since.0, why },
        "read" => ArticleFate::Read { at },
        _ => ArticleFate::NotRead {
            at,
            why: why.unwrap_or_default(),
        },
    })
}
