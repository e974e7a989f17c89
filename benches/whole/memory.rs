//! The most memory that `wirewatch run --once` holds over feeds made to fill it: one of each kind, and eight of the worst kinds
//! at once, as the service runs it. Measured from outside.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;

use crate::fillers::{FILLERS, Filler};
use crate::hosts;
use crate::process::{Cost, run};

/// Megabytes that one such feed, and eight of them, may make the program hold. The most for one are 20,000 entries that each
/// fire a watch; most shapes take half.
const ONE: u64 = 160;
const EIGHT: u64 = 250;

/// Measures this program, or the one at `program`: a version before it.
pub fn measure(program: Option<&str>) -> ExitCode {
    let program = program.unwrap_or(env!("CARGO_BIN_EXE_wirewatch"));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    println!("{:<32} {:>9} {:>9} {:>9}", "", "wall", "cpu", "peak");
    let nothing = once(program, &runtime, None, 0);
    println!("{:<32} {}", "no feed", nothing.columns());
    let mut worst = [0, 0];
    for filler in FILLERS {
        let cost = once(program, &runtime, Some(*filler), 1);
        println!("{:<32} {}", filler.name, cost.columns());
        worst[0] = worst[0].max(cost.peak_kb / 1024);
    }
    for filler in [0, 1, 4, 11, 14].map(|at| FILLERS[at]) {
        let cost = once(program, &runtime, Some(filler), 8);
        println!("{:<32} {}", format!("eight feeds: {}", filler.name), cost.columns());
        worst[1] = worst[1].max(cost.peak_kb / 1024);
    }
    println!(
        "the most: {} MB for one (at most {ONE}), {} MB for eight (at most {EIGHT})",
        worst[0], worst[1]
    );
    if worst[0] <= ONE && worst[1] <= EIGHT {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// One round of the program over so many feeds of a kind, with a store of its own.
fn once(program: &str, runtime: &tokio::runtime::Runtime, filler: Option<Filler>, feeds: u8) -> Cost {
    let folder = tempfile::tempdir().expect("a folder");
    let hosts: Vec<String> = (0..feeds)
        .filter_map(|number| {
            let filler = filler?;
            let whole = filler.body(usize::from(number));
            let body = Arc::new(move |_| whole.clone());
            let host = runtime.block_on(hosts::start(number + 2, filler.content_type, body));
            Some(host.expect("a server"))
        })
        .collect();
    write_config(folder.path(), &hosts).expect("a configuration is written");
    let mut command = Command::new(program);
    command
        .arg("--config")
        .arg(folder.path().join("config"))
        .args(["run", "--once"]);
    command.env("WIREWATCH_LOG", "error").stdout(Stdio::null());
    command.envs(of_the_service());
    run(&mut command)
}

/// The variables that `systemd/wirewatch.service` sets.
fn of_the_service() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("../../systemd/wirewatch.service").lines();
    let set = lines.filter_map(|line| line.strip_prefix("Environment="));
    set.filter_map(|pair| pair.split_once('='))
}

fn write_config(folder: &Path, urls: &[String]) -> std::io::Result<()> {
    let feeds = match urls {
        [] => String::new(),
        urls => format!("[feeds.desks]\nurls = {urls:?}\n"),
    };
    let text = format!(
        "[store]\npath = \"../store\"\n[polling]\ngap = \"0 s\"\nallow_private = true\n\
         [receiver.console]\nconsole = true\n{feeds}\
         [watch.word]\nfind = [\"Kayes\"]\n[watch.place]\nwhere = {{ within_km = 60, of = [\"Mopti\"] }}\n"
    );
    let config = folder.join("config");
    std::fs::create_dir_all(&config)?;
    std::fs::write(config.join("wirewatch.toml"), text)
}
