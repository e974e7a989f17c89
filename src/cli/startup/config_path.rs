//! Where the configuration and the store are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use thiserror::Error;

use crate::config::{
    Configuration, EnvVar, Problems, Severity, load, load_accepted, load_with_examples, store_folders,
};
use crate::daemon::Origin;
use crate::net::shown_text;
use crate::store::Sqlite;

/// `EX_CONFIG` of sysexits.h: systemd is told not to restart on it.
pub const EXIT_CONFIGURATION: u8 = 78;

/// Nothing says what to read and whom to tell.
#[derive(Debug, Error)]
#[error(
    "no configuration was found: there is neither a folder `config` in {here} nor /etc/wirewatch.\nName its folder with `--config DIR` or with WIREWATCH_CONFIG; the folder `config` that comes with Wirewatch is a working example to copy."
)]
pub struct NoConfiguration {
    here: String,
}

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
        None => {
            let here =
                std::env::current_dir().map_or_else(|_| "this folder".to_owned(), |here| here.display().to_string());
            Err(NoConfiguration { here }.into())
        }
    }
}

/// The configuration, or all its problems. Examples that an upgrade broke keep nobody from looking at what runs.
pub fn configuration(origin: &Origin) -> Result<Configuration, Problems> {
    load_with_examples(&origin.folder, &origin.environment)
}

/// The configuration to look at a store with: where the files have problems, the one that was accepted last, which is
/// said. A slip in a file keeps nobody from looking at what runs.
pub fn configuration_or_last(origin: &Origin) -> Result<Configuration, Problems> {
    let problems = match configuration(origin) {
        Ok(configuration) => return Ok(configuration),
        Err(problems) => problems,
    };
    let last = store_folders(&origin.folder, &origin.environment)
        .into_iter()
        .filter_map(|store| {
            let last = load_accepted(&store, &origin.folder, &origin.environment)?.ok()?;
            (last.store.path == store).then_some(last)
        })
        .next();
    let Some(last) = last else {
        return Err(problems);
    };
    let first = problems.0.iter().find(|problem| problem.severity == Severity::Error);
    let first = first
        .map(|first| format!(" ({}: {})", first.place, first.what))
        .unwrap_or_default();
    eprintln!(
        "wirewatch: the configuration has problems{}; what was accepted last is used. `wirewatch check` shows them all",
        shown_text(&first)
    );
    Ok(last)
}

/// The same where it is judged: examples that do not hold are problems like others.
pub fn checked_configuration(origin: &Origin) -> Result<Configuration, Problems> {
    load(&origin.folder, &origin.environment)
}

/// The store of a configuration, to read; `None` where nothing has run with it yet.
pub fn reader(configuration: &Configuration) -> Result<Option<Sqlite>> {
    let folder = &configuration.store.path;
    if !Sqlite::is_in(folder) {
        return Ok(None);
    }
    Ok(Some(Sqlite::open_reader(folder).context(FAILED)?))
}

/// The store of a configuration, to write beside a daemon that may be running.
pub fn open_beside(origin: &Origin) -> Result<Sqlite> {
    let configuration = configuration_or_last(origin)?;
    Sqlite::open_beside(&configuration.store.path).context(FAILED)
}

/// What an error of the store completes.
const FAILED: &str = "failed to";

/// What a list says where nothing has run yet.
pub const NOTHING_YET: &str = "Nothing has run with this configuration yet; `wirewatch run` starts it.";
