//! What SQLite says, in words that tell a person what to do.

use std::fmt::Display;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Error, ErrorCode};

use crate::store::contract::StoreError;

/// How long one process waits for another that is writing.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// Words for an error on a store; `file` is its path, or a word that stands for it.
pub(super) fn words(file: impl Display, error: &Error) -> String {
    let Some(code) = error.sqlite_error_code() else {
        return error.to_string();
    };
    match code {
        ErrorCode::DatabaseCorrupt => format!(
            "{file} is damaged ({error}); stop every wirewatch that uses it, move it aside together with its -wal and -shm \
             files, and put a copy in its place (without one a new store is made, and what the feeds hold now is \
             remembered without alerts)"
        ),
        ErrorCode::NotADatabase => format!(
            "{file} is not a store, or is damaged; move it aside, or name another folder as `path` under [store]"
        ),
        ErrorCode::DiskFull => format!("there is no space left for {file}; free some on that disk"),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => format!(
            "another program has been writing to {file} for more than {} seconds; end it, or wait for it",
            PATIENCE.as_secs()
        ),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
            format!("{file} or its folder may not be written by this user; run as the user who owns them")
        }
        ErrorCode::CannotOpen => format!(
            "{file} cannot be opened ({error}); see that this user may read and write it and the folder that it is in"
        ),
        ErrorCode::SystemIoFailure => {
            format!("the disk failed while using {file} ({error}); look into the system's log for that disk")
        }
        _ => error.to_string(),
    }
}

pub(super) fn not_opened(path: &Path, why: impl Into<String>) -> StoreError {
    StoreError::Open {
        path: path.display().to_string(),
        why: why.into(),
    }
}

pub(super) fn unreadable(path: &Path, error: &Error) -> StoreError {
    not_opened(path, words("it", error))
}
