//! Python's feedparser beside us, where it is at hand: `python3` (or what `WIREWATCH_PYTHON` names) with feedparser.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Reads the files named on its input, and prints how many entries each has.
const SCRIPT: &str = "
import sys, feedparser
for path in sys.stdin.read().split('\\n'):
    if path:
        with open(path, 'rb') as file:
            try:
                print(len(feedparser.parse(file.read()).entries))
            except Exception:
                print(0)
";

/// The version that is at hand.
pub fn version() -> Option<String> {
    let output = python(&["-c", "import feedparser; print(feedparser.__version__)"])
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let version = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    output.status.success().then_some(version)
}

/// Entries that it finds in each body.
pub fn entries(bodies: &[&[u8]]) -> std::io::Result<Vec<usize>> {
    let folder = tempfile::tempdir()?;
    let mut names = String::new();
    for (at, body) in bodies.iter().enumerate() {
        let path = folder.path().join(at.to_string());
        std::fs::write(&path, body)?;
        names.push_str(&shown(&path));
        names.push('\n');
    }
    let mut child = python(&["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    // All names are read before the first number is printed.
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(names.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    let counts: Vec<usize> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| line.trim().parse().unwrap_or(0))
        .collect();
    if counts.len() == bodies.len() {
        Ok(counts)
    } else {
        Err(std::io::Error::other(format!(
            "it read {} of {} files",
            counts.len(),
            bodies.len()
        )))
    }
}

fn python(arguments: &[&str]) -> Command {
    let program = std::env::var_os("WIREWATCH_PYTHON").unwrap_or_else(|| "python3".into());
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
