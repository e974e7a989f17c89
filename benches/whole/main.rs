//! The program as it is run, from outside: `cargo bench --bench whole`, or one of `… -- scan`, `… -- places`,
//! `… -- thousand`, `… -- unchanged`, `… -- memory` (of feeds made to fill it), `… -- beside` (what comes of a feed while
//! others do harm) and `… -- score` (two weeks of a daemon's requests, judged one by one; `… -- score 30`: 30 days).

use std::process::ExitCode;

#[path = "bare.rs"]
mod bare;
#[path = "beside.rs"]
mod beside;
#[path = "fillers.rs"]
mod fillers;
#[path = "hosts.rs"]
mod hosts;
#[expect(
    dead_code,
    clippy::unwrap_used,
    reason = "the servers of the tests, of which this needs one"
)]
#[path = "../../tests/it/house/mod.rs"]
mod house;
#[path = "memory.rs"]
mod memory;
#[path = "../road/news.rs"]
mod news;
#[path = "places.rs"]
mod places;
#[path = "process.rs"]
mod process;
#[path = "scan.rs"]
mod scan;
#[expect(clippy::unwrap_used, reason = "a measurement that cannot go on should stop")]
#[path = "../../tests/it/politeness/score.rs"]
mod score;
#[path = "server.rs"]
mod server;
#[path = "thousand.rs"]
mod thousand;
#[expect(clippy::unwrap_used, reason = "a measurement that cannot go on should stop")]
#[path = "../../tests/it/politeness/tricks.rs"]
mod tricks;
#[path = "unchanged.rs"]
mod unchanged;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        // The peers, each in a process of its own so that its time and memory can be told.
        ["bare-loop", folder, list] => bare::run(folder.as_ref(), list.as_ref()),
        ["bare-asking", list] => bare::ask(list.as_ref()),
        [] => {
            scan::measure();
            places::measure();
            thousand::measure();
            unchanged::measure();
        }
        ["scan"] => scan::measure(),
        ["places"] => places::measure(),
        ["thousand"] => thousand::measure(),
        ["unchanged"] => unchanged::measure(),
        ["beside"] => return beside::measure(None),
        ["beside", harm] => return beside::measure(Some(harm)),
        ["memory"] => return memory::measure(None),
        ["memory", program] => return memory::measure(Some(program)),
        ["score"] => return politeness(14),
        ["score", days] if days.parse::<u64>().is_ok_and(|days| days > 0) => {
            return politeness(days.parse().unwrap_or(14));
        }
        _ => {
            eprintln!(
                "usage: cargo bench --bench whole [-- scan | places | thousand | unchanged | memory [PROGRAM] | beside [HARM] | score [DAYS]]"
            );
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Prints the score of so many days.
fn politeness(days: u64) -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("failed to start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let rows = runtime.block_on(score::score(days));
    println!("{days} days by the daemon's own clock, one feed for each trick");
    score::print(&rows);
    let wrong = score::faults_of(&rows, days);
    for fault in &wrong {
        println!("{fault}");
    }
    if wrong.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
