//! The last accepted configuration, kept beside the store: what an upgrade breaks is told, what a person breaks is refused.

use std::fmt::Write as _;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::alert::Notice;
use crate::config::{ACCEPTED, Configuration, EnvVar, Problem, copy_name};
use crate::net::shown_text;
use crate::store::Sqlite;
use wirewatch_syndication::derive_id;

/// The file of the copy that holds its hash.
const HASH: &str = "hash";
/// What overrides begin with; all of them are a part of the configuration.
const PREFIX: &str = "WIREWATCH__";
/// Examples that a notice lists.
const LISTED: usize = 20;

/// The files of a configuration, and the hash of what they held when it was read.
#[derive(Debug)]
pub struct Accepted {
    /// Each with its name in the copy.
    files: Vec<(PathBuf, PathBuf)>,
    variables: Vec<EnvVar>,
    hash: String,
}

impl Accepted {
    /// Reads the files that the configuration was read from, in this folder and beside it.
    pub fn of(folder: &Path, environment: &[EnvVar], configuration: &Configuration) -> io::Result<Self> {
        let mut paths = configuration.files.clone();
        paths.sort();
        paths.dedup();
        let name = |path: &PathBuf| PathBuf::from(copy_name(folder, path));
        let files = paths.into_iter().map(|path| (path.clone(), name(&path))).collect();
        let overrides = environment.iter().filter(|(name, _)| name.starts_with(PREFIX));
        let mut variables: Vec<EnvVar> = overrides.cloned().collect();
        variables.sort();
        let mut accepted = Self {
            files,
            variables,
            hash: String::new(),
        };
        accepted.hash = accepted.hash_now(|_, _| Ok(()))?;
        Ok(accepted)
    }

    /// Hashes the files as they are now, each shown to `each` with its name. The folder may have been moved, and a file may
    /// be the beginning of another: names, lengths, contents.
    fn hash_now(&self, mut each: impl FnMut(&Path, &[u8]) -> io::Result<()>) -> io::Result<String> {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        for (path, name) in &self.files {
            let bytes = fs::read(path)?;
            part(name.as_os_str().as_encoded_bytes());
            part(&bytes);
            each(name, &bytes)?;
        }
        for (name, value) in &self.variables {
            part(name.as_bytes());
            part(value.as_bytes());
        }
        let mut hex = String::with_capacity(64);
        for byte in hash.finalize() {
            let _ = write!(hex, "{byte:02x}");
        }
        Ok(hex)
    }

    /// Whether these files are the ones that were accepted last. A store without a hash was made by version 0.1, which ran
    /// with them.
    pub fn is_last(&self, store: &Path) -> bool {
        match fs::read_to_string(store.join(ACCEPTED).join(HASH)) {
            Ok(known) => known.trim() == self.hash,
            Err(error) => error.kind() == ErrorKind::NotFound && Sqlite::is_in(store),
        }
    }

    /// Keeps a copy of the files with their hash in the folder of the store. Only its owner reads it: addresses of feeds
    /// may hold passwords, and watches say what people fear.
    pub fn keep(&self, store: &Path) -> io::Result<()> {
        if fs::read_to_string(store.join(ACCEPTED).join(HASH)).is_ok_and(|known| known.trim() == self.hash) {
            return Ok(());
        }
        let (folder, new, old) = (
            store.join(ACCEPTED),
            store.join("accepted.new"),
            store.join("accepted.old"),
        );
        for left in [&new, &old] {
            remove(left)?;
        }
        private_folder(&new)?;
        let copied = self.hash_now(|name, bytes| write_private(&new.join(name), bytes))?;
        if copied != self.hash {
            // Changed since it was read: it is kept when that change is accepted.
            return remove(&new);
        }
        write_private(&new.join(HASH), self.hash.as_bytes())?;
        // A crash in between leaves none, which counts as a store that accepts what it finds.
        match fs::rename(&folder, &old) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::rename(&new, &folder)?;
        remove(&old)
    }

    /// The notice of examples that no longer hold: one for these files and these examples.
    pub fn notice(&self, broken: &[Problem], now: Timestamp) -> Notice {
        let version = env!("CARGO_PKG_VERSION");
        let many = broken.len();
        let title = match many {
            1 => "An example in the watchlist no longer holds".to_owned(),
            _ => format!("{many} examples in the watchlist no longer hold"),
        };
        let mut lines = vec![format!(
            "Your files have not changed, but Wirewatch {version} recognises something else than the version before it. It runs \
             with them. The next change of your files is used once their examples hold."
        )];
        lines.extend(broken.iter().take(LISTED).map(|problem| {
            let help = problem.mend.as_deref().map(|help| format!(" ({help})"));
            shown_text(&format!(
                "{}: {}{}",
                problem.place,
                problem.what,
                help.unwrap_or_default()
            ))
        }));
        if many > LISTED {
            lines.push(format!("and {} more: `wirewatch check` shows all", many - LISTED));
        }
        let places = broken.iter().map(|problem| problem.place.to_string());
        let parts: Vec<String> = ["examples".to_owned(), self.hash.clone()]
            .into_iter()
            .chain(places)
            .collect();
        Notice {
            id: derive_id(&parts.iter().map(String::as_str).collect::<Vec<_>>()),
            raised: now,
            title,
            lines,
        }
    }
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
