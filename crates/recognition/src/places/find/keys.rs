//! All names of the gazetteer as hashes, so that a text is walked word by word without holding the names in memory.

use std::ops::Range;
use std::sync::LazyLock;

use crate::gazetteer::{Gazetteer, NameKind, Named};
use crate::text::{Folded, script};

/// Built once, at the first text that is asked for places.
pub(super) static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::new(Gazetteer::built_in()));

/// FNV-1a (Fowler, Noll, Vo) of the bytes so far: words of a name are added as the text is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Hash(u64);

impl Hash {
    pub(crate) const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    pub(crate) fn with(self, text: &str) -> Self {
        text.bytes().fold(self, Self::with_byte)
    }

    /// The same without the nukta of Devanagari, which texts write or leave out; keys have none.
    pub(crate) fn with_word(self, text: &str) -> Self {
        if text.as_bytes().first() == Some(&0xE0) && text.contains(NUKTA) {
            return text.split(NUKTA).fold(self, Self::with);
        }
        self.with(text)
    }

    fn with_byte(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    }

    fn spread(self) -> u64 {
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

const NUKTA: char = '\u{93C}';

/// What is known of the words so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known(u64);

/// They are a name.
const IS_KEY: u64 = 1;
/// Longer names begin so.
const BEGINS: u64 = 2;
/// A name that may begin in small letters: of a people, letters with stops, `delta du Niger`.
const IN_SMALL: u64 = 4;
const FLAG_BITS: u32 = 3;
/// Where the senses stand in the gazetteer: 16 MB of names at most.
const PLACE_BITS: u32 = 24;
const PLACE: u64 = ((1 << PLACE_BITS) - 1) << FLAG_BITS;
/// The rest of a slot are bits of the hash. Beside the slot's own place there are 37: one look-up in a hundred
/// thousand million finds a name that is not there.
const MARK: u64 = !0 << (FLAG_BITS + PLACE_BITS);

impl Known {
    pub(crate) fn begins(self) -> bool {
        self.0 & BEGINS != 0
    }

    /// The name that these words are.
    pub(crate) fn name(self) -> Option<NameId> {
        (self.0 & IS_KEY != 0).then_some(NameId(((self.0 & PLACE) >> FLAG_BITS) as u32))
    }

    /// Whether it may stand in small letters.
    pub(crate) fn in_small(self) -> bool {
        self.0 & IN_SMALL != 0
    }
}

/// A name of the gazetteer: where its senses stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NameId(pub(super) u32);

impl NameId {
    /// Of what is no name of the gazetteer itself (`La.`), by its spelling.
    pub(crate) fn beyond(spelling: &str) -> Self {
        Self(1 << 31 | (Hash::EMPTY.with(spelling).spread() >> 33) as u32)
    }

    pub(crate) fn senses(self) -> Named {
        Gazetteer::built_in().senses_at(self.0)
    }
}

/// The names: all of them, and apart from them, few enough for a processor's cache, those that may stand in small letters,
/// in which most words of a text are.
#[derive(Debug)]
pub(crate) struct Keys {
    all: Table,
    in_small: Table,
    /// A bit is set of each beginning of a name that may stand in small letters.
    small_begins: Box<[u64; BEGINNINGS]>,
}

/// Numbers of 64 bits, some twenty for each beginning.
const BEGINNINGS: usize = 1 << 10;
/// Bytes of a word that are its beginning.
const BEGINNING: usize = 4;

impl Keys {
    fn new(gazetteer: &Gazetteer) -> Self {
        // Names of several words add their beginnings: half as many again.
        let mut all = Gathered::new(gazetteer.key_count() * 3 / 2);
        let (mut few, mut otherwise) = (Vec::new(), Vec::new());
        let mut small_begins = Box::new([0; BEGINNINGS]);
        let mut names = gazetteer.keys();
        while names.advance() {
            let (key, shared) = names.bytes();
            let several = key.contains(&b' ');
            let in_small = names.senses().any(|sense| {
                matches!(sense.name_kind, NameKind::Demonym | NameKind::Capitals)
                    || (several && gazetteer.is_area(sense.place))
            });
            let mut hash = Hash::EMPTY;
            let pair = second_character(key);
            for (at, byte) in key.iter().enumerate() {
                // What the name before begins with, too, is known.
                if (*byte == b' ' || at == pair) && (at >= shared || in_small) {
                    all.push(hash, BEGINS);
                    if in_small {
                        few.push((hash, BEGINS));
                    }
                }
                hash = hash.with_byte(*byte);
            }
            let flags = IS_KEY | if in_small { IN_SMALL } else { 0 };
            let known = flags | u64::from(names.senses_at()) << FLAG_BITS;
            all.push(hash, known);
            let apart = key.iter().any(|byte| matches!(byte, 0xC6..=0xCA | 0xD3))
                || key
                    .windows(2)
                    .any(|pair| matches!(pair, [0xE1, 0x88..=0x8D] | [0xE0, 0xA4 | 0xA5]));
            if apart {
                otherwise.push((names.key().to_owned(), known));
            }
            if in_small {
                few.push((hash, known));
                let first = key.split(|byte| *byte == b' ').next().unwrap_or(key);
                let (at, bit) = beginning(first);
                small_begins[at] |= bit;
            }
        }
        let mut in_small = Table::holding(few.len());
        for (hash, known) in few {
            in_small.insert(hash, known);
        }
        let mut all = all.table();
        for (key, known) in otherwise {
            all.insert_name(&as_in_texts(&key), known);
        }
        Self {
            all,
            in_small,
            small_begins,
        }
    }

    /// Names, and how longer ones begin: after each of their words, and in scripts without spaces after two characters.
    pub(crate) fn look(&self, hash: Hash) -> Known {
        self.all.look(hash)
    }

    /// The same of the names that may stand in small letters.
    pub(crate) fn look_in_small(&self, hash: Hash) -> Known {
        self.in_small.look(hash)
    }

    /// Whether a name that may stand in small letters begins with this word, or perhaps with others of four letters or
    /// more that begin like it: says at a tenth of the price of a look that most words of a text are none.
    pub(crate) fn may_begin_small(&self, stream: &str, word: &Range<usize>) -> bool {
        let (at, bit) = match stream.as_bytes()[word.start..].first_chunk() {
            Some(bytes) if word.len() >= BEGINNING => bit_of(*bytes),
            _ => beginning(stream[word.clone()].as_bytes()),
        };
        self.small_begins[at] & bit != 0
    }
}

/// Open addressing: what is known of a hash stands in the slot of its top bits, or in one of the next.
#[derive(Debug)]
struct Table {
    slots: Vec<u64>,
    shift: u32,
}

impl Table {
    /// At most two slots in three are used.
    fn holding(hashes: usize) -> Self {
        let bits = (hashes * 3 / 2).max(2).next_power_of_two().trailing_zeros();
        Self {
            slots: vec![0; 1 << bits],
            shift: 64 - bits,
        }
    }

    fn insert(&mut self, hash: Hash, known: u64) {
        let at = self.slot(hash);
        self.slots[at] |= mark(hash) | known;
    }

    /// A name in another spelling; one that is a name already stays that.
    fn insert_name(&mut self, key: &str, known: u64) {
        let mut hash = Hash::EMPTY;
        for (at, word) in key.split(' ').enumerate() {
            if at > 0 {
                self.insert(hash, BEGINS);
                hash = hash.with(" ");
            }
            hash = hash.with(word);
        }
        if self.look(hash).name().is_none() {
            self.insert(hash, known);
        }
    }

    fn slot(&self, hash: Hash) -> usize {
        let mut at = (hash.spread() >> self.shift) as usize;
        while self.slots[at] != 0 && (self.slots[at] ^ mark(hash)) & MARK != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    fn look(&self, hash: Hash) -> Known {
        Known(self.slots[self.slot(hash)])
    }
}

/// Texts are folded further than the gazetteer: letters of the African and Azeri alphabets (U+0180 to U+02BF, begun in
/// UTF-8 by 0xC6 to 0xCA, and Ossetic ӕ) are written plainly there.
fn as_in_texts(key: &str) -> String {
    Folded::new(key).text.trim().replace("' ", "")
}

/// In a name of a script without spaces, where its second character ends; never reached in others.
fn second_character(key: &[u8]) -> usize {
    // Such letters take three or four bytes of UTF-8, begun by 0xE0 or more.
    if key.first().is_none_or(|byte| *byte < 0xE0) {
        return usize::MAX;
    }
    let text = std::str::from_utf8(key).unwrap_or_default();
    let mut ends = text.char_indices().skip(2).map(|(end, _)| end);
    if text.starts_with(script::unspaced) {
        ends.next().unwrap_or(usize::MAX)
    } else {
        usize::MAX
    }
}

/// What is to be inserted, by the part of the table that it falls into: a part at a time fits a processor's cache, which
/// the whole does not.
#[derive(Debug)]
struct Gathered {
    hashes: usize,
    parts: Vec<Vec<(Hash, u64)>>,
}

const PARTS: u32 = 6;

impl Gathered {
    fn new(hashes: usize) -> Self {
        let each = (hashes >> PARTS) + (hashes >> (PARTS + 3));
        let parts = (0..1 << PARTS).map(|_| Vec::with_capacity(each)).collect();
        Self { hashes, parts }
    }

    fn push(&mut self, hash: Hash, known: u64) {
        self.parts[(hash.spread() >> (64 - PARTS)) as usize].push((hash, known));
    }

    fn table(self) -> Table {
        let mut table = Table::holding(self.hashes);
        for (hash, known) in self.parts.into_iter().flatten() {
            table.insert(hash, known);
        }
        table
    }
}

/// The bit of a word's beginning.
fn beginning(word: &[u8]) -> (usize, u64) {
    let mut bytes = [0; BEGINNING];
    let length = word.len().min(BEGINNING);
    bytes[..length].copy_from_slice(&word[..length]);
    bit_of(bytes)
}

fn bit_of(bytes: [u8; BEGINNING]) -> (usize, u64) {
    let mixed = u64::from(u32::from_le_bytes(bytes)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    ((mixed >> 6) as usize % BEGINNINGS, 1 << (mixed % 64))
}

/// Bits of the hash that say nothing of its slot.
fn mark(hash: Hash) -> u64 {
    hash.spread() << (FLAG_BITS + PLACE_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_their_beginnings_are_known() {
        for (what, text, expected) in [
            ("a name that others begin with", "mali", (true, true)),
            ("two words", "burkina faso", (true, false)),
            ("a beginning only", "ivory", (false, true)),
            ("no name", "embuscade", (false, false)),
            ("in Japanese", "バマコ", (true, false)),
            ("its first two characters", "バマ", (false, true)),
            ("in Ewe, as texts are folded", "afganistan", (true, false)),
            ("in Azeri", "cenubi sudan", (true, false)),
            ("the beginning of one", "cenubi", (false, true)),
        ] {
            let known = KEYS.look(Hash::EMPTY.with(text));
            assert_eq!(known.name().is_some(), expected.0, "{what}");
            if expected.1 {
                assert!(known.begins(), "{what}: begins others");
            }
        }
    }

    #[test]
    fn every_name_leads_to_its_senses() {
        let mut names = Gazetteer::built_in().keys();
        while names.advance() {
            let known = KEYS.look(Hash::EMPTY.with(names.key()));
            let senses = known.name().map(NameId::senses);
            assert!(
                senses.is_some_and(|senses| senses.eq(names.senses())),
                "{}",
                names.key()
            );
        }
    }

    #[test]
    fn the_tables_have_room() {
        for table in [&KEYS.all, &KEYS.in_small] {
            let used = table.slots.iter().filter(|slot| **slot != 0).count();
            assert!(used * 3 <= table.slots.len() * 2, "{used} of {}", table.slots.len());
        }
    }

    #[test]
    fn few_names_stand_in_small_letters() {
        for (what, text, expected) in [
            ("of a people", "malian", true),
            ("in French", "nigerienne", true),
            ("with stops", "us", true),
            ("a town", "bamako", false),
        ] {
            let hash = Hash::EMPTY.with(text);
            assert_eq!(KEYS.look_in_small(hash).name().is_some(), expected, "{what}");
            assert_eq!(KEYS.look(hash).in_small(), expected, "{what}");
        }
    }
}
