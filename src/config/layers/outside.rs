//! The folder, its files and the environment, as the reader of a configuration asks for them.

use std::path::Path;

/// What lies outside of the files' text: the folder, its files, the environment.
pub(crate) trait Outside {
    /// The folder, absolute.
    fn folder(&self) -> &Path;
    fn variable(&self, name: &str) -> Option<String>;
    /// Reads a file; the error is a fragment for a person.
    fn read(&self, path: &Path) -> Result<Vec<u8>, String>;
    fn is_file(&self, path: &Path) -> bool;
}
