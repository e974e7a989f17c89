//! Opens the file: for the daemon, for a command that writes beside it, or for one that only reads.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::readers::{self, Readers};
use super::schema::{self, STEPS, empty_file, migrate};
use super::trouble::{PATIENCE, not_opened, unreadable};
use super::writer::Writer;
use crate::store::contract::{Pending, StoreError};
use crate::store::sqlite::rows::{articles, claims};

pub(super) const FILE: &str = "wirewatch.db";
const LOCK: &str = "wirewatch.lock";

/// A store in one folder: `wirewatch.db`, beside it what SQLite has not yet folded in (`-wal`, `-shm`), the daemon's lock,
/// and a copy from before each change of its tables, for [`Sqlite::restore`].
#[derive(Debug)]
pub struct Sqlite {
    // Dropped in this order: the last to close folds the log into the file, and only then the lock is given up.
    readers: Readers,
    writer: Option<Writer>,
    path: PathBuf,
    _lock: Option<File>,
}

impl Sqlite {
    /// Opens or makes `wirewatch.db` in a folder, and brings its schema up to date. Keeps a lock while it is open: one
    /// daemon a folder. What a daemon that was killed had claimed is due again at once.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        let made = make_folder(folder).map_err(|error| not_opened(&path, format!("no folder could be made: {error}")));
        made?;
        let lock = lock(folder, &path)?;
        if !path.exists() {
            empty_file(&path).map_err(|error| not_opened(&path, error.to_string()))?;
        }
        let mut conn = connect(&path).map_err(|error| unreadable(&path, &error))?;
        migrate(&mut conn, &path, STEPS)?;
        claims::release(&conn)
            .and_then(|_| articles::release(&conn))
            .map_err(|error| unreadable(&path, &error))?;
        Self::with_writer(conn, path, Some(lock))
    }

    /// Whether a store was made in this folder; one that may not be looked at counts as made.
    pub fn is_in(folder: &Path) -> bool {
        match fs::metadata(folder.join(FILE)) {
            Ok(found) => found.len() > 0,
            Err(error) => error.kind() != io::ErrorKind::NotFound,
        }
    }

    /// Opens a store to write beside a daemon that may be running. The store has to exist.
    pub fn open_beside(folder: &Path) -> Result<Self, StoreError> {
        let path = existing(folder)?;
        let mut conn = connect(&path).map_err(|error| unreadable(&path, &error))?;
        if schema::version(&conn, &path, STEPS)? < schema::known(STEPS) {
            let _lock = lock(folder, &path)?;
            migrate(&mut conn, &path, STEPS)?;
        }
        Self::with_writer(conn, path, None)
    }

    /// Opens a store to read only: what writes is an error. The store has to exist.
    pub fn open_reader(folder: &Path) -> Result<Self, StoreError> {
        let path = existing(folder)?;
        let conn = readers::connect(&path).map_err(|error| unreadable(&path, &error))?;
        let found = schema::version(&conn, &path, STEPS)?;
        if found < schema::known(STEPS) {
            let why = format!(
                "it is of version {found} and this program wants {}; `wirewatch run` brings it up to date",
                schema::known(STEPS)
            );
            return Err(not_opened(&path, why));
        }
        Ok(Self {
            readers: Readers::new(path.clone()),
            writer: None,
            path,
            _lock: None,
        })
    }

    fn with_writer(conn: Connection, path: PathBuf, lock: Option<File>) -> Result<Self, StoreError> {
        let writer = Writer::start(conn, path.clone()).map_err(|error| not_opened(&path, error.to_string()))?;
        Ok(Self {
            readers: Readers::new(path.clone()),
            writer: Some(writer),
            path,
            _lock: lock,
        })
    }

    /// Ends when nothing can be written any more: then the process has to end. Never, for a store that only reads.
    pub async fn stopped(&self) {
        match &self.writer {
            Some(writer) => writer.stopped().await,
            None => std::future::pending().await,
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes on the disk, the part that is not yet folded in included.
    pub fn size(&self) -> io::Result<u64> {
        let log = self.path.with_extension("db-wal");
        let log = fs::metadata(log).map_or(0, |found| found.len());
        Ok(fs::metadata(&self.path)?.len() + log)
    }

    /// Reads the whole file; gives what is wrong with it, in SQLite's words, or nothing.
    pub fn integrity(&self) -> Pending<'_, Vec<String>> {
        Box::pin(self.read("examine the store", |tx| match examine(tx) {
            // Too damaged to be examined to the end.
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => Ok(vec![error.to_string()]),
            examined => examined,
        }))
    }

    pub(crate) async fn read<T, F>(&self, doing: &'static str, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        if self.writer.as_ref().is_some_and(Writer::is_stopped) {
            return Err(StoreError::Stopped { doing });
        }
        self.readers.read(doing, work).await
    }

    pub(crate) async fn write<T, F>(&self, doing: &'static str, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.writer_for(doing)?.write(doing, work).await
    }

    /// See [`Writer::queue`].
    pub(crate) async fn queue_write<T, F>(
        &self,
        doing: &'static str,
        work: F,
    ) -> Result<impl Future<Output = Result<T, StoreError>> + Send + 'static + use<T, F>, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.writer_for(doing)?.queue(doing, work).await
    }

    fn writer_for(&self, doing: &'static str) -> Result<&Writer, StoreError> {
        let why = || "the store was opened for reading only".to_owned();
        let writer = self.writer.as_ref();
        writer.ok_or_else(|| StoreError::Failed { doing, why: why() })
    }
}

pub(super) fn examine(tx: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut lines = tx.prepare("PRAGMA integrity_check(20)")?;
    let lines = lines.query_map([], |row| row.get::<_, String>(0))?;
    let wrong = lines
        .filter(|line| !matches!(line.as_deref(), Ok("ok")))
        .collect::<Result<Vec<_>, _>>()?;
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let mut strays = tx.prepare("PRAGMA foreign_key_check")?;
    let strays = strays.query_map([], |row| {
        let (table, of): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("a row of {table} belongs to a row of {of} that is missing"))
    })?;
    strays.take(20).collect()
}

fn existing(folder: &Path) -> Result<PathBuf, StoreError> {
    let path = folder.join(FILE);
    match fs::metadata(&path) {
        Ok(found) if found.len() > 0 => Ok(path),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(not_opened(&path, error.to_string())),
        _ => Err(not_opened(&path, "there is none yet; `wirewatch run` makes it")),
    }
}

pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// The lock of the one daemon; the file says which process holds it. The store's own file is never locked by hand:
/// closing it once more would give up SQLite's locks (fcntl(2)).
pub(super) fn lock(folder: &Path, store: &Path) -> Result<File, StoreError> {
    let path = folder.join(LOCK);
    let failed = |error: io::Error| not_opened(store, format!("its lock {} is of no use: {error}", path.display()));
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path).map_err(failed)?;
    match lock_soon(&file) {
        Ok(()) => {
            file.set_len(0).map_err(failed)?;
            write!(file, "{}", std::process::id()).map_err(failed)?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Only to be named; the message stands without it.
            let _ = file.read_to_string(&mut holder);
            let holder = if holder.is_empty() {
                String::new()
            } else {
                format!(" (process {holder})")
            };
            let why = format!(
                "another wirewatch{holder} is running on it; stop that one, or give this one a `path` of its own under [store]"
            );
            Err(not_opened(store, why))
        }
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// Takes a lock, and waits for it a second at most. A process that ends gives its lock up a moment later if it was about to
/// start another one: that one holds the file too until it runs its own program.
fn lock_soon(file: &File) -> Result<(), TryLockError> {
    for _ in 0..20 {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(std::time::Duration::from_millis(50)),
            locked => return locked,
        }
    }
    file.try_lock()
}

/// The connection of the writer.
pub(super) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(PATIENCE)?;
    // Holds three entries of usual length where 4 KB held one and a void: the file is a quarter smaller.
    conn.pragma_update(None, "page_size", 8_192)?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    // What was answered survives a power cut: NORMAL may lose the last commits (https://www.sqlite.org/pragma.html#pragma_synchronous).
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // The pages that a savepoint may have to bring back are few and soon forgotten; on disk they were twice what a first
    // poll writes to the store itself.
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    // 8 MB: the upper pages of every tree; and a log of 16 MB before it is folded in, cut back to 32 after a rush.
    conn.pragma_update(None, "cache_size", -8_000)?;
    conn.pragma_update(None, "wal_autocheckpoint", 2_000)?;
    conn.pragma_update(None, "journal_size_limit", 32 << 20)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}
