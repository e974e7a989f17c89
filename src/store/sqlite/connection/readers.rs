//! Connections that only read, beside the writer: each read sees what was committed when it began.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::trouble::{PATIENCE, words};
use crate::store::contract::StoreError;

/// Reads at the same time; a poll's are over within a millisecond.
const AT_ONCE: usize = 4;

#[derive(Debug)]
pub(crate) struct Readers {
    pool: Arc<Pool>,
    slots: Arc<Semaphore>,
}

#[derive(Debug)]
struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(crate) fn new(path: PathBuf) -> Self {
        let idle = Mutex::default();
        Self {
            pool: Arc::new(Pool { path, idle }),
            slots: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Runs `work` in a transaction of its own, off the async threads.
    pub(crate) async fn read<T, F>(&self, doing: &'static str, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let failed = |why| StoreError::Failed { doing, why };
        let slot = Arc::clone(&self.slots).acquire_owned().await;
        let slot = slot.map_err(|_| StoreError::Stopped { doing })?;
        let pool = Arc::clone(&self.pool);
        let read = spawn_blocking(move || {
            let _slot = slot;
            pool.read(work).map_err(|error| words(pool.path.display(), &error))
        });
        read.await.map_err(|error| failed(error.to_string()))?.map_err(failed)
    }
}

impl Pool {
    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => connect(&self.path)?,
        };
        let tx = conn.unchecked_transaction()?;
        let outcome = work(&tx);
        tx.finish()?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        outcome
    }
}

/// A connection that cannot write.
pub(super) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}
