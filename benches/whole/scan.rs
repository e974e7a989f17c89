//! `wirewatch scan` over 10,000 documents of 2 KB, with 10, 1,000 and 100,000 terms: pace and memory.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::news;
use crate::process::{Cost, run};

const DOCUMENTS: usize = 10_000;

pub fn measure() {
    let folder = tempfile::tempdir().expect("a folder");
    let documents = folder.path().join("documents.jsonl");
    let bytes = write_documents(&documents).expect("documents are written");
    let empty = folder.path().join("none.jsonl");
    fs::write(&empty, "").expect("written");
    println!("scan: {DOCUMENTS} documents, {:.1} MB", bytes as f64 / 1e6);
    println!(
        "{:>8} {:>9} {:>9} {:>9} {:>9} {:>11}",
        "terms", "wall", "cpu", "peak", "start", "documents"
    );
    for terms in [10, 1_000, 100_000] {
        let config = folder.path().join(format!("config-{terms}"));
        write_config(&config, terms).expect("a configuration is written");
        let all = scan(&config, &documents);
        let start = scan(&config, &empty);
        let pace = bytes as f64 / 1e6 / (all.wall.saturating_sub(start.wall)).as_secs_f64();
        println!(
            "{terms:>8} {} {:>7.2} s {pace:>6.1} MB/s",
            all.columns(),
            start.wall.as_secs_f64()
        );
    }
}

fn scan(config: &Path, documents: &Path) -> Cost {
    run(Command::new(env!("CARGO_BIN_EXE_wirewatch"))
        .arg("--config")
        .arg(config)
        .arg("scan")
        .arg(documents)
        .stdout(Stdio::null()))
}

fn write_documents(path: &Path) -> std::io::Result<u64> {
    let mut file = BufWriter::new(File::create(path)?);
    for (number, text) in news::articles(DOCUMENTS).iter().enumerate() {
        let title = text.split('.').next().unwrap_or_default();
        writeln!(file, "{}", json!({ "id": number, "title": title, "text": text }))?;
    }
    file.flush()?;
    Ok(fs::metadata(path)?.len())
}

/// One watch of all the terms.
fn write_config(folder: &Path, terms: usize) -> std::io::Result<()> {
    let mut list = String::from("[receiver.console]\nconsole = true\n[watch.names]\nfind = [\n");
    let mut names: Vec<String> = (0..terms).map(news::name).collect();
    names.sort();
    names.dedup();
    for name in names {
        let _ = writeln!(list, "    \"{name}\",");
    }
    list.push_str("]\n");
    fs::create_dir_all(folder)?;
    fs::write(folder.join("watchlist.toml"), list)
}
