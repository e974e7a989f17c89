//! 5,000 feeds on loopback that have not changed, asked by `wirewatch run --once` and by a bare reqwest loop that sends the
//! same conditional requests and does nothing with the answers. The least of some rounds each, taken in turn.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::news;
use crate::process::{Cost, run};
use crate::server::{Server, start};
use crate::thousand::{make_due, write_config};

const FEEDS: usize = 5_000;
const ENTRIES: usize = 4;
const ROUNDS: usize = 9;

pub fn measure() {
    let bodies: Vec<String> = (0..FEEDS).map(|number| news::feed(number, ENTRIES)).collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server = runtime.block_on(start(bodies)).expect("a server");
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config");
    write_config(&config, &[news::name(0)], &server.urls).expect("a configuration is written");
    let store = folder.path().join("store").join("wirewatch.db");
    let lines = server.urls.iter().zip(&server.etags);
    let list: Vec<String> = lines.map(|(url, etag)| format!("{url} {etag}")).collect();
    let list_path = folder.path().join("list");
    fs::write(&list_path, list.join("\n")).expect("a list is written");
    let empty_path = folder.path().join("empty");
    fs::write(&empty_path, "").expect("an empty list is written");

    run(&mut ours(&config));
    let [mut starts, mut polls, mut bare_starts, mut bare_polls] = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        starts.push(asking(&server, 0, &mut ours(&config)));
        make_due(&store, FEEDS);
        polls.push(asking(&server, FEEDS, &mut ours(&config)));
        bare_starts.push(asking(&server, 0, &mut bare(&empty_path)));
        bare_polls.push(asking(&server, FEEDS, &mut bare(&list_path)));
    }
    println!("{FEEDS} unchanged feeds, the least of {ROUNDS} rounds");
    println!("{:<26} {:>9} {:>9} {:>9}", "", "wall", "cpu", "peak");
    let [start, poll, bare_start, bare_poll] = [starts, polls, bare_starts, bare_polls].map(|costs| least(&costs));
    for (name, cost) in [
        ("wirewatch run --once", poll),
        ("… with no feed due", start),
        ("bare reqwest loop", bare_poll),
        ("… with no address", bare_start),
    ] {
        println!("{name:<26} {}", cost.columns());
    }
    let times = |ours: Duration, bare: Duration| ours.as_secs_f64() / bare.as_secs_f64();
    println!(
        "cpu, times the bare loop: {:.2}, and {:.2} with the start of neither, as a daemon polls",
        times(poll.cpu, bare_poll.cpu),
        times(
            poll.cpu.saturating_sub(start.cpu),
            bare_poll.cpu.saturating_sub(bare_start.cpu)
        )
    );
}

fn bare(list: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.arg("bare-asking").arg(list);
    command
}

fn ours(config: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirewatch"));
    command.arg("--config").arg(config).args(["run", "--once"]);
    command.env("WIREWATCH_LOG", "warn").stdout(Stdio::null());
    command
}

fn asking(server: &Server, unchanged: usize, command: &mut Command) -> Cost {
    server.whole.store(0, Ordering::Relaxed);
    server.unchanged.store(0, Ordering::Relaxed);
    let cost = run(command);
    let asked = (
        server.whole.load(Ordering::Relaxed),
        server.unchanged.load(Ordering::Relaxed),
    );
    assert_eq!(asked, (0, unchanged), "answers with a body, and 304");
    cost
}

fn least(costs: &[Cost]) -> Cost {
    *costs.iter().min_by_key(|cost| cost.cpu).expect("some rounds")
}
