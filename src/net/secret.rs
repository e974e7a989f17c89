//! Secrets: passwords, keys and tokens, by where they are read.

use std::fmt;
use std::path::{Path, PathBuf};

/// A secret that is read at each use, so that a rotated one is picked up.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Secret {
    File(PathBuf),
    /// From the environment; never from a file that people show around.
    Value(String),
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "Secret::File({})", path.display()),
            Self::Value(_) => f.write_str("Secret::Value(…)"),
        }
    }
}

impl Secret {
    /// Returns the secret as it stands now, without the line end that editors put behind it. The error names the file,
    /// never its content.
    pub async fn read(&self) -> Result<String, String> {
        match self {
            Self::Value(value) => Ok(value.clone()),
            Self::File(path) => told(path, tokio::fs::read_to_string(path).await),
        }
    }

    /// [`Secret::read`], for what is made ready before anything runs.
    pub fn read_now(&self) -> Result<String, String> {
        match self {
            Self::Value(value) => Ok(value.clone()),
            Self::File(path) => told(path, std::fs::read_to_string(path)),
        }
    }

    /// Returns the file that it is read from.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Value(_) => None,
            Self::File(path) => Some(path),
        }
    }
}

fn told(path: &Path, read: std::io::Result<String>) -> Result<String, String> {
    match read {
        Ok(text) => Ok(text.trim_end_matches(['\r', '\n']).to_owned()),
        Err(why) => Err(format!("the secret file {} cannot be read: {why}", path.display())),
    }
}
