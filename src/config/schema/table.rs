//! A table of the configuration and its keys, as the reader, its messages and the JSON Schema know them.

use super::shape::Shape;

#[derive(Debug)]
pub(crate) struct Key {
    pub name: &'static str,
    pub shape: Shape,
    /// One sentence, for editors.
    pub about: &'static str,
}

#[derive(Debug)]
pub(crate) struct Table {
    pub name: &'static str,
    /// `[watch.NAME]`, any number of them, rather than one `[mail]`.
    pub named: bool,
    pub about: &'static str,
    pub keys: &'static [Key],
}

impl Table {
    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// `[mail]`, `[watch.bamako]`, `[watch."Bamako nord"]`.
    pub(crate) fn header(&self, name: Option<&str>) -> String {
        match name {
            Some(name) => format!("[{}.{}]", self.name, bare_or_quoted(name)),
            None if self.named => format!("[{}.NAME]", self.name),
            None => format!("[{}]", self.name),
        }
    }
}

/// A key as TOML wants it written.
pub(crate) fn bare_or_quoted(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if bare { name.to_owned() } else { format!("\"{name}\"") }
}

pub(super) const fn key(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, about }
}
