//! What an operator does with the file as a whole: a backup, a restore, forgetting for good.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use super::open::{FILE, Sqlite, connect, examine, lock, make_folder};
use super::schema::{self, STEPS, empty_file, migrate};
use super::trouble::{unreadable, words};
use crate::store::contract::StoreError;
use crate::store::sqlite::rows::feeds;
use crate::store::sqlite::rows::forget::{Forget, forget};

/// What a restore came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The store that was there before, kept beside the new one.
    pub before: Option<PathBuf>,
    /// Feeds in it.
    pub feeds: usize,
}

impl Sqlite {
    /// Writes a copy of the whole store to a file that is not there yet, while a daemon may go on writing: what was
    /// committed when it begins. The copy is examined; it is whole or it is not there.
    pub fn backup(folder: &Path, to: &Path) -> Result<u64, StoreError> {
        let path = folder.join(FILE);
        let failed = |why: String| StoreError::Failed {
            doing: "write the backup",
            why,
        };
        if to.exists() {
            return Err(failed(format!("{} is there already", to.display())));
        }
        drop(Self::open_reader(folder)?);
        let unfinished = to.with_extension("unfinished");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let made = empty_file(&unfinished)
            .map_err(|error| format!("{}: {error}", unfinished.display()))
            .and_then(|()| {
                let name = unfinished.to_str().ok_or("its path is not Unicode")?;
                let conn = Connection::open_with_flags(&path, flags).map_err(|error| words(path.display(), &error))?;
                conn.execute("VACUUM INTO ?1", [name])
                    .map_err(|error| words(unfinished.display(), &error))?;
                whole(&unfinished)?;
                fs::rename(&unfinished, to).map_err(|error| error.to_string())?;
                fs::metadata(to)
                    .map(|made| made.len())
                    .map_err(|error| error.to_string())
            });
        made.map_err(|why: String| {
            // Best effort: it is named by the error anyway.
            let _ = fs::remove_file(&unfinished);
            failed(why)
        })
    }

    /// Puts a backup in place of the store, which no daemon may use meanwhile; the store that was there is kept beside it.
    /// Every feed is marked: what it brings first may have been told before.
    pub fn restore(folder: &Path, from: &Path, now: Timestamp) -> Result<Restored, StoreError> {
        let path = folder.join(FILE);
        let failed = |why: String| StoreError::Failed {
            doing: "restore the backup",
            why,
        };
        let io = |error: io::Error| failed(error.to_string());
        if !fs::metadata(from).is_ok_and(|found| found.is_file() && found.len() > 0) {
            return Err(failed(format!("{} is no file, or an empty one", from.display())));
        }
        make_folder(folder).map_err(io)?;
        let _lock = lock(folder, &path)?;
        let new = folder.join("wirewatch.restoring.db");
        for left in beside(&new) {
            remove(&left).map_err(io)?;
        }
        empty_file(&new).map_err(io)?;
        let bytes = fs::read(from).map_err(|error| failed(format!("{}: {error}", from.display())))?;
        fs::write(&new, bytes).map_err(io)?;
        whole(&new).map_err(|why| failed(format!("{}: {why}", from.display())))?;
        let mut conn = connect(&new).map_err(|error| unreadable(from, &error))?;
        if schema::version(&conn, from, STEPS)? == 0 {
            return Err(failed(format!("{} is no store of Wirewatch", from.display())));
        }
        migrate(&mut conn, &new, STEPS)?;
        let marked = feeds::mark_restored(&conn, now).map_err(|error| unreadable(&new, &error))?;
        fold(conn).map_err(|error| unreadable(&new, &error))?;
        let before = set_aside(folder, &path).map_err(failed)?;
        fs::rename(&new, &path).map_err(io)?;
        for left in beside(&new) {
            remove(&left).map_err(io)?;
        }
        Ok(Restored { before, feeds: marked })
    }

    /// Forgets something so that no byte of it is left in the file or its log. No daemon may use the store meanwhile. Gives
    /// the number of rows forgotten.
    pub fn forget(folder: &Path, what: &Forget) -> Result<usize, StoreError> {
        drop(Self::open_reader(folder)?);
        let path = folder.join(FILE);
        let _lock = lock(folder, &path)?;
        let mut conn = connect(&path).map_err(|error| unreadable(&path, &error))?;
        let forgotten = forget(&mut conn, what).map_err(|error| unreadable(&path, &error))?;
        fold(conn).map_err(|error| unreadable(&path, &error))?;
        Ok(forgotten)
    }

    /// Rewrites the file without the room of what was deleted, so that nothing of it can be read any more.
    pub fn compact(folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(FILE);
        let _lock = lock(folder, &path)?;
        let conn = connect(&path).map_err(|error| unreadable(&path, &error))?;
        fold(conn).map_err(|error| unreadable(&path, &error))
    }

    /// Returns copies of the store in its folder, made before a restore or a change of its tables.
    pub fn copies(folder: &Path) -> Vec<PathBuf> {
        let listed = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut copies: Vec<PathBuf> = listed.map(|file| file.path()).collect();
        copies.retain(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.starts_with("wirewatch.") && name.ends_with(".db") && name != FILE
        });
        copies.sort();
        copies
    }
}

/// Rewrites the file and empties its log.
fn fold(conn: Connection) -> rusqlite::Result<()> {
    conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?;
    conn.close().map_err(|(_, error)| error)
}

/// Examines a file that nobody else uses; what is wrong with it, as words.
fn whole(path: &Path) -> Result<(), String> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(|error| words("it", &error))?;
    // Words for a store that is in use go on with what to do about it.
    let plain = |error| words("it", &error).split(';').next().unwrap_or_default().to_owned();
    let wrong = examine(&conn).map_err(plain)?;
    match wrong.first() {
        None => Ok(()),
        Some(first) => Err(format!("it is damaged: {first}")),
    }
}

/// Moves the store that is there out of the way, with what its log holds.
fn set_aside(folder: &Path, path: &Path) -> Result<Option<PathBuf>, String> {
    if !Sqlite::is_in(folder) {
        return Ok(None);
    }
    // One that is damaged is kept as it is.
    if let Ok(conn) = connect(path) {
        let _ = conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    let free = (1_u32..).map(|number| folder.join(format!("wirewatch.before-restore-{number}.db")));
    let aside = free
        .take(10_000)
        .find(|aside| !aside.exists())
        .ok_or("too many copies lie there")?;
    fs::rename(path, &aside).map_err(|error| error.to_string())?;
    for (log, aside) in beside(path).into_iter().zip(beside(&aside)).skip(1) {
        match fs::rename(&log, &aside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.to_string()),
            _ => {}
        }
    }
    Ok(Some(aside))
}

/// The file, its log and its index.
fn beside(path: &Path) -> [PathBuf; 3] {
    let with = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    [path.to_owned(), with("-wal"), with("-shm")]
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
