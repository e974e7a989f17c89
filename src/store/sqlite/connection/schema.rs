//! The tables, and the steps from each version of them to the next.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use super::trouble::{not_opened, unreadable, words};
use crate::store::contract::StoreError;

/// "Wwch": tells our files from those of other programs (`PRAGMA application_id`).
const OURS: i32 = 0x5777_6368;

/// Each step leads from the version of its position to the next; a released step is never changed, only followed.
///
/// Keys by sequence, so that rows are appended: a random key in `entry` costs half of its pace and more. What is asked at
/// every poll, `seen`, holds no text. Long texts stand last in their row, where SQLite passes over them unread.
pub(super) const STEPS: &[&str] = &[
    "
    CREATE TABLE feed (
        id       INTEGER PRIMARY KEY,
        url      TEXT NOT NULL UNIQUE,
        title    TEXT,
        memory   TEXT NOT NULL,               -- FeedState as JSON
        shown_at INTEGER NOT NULL DEFAULT 0   -- when the keys that it shows were last told
    ) STRICT;

    -- How an entry is known again; outlives the entry itself.
    CREATE TABLE seen (
        feed      INTEGER NOT NULL REFERENCES feed (id),
        key       INTEGER NOT NULL,
        entry     INTEGER NOT NULL,           -- entry.seq, which may be forgotten already
        hash      INTEGER NOT NULL,
        story     INTEGER,
        last_seen INTEGER NOT NULL,           -- to a day
        PRIMARY KEY (feed, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE entry (
        seq        INTEGER PRIMARY KEY,
        feed       INTEGER NOT NULL REFERENCES feed (id),
        key        INTEGER NOT NULL,
        first_seen INTEGER NOT NULL,
        story      INTEGER,
        link       TEXT,
        title      TEXT NOT NULL,
        fate       TEXT,                      -- Fate as JSON; NULL where no watch was touched
        more       TEXT NOT NULL,             -- Entry as JSON, without link, title and text
        text       TEXT NOT NULL
    ) STRICT;
    CREATE INDEX entry_first_seen ON entry (first_seen);
    CREATE INDEX entry_link ON entry (rtrim(link, '/'));
    CREATE INDEX entry_story ON entry (story) WHERE story IS NOT NULL;

    CREATE TABLE story (
        id        INTEGER PRIMARY KEY,
        last_seen INTEGER NOT NULL,
        record    TEXT NOT NULL               -- StoryRecord as JSON
    ) STRICT;
    CREATE INDEX story_last_seen ON story (last_seen);

    CREATE TABLE alert (
        seq      INTEGER PRIMARY KEY,
        id       INTEGER NOT NULL UNIQUE,
        story    INTEGER NOT NULL,
        raised   INTEGER NOT NULL,
        headline TEXT NOT NULL,
        alert    TEXT NOT NULL                -- Alert as JSON
    ) STRICT;
    CREATE INDEX alert_raised ON alert (raised);
    CREATE INDEX alert_story ON alert (story);

    CREATE TABLE notice (
        id     INTEGER PRIMARY KEY,
        raised INTEGER NOT NULL,
        title  TEXT NOT NULL,
        notice TEXT NOT NULL                  -- Notice as JSON
    ) STRICT;

    CREATE TABLE delivery (
        seq        INTEGER PRIMARY KEY,
        id         INTEGER NOT NULL UNIQUE,
        parcel     INTEGER NOT NULL,          -- the id it is sent under: digest, or else id
        alert      INTEGER REFERENCES alert (id),
        notice     INTEGER REFERENCES notice (id),
        receiver   TEXT NOT NULL,
        address    TEXT NOT NULL,
        not_before INTEGER NOT NULL,
        digest     INTEGER,
        state      TEXT NOT NULL CHECK (state IN ('due', 'done', 'dead', 'dropped')),
        due_at     INTEGER NOT NULL,          -- the next attempt
        ready_at   INTEGER NOT NULL,          -- the same, or the end of the lease
        first_due  INTEGER NOT NULL,
        attempts   INTEGER NOT NULL DEFAULT 0,-- since it was made due
        ended_at   INTEGER,
        why        TEXT,                      -- why it is dead
        CHECK ((alert IS NULL) <> (notice IS NULL))
    ) STRICT;
    CREATE INDEX delivery_ready ON delivery (ready_at) WHERE state = 'due';
    CREATE INDEX delivery_parcel ON delivery (parcel);
    CREATE INDEX delivery_alert ON delivery (alert) WHERE alert IS NOT NULL;
    CREATE INDEX delivery_notice ON delivery (notice) WHERE notice IS NOT NULL;

    CREATE TABLE attempt (
        delivery INTEGER NOT NULL REFERENCES delivery (seq) ON DELETE CASCADE,
        number   INTEGER NOT NULL,
        at       INTEGER NOT NULL,
        outcome  TEXT NOT NULL,
        PRIMARY KEY (delivery, number)
    ) STRICT, WITHOUT ROWID;
",
    "
    -- Articles behind the links of entries: opened once, claimed as deliveries are.
    CREATE TABLE article (
        feed     INTEGER NOT NULL REFERENCES feed (id),
        key      INTEGER NOT NULL,
        url      TEXT NOT NULL,
        host     TEXT NOT NULL,
        since    INTEGER NOT NULL,          -- when the feed brought the entry
        state    TEXT NOT NULL CHECK (state IN ('due', 'read', 'not read')),
        due_at   INTEGER NOT NULL,          -- the next try
        ready_at INTEGER NOT NULL,          -- the same, or the end of the lease
        tries    INTEGER NOT NULL DEFAULT 0,
        ended_at INTEGER,
        why      TEXT,                      -- why it was not read, last
        PRIMARY KEY (feed, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX article_ready ON article (ready_at) WHERE state = 'due';
    CREATE INDEX article_url ON article (url);
    CREATE INDEX article_since ON article (since);

    -- Feeds whose hub pushes what is new (WebSub).
    CREATE TABLE subscription (
        feed   INTEGER PRIMARY KEY REFERENCES feed (id),
        token  TEXT NOT NULL UNIQUE,        -- the end of its callback's path
        record TEXT NOT NULL                -- Subscription as JSON
    ) STRICT;
",
    "
    -- What every poll leaves behind, also one that brings nothing; newer than what stands in feed.memory.
    CREATE TABLE turn (
        feed INTEGER PRIMARY KEY REFERENCES feed (id),
        turn TEXT NOT NULL                  -- ScheduleUpdate as JSON
    ) STRICT;
",
    "
    DROP TABLE turn;
    CREATE TABLE turn (
        feed          INTEGER PRIMARY KEY REFERENCES feed (id),
        next_at       INTEGER NOT NULL,
        because       TEXT NOT NULL,            -- Because as JSON
        polled_at     INTEGER,
        read_at       INTEGER,
        answer_millis TEXT NOT NULL             -- as JSON
    ) STRICT;
",
];

/// The version that this program knows.
pub(super) fn known(steps: &[&str]) -> u32 {
    u32::try_from(steps.len()).unwrap_or(u32::MAX)
}

/// The version of the file; refuses a file of another program and one of a newer version. 0 is an empty file.
pub(super) fn version(conn: &Connection, path: &Path, steps: &[&str]) -> Result<u32, StoreError> {
    let read = |sql| conn.query_row(sql, [], |row| row.get::<_, i64>(0));
    let opened = |found: rusqlite::Result<i64>| found.map_err(|error| unreadable(path, &error));
    let tables = opened(read("SELECT count(*) FROM sqlite_schema"))?;
    let application = opened(read("PRAGMA application_id"))?;
    let version = opened(read("PRAGMA user_version"))?;
    if application != i64::from(OURS) && (application, version, tables) != (0, 0, 0) {
        let why = "it is a file of another program; name another folder as `path` under [store]";
        return Err(not_opened(path, why));
    }
    let found = u32::try_from(version).unwrap_or(u32::MAX);
    match known(steps) {
        known if found > known => Err(StoreError::TooNew { found, known }),
        _ => Ok(found),
    }
}

/// Brings the tables up to date, one transaction a step. A file that holds something is copied before.
pub(super) fn migrate(conn: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    let from = version(conn, path, steps)?;
    if from > 0 && from < known(steps) {
        copy(conn, path, from)?;
    }
    for (at, step) in (0_u32..).zip(steps).skip(from as usize) {
        one_step(conn, at + 1, step).map_err(|error| {
            let why = words("it", &error);
            not_opened(
                path,
                format!("it could not be brought from version {at} to {}: {why}", at + 1),
            )
        })?;
    }
    Ok(())
}

fn one_step(conn: &mut Connection, to: u32, step: &str) -> rusqlite::Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch(step)?;
    tx.pragma_update(None, "application_id", OURS)?;
    tx.pragma_update(None, "user_version", to)?;
    tx.commit()
}

/// Where the copy of a version is kept.
pub(super) fn copy_of(path: &Path, version: u32) -> PathBuf {
    path.with_extension(format!("version-{version}.db"))
}

/// A copy is whole or it is not there: it gets its name when it is done.
fn copy(conn: &Connection, path: &Path, version: u32) -> Result<(), StoreError> {
    let copy = copy_of(path, version);
    let unfinished = copy.with_extension("unfinished");
    let made = empty_file(&unfinished)
        .map_err(|error| error.to_string())
        .and_then(|()| {
            let name = unfinished.to_str().ok_or("its path is not Unicode")?;
            conn.execute("VACUUM INTO ?1", [name])
                .map_err(|error| words(unfinished.display(), &error))?;
            fs::rename(&unfinished, &copy).map_err(|error| error.to_string())
        });
    made.map_err(|why| {
        let copy = copy.display();
        not_opened(
            path,
            format!("no copy of version {version} could be made at {copy}, so it was left as it is: {why}"),
        )
    })
}

/// An empty file that only its owner reads: people's watches say what they fear.
pub(super) fn empty_file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A store of version 1 with one feed, in a folder of its own.
    fn store(name: &str) -> (PathBuf, Connection) {
        let folder = std::env::temp_dir().join(format!("wirewatch-schema-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("wirewatch.db");
        let mut conn = Connection::open(&path).unwrap();
        migrate(&mut conn, &path, &STEPS[..1]).unwrap();
        conn.execute(
            "INSERT INTO feed (url, memory) VALUES ('https://example.org/', '{}')",
            [],
        )
        .unwrap();
        (path, conn)
    }

    fn feeds(path: &Path) -> i64 {
        Connection::open(path)
            .unwrap()
            .query_row("SELECT count(*) FROM feed", [], |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn an_older_store_is_copied_and_then_brought_up_to_date() {
        let (path, mut conn) = store("older");
        let steps = [
            STEPS[0],
            "ALTER TABLE feed ADD COLUMN mood TEXT",
            "UPDATE feed SET mood = 'fine'",
        ];
        migrate(&mut conn, &path, &steps).unwrap();
        let mood: String = conn.query_row("SELECT mood FROM feed", [], |row| row.get(0)).unwrap();
        assert_eq!((mood.as_str(), version(&conn, &path, &steps).unwrap()), ("fine", 3));
        let copy = copy_of(&path, 1);
        assert_eq!(feeds(&copy), 1);
        assert_eq!(version(&Connection::open(&copy).unwrap(), &copy, STEPS).unwrap(), 1);
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&copy).unwrap().permissions()) & 0o777,
            0o600
        );
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_step_that_fails_leaves_the_store_at_the_step_before() {
        let (path, mut conn) = store("failing");
        let steps = [
            STEPS[0],
            "ALTER TABLE feed ADD COLUMN mood TEXT",
            "DELETE FROM feed; DROP TABLE nowhere",
        ];
        let error = migrate(&mut conn, &path, &steps).unwrap_err().to_string();
        assert!(error.contains("from version 2 to 3: no such table: nowhere"), "{error}");
        assert_eq!((version(&conn, &path, &steps).unwrap(), feeds(&path)), (2, 1));
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn without_its_copy_nothing_is_changed() {
        let (path, mut conn) = store("no-copy");
        fs::create_dir_all(copy_of(&path, 1).join("in the way")).unwrap();
        let steps = [STEPS[0], "DROP TABLE attempt"];
        let error = migrate(&mut conn, &path, &steps).unwrap_err().to_string();
        assert!(error.contains("no copy of version 1 could be made"), "{error}");
        assert_eq!(version(&conn, &path, &steps).unwrap(), 1);
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_newer_store_is_refused_untouched() {
        let (path, mut conn) = store("newer");
        conn.pragma_update(None, "user_version", 9).unwrap();
        let error = migrate(&mut conn, &path, STEPS).unwrap_err();
        assert!(matches!(error, StoreError::TooNew { found: 9, known: 4 }), "{error}");
        assert_eq!(feeds(&path), 1);
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }
}
