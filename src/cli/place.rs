//! Where the configuration and the store are.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::config::{Configuration, EnvVar, Problems, load};
use crate::daemon::Origin;
use crate::store::Sqlite;

/// The folder that `--config` names, else `$WIREWATCH_CONFIG`, else `./config`, else `/etc/wirewatch`.
pub fn origin(config: Option<PathBuf>) -> Result<Origin> {
    let environment: Vec<EnvVar> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    let named = config.or_else(|| std::env::var_os("WIREWATCH_CONFIG").map(PathBuf::from));
    if let Some(folder) = named {
        if !folder.is_dir() {
            bail!(
                "{} is not a folder; `--config` and WIREWATCH_CONFIG name the folder of the *.toml files",
                folder.display()
            );
        }
        return Ok(Origin { folder, environment });
    }
    let usual = [Path::new("config"), Path::new("/etc/wirewatch")];
    match usual.iter().find(|folder| folder.is_dir()) {
        Some(folder) => Ok(Origin {
            folder: folder.to_path_buf(),
            environment,
        }),
        None => bail!(
            "no configuration: there is neither a folder `config` here nor /etc/wirewatch; name one with `--config DIR`"
        ),
    }
}

/// The configuration, or all its problems.
pub fn configuration(origin: &Origin) -> Result<Configuration, Problems> {
    load(&origin.folder, &origin.environment)
}

/// The store of a configuration, to read.
pub fn open_reader(origin: &Origin) -> Result<Sqlite> {
    let configuration = configuration(origin)?;
    Ok(Sqlite::open_reader(&configuration.store.path)?)
}

/// The store of a configuration, to write beside a daemon that may be running.
pub fn open_beside(origin: &Origin) -> Result<Sqlite> {
    let configuration = configuration(origin)?;
    Ok(Sqlite::open_beside(&configuration.store.path)?)
}
