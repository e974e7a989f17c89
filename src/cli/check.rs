//! `check`: every problem of the configuration at once.

use std::process::ExitCode;

use anyhow::Result;

use super::place::configuration;
use super::print::{count, out};
use crate::daemon::{Origin, Ready};

pub fn check(origin: &Origin) -> Result<ExitCode> {
    let configuration = configuration(origin)?;
    let feeds = configuration.feeds.len();
    let watches = configuration.watchlist.watches().len();
    let receivers = configuration.receivers.len();
    let warnings = configuration.warnings.clone();
    Ready::of(configuration)?;
    out(|out| {
        if !warnings.0.is_empty() {
            write!(out, "{warnings}")?;
        }
        writeln!(
            out,
            "{} is fine: {}, {}, {}",
            origin.folder.display(),
            count(feeds, "feed"),
            match watches {
                1 => "1 watch".to_owned(),
                _ => format!("{watches} watches"),
            },
            count(receivers, "receiver"),
        )
    })?;
    Ok(ExitCode::SUCCESS)
}
