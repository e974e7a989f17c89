//! Everything of one poll.

use jiff::Timestamp;
use rusqlite::{Connection, Result, params};

use super::super::contract::Recorded;
use super::values::{Id, Json, Ms};
use super::{alerts, deliveries, entries, feeds};
use crate::alert::{Record, StoryRecord};

pub(super) fn record(tx: &Connection, record: Record, at: Timestamp) -> Result<Recorded> {
    let mut recorded = Recorded::default();
    let (feed, shown_at) = feeds::renew(tx, &record.feed)?;
    for entry in record.entries {
        recorded.entries += usize::from(entries::write(tx, feed, entry, at)?);
    }
    if !record.shown.is_empty() {
        entries::shown(tx, feed, shown_at, &record.shown, at)?;
    }
    for story in &record.stories {
        write_story(tx, story)?;
    }
    for alert in &record.alerts {
        if alerts::insert(tx, alert)? {
            recorded.alerts.push(alert.id);
        }
    }
    for delivery in &record.deliveries {
        recorded.deliveries += usize::from(deliveries::insert(tx, delivery)?);
    }
    for (notice, to) in &record.notices {
        if alerts::tell(tx, notice, to)? {
            recorded.deliveries += to.len();
        }
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

pub(super) fn stories(tx: &Connection, since: Timestamp) -> Result<Vec<StoryRecord>> {
    tx.prepare_cached("SELECT record FROM story WHERE last_seen >= ?1 ORDER BY last_seen")?
        .query_map([Ms(since)], |row| row.get(0).map(|Json(story)| story))?
        .collect()
}
