//! What the last body of a feed listed, in a few bytes an entry, so that the next one can be held against it.

use std::collections::{HashMap, HashSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};

use wirewatch_syndication::{Entry, EntryKey};

/// Entries that are remembered, in the order of the feed: 20 bytes each.
const MOST: usize = 1000;

/// How much of a text tells one entry from another, in bytes.
const TELLING: usize = 256;

/// The entries of one body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Window(Vec<Trace>);

/// An entry: its key, and hashes of what it is also known by: link and date, title and date, and, where it has no date,
/// title and text. Two of one title and two dates are two entries: a feed of warnings repeats its titles. 0 where it has
/// none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Trace {
    key: EntryKey,
    marks: [u32; 3],
}

const BYTES: usize = 20;

impl Trace {
    fn of(entry: &Entry) -> Self {
        let date = entry.published.map(|at| at.as_second().to_be_bytes());
        let date = date.as_ref().map(<[u8; 8]>::as_slice);
        let link = entry.link.as_deref().unwrap_or_default().as_bytes();
        let title = entry.title.as_bytes();
        let text = &entry.text.as_bytes()[..entry.text.len().min(TELLING)];
        let undated = (date.is_none() && !text.is_empty()).then_some(text);
        let mark = |kind: u8, what: &[u8], with: Option<&[u8]>| match with {
            Some(with) if !what.is_empty() => hash(kind, what, with),
            _ => 0,
        };
        Self {
            key: entry.key,
            marks: [mark(0, link, date), mark(1, title, date), mark(2, title, undated)],
        }
    }

    fn shares_a_mark(&self, other: &Self) -> bool {
        self.marks
            .iter()
            .zip(other.marks)
            .any(|(mark, theirs)| *mark != 0 && *mark == theirs)
    }
}

/// FNV-1a, 32 bits of it, never 0: within one feed, and only where most entries agree, that is enough.
fn hash(kind: u8, what: &[u8], with: &[u8]) -> u32 {
    let bytes = [kind].into_iter().chain(what.iter().copied()).chain([0]);
    let hash = bytes
        .chain(with.iter().copied())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    ((hash ^ (hash >> 32)) as u32).max(1)
}

/// A body held against the window before it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Compared {
    /// Entries whose key was there.
    pub(crate) known: usize,
    /// Entries whose key was not there, though all else was: new key, and the key that it was known by.
    pub(crate) same_as: HashMap<EntryKey, EntryKey>,
    /// Of those, the ones that kept their link.
    pub(crate) by_link: usize,
    /// Entries under a key that belonged to another one, which is still there under yet another key.
    pub(crate) displaced: usize,
}

impl Window {
    pub(crate) fn of(entries: &[Entry]) -> Self {
        Self(entries.iter().take(MOST).map(Trace::of).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = EntryKey> {
        self.0.iter().map(|trace| trace.key)
    }

    /// Those of this one and then those of another.
    pub(crate) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().chain(&other.0).copied().collect())
    }

    pub(crate) fn without(&self, gone: impl Fn(EntryKey) -> bool) -> Self {
        Self(self.0.iter().filter(|trace| !gone(trace.key)).copied().collect())
    }

    /// So many of the last.
    pub(crate) fn newest(mut self, most: usize) -> Self {
        self.0.drain(..self.0.len().saturating_sub(most));
        self
    }

    pub(crate) fn holds(&self, key: EntryKey) -> bool {
        self.0.iter().any(|trace| trace.key == key)
    }

    /// For entries of the next body whose key is not in this window, and the window's key is not in the next: the one
    /// that agrees in link and date, or, where a link is missing, in title and date or text; of keys that may be.
    pub(crate) fn recognise_each(&self, next: &Self, may_be: impl Fn(EntryKey) -> bool) -> HashMap<EntryKey, EntryKey> {
        let keys = |window: &Self| window.keys().collect::<HashSet<EntryKey>>();
        let (ours, theirs) = (keys(self), keys(next));
        let candidates: Vec<&Trace> = self
            .0
            .iter()
            .filter(|trace| !theirs.contains(&trace.key) && may_be(trace.key))
            .collect();
        if candidates.is_empty() {
            return HashMap::new();
        }
        let agree = |one: &Trace, other: &Trace| match (one.marks[0], other.marks[0]) {
            (0, _) | (_, 0) => one.shares_a_mark(other),
            (link, other) => link == other,
        };
        let strangers = next.0.iter().filter(|trace| !ours.contains(&trace.key));
        let same = strangers.filter_map(|trace| {
            let mut found = candidates.iter().filter(|known| agree(known, trace));
            let first = found.next()?;
            found
                .all(|other| other.key == first.key)
                .then_some((trace.key, first.key))
        });
        same.collect()
    }

    /// How a body differs from the one before it, `self`.
    pub(crate) fn compare(&self, next: &Self) -> Compared {
        let keys: HashMap<EntryKey, &Trace> = self.0.iter().map(|trace| (trace.key, trace)).collect();
        let mut compared = Compared::default();
        let mut strangers: Vec<(&Trace, Option<EntryKey>)> = Vec::new();
        for trace in &next.0 {
            match keys.get(&trace.key) {
                Some(known) => {
                    compared.known += 1;
                    if !known.shares_a_mark(trace) {
                        strangers.push((trace, Some(known.key)));
                    }
                }
                None => strangers.push((trace, None)),
            }
        }
        if strangers.len() * 2 <= next.0.len() {
            return compared;
        }
        let [links, titles, texts] = [0, 1, 2].map(|kind| self.by_mark(kind));
        let mut taken: Vec<EntryKey> = Vec::new();
        for (trace, under) in strangers {
            let found = [&links, &titles, &texts]
                .into_iter()
                .zip(trace.marks)
                .enumerate()
                .find_map(|(kind, (known, mark))| Some((kind, (*known.get(&mark)?)?)));
            let Some((kind, key)) = found.filter(|(_, key)| !taken.contains(key)) else {
                continue;
            };
            taken.push(key);
            match under {
                Some(_) => compared.displaced += 1,
                None => {
                    compared.same_as.insert(trace.key, key);
                    compared.by_link += usize::from(kind == 0);
                }
            }
        }
        compared
    }

    /// Keys by one kind of mark; `None` for a mark that several share.
    fn by_mark(&self, kind: usize) -> HashMap<u32, Option<EntryKey>> {
        let mut keys: HashMap<u32, Option<EntryKey>> = HashMap::new();
        for trace in &self.0 {
            let mark = trace.marks.get(kind).copied().unwrap_or_default();
            if mark != 0 {
                keys.entry(mark)
                    .and_modify(|key| *key = None)
                    .or_insert(Some(trace.key));
            }
        }
        keys
    }

    /// For each entry of the next body, the key under which this window knew it, whatever its own.
    pub(crate) fn recognise(&self, next: &Self) -> HashMap<EntryKey, EntryKey> {
        let kinds = [0, 1, 2].map(|kind| self.by_mark(kind));
        let same = next.0.iter().filter_map(|trace| {
            let mut found = kinds.iter().zip(trace.marks);
            let key = found.find_map(|(known, mark)| *known.get(&mark)?)?;
            (key != trace.key).then_some((trace.key, key))
        });
        same.collect()
    }
}

impl From<Window> for String {
    fn from(window: Window) -> Self {
        let mut bytes = Vec::with_capacity(window.0.len() * BYTES);
        for trace in window.0 {
            bytes.extend(trace.key.0.to_be_bytes());
            for mark in trace.marks {
                bytes.extend(mark.to_be_bytes());
            }
        }
        STANDARD_NO_PAD.encode(bytes)
    }
}

/// What was not written by this program is no window.
impl From<String> for Window {
    fn from(text: String) -> Self {
        let bytes = STANDARD_NO_PAD.decode(text).unwrap_or_default();
        let word = |bytes: &[u8]| bytes.iter().fold(0_u64, |word, byte| (word << 8) | u64::from(*byte));
        let traces = bytes.chunks_exact(BYTES).map(|chunk| {
            let mark = |at: usize| word(&chunk[8 + 4 * at..12 + 4 * at]) as u32;
            Trace {
                key: EntryKey(word(&chunk[..8])),
                marks: [mark(0), mark(1), mark(2)],
            }
        });
        Self(traces.collect())
    }
}
