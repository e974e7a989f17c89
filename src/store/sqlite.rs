//! The store in one SQLite file.

use std::path::Path;

use super::contract::StoreError;

#[derive(Debug)]
pub struct Sqlite {}

impl Sqlite {
    /// Opens or makes `wirewatch.db` in a folder, and brings its schema up to date.
    pub fn open(_folder: &Path) -> Result<Self, StoreError> {
        todo!()
    }
}
