//! Looks up very many word-initial forms at the start of each word of a stream. A sorted table: an automaton takes a
//! hundred bytes a form, and twice that while it is built.

use std::hash::BuildHasher;
use std::hint::black_box;
use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;

/// Bytes of the first lookup; shorter forms are looked up by all of theirs.
const KEY: usize = 4;

/// Every so many forms the next bytes of the first are sampled: few enough to stay in the cache, and the rest of the
/// search lies on a line or two of it.
const SAMPLE: u32 = 16;

/// The bytes as one number. The forms are the user's own, so nobody else can choose collisions.
type Key = u32;

/// No form.
const NONE: u32 = u32::MAX;

/// The record of one form: a search through a block of hundreds is bound by memory access.
#[derive(Debug, Clone, Copy)]
struct Form {
    /// End of its text; it begins where the previous one ends.
    end: u32,
    /// The bytes after the key, as a key: a search needs few texts beside.
    next: Key,
    /// The longest other form of its block that is a prefix of it.
    within: u32,
}

/// Number of words that are looked up together.
const TOGETHER: usize = 64;

/// A word of a stream, and the block of forms with the same key.
struct Asked {
    at: usize,
    block: (u32, u32),
}

#[derive(Debug, Default)]
pub(crate) struct WordStarts {
    /// Sorted, distinct, concatenated, each without its leading space.
    texts: Vec<u8>,
    forms: Vec<Form>,
    /// The key of every [`SAMPLE`]th form.
    samples: Vec<Key>,
    /// First form and end of each block, by key.
    blocks: FxHashMap<Key, (u32, u32)>,
    /// Whether any form has so few bytes.
    short: [bool; KEY],
    /// A bitmap of keys: most words begin as no form does and skip the map.
    begins: Vec<u64>,
}

/// Minimum bits per key; the rate of false positives is at most one in so many.
const BITS: usize = 16;

impl WordStarts {
    /// `forms` are sorted and distinct, each with a leading space.
    pub(crate) fn new<'f>(forms: impl Iterator<Item = &'f str>) -> Self {
        let mut all = Self::default();
        // The chain of forms that are prefixes of the current one.
        let mut nested: Vec<u32> = Vec::new();
        for (number, form) in forms.enumerate() {
            let (number, text) = (number as u32, &form.as_bytes()[1..]);
            while nested.last().is_some_and(|&one| !text.starts_with(all.text(one))) {
                nested.pop();
            }
            let longest = nested.last().copied();
            // Forms shorter than a key have blocks of their own.
            let in_block = longest.filter(|&one| key(all.text(one)) == key(text));
            nested.push(number);
            all.texts.extend_from_slice(text);
            let next = next(text);
            if number % SAMPLE == 0 {
                all.samples.push(next);
            }
            all.forms.push(Form {
                end: all.texts.len() as u32,
                next,
                within: in_block.unwrap_or(NONE),
            });
            all.blocks.entry(key(text)).or_insert((number, number)).1 = number + 1;
            if let Some(short) = all.short.get_mut(text.len()) {
                *short = true;
            }
        }
        all.texts.shrink_to_fit();
        all.forms.shrink_to_fit();
        all.samples.shrink_to_fit();
        all.begins = vec![0; (all.blocks.len() * BITS / 64 + 1).next_power_of_two()];
        for &key in all.blocks.keys() {
            let (at, bit) = bit(all.begins.len(), key);
            all.begins[at] |= bit;
        }
        all
    }

    fn block(&self, key: Key) -> Option<&(u32, u32)> {
        let (at, bit) = bit(self.begins.len(), key);
        (self.begins[at] & bit != 0).then(|| self.blocks.get(&key)).flatten()
    }

    fn text(&self, form: u32) -> &[u8] {
        &self.texts[self.bytes(form)]
    }

    fn bytes(&self, form: u32) -> Range<usize> {
        let form = form as usize;
        let from = if form == 0 { 0 } else { self.forms[form - 1].end };
        from as usize..self.forms[form].end as usize
    }

    /// Calls `found` with each form that occurs in the stream and its bytes there, leading space included. `spaces` are
    /// the offsets of the stream's spaces, at least of those before a word.
    pub(crate) fn find(
        &self,
        stream: &str,
        spaces: impl Iterator<Item = usize>,
        mut found: impl FnMut(usize, Range<usize>),
    ) {
        if self.forms.is_empty() {
            return;
        }
        let bytes = stream.as_bytes();
        let mut asked: SmallVec<[Asked; TOGETHER]> = SmallVec::new();
        for space in spaces {
            let at = space + 1;
            let whole = key(&bytes[at..]);
            if let Some(&block) = self.block(whole) {
                asked.push(Asked { at, block });
                if asked.len() == TOGETHER {
                    self.answer(&asked, bytes, &mut found);
                    asked.clear();
                }
            }
            for length in 1..KEY.min(bytes.len() - at) {
                let short = whole & !(Key::MAX >> (8 * length));
                if self.short[length]
                    && short != whole
                    && let Some(&(form, _)) = self.block(short)
                    && self.bytes(form).len() == length
                {
                    found(form as usize, space..at + length);
                }
            }
        }
        self.answer(&asked, bytes, &mut found);
    }

    /// Advances all lookups step by step, so that their memory accesses overlap.
    fn answer(&self, asked: &[Asked], stream: &[u8], found: &mut impl FnMut(usize, Range<usize>)) {
        let alike = |one: &Asked| {
            let after = next(&stream[one.at..]);
            let low = self.first_not(one.block, |next| next < after);
            (low, self.first_not((low, one.block.1), |next| next <= after))
        };
        let alike: SmallVec<[(u32, u32); TOGETHER]> = asked.iter().map(alike).collect();
        let texts = alike.iter().filter(|(low, high)| low < high);
        black_box(texts.fold(0, |sum, &(low, _)| sum ^ self.texts[self.bytes(low).start]));
        for (one, &alike) in asked.iter().zip(&alike) {
            let here = |form| found(form as usize, one.at - 1..one.at + self.bytes(form).len());
            self.leading(&stream[one.at..], one.block.0, alike, here);
        }
    }

    /// Calls `here` with each form that is a prefix of the word. Every such prefix is also a prefix of the last form
    /// that does not sort after the word. `first` is the first form of the block, `low` to `high` those whose next
    /// bytes equal the word's.
    fn leading(&self, word: &[u8], first: u32, (mut low, mut high): (u32, u32), mut here: impl FnMut(u32)) {
        while low < high {
            let middle = low + (high - low) / 2;
            if self.text(middle) <= word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let after = next(word);
        let mut form = if low > first { low - 1 } else { NONE };
        while form != NONE {
            if self.leads(form, word, after) {
                here(form);
            }
            form = self.forms[form as usize].within;
        }
    }

    /// Returns the first form of a range for which `such` is false; next bytes rise within it.
    fn first_not(&self, (from, to): (u32, u32), such: impl Fn(Key) -> bool) -> u32 {
        let (first, last) = (from.div_ceil(SAMPLE), to.div_ceil(SAMPLE));
        let sampled = &self.samples[first as usize..last as usize];
        let until = first + sampled.partition_point(|&next| such(next)) as u32;
        let low = if until > first { (until - 1) * SAMPLE } else { from };
        let high = if until < last { until * SAMPLE } else { to };
        let left = &self.forms[low as usize..high as usize];
        low + left.partition_point(|form| such(form.next)) as u32
    }

    /// Whether a form of the block is a prefix of a word with these next bytes.
    fn leads(&self, form: u32, word: &[u8], after: Key) -> bool {
        let bytes = self.bytes(form);
        // These bytes usually decide, so that the text, which lies elsewhere, is not fetched.
        let compared = bytes.len().clamp(KEY, 2 * KEY) - KEY;
        let differ = (self.forms[form as usize].next ^ after).checked_shr(8 * (KEY - compared) as u32);
        differ.is_none_or(|differ| differ == 0) && word.starts_with(&self.texts[bytes])
    }
}

/// Returns word and bit of a key in a bitmap; `numbers` is a power of two.
fn bit(numbers: usize, key: Key) -> (usize, u64) {
    let mixed = FxBuildHasher.hash_one(key);
    ((mixed >> 6) as usize & (numbers - 1), 1 << (mixed & 63))
}

/// Returns the first bytes, padded with zeros.
fn key(text: &[u8]) -> Key {
    if let Some(&whole) = text.first_chunk::<KEY>() {
        return u32::from_be_bytes(whole);
    }
    let mut bytes = [0; KEY];
    bytes[..text.len()].copy_from_slice(text);
    u32::from_be_bytes(bytes)
}

/// Returns the bytes after the key.
fn next(text: &[u8]) -> Key {
    key(text.get(KEY..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::runs::runs;

    fn found(forms: &[String], stream: &str) -> Vec<(String, Range<usize>)> {
        let mut found = Vec::new();
        let starts = WordStarts::new(forms.iter().map(String::as_str));
        let begins = runs(stream).filter_map(|word| word.start.checked_sub(1));
        let spaces = begins.filter(|at| stream.as_bytes()[*at] == b' ');
        starts.find(stream, spaces, |form, range| found.push((forms[form].clone(), range)));
        found.sort_by_key(|(_, range)| (range.start, range.end));
        found
    }

    proptest! {
        #[test]
        fn every_form_is_found_wherever_it_stands(
            // Blocks larger than a sample, and more words than are looked up together.
            forms in prop::collection::btree_set(" (a{3})?[ab]{1,9}( [abé]{1,3}| -| 2)?", 0..400),
            stream in "( (a{3})?[ab]{1,10}| é| -|\n| 2|\u{0}){0,150}",
        ) {
            let forms: Vec<String> = forms.into_iter().collect();
            let mut expected: Vec<(String, Range<usize>)> = Vec::new();
            for at in 0..stream.len() {
                for form in forms.iter().filter(|form| stream.as_bytes()[at..].starts_with(form.as_bytes())) {
                    expected.push((form.clone(), at..at + form.len()));
                }
            }
            expected.sort_by_key(|(_, range)| (range.start, range.end));
            prop_assert_eq!(found(&forms, &stream), expected);
        }
    }

    #[test]
    fn short_and_nested_forms_are_found() {
        let forms = [" u", " un", " united", " united nations", " united nations in mali"].map(str::to_owned);
        let stream = " the united nations in niger un";
        let texts: Vec<String> = found(&forms, stream).into_iter().map(|(form, _)| form).collect();
        assert_eq!(texts, [" u", " un", " united", " united nations", " u", " un"]);
    }
}
