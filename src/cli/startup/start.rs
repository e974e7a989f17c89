//! From arguments to a command, and from its outcome to an exit code.

use std::ffi::OsString;
use std::io::{IsTerminal, stderr};
use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser};

use super::args::{Cli, Command, Feeds};
use super::config_path::EXIT_CONFIGURATION;
use super::{config_path, log};
use crate::cli::feeds::{discover, list, parse};
use crate::cli::scan::command;
use crate::cli::{alerts, check, db, deliveries, explain, groups, licences, places, print, run, test_receiver, why};
use crate::config::{Problems, schema};
use crate::net::shown_text;

const EXIT_ERROR: u8 = 1;
/// `explain`: 0 would alert, 1 would not, 2 could not tell.
const EXIT_CANNOT_TELL: u8 = 2;

/// Runs one command.
pub fn main(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(EXIT_ERROR));
        }
    };
    log::to_stderr();
    let explaining = matches!(cli.command, Command::Explain(_));
    match dispatch(cli) {
        Ok(code) => code,
        Err(error) if print::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let of_configuration = match error.downcast_ref::<Problems>() {
                Some(problems) => {
                    if print::colourful(stderr().is_terminal()) {
                        eprint!("{problems:#}");
                    } else {
                        eprint!("{problems}");
                    }
                    true
                }
                None => {
                    eprintln!("wirewatch: {}", shown_text(&format!("{error:#}")));
                    error.is::<config_path::NoConfiguration>()
                }
            };
            ExitCode::from(match (explaining, of_configuration) {
                (true, _) => EXIT_CANNOT_TELL,
                (false, true) => EXIT_CONFIGURATION,
                (false, false) => EXIT_ERROR,
            })
        }
    }
}

fn dispatch(cli: Cli) -> Result<ExitCode> {
    // What needs no configuration comes first.
    match &cli.command {
        Command::Schema => return print::out(|out| writeln!(out, "{:#}", schema())).map(|()| ExitCode::SUCCESS),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "wirewatch", &mut script);
            return print::out(|out| out.write_all(&script)).map(|()| ExitCode::SUCCESS);
        }
        Command::Groups { name, json } => return groups::groups_command(name.as_deref(), *json),
        Command::Places { name, all, json } => return places::places_command(name, *json, *all),
        Command::Licences => return licences::licences().map(|()| ExitCode::SUCCESS),
        Command::Man => return print::out(manual).map(|()| ExitCode::SUCCESS),
        _ => {}
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    if let Command::Feeds(Feeds::Parse { what, base, json }) = &cli.command {
        return runtime.block_on(parse::parse_all(what, base.as_deref(), *json));
    }
    if let Command::Feeds(Feeds::Discover { url, json }) = &cli.command {
        return runtime.block_on(discover::discover(cli.config.clone(), url, *json));
    }
    let origin = config_path::origin(cli.config)?;
    let ended = runtime.block_on(async {
        match cli.command {
            Command::Run { once } => run::run(origin, once).await,
            Command::Check { online, json } => check::check(&origin, online, json).await,
            Command::Explain(what) => explain::explain(&origin, what).await,
            Command::Why { url, json } => why::why(&origin, &url, json).await,
            Command::Scan { file, known } => command::scan(&origin, &file, known).await,
            Command::Feeds(what) => list::feeds(&origin, what).await,
            Command::Alerts(what) => alerts::alerts(&origin, what).await,
            Command::Deliveries(what) => deliveries::deliveries(&origin, what).await,
            Command::Db(what) => db::db(&origin, what).await,
            Command::TestReceiver { name } => test_receiver::test_receiver(origin, &name).await,
            Command::Schema
            | Command::Groups { .. }
            | Command::Places { .. }
            | Command::Completions { .. }
            | Command::Licences
            | Command::Man => Ok(ExitCode::SUCCESS),
        }
    });
    // A thread that still reads a large answer does not keep the program from ending.
    runtime.shutdown_background();
    ended
}

/// One page for the program and one for each command, one after the other.
fn manual(out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let program = Cli::command().flatten_help(false);
    clap_mangen::Man::new(program.clone()).render(out)?;
    for command in program.get_subcommands() {
        let named = command.clone().name(format!("wirewatch-{}", command.get_name()));
        clap_mangen::Man::new(named).render(out)?;
    }
    Ok(())
}
