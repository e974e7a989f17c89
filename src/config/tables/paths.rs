//! Paths as they are written.

use std::path::{Component, Path, PathBuf};

/// `a/b/../c` → `a/c`, without asking the disk.
pub(crate) fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if tidy.file_name().is_some() => {
                tidy.pop();
            }
            other => tidy.push(other),
        }
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lose_their_detours() {
        for (written, plain) in [
            ("a/b/../c", "a/c"),
            ("./a", "a"),
            ("../a", "../a"),
            ("/a/./b", "/a/b"),
            ("a", "a"),
        ] {
            assert_eq!(tidy(Path::new(written)), Path::new(plain), "{written}");
        }
    }
}
