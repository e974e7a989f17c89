//! The program as it is run, from outside: `cargo bench --bench whole`, or one of `… -- scan`, `… -- thousand` and
//! `… -- unchanged`.

use std::process::ExitCode;

#[path = "bare.rs"]
mod bare;
#[path = "../road/news.rs"]
mod news;
#[path = "process.rs"]
mod process;
#[path = "scan.rs"]
mod scan;
#[path = "server.rs"]
mod server;
#[path = "thousand.rs"]
mod thousand;
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
            thousand::measure();
            unchanged::measure();
        }
        ["scan"] => scan::measure(),
        ["thousand"] => thousand::measure(),
        ["unchanged"] => unchanged::measure(),
        _ => {
            eprintln!("usage: cargo bench --bench whole [-- scan | thousand | unchanged]");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
