//! Entries, and the keys by which they are known again.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::values::{Id, Json, Ms};
use super::{article_fate, feeds};
use crate::alert::{EntryRecord, Fate, Known, StoryId, canonical};
use crate::store::contract::{EntryRow, StoryMatch};
use wirewatch_syndication::{Entry, EntryKey};

/// How stale the time may be at which a key was last seen, so that an unchanged feed costs no writes.
pub(super) const STALE: SignedDuration = SignedDuration::from_hours(24);

pub(crate) fn known(tx: &Connection, feed: &str, keys: &[EntryKey]) -> Result<HashMap<EntryKey, Known>> {
    let Some(feed) = feeds::row_of(tx, feed)? else {
        return Ok(HashMap::new());
    };
    let mut look = tx.prepare_cached("SELECT hash, story FROM seen WHERE feed = ?1 AND key = ?2")?;
    let mut known = HashMap::with_capacity(keys.len());
    for key in keys {
        let found = look.query_row(params![feed, Id(key.0)], |row| {
            let story: Option<Id> = row.get(1)?;
            Ok(Known {
                content_hash: row.get::<_, Id>(0)?.0,
                story: story.map(|id| StoryId(id.0)),
            })
        });
        if let Some(found) = found.optional()? {
            known.insert(*key, found);
        }
    }
    Ok(known)
}

/// Adds an entry, or renews what is remembered of it; `true` where it was not known.
pub(super) fn write(tx: &Connection, feed: i64, record: EntryRecord, at: Timestamp) -> Result<bool> {
    let key = Id(record.entry.key.0);
    let story = record.story.map(|story| Id(story.0));
    let hash = Id(record.content_hash);
    let known: Option<i64> = tx
        .prepare_cached("SELECT entry FROM seen WHERE feed = ?1 AND key = ?2")?
        .query_row(params![feed, key], |row| row.get(0))
        .optional()?;
    let row = Written::from(record);
    let renewed = match known {
        Some(seq) => row.renew(tx, seq, feed, key)?,
        None => false,
    };
    let seq = match known {
        Some(seq) if renewed => seq,
        _ => row.insert(tx, feed, key, at)?,
    };
    let sql = if known.is_some() {
        "UPDATE seen SET entry = ?3, hash = ?4, story = ?5, last_seen = max(last_seen, ?6) WHERE feed = ?1 AND key = ?2"
    } else {
        "INSERT INTO seen (feed, key, entry, hash, story, last_seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
    };
    tx.prepare_cached(sql)?
        .execute(params![feed, key, seq, hash, story, Ms(at)])?;
    Ok(known.is_none())
}

/// Renews an entry by its article. What it is known by stays; where that is not what the article was opened for, the feed
/// has changed the entry since, and what it says now stands.
pub(super) fn renew_by_article(tx: &Connection, feed: i64, record: EntryRecord) -> Result<()> {
    let (key, hash) = (Id(record.entry.key.0), Id(record.content_hash));
    let story = record.story.map(|story| Id(story.0));
    let seq: Option<i64> = tx
        .prepare_cached("SELECT entry FROM seen WHERE feed = ?1 AND key = ?2 AND hash = ?3")?
        .query_row(params![feed, key, hash], |row| row.get(0))
        .optional()?;
    let Some(seq) = seq else { return Ok(()) };
    Written::from(record).renew(tx, seq, feed, key)?;
    tx.prepare_cached("UPDATE seen SET story = coalesce(?3, story) WHERE feed = ?1 AND key = ?2")?
        .execute(params![feed, key, story])
        .map(drop)
}

/// An entry by its key.
pub(super) fn one(tx: &Connection, feed: i64, key: Id) -> Result<Option<EntryRow>> {
    tx.prepare_cached(&format!(
        "{COLUMNS} WHERE e.seq = (SELECT entry FROM seen WHERE feed = ?1 AND key = ?2) AND e.feed = ?1 AND e.key = ?2"
    ))?
    .query_row(params![feed, key], row)
    .optional()
}

/// An entry as it stands in its row: what is long or looked for in columns, the rest as JSON.
struct Written {
    story: Option<Id>,
    link: Option<String>,
    title: String,
    fate: Option<Fate>,
    more: Entry,
    text: String,
}

impl From<EntryRecord> for Written {
    fn from(record: EntryRecord) -> Self {
        let EntryRecord {
            mut entry, story, fate, ..
        } = record;
        Self {
            story: story.map(|story| Id(story.0)),
            link: entry.link.take(),
            title: std::mem::take(&mut entry.title),
            fate: (fate != Fate::default()).then_some(fate),
            text: std::mem::take(&mut entry.text),
            more: entry,
        }
    }
}

impl Written {
    fn insert(&self, tx: &Connection, feed: i64, key: Id, at: Timestamp) -> Result<i64> {
        let Self {
            story,
            link,
            title,
            fate,
            more,
            text,
        } = self;
        tx.prepare_cached(
            "INSERT INTO entry (feed, key, first_seen, story, link, title, fate, more, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .insert(params![
            feed,
            key,
            Ms(at),
            story,
            link,
            title,
            fate.as_ref().map(Json),
            Json(more),
            text
        ])
    }

    /// `false` where the entry was forgotten; its place may have been given to another.
    fn renew(&self, tx: &Connection, seq: i64, feed: i64, key: Id) -> Result<bool> {
        let Self {
            story,
            link,
            title,
            fate,
            more,
            text,
        } = self;
        let renewed = tx
            .prepare_cached(
                "UPDATE entry SET story = ?4, link = ?5, title = ?6, fate = ?7, more = ?8, text = ?9
                 WHERE seq = ?1 AND feed = ?2 AND key = ?3",
            )?
            .execute(params![
                seq,
                feed,
                key,
                story,
                link,
                title,
                fate.as_ref().map(Json),
                Json(more),
                text
            ])?;
        Ok(renewed > 0)
    }
}

/// Notes that a feed shows these keys. One that was in the last body told is never further than [`STALE`] behind
/// `shown_at`: that is how `prune` knows it.
pub(super) fn shown(tx: &Connection, feed: i64, shown_at: Ms, keys: &[EntryKey], at: Timestamp) -> Result<()> {
    let stale = Ms(at - STALE);
    // After a day all are told anew; within it only what came back.
    let renew_before = if shown_at.0 <= stale.0 { Ms(at) } else { stale };
    if shown_at.0 <= stale.0 {
        tx.prepare_cached("UPDATE feed SET shown_at = max(shown_at, ?2) WHERE id = ?1")?
            .execute(params![feed, Ms(at)])?;
    }
    let mut renew =
        tx.prepare_cached("UPDATE seen SET last_seen = ?3 WHERE feed = ?1 AND key = ?2 AND last_seen <= ?4")?;
    for key in keys {
        renew.execute(params![feed, Id(key.0), Ms(at), renew_before])?;
    }
    Ok(())
}

const COLUMNS: &str = "SELECT f.url, e.first_seen, e.story, e.fate, e.link, e.title, e.text, e.more
                       FROM entry e JOIN feed f ON f.id = e.feed";

pub(crate) fn by(tx: &Connection, of: &StoryMatch) -> Result<Vec<EntryRow>> {
    let mut rows = found(tx, of)?;
    for row in &mut rows {
        row.article = article_fate::fate(tx, &row.feed, row.entry.key)?;
    }
    Ok(rows)
}

fn found(tx: &Connection, of: &StoryMatch) -> Result<Vec<EntryRow>> {
    match of {
        StoryMatch::Link(link) => tx
            .prepare_cached(&format!(
                "{COLUMNS} WHERE rtrim(e.link, '/') = rtrim(?1, '/') ORDER BY e.seq DESC"
            ))?
            .query_map([link], row)?
            .collect(),
        StoryMatch::Page(link) => {
            let Some(page) = canonical(link) else {
                return Ok(Vec::new());
            };
            let mut like = tx.prepare_cached(&format!("{COLUMNS} WHERE instr(e.link, ?1) > 0 ORDER BY e.seq DESC"))?;
            let like = like.query_map([longest_run(&page)], row)?;
            let same = |entry: &EntryRow| entry.entry.link.as_deref().and_then(canonical).as_ref() == Some(&page);
            like.filter(|entry| entry.as_ref().map_or(true, same)).collect()
        }
        StoryMatch::Story(story) => tx
            .prepare_cached(&format!("{COLUMNS} WHERE e.story = ?1 ORDER BY e.seq DESC"))?
            .query_map([Id(story.0)], row)?
            .collect(),
    }
}

/// The longest part of a page's key after its host that stands alike in every way of writing its link: letters and
/// digits that are never percent-encoded.
fn longest_run(page: &str) -> &str {
    let after_host = page.split_once('/').map_or(page, |(_, path)| path);
    let mut longest = "";
    for (number, piece) in after_host.split('%').enumerate() {
        // Behind a percent sign come two digits of its code.
        let piece = if number > 0 {
            piece.get(2..).unwrap_or_default()
        } else {
            piece
        };
        for part in piece.split(|letter: char| !letter.is_ascii_alphanumeric()) {
            if part.len() > longest.len() {
                longest = part;
            }
        }
    }
    longest
}

fn row(row: &Row<'_>) -> Result<EntryRow> {
    let story: Option<Id> = row.get("story")?;
    let fate: Option<Json<Fate>> = row.get("fate")?;
    let Json(more): Json<Entry> = row.get("more")?;
    Ok(EntryRow {
        feed: row.get("url")?,
        first_seen: row.get::<_, Ms>("first_seen")?.0,
        story: story.map(|id| StoryId(id.0)),
        fate: fate.map(|Json(fate)| fate).unwrap_or_default(),
        article: None,
        entry: Entry {
            link: row.get("link")?,
            title: row.get("title")?,
            text: row.get("text")?,
            ..more
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_stands_in_every_way_of_writing_a_link() {
        for (link, run) in [
            (
                "https://a.example/2026/03/embuscade-pres-de-segou?utm_source=rss",
                "embuscade",
            ),
            ("https://a.example/attaqu%C3%A9edhier", "attaqu"),
            ("https://a.example/article?id=4711", "article"),
        ] {
            assert_eq!(longest_run(&canonical(link).unwrap()), run, "{link}");
        }
    }
}
