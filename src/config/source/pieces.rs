//! A very large file, cut between its tables: what the parser makes of a hundred thousand watches takes ten times the room
//! of their text, and of one piece only that much of the piece.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// Bytes of a piece; smaller files are read as a whole.
const PIECE: usize = 1 << 20;

/// The pieces in order; one, where the file is not large, or would not mean the same in pieces.
pub(crate) fn pieces(text: &str) -> Vec<Range<usize>> {
    cut(text, PIECE)
}

fn cut(text: &str, least: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    if text.len() > least && begins_with_header(text) && !repeats_header(text) {
        let (mut from, mut at) = (0, 0);
        for line in text.split_inclusive('\n') {
            if at - from >= least && is_header_of_named(line) {
                pieces.push(from..at);
                from = at;
            }
            at += line.len();
        }
        pieces.push(from..at);
    }
    if pieces.len() > 1 && sound(text, &pieces) {
        pieces
    } else {
        std::iter::once(0..text.len()).collect()
    }
}

/// Keys before the first header are tables of their own kind (TOML 1.0, dotted keys), which later headers must not add to.
fn begins_with_header(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| line.starts_with('['))
}

/// Whether `[watch]` stands twice, which the parser sees only where both are in one piece.
fn repeats_header(text: &str) -> bool {
    let mut headers = HashSet::new();
    let plain = |line: &str| line.replace([' ', '\t', '"', '\''], "");
    text.lines()
        .map(str::trim)
        .filter(|line| line.starts_with('[') && !line.contains('.'))
        .any(|line| !headers.insert(plain(line.split(']').next().unwrap_or_default())))
}

/// `[watch.NAME]` at the beginning of a line: whatever belongs to the table before it has ended.
fn is_header_of_named(line: &str) -> bool {
    let inner = line
        .trim_end()
        .strip_prefix('[')
        .and_then(|line| line.strip_suffix(']'));
    let Some((table, name)) = inner.and_then(|inner| inner.split_once('.')) else {
        return false;
    };
    let bare = |part: &str| {
        part.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let quoted = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
    bare(table) && quoted.map_or(bare(name), |name| !name.contains(['"', '\\']))
}

/// Whether each piece is TOML by itself, and no table has a part in two of them. A cut within a text or a list leaves one
/// without its end.
fn sound(text: &str, pieces: &[Range<usize>]) -> bool {
    let state = RandomState::new();
    // The names would take much room; two that only look alike cost no more than the cuts.
    let mut known: HashSet<u64> = HashSet::new();
    pieces.iter().all(|piece| {
        let (table, errors) = DeTable::parse_recoverable(&text[piece.clone()]);
        errors.is_empty()
            && table.get_ref().iter().all(|(name, value)| {
                let name = name.get_ref().as_ref();
                match value.get_ref() {
                    DeValue::Table(children) => children
                        .iter()
                        .all(|(child, _)| known.insert(state.hash_one((name, child.get_ref().as_ref())))),
                    _ => known.insert(state.hash_one(name)),
                }
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_cut_only_where_that_changes_nothing() {
        let watches =
            "[watch.a]\nfind = [\"x\"]\n[watch.a.where]\ninside = [\"Mali\"]\n[watch.\"b c\"]\nfind = [\"y\"]\n";
        for (what, text, expected) in [
            ("tables", watches.to_owned(), 2),
            ("a remark first", format!("# mine\n{watches}"), 2),
            ("keys first", format!("watch.d.find = [\"x\"]\n{watches}"), 1),
            (
                "a table in two parts",
                format!("{watches}[watch.a.more]\nlevel = \"low\"\n"),
                1,
            ),
            ("a table twice", format!("{watches}[watch.a]\nlevel = \"low\"\n"), 1),
            (
                "the same, in other writing",
                format!("{watches}[watch.'a']\nlevel = \"low\"\n"),
                1,
            ),
            (
                "all tables twice",
                format!("[watch]\nd = {{}}\n{watches}[ watch ] # again\ne = {{}}\n"),
                1,
            ),
            (
                "a header within a text",
                format!("[watch.d]\ntitle = \"\"\"\n{watches}\"\"\"\n"),
                1,
            ),
            (
                "a header within a list",
                "[watch.d]\nfind = [\"long enough to be cut\",\n[watch.e]\n]\n".to_owned(),
                1,
            ),
            ("an error", format!("{watches}[watch.d]\nfind = x\n"), 1),
            ("nothing", String::new(), 1),
        ] {
            let pieces = cut(&text, 40);
            assert_eq!(pieces.len(), expected, "{what}: {pieces:?}");
            let together: String = pieces.into_iter().map(|piece| &text[piece]).collect();
            assert_eq!(together, text, "{what}");
        }
    }
}
