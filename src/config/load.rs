//! From a folder of TOML files and the environment to a configuration, or to all that is wrong with it.

use std::path::Path;

use super::problem::Problems;
use super::ready::Configuration;

/// Name and value of an environment variable; the caller reads the environment.
pub type EnvVar = (String, String);

/// Reads every `*.toml` in the folder, with `WIREWATCH__…` variables laid over, checks all of it, and runs the examples
/// of every watch. Touches nothing but the files.
pub fn load(_folder: &Path, _environment: &[EnvVar]) -> Result<Configuration, Problems> {
    todo!()
}
