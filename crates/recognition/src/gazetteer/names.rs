//! The sorted list of folded names, and what each can mean.

use std::cmp::Ordering;

use super::layout::{BLOCK, Layout, u24_at, u32_at};
use super::place::NameKind;

/// One thing that a name can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sense {
    /// Number of the place in the gazetteer.
    pub place: u32,
    pub name_kind: NameKind,
}

/// What a name can mean, the most populous place first (a division ranks as its largest town, and after it).
#[derive(Debug, Clone, Copy, Default)]
pub struct Named {
    /// Where the senses begin.
    rest: &'static [u8],
}

impl Named {
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}

impl Iterator for Named {
    type Item = Sense;

    fn next(&mut self) -> Option<Sense> {
        let (sense, last) = sense_at(self.rest)?;
        self.rest = if last { &[] } else { &self.rest[3..] };
        Some(sense)
    }
}

fn sense_at(bytes: &[u8]) -> Option<(Sense, bool)> {
    if bytes.len() < 3 {
        return None;
    }
    let packed = u24_at(bytes, 0);
    let name_kind = NameKind::from_number((packed >> 1 & 7) as u8)?;
    Some((
        Sense {
            place: packed >> 4,
            name_kind,
        },
        packed & 1 == 1,
    ))
}

/// All folded names in ascending order of their bytes, one pass without allocation for each: [`Keys::advance`], then
/// [`Keys::key`] and [`Keys::senses`].
#[derive(Debug, Clone)]
pub struct Keys {
    names: &'static [u8],
    at: usize,
    /// Of the keys in the list, how many were read.
    read: usize,
    end: usize,
    key: Vec<u8>,
    /// Bytes that it shares with the key before.
    shared: usize,
    senses: Named,
}

impl Keys {
    pub(super) fn all(layout: &Layout) -> Self {
        Self {
            names: layout.names,
            at: 0,
            read: 0,
            end: layout.keys,
            key: Vec::new(),
            shared: 0,
            senses: Named::default(),
        }
    }

    /// Those of one block and the ones after it.
    fn from_block(layout: &Layout, block: usize) -> Self {
        let at = u32_at(layout.blocks, 4 * block) as usize;
        Self {
            at,
            read: block * BLOCK,
            ..Self::all(layout)
        }
    }

    /// Steps to the next key; false after the last.
    pub fn advance(&mut self) -> bool {
        if self.read == self.end {
            return false;
        }
        let (shared, more) = (usize::from(self.names[self.at]), usize::from(self.names[self.at + 1]));
        let suffix = self.at + 2;
        self.shared = shared;
        self.key.truncate(shared);
        self.key.extend_from_slice(&self.names[suffix..suffix + more]);
        self.senses = Named {
            rest: &self.names[suffix + more..],
        };
        self.at = suffix + more + 3;
        while self.names[self.at - 3] & 1 == 0 {
            self.at += 3;
        }
        self.read += 1;
        true
    }

    pub fn key(&self) -> &str {
        std::str::from_utf8(&self.key).unwrap_or_default()
    }

    pub fn senses(&self) -> Named {
        self.senses
    }

    /// The key's bytes, and how many of them the key before has, too.
    pub(crate) fn bytes(&self) -> (&[u8], usize) {
        (&self.key, self.shared)
    }

    /// Where the senses stand: see [`super::Gazetteer::senses_at`].
    pub(crate) fn senses_at(&self) -> u32 {
        (self.names.len() - self.senses.rest.len()) as u32
    }
}

/// The senses that begin at a byte of the names.
pub(super) fn senses_at(layout: &Layout, at: usize) -> Named {
    Named {
        rest: layout.names.get(at..).unwrap_or_default(),
    }
}

/// The senses of a folded name: a binary search over the first keys of the blocks, then at most [`BLOCK`] keys.
pub(super) fn find(layout: &Layout, key: &[u8]) -> Named {
    let blocks = layout.blocks.len() / 4;
    let (mut low, mut high) = (0, blocks);
    while low < high {
        let middle = low + (high - low) / 2;
        if first_of(layout, middle) <= key {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let Some(block) = low.checked_sub(1) else {
        return Named::default();
    };
    let mut keys = Keys::from_block(layout, block);
    for _ in 0..BLOCK {
        if !keys.advance() {
            break;
        }
        match keys.key.as_slice().cmp(key) {
            Ordering::Less => {}
            Ordering::Equal => return keys.senses,
            Ordering::Greater => break,
        }
    }
    Named::default()
}

fn first_of(layout: &Layout, block: usize) -> &'static [u8] {
    let at = u32_at(layout.blocks, 4 * block) as usize;
    let more = usize::from(layout.names[at + 1]);
    &layout.names[at + 2..at + 2 + more]
}
