//! Alerts with what else tells their story, and notices.

use jiff::Timestamp;
use rusqlite::{Connection, Params, Result, params};

use super::values::{Id, Json, Ms, at_most};
use super::{article_fate, deliveries};
use crate::alert::{Alert, AlertId, AlsoIn, Delivery, Notice, SOURCES, SourceLine, StoryId};
use crate::net::shown_text;
use crate::store::contract::AlertRow;
use crate::text::entry_link;

/// `false` where it was there.
pub(super) fn insert(tx: &Connection, alert: &Alert) -> Result<bool> {
    let inserted = tx
        .prepare_cached(
            "INSERT INTO alert (id, story, raised, headline, alert) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            Id(alert.id.0),
            Id(alert.story.0),
            Ms(alert.raised),
            alert.origin.title,
            Json(alert)
        ])?;
    Ok(inserted > 0)
}

/// `false` where the notice was there.
pub(crate) fn tell(tx: &Connection, notice: &Notice, to: &[Delivery]) -> Result<bool> {
    let inserted = tx
        .prepare_cached(
            "INSERT INTO notice (id, raised, title, notice) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![Id(notice.id), Ms(notice.raised), notice.title, Json(notice)])?;
    if inserted > 0 {
        for delivery in to {
            deliveries::insert(tx, delivery)?;
        }
    }
    Ok(inserted > 0)
}

pub(super) fn one(tx: &Connection, id: AlertId) -> Result<Alert> {
    tx.prepare_cached("SELECT alert FROM alert WHERE id = ?1")?
        .query_row([Id(id.0)], |row| row.get(0).map(|Json(alert)| alert))
        .and_then(|alert| with_article(tx, alert))
}

fn with_article(tx: &Connection, alert: Alert) -> Result<Alert> {
    let article = article_fate::fate(tx, &alert.origin.feed, alert.origin.entry)?;
    Ok(Alert { article, ..alert }.bounded())
}

pub(super) fn notice(tx: &Connection, id: u64) -> Result<Notice> {
    tx.prepare_cached("SELECT notice FROM notice WHERE id = ?1")?
        .query_row([Id(id)], |row| row.get(0).map(|Json(notice)| notice))
}

pub(crate) fn since(tx: &Connection, since: Timestamp, limit: usize) -> Result<Vec<AlertRow>> {
    let sql = "SELECT alert FROM alert WHERE raised >= ?1 ORDER BY raised DESC, seq DESC LIMIT ?2";
    rows(tx, sql, params![Ms(since), at_most(limit)])
}

pub(crate) fn of_story(tx: &Connection, story: StoryId) -> Result<Vec<AlertRow>> {
    rows(
        tx,
        "SELECT alert FROM alert WHERE story = ?1 ORDER BY raised DESC, seq DESC",
        [Id(story.0)],
    )
}

pub(crate) fn by_prefix(tx: &Connection, prefix: &str) -> Result<Vec<AlertRow>> {
    let Some((first, last)) = ids_beginning_with(prefix) else {
        return Ok(Vec::new());
    };
    let sql = "SELECT alert FROM alert WHERE id BETWEEN ?1 AND ?2 ORDER BY raised DESC, seq DESC";
    rows(tx, sql, [Id(first), Id(last)])
}

/// The least and the greatest id that begin with these hex digits. One digit settles the highest bit, so that the order
/// is the same where the bits are read as signed.
fn ids_beginning_with(prefix: &str) -> Option<(u64, u64)> {
    if !(1..=16).contains(&prefix.len()) || !prefix.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let first = u64::from_str_radix(&format!("{prefix:0<16}"), 16).ok()?;
    let last = u64::from_str_radix(&format!("{prefix:f<16}"), 16).ok()?;
    Some((first, last))
}

fn rows(tx: &Connection, sql: &str, params: impl Params) -> Result<Vec<AlertRow>> {
    let mut found = tx.prepare_cached(sql)?;
    let found = found.query_map(params, |row| row.get(0).map(|Json(alert)| alert))?;
    found.map(|alert| with_more(tx, alert?)).collect()
}

fn with_more(tx: &Connection, alert: Alert) -> Result<AlertRow> {
    Ok(AlertRow {
        also_in: also_in(tx, &alert)?,
        deliveries: deliveries::of_alert(tx, alert.id)?,
        alert: with_article(tx, alert)?,
    })
}

/// The other entries of its story, oldest first: as many as anybody is shown, and how many there are.
pub(super) fn also_in(tx: &Connection, alert: &Alert) -> Result<AlsoIn> {
    let of = params![Id(alert.story.0), alert.origin.feed, Id(alert.origin.entry.0)];
    let count: i64 = tx
        .prepare_cached(
            "SELECT count(*) FROM entry e JOIN feed f ON f.id = e.feed
             WHERE e.story = ?1 AND NOT (f.url = ?2 AND e.key = ?3)",
        )?
        .query_one(of, |row| row.get(0))?;
    // Of a title of megabytes no more is read than is shown.
    let first = tx
        .prepare_cached(
            "SELECT coalesce(f.title, f.url), substr(e.title, 1, 1000), e.link, e.first_seen, f.url
             FROM entry e JOIN feed f ON f.id = e.feed
             WHERE e.seq IN (SELECT e.seq FROM entry e JOIN feed f ON f.id = e.feed
                             WHERE e.story = ?1 AND NOT (f.url = ?2 AND e.key = ?3)
                             ORDER BY e.first_seen, e.seq LIMIT ?4)
             ORDER BY e.first_seen, e.seq",
        )?
        .query_map(
            params![
                Id(alert.story.0),
                alert.origin.feed,
                Id(alert.origin.entry.0),
                at_most(SOURCES)
            ],
            |row| {
                let (link, feed): (Option<String>, String) = (row.get(2)?, row.get(4)?);
                Ok(SourceLine {
                    feed_title: shown_text(&row.get::<_, String>(0)?),
                    title: row.get(1)?,
                    link: link.map(|link| entry_link(&link, &feed).unwrap_or(link)),
                    seen: row.get::<_, Ms>(3)?.0,
                }
                .bounded())
            },
        )?
        .collect::<Result<_>>()?;
    Ok(AlsoIn {
        first,
        count: usize::try_from(count).unwrap_or(usize::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_a_range_of_ids() {
        for (sentence, prefix, range) in [
            ("one digit", "0", Some((0, 0x0fff_ffff_ffff_ffff))),
            (
                "the upper half, where signed numbers are negative",
                "fE",
                Some((0xfe00_0000_0000_0000, 0xfeff_ffff_ffff_ffff)),
            ),
            ("a whole id", "00000000000000ff", Some((255, 255))),
            ("nothing is no prefix of everything", "", None),
            ("more digits than an id has", "00000000000000ff0", None),
            ("no hex digits", "xyz", None),
            ("a sign is no digit", "+1", None),
        ] {
            assert_eq!(ids_beginning_with(prefix), range, "{sentence}");
        }
    }
}
