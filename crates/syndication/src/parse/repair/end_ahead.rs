//! Whether the end tag of a field still comes within its entry.

use memchr::memchr_iter;

/// Bytes that one document may cost to look ahead. Few entries hold foreign markup at all.
const PATIENCE: usize = 8 << 20;

/// Looks ahead for end tags, and remembers the last one found.
#[derive(Debug, Default)]
pub(super) struct EndAhead<'a> {
    rest: &'a str,
    spent: usize,
    /// The name of a field, and the length of the text after its end tag.
    found: Option<(&'a str, usize)>,
}

impl<'a> EndAhead<'a> {
    pub(super) fn move_to(&mut self, rest: &'a str) {
        self.rest = rest;
    }

    /// Whether the end tag of the element `name` comes before the next entry starts or this one ends. `false` once
    /// the document has cost too much.
    pub(super) fn finds(&mut self, name: &'a str) -> bool {
        if let Some((known, after)) = self.found
            && known == name
            && after < self.rest.len()
        {
            return true;
        }
        if self.spent > PATIENCE {
            return false;
        }
        for at in memchr_iter(b'<', self.rest.as_bytes()) {
            let tag = &self.rest[at + 1..];
            let (end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
            if end && starts_with_name(tag, name) {
                self.spent += at;
                self.found = Some((name, tag.len()));
                return true;
            }
            if ["item", "entry"].iter().any(|entry| starts_with_name(tag, entry)) {
                self.spent += at;
                return false;
            }
        }
        self.spent += self.rest.len();
        false
    }
}

fn starts_with_name(tag: &str, name: &str) -> bool {
    let bytes = tag.as_bytes();
    bytes.len() > name.len()
        && bytes[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        && matches!(bytes[name.len()], b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n')
}
