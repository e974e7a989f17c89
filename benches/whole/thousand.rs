//! 1,000 feeds of 40 entries on loopback, polled twice by `wirewatch run --once` and by a bare loop: the first time all
//! is new, the second time every answer is 304.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;

use crate::news;
use crate::process::{Cost, run};
use crate::server::{Server, start};

const FEEDS: usize = 1_000;
const ENTRIES: usize = 40;
/// Each stands in one entry of 400.
const NAMES: usize = 8;

pub fn measure() {
    let bodies: Vec<String> = (0..FEEDS).map(|number| news::feed(number, ENTRIES)).collect();
    let megabytes = bodies.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server = runtime.block_on(start(bodies)).expect("a server");
    let folder = tempfile::tempdir().expect("a folder");
    let names: Vec<String> = (0..NAMES).map(news::name).collect();

    println!("{FEEDS} feeds of {ENTRIES} entries, {megabytes:.1} MB");
    println!("{:<22} {:>9} {:>9} {:>9}", "", "wall", "cpu", "peak");
    let config = folder.path().join("config");
    write_config(&config, &names, &server.urls).expect("a configuration is written");
    let store = folder.path().join("store");
    let ours = twice(
        "wirewatch run --once",
        &server,
        || make_due(&store.join("wirewatch.db"), FEEDS),
        || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_wirewatch"));
            command.arg("--config").arg(&config).args(["run", "--once"]);
            command.env("WIREWATCH_LOG", "warn").stdout(Stdio::null());
            command
        },
    );
    let list = folder.path().join("list");
    fs::write(&list, format!("{}\n\n{}", names.join("\n"), server.urls.join("\n"))).expect("a list is written");
    let nothing = || {};
    let bare = twice("bare loop", &server, nothing, || {
        let mut command = Command::new(std::env::current_exe().expect("a path"));
        command.arg("bare-loop").arg(folder.path()).arg(&list);
        command
    });
    for (said, ours, bare) in [("first", ours[0], bare[0]), ("second", ours[1], bare[1])] {
        let ratio = |ours: f64, bare: f64| ours / bare;
        println!(
            "{said} poll, times the bare loop: wall {:.1}, cpu {:.1}, peak {:.1}",
            ratio(ours.wall.as_secs_f64(), bare.wall.as_secs_f64()),
            ratio(ours.cpu.as_secs_f64(), bare.cpu.as_secs_f64()),
            ratio(ours.peak_kb as f64, bare.peak_kb as f64),
        );
    }
}

fn twice(name: &str, server: &Server, between: impl Fn(), command: impl Fn() -> Command) -> [Cost; 2] {
    let poll = |said: &str, whole: usize, unchanged: usize| {
        server.whole.store(0, Ordering::Relaxed);
        server.unchanged.store(0, Ordering::Relaxed);
        let cost = run(&mut command());
        let asked = (
            server.whole.load(Ordering::Relaxed),
            server.unchanged.load(Ordering::Relaxed),
        );
        assert_eq!(
            asked,
            (whole, unchanged),
            "{name}, {said}: answers with a body, and 304"
        );
        println!("{:<22} {}", format!("{name}, {said}"), cost.columns());
        cost
    };
    let first = poll("first", FEEDS, 0);
    between();
    [first, poll("second", 0, FEEDS)]
}

/// No feed is asked twice within a minute: as if that were over.
pub fn make_due(store: &Path, feeds: usize) {
    let conn = rusqlite::Connection::open(store).expect("the store");
    // At times of their own, as feeds are that were read before.
    let due = "UPDATE turn SET next_at = 1726560000000 + feed * 7919 % 86400 * 1000";
    assert_eq!(conn.execute(due, []).expect("due"), feeds);
}

pub fn write_config(folder: &Path, names: &[String], urls: &[String]) -> std::io::Result<()> {
    let mut text = String::from(
        "[store]\npath = \"../store\"\n[polling]\ngap = \"0 s\"\nallow_private = true\n\
         [receiver.console]\nconsole = true\n[feeds.desks]\nurls = [\n",
    );
    for url in urls {
        let _ = writeln!(text, "    \"{url}\",");
    }
    let _ = writeln!(text, "]\n[watch.names]\nfind = {names:?}");
    fs::create_dir_all(folder)?;
    fs::write(folder.join("wirewatch.toml"), text)
}
