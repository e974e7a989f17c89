//! Any text as a watchlist: it is taken, or refused in words that point into it.

#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use wirewatch::config::load;

/// The configuration is read from a folder, so each process has one.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let root = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let folder = root.join(format!("wirewatch-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder of its own");
    folder
});

fuzz_target!(|text: &[u8]| {
    fs::write(FOLDER.join("watchlist.toml"), text).expect("a file in it");
    match load(&FOLDER, &[]) {
        Ok(configuration) => drop(configuration.warnings.to_string()),
        Err(problems) => assert!(!problems.to_string().is_empty(), "refused without a word"),
    }
});
