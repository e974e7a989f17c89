//! Everything of one poll.

use jiff::Timestamp;
use rusqlite::{Connection, Result, params};
use std::sync::Arc;

use super::values::{Id, Json, Ms};
use super::{alerts, articles, deliveries, entries, feeds};
use crate::alert::{Alert, ArticleRecord, Delivery, Record, StoryRecord};
use crate::store::contract::Recorded;

pub(crate) fn record(tx: &Connection, record: Record, at: Timestamp) -> Result<Recorded> {
    let mut new = 0;
    let (feed, shown_at) = feeds::renew(tx, &record.feed)?;
    for entry in record.entries {
        new += usize::from(entries::write(tx, feed, entry, at)?);
    }
    if !record.shown.is_empty() {
        entries::shown(tx, feed, shown_at, &record.shown, at)?;
    }
    for article in &record.articles {
        articles::want(tx, feed, article, at)?;
    }
    let mut recorded = outcome(tx, &record.stories, &record.alerts, &record.deliveries)?;
    recorded.entries = new;
    deliveries::drop_all(tx, &record.dropped, at)?;
    for (notice, to) in &record.notices {
        if alerts::tell(tx, notice, to)? {
            recorded.deliveries += to.len();
        }
    }
    Ok(recorded)
}

/// An article that was read, with what it raised.
pub(crate) fn record_article(tx: &Connection, record: ArticleRecord, at: Timestamp) -> Result<Recorded> {
    let Some(feed) = feeds::row_of(tx, &record.feed)? else {
        return Ok(Recorded::default());
    };
    let key = record.entry.entry.key;
    entries::renew_by_article(tx, feed, record.entry)?;
    tx.prepare_cached(
        "UPDATE article SET state = 'read', ended_at = ?3, why = NULL, tries = tries + 1 WHERE feed = ?1 AND key = ?2",
    )?
    .execute(params![feed, Id(key.0), Ms(at)])?;
    outcome(tx, &record.stories, &record.alerts, &record.deliveries)
}

/// What an assessment came to.
pub(super) fn outcome(
    tx: &Connection,
    stories: &[Arc<StoryRecord>],
    raised: &[Alert],
    to: &[Delivery],
) -> Result<Recorded> {
    let mut recorded = Recorded::default();
    for story in stories {
        write_story(tx, story)?;
    }
    for alert in raised {
        if alerts::insert(tx, alert)? {
            recorded.alerts.push(alert.id);
        }
    }
    for delivery in to {
        recorded.deliveries += usize::from(deliveries::insert(tx, delivery)?);
    }
    Ok(recorded)
}

fn write_story(tx: &Connection, story: &StoryRecord) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO story (id, last_seen, record) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET last_seen = excluded.last_seen, record = excluded.record",
    )?
    .execute(params![Id(story.id.0), Ms(story.last_seen), Json(story)])
    .map(drop)
}

pub(crate) fn stories(tx: &Connection, since: Timestamp) -> Result<Vec<StoryRecord>> {
    tx.prepare_cached("SELECT record FROM story WHERE last_seen >= ?1 ORDER BY last_seen")?
        .query_map([Ms(since)], |row| row.get(0).map(|Json(story)| story))?
        .collect()
}
