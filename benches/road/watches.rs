//! Ten and a hundred thousand watches: from a cold start with their file to ready, then documents a second, and the memory
//! of the whole process. A document touches some of the watches (each has a verdict), of which some fire. Each row is a
//! process of its own.

use std::fs;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use wirewatch::config::load;
use wirewatch_recognition::Document;

use crate::matching::held;
use crate::news;

const TITLE: &str = "Army reports fighting near the border";
/// How long documents are examined for one row: so many stretches, of which the fastest counts, since whatever else runs
/// on the machine only ever takes from it.
const STRETCHES: usize = 8;
const FOR: Duration = Duration::from_millis(500);
/// Megabytes that a hundred thousand watches may take.
const ROOM: f64 = 250.0;
/// The share of the pace of ten thousand that they must keep; 0.65 is reached. A document touches two and a half
/// times as many of them, and what they take does not fit into the nearest caches.
const PACE: f64 = 0.5;
const CHILD: &str = "WIREWATCH_BENCH_WATCHES";

/// Whether this process is one of the rows.
pub fn is_row() -> bool {
    std::env::var_os(CHILD).is_some()
}

pub fn measure() {
    let articles = news::articles(500);
    let bytes: usize = articles.iter().map(|article| article.len() + TITLE.len()).sum();
    println!(
        "watches of five alternatives, half of them close to one of three words; documents of {} bytes, one core",
        bytes / articles.len()
    );
    println!(
        "{:>8} {:>5} {:>8} {:>8} {:>9} {:>8} {:>8} {:>8} {:>12} {:>8}",
        "watches", "from", "file MB", "ready s", "ready MB", "peak MB", "touched", "fire", "documents/s", "MB/s"
    );
    let mut broken = Vec::new();
    let mut few = None;
    for what in ["10000 toml", "100000 toml", "10000 csv", "100000 csv"] {
        let child = std::env::current_exe().and_then(|own| {
            Command::new(own)
                .args(std::env::args_os().skip(1))
                .env(CHILD, what)
                .output()
        });
        match child {
            Ok(output) if output.status.success() => {
                let row = String::from_utf8_lossy(&output.stdout);
                print!("{row}");
                let columns: Vec<f64> = row.split_whitespace().filter_map(|one| one.parse().ok()).collect();
                // Without the kind of file, which is no number.
                if let [watches, _, _, _, peak, _, _, pace, _] = columns[..] {
                    if watches <= 10_000.0 {
                        few = Some(pace);
                    } else if peak >= ROOM || few.is_some_and(|few| pace < few * PACE) {
                        broken.push(what);
                    }
                }
            }
            Ok(output) => println!("{what}: {}", String::from_utf8_lossy(&output.stderr)),
            Err(error) => println!("{what}: {error}"),
        }
    }
    assert!(
        broken.is_empty(),
        "{ROOM} MB or more, or less than {PACE} of the pace of ten thousand: {}",
        broken.join(", ")
    );
}

/// The watches as their files: TOML, or a table of a spreadsheet.
fn files(count: usize, as_csv: bool) -> Vec<(&'static str, String)> {
    let mut toml = String::new();
    let mut csv = String::from("name,find,together_with,how_close\n");
    for number in 0..count {
        let names: Vec<String> = (0..5).map(|alternative| news::name(number * 5 + alternative)).collect();
        let close = number % 2 == 0;
        if as_csv {
            let (together, how_close) = if close { ("@attack", "same paragraph") } else { ("", "") };
            csv.push_str(&format!("watch-{number},{},{together},{how_close}\n", names.join("; ")));
        } else {
            toml.push_str(&format!(
                "[watch.watch-{number}]\nfind = [\"{}\"]\n",
                names.join("\", \"")
            ));
            if close {
                toml.push_str("together_with = [\"@attack\"]\nhow_close = \"same paragraph\"\n");
            }
        }
    }
    toml.push_str("[words.attack]\nlist = [\"attack*\", \"ambush*\", \"attaqu*\"]\n");
    if as_csv {
        toml.push_str("[watches.desk]\ncsv = \"desk.csv\"\n");
        return vec![("watchlist.toml", toml), ("desk.csv", csv)];
    }
    vec![("watchlist.toml", toml)]
}

fn document(text: &str) -> Document<'_> {
    Document {
        title: TITLE,
        text,
        ..Document::default()
    }
}

pub fn row() {
    let what = std::env::var(CHILD).expect("a row is asked for");
    let (count, from) = what.split_once(' ').expect("a number and a kind of file");
    let count: usize = count.parse().expect("a number");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut size = 0;
    for (name, text) in files(count, from == "csv") {
        size += text.len();
        fs::write(folder.path().join(name), text).expect("a file can be written");
    }
    let begin = Instant::now();
    let configuration = match load(folder.path(), &[]) {
        Ok(configuration) => configuration,
        Err(problems) => panic!("{}", problems.0.len()),
    };
    let ready = begin.elapsed();
    let (resident, peak) = (held("VmRSS:").unwrap_or_default(), held("VmHWM:").unwrap_or_default());
    let list = &configuration.watchlist;
    assert_eq!(list.watches().len(), count);
    let articles = news::articles(500);
    let (mut touched, mut fire) = (0, 0);
    for text in &articles {
        let verdicts = list.examine(document(text)).verdicts;
        touched += verdicts.len();
        fire += verdicts.iter().filter(|verdict| verdict.fires()).count();
    }
    let each = |all: usize| all as f64 / articles.len() as f64;
    let (mut documents, mut megabytes) = (0.0_f64, 0.0_f64);
    for _ in 0..STRETCHES {
        let (mut examined, mut bytes, begin) = (0_usize, 0, Instant::now());
        while begin.elapsed() < FOR {
            for text in &articles {
                black_box(list.examine(document(text)));
                examined += 1;
                bytes += TITLE.len() + text.len();
            }
        }
        let took = begin.elapsed().as_secs_f64();
        documents = documents.max(examined as f64 / took);
        megabytes = megabytes.max(bytes as f64 / took / 1e6);
    }
    println!(
        "{count:>8} {from:>5} {:>8.1} {:>8.2} {resident:>9} {peak:>8} {:>8.1} {:>8.1} {:>12.0} {:>8.1}",
        size as f64 / 1e6,
        ready.as_secs_f64(),
        each(touched),
        each(fire),
        documents,
        megabytes,
    );
}
