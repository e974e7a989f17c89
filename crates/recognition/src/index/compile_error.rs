//! The error of terms that are too large to compile.

use thiserror::Error;

#[derive(Debug, Error)]
pub enum CompileError {
    #[error("the terms are too large to compile: {0}")]
    TooLarge(String),
}
