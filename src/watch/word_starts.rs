//! Very many forms that begin with a word, looked up at the beginning of each word of a stream: their sorted texts and
//! little else, where an automaton takes a hundred bytes a form, and twice that while it is built.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// Forms are looked up by so many bytes first; of shorter ones by all of theirs.
const KEY: usize = 4;

/// The bytes as one number, which is hashed by one multiplication (Knuth, TAOCP 6.4): a word of a text costs little more.
/// The forms are the user's own, so nobody else chooses what meets in one slot.
type Key = u32;

#[derive(Debug, Default, Clone, Copy)]
struct Multiplied(u64);

impl Hasher for Multiplied {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u32(byte.into()));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        // The upper bits are the mixed ones; the map takes the slot from the lower.
        self.0 ^ (self.0 >> 32)
    }
}

/// No form.
const NONE: u32 = u32::MAX;

#[derive(Debug, Default)]
pub(super) struct WordStarts {
    /// Sorted, distinct and end to end, each without the space that leads it.
    texts: Vec<u8>,
    /// Where each text ends; it begins where the one before does.
    ends: Vec<u32>,
    /// Of each form the longest other one of its block that it begins with.
    within: Vec<u32>,
    /// By what they begin with: the first and the one after the last.
    blocks: HashMap<Key, (u32, u32), BuildHasherDefault<Multiplied>>,
    /// Whether any form has so few bytes.
    short: [bool; KEY],
    /// A bit is set of each key: most words of a text begin as no form does, and are passed over without a look into
    /// the map.
    begins: Vec<u64>,
}

/// Bits for each key, at least: a word that begins as no form does meets a set one once in so many times.
const BITS: usize = 16;

impl WordStarts {
    /// `forms` are sorted and distinct, each led by a space.
    pub(super) fn new<'f>(forms: impl Iterator<Item = &'f str>) -> Self {
        let mut all = Self::default();
        // Each begins with those below it.
        let mut nested: Vec<u32> = Vec::new();
        for (number, form) in forms.enumerate() {
            let (number, text) = (number as u32, &form.as_bytes()[1..]);
            while nested.last().is_some_and(|&one| !text.starts_with(all.text(one))) {
                nested.pop();
            }
            let longest = nested.last().copied();
            // Shorter ones than a key have blocks of their own.
            let in_block = longest.filter(|&one| key(all.text(one)) == key(text));
            all.within.push(in_block.unwrap_or(NONE));
            nested.push(number);
            all.texts.extend_from_slice(text);
            all.ends.push(all.texts.len() as u32);
            all.blocks.entry(key(text)).or_insert((number, number)).1 = number + 1;
            if let Some(short) = all.short.get_mut(text.len()) {
                *short = true;
            }
        }
        all.texts.shrink_to_fit();
        all.ends.shrink_to_fit();
        all.within.shrink_to_fit();
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
        let form = form as usize;
        let from = if form == 0 { 0 } else { self.ends[form - 1] };
        &self.texts[from as usize..self.ends[form] as usize]
    }

    /// Calls `found` with each form that stands in the stream, and its bytes there with the leading space.
    pub(super) fn find(&self, stream: &str, mut found: impl FnMut(usize, Range<usize>)) {
        if self.ends.is_empty() {
            return;
        }
        for space in memchr::memchr_iter(b' ', stream.as_bytes()) {
            let word = &stream.as_bytes()[space + 1..];
            let mut here = |form: u32| found(form as usize, space..space + 1 + self.text(form).len());
            let whole = key(word);
            if let Some(&block) = self.block(whole) {
                self.in_block(block, word, &mut here);
            }
            for length in 1..KEY.min(word.len()) {
                let short = key(&word[..length]);
                if self.short[length]
                    && short != whole
                    && let Some(&(form, _)) = self.block(short)
                    && self.text(form).len() == length
                {
                    here(form);
                }
            }
        }
    }

    /// Whatever a word begins with, the last form that does not come after the word begins with too.
    fn in_block(&self, (from, to): (u32, u32), word: &[u8], here: &mut impl FnMut(u32)) {
        let (mut low, mut high) = (from, to);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.text(middle) <= word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut form = if low > from { low - 1 } else { NONE };
        while form != NONE {
            if word.starts_with(self.text(form)) {
                here(form);
            }
            form = self.within[form as usize];
        }
    }
}

/// Which bit of so many numbers, a power of two, stands for a key.
fn bit(numbers: usize, key: Key) -> (usize, u64) {
    let mut mixed = Multiplied::default();
    mixed.write_u32(key);
    let mixed = mixed.finish();
    ((mixed >> 6) as usize & (numbers - 1), 1 << (mixed & 63))
}

/// The first bytes, with zeros after the end.
fn key(text: &[u8]) -> Key {
    if let Some(&whole) = text.first_chunk::<KEY>() {
        return u32::from_be_bytes(whole);
    }
    let mut bytes = [0; KEY];
    bytes[..text.len()].copy_from_slice(text);
    u32::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(forms: &[String], stream: &str) -> Vec<(String, Range<usize>)> {
        let mut found = Vec::new();
        let starts = WordStarts::new(forms.iter().map(String::as_str));
        starts.find(stream, |form, range| found.push((forms[form].clone(), range)));
        found.sort_by_key(|(_, range)| (range.start, range.end));
        found
    }

    proptest! {
        #[test]
        fn every_form_is_found_wherever_it_stands(
            forms in prop::collection::btree_set(" [ab]{1,6}( [abé]{1,3}| -| 2)?", 0..40),
            stream in "( [ab]{1,8}| é| -|\n| 2|\u{0}){0,20}",
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
