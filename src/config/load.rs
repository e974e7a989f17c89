//! From a folder of TOML files and the environment to a configuration, or to all that is wrong with it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::check::configure;
use super::configuration::Configuration;
use super::layers::Outside;
use super::source::{Place, Problem, Problems, Severity, Source};

/// Name and value of an environment variable; the caller reads the environment.
pub type EnvVar = (String, String);

/// A file larger than this is not a configuration.
const LARGEST: u64 = 256_000_000;

struct World {
    folder: PathBuf,
    environment: HashMap<String, String>,
}

impl Outside for World {
    fn folder(&self) -> &Path {
        &self.folder
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.environment.get(name).cloned()
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        read(path).map_err(|error| in_words(&error))
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.len() > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 256 MB"));
    }
    fs::read(path)
}

fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

fn whole(path: &Path, what: String, mend: &str) -> Box<Problem> {
    Box::new(Problem {
        severity: Severity::Error,
        place: Place::Path(path.to_owned()),
        what,
        mend: Some(mend.to_owned()),
    })
}

/// The `*.toml` files of the folder in the order of their names; hidden ones and editors' leavings are not read.
fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, Box<Problem>> {
    let unreadable = |error: io::Error| {
        let why = match error.kind() {
            io::ErrorKind::NotFound => "there is no such folder".to_owned(),
            io::ErrorKind::NotADirectory => "it is a file; the folder that it lies in is wanted".to_owned(),
            _ => in_words(&error),
        };
        whole(
            folder,
            format!("the configuration cannot be read: {why}"),
            "name the folder with --config FOLDER",
        )
    };
    let mut files = Vec::new();
    for file in fs::read_dir(folder).map_err(unreadable)? {
        let path = file.map_err(unreadable)?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if name.ends_with(".toml") && !name.starts_with(['.', '#', '~']) && !path.is_dir() {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        let what = "there is no *.toml file in this folder".to_owned();
        return Err(whole(
            folder,
            what,
            "write a watchlist.toml into it, or name another folder with --config FOLDER",
        ));
    }
    Ok(files)
}

/// Reads a configuration as [`load_with_examples`] does; one with an example that does not hold is refused.
pub fn load(folder: &Path, environment: &[EnvVar]) -> Result<Configuration, Problems> {
    load_with_examples(folder, environment)?.examples_hold()
}

/// Reads every `*.toml` in the folder, with `WIREWATCH__…` variables laid over, checks all of it, and runs the examples
/// of every watch: those that do not hold are [`Configuration::broken_examples`]. Touches nothing but the files.
pub fn load_with_examples(folder: &Path, environment: &[EnvVar]) -> Result<Configuration, Problems> {
    let files = toml_files(folder).map_err(|problem| Problems(vec![*problem]))?;
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    for path in &files {
        match read(path) {
            Ok(bytes) => match Source::decode(path, bytes) {
                Ok(source) => sources.push(source),
                Err(problem) => problems.push(*problem),
            },
            Err(error) => {
                let what = format!("this file cannot be read: {}", in_words(&error));
                problems.push(*whole(
                    path,
                    what,
                    "the user that Wirewatch runs as must be able to read it",
                ));
            }
        }
    }
    let world = World {
        folder: std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()),
        environment: environment.iter().cloned().collect(),
    };
    configure(sources, problems, files, environment, &world)
}
