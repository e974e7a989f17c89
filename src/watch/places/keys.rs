//! All names of the gazetteer as hashes, so that a text is walked word by word without holding the names in memory.

use std::sync::LazyLock;

use crate::watch::gazetteer::Gazetteer;

/// Built once, at the first text that is asked for places.
pub(super) static KEYS: LazyLock<KeySet> = LazyLock::new(|| KeySet::new(Gazetteer::built_in()));

const IS_KEY: u64 = 1;
const BEGINS_KEY: u64 = 2;
const FLAGS: u64 = 3;

/// FNV-1a (Fowler, Noll, Vo) of the bytes so far: words of a name are added as the text is walked. Two names in a million
/// share one of its 2^62 values with a chance of one in four million, and a name found is looked up in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hash(u64);

impl Hash {
    pub(super) const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    pub(super) fn with(self, text: &str) -> Self {
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        Self(text.as_bytes().iter().fold(self.0, step))
    }

    fn mark(self) -> u64 {
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) & !FLAGS | (FLAGS + 1)
    }
}

/// An open-addressing table of hashes with two flags each: a name, the first words of a name. 16 MB.
#[derive(Debug)]
pub(super) struct KeySet {
    slots: Vec<u64>,
    /// The place in the table is the hash's top bits.
    shift: u32,
}

impl KeySet {
    fn new(gazetteer: &Gazetteer) -> Self {
        // Names of several words add their beginnings; four slots for a name keep the table at most half full.
        let bits = (gazetteer.key_count() * 2).next_power_of_two().trailing_zeros();
        let mut set = Self {
            slots: vec![0; 1 << bits],
            shift: 64 - bits,
        };
        let mut keys = gazetteer.keys();
        while keys.advance() {
            let key = keys.key();
            let (mut hash, mut from) = (Hash::EMPTY, 0);
            while let Some(space) = key[from..].find(' ') {
                hash = hash.with(&key[from..from + space]);
                set.insert(hash, BEGINS_KEY);
                hash = hash.with(" ");
                from += space + 1;
            }
            set.insert(hash.with(&key[from..]), IS_KEY);
        }
        set
    }

    fn insert(&mut self, hash: Hash, flag: u64) {
        let at = self.slot(hash.mark());
        self.slots[at] |= hash.mark() | flag;
    }

    fn slot(&self, mark: u64) -> usize {
        let mut at = (mark >> self.shift) as usize;
        while self.slots[at] != 0 && (self.slots[at] ^ mark) & !FLAGS != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    /// Whether this is a name, and whether longer names begin so.
    pub(super) fn look(&self, hash: Hash) -> (bool, bool) {
        let found = self.slots[self.slot(hash.mark())];
        (found & IS_KEY != 0, found & BEGINS_KEY != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_their_beginnings_are_known() {
        for (what, text, expected) in [
            ("a name that others begin with", "mali", (true, true)),
            ("two words", "burkina faso", (true, false)),
            ("a beginning only", "burkina", (false, true)),
            ("no name", "embuscade", (false, false)),
            ("in Japanese", "バマコ", (true, false)),
        ] {
            assert_eq!(KEYS.look(Hash::EMPTY.with(text)).0, expected.0, "{what}");
            if expected.1 {
                assert!(KEYS.look(Hash::EMPTY.with(text)).1, "{what}: begins others");
            }
        }
    }
}
