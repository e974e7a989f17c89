//! Runs of letters and digits in a text, byte by byte where it is ASCII.

use std::ops::Range;

use crate::text::fold::in_word;

/// Iterator over the word spans of a text.
#[derive(Debug, Clone)]
pub(crate) struct Runs<'t> {
    text: &'t str,
    at: usize,
}

/// Returns every run of letters, digits and marks, in the order of the text.
pub(crate) fn runs(text: &str) -> Runs<'_> {
    Runs { text, at: 0 }
}

/// The class of a character by its first byte in UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Byte {
    InWord,
    Between,
    /// Beyond ASCII: the whole character decides.
    Beyond,
}

const BYTES: [Byte; 256] = {
    let mut bytes = [Byte::Beyond; 256];
    let mut byte = 0;
    while byte < 128 {
        bytes[byte] = if (byte as u8).is_ascii_alphanumeric() {
            Byte::InWord
        } else {
            Byte::Between
        };
        byte += 1;
    }
    bytes
};

impl Iterator for Runs<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let mut begin = self.at;
        loop {
            match BYTES[usize::from(*bytes.get(begin)?)] {
                Byte::InWord => break,
                Byte::Between => begin += 1,
                Byte::Beyond => match self.beyond(begin) {
                    (true, _) => break,
                    (false, length) => begin += length,
                },
            }
        }
        let mut end = begin + letters(&bytes[begin..]);
        while let Some(byte) = bytes.get(end) {
            match BYTES[usize::from(*byte)] {
                Byte::InWord => end += 1,
                Byte::Between => break,
                Byte::Beyond => match self.beyond(end) {
                    (true, length) => end += length,
                    (false, _) => break,
                },
            }
        }
        self.at = end;
        Some(begin..end)
    }
}

impl Runs<'_> {
    /// Returns whether the character here belongs to a word, and its length in bytes.
    #[cold]
    fn beyond(&self, at: usize) -> (bool, usize) {
        let c = self.text[at..].chars().next();
        c.map_or((false, 1), |c| (in_word(c), c.len_utf8()))
    }
}

/// Returns the number of ASCII letters that a text begins with, eight bytes at a time (the arithmetic is Mycroft's,
/// 1987), so that most words are one step; may return fewer within the last eight bytes.
#[inline]
pub(crate) fn letters(text: &[u8]) -> usize {
    const TOPS: u64 = 0x8080_8080_8080_8080;
    /// A byte of at least `a`, or above `z`, reaches its top bit with these.
    const FROM_A: u64 = 0x1F1F_1F1F_1F1F_1F1F;
    const AFTER_Z: u64 = 0x0505_0505_0505_0505;
    const SMALL: u64 = 0x2020_2020_2020_2020;
    let mut count = 0;
    while let Some(&eight) = text[count..].first_chunk() {
        let bytes = u64::from_le_bytes(eight);
        let small = (bytes | SMALL) & !TOPS;
        let letters = (small + FROM_A) & !(small + AFTER_Z) & !bytes & TOPS;
        let first = (letters ^ TOPS).trailing_zeros() as usize / 8;
        count += first;
        if first < 8 {
            break;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_what_stands_between_signs(text in "[a-z0-9 .’é\u{301}马م]{0,40}") {
            let cut: Vec<&str> = runs(&text).map(|run| &text[run]).collect();
            let expected: Vec<&str> = text.split(|c| !in_word(c)).filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(cut, expected);
        }

        #[test]
        fn letters_are_counted(text in "[a-zA-Z]{0,20}[ -~é\u{80}]{8,20}") {
            let expected = text.bytes().position(|byte| !byte.is_ascii_alphabetic());
            let counted = letters(text.as_bytes());
            prop_assert!(text.as_bytes()[..counted].is_ascii() && expected.is_none_or(|all| counted <= all));
            prop_assert!(expected.is_none_or(|all| counted == all || text.len() - counted < 8), "{}", counted);
        }
    }
}
