//! From a folder of TOML files and the environment to a configuration, or to all that is wrong with it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::check::configure;
use super::configuration::Configuration;
use super::layers::Outside;
use super::source::{Place, Problem, Problems, Severity, Source};
use super::tables::tidy;

/// Name and value of an environment variable; the caller reads the environment.
pub type EnvVar = (String, String);

/// A file larger than this is not a configuration.
const LARGEST: u64 = 256_000_000;

/// The folder beside the store that holds a copy of the files that were accepted last.
pub const ACCEPTED: &str = "accepted";

/// Returns the name that a file has in the copy: one of another folder than the configuration's has its whole path as one
/// name.
pub fn copy_name(folder: &Path, file: &Path) -> String {
    let name = file.strip_prefix(folder).unwrap_or(file).to_string_lossy();
    name.trim_start_matches(['/', '\\']).replace(['/', '\\'], "%")
}

struct World {
    folder: PathBuf,
    environment: HashMap<String, String>,
    /// Where files are read from that a copy is of. Secrets have none.
    copy: Option<PathBuf>,
}

impl World {
    /// Where a file is read: in the copy, or as it is.
    fn found(&self, path: &Path) -> PathBuf {
        let copied = self.copy.as_ref().map(|copy| copy.join(copy_name(&self.folder, path)));
        copied
            .filter(|copied| copied.is_file())
            .unwrap_or_else(|| path.to_owned())
    }
}

impl Outside for World {
    fn folder(&self) -> &Path {
        &self.folder
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.environment.get(name).cloned()
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        read(&self.found(path)).map_err(|error| in_words(&error))
    }

    fn is_file(&self, path: &Path) -> bool {
        self.found(path).is_file()
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
    load_files(files, folder, environment, None)
}

/// Reads the configuration that was accepted last, from its copy in the folder of a store, as if its files still stood in
/// `folder`; `None` where there is no copy.
pub fn load_accepted(store: &Path, folder: &Path, environment: &[EnvVar]) -> Option<Result<Configuration, Problems>> {
    let copy = store.join(ACCEPTED);
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let files = toml_files(&copy).ok()?;
    // Files of other folders were named by those of this one.
    let own = files.iter().filter_map(|file| file.file_name()?.to_str());
    let own = own.filter(|name| !name.contains('%')).map(|name| folder.join(name));
    let files: Vec<PathBuf> = own.collect();
    Some(load_files(files, &folder, environment, Some(copy)))
}

fn load_files(
    files: Vec<PathBuf>,
    folder: &Path,
    environment: &[EnvVar],
    copy: Option<PathBuf>,
) -> Result<Configuration, Problems> {
    let world = World {
        folder: std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()),
        environment: environment.iter().cloned().collect(),
        copy,
    };
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    for path in &files {
        match read(&world.found(path)) {
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
    configure(sources, problems, files, environment, &world)
}

/// Returns the folders in which the store of a configuration may be that cannot be read: as its files say as far as they can
/// be read, else where it is by default.
pub fn store_folders(folder: &Path, environment: &[EnvVar]) -> Vec<PathBuf> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let variable = |name: &str| {
        environment
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    };
    let mut found = Vec::new();
    found.extend(variable("WIREWATCH__STORE__PATH"));
    for file in toml_files(&folder).unwrap_or_default() {
        let text = read(&file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        found.extend(text.ok().as_deref().and_then(written_store));
    }
    let mut folders: Vec<PathBuf> = found.iter().map(|path| tidy(&folder.join(path))).collect();
    let given = variable("STATE_DIRECTORY").and_then(|all| all.split(':').next().map(str::to_owned));
    folders.extend(given.filter(|given| !given.is_empty()).map(PathBuf::from));
    folders.push(PathBuf::from("/var/lib/wirewatch"));
    folders.extend(folder.parent().map(|parent| parent.join("wirewatch-data")));
    folders
}

/// `path` of `[store]` in a text that may hold mistakes elsewhere.
fn written_store(text: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| line.trim() != "[store]").skip(1);
    let line = lines
        .by_ref()
        .take_while(|line| !line.trim_start().starts_with('['))
        .find(|line| line.split('=').next().is_some_and(|key| key.trim() == "path"))?;
    let value = line.split_once('=')?.1.trim();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Some(value[1..].split(quote).next()?.to_owned())
}
