//! Numbers distinct texts. The texts are concatenated: there may be half a million, too many for a map with a string
//! each.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

#[derive(Debug, Default)]
pub(crate) struct Distinct {
    texts: Texts,
    numbers: HashTable<u32>,
    state: RandomState,
}

#[derive(Debug, Default)]
struct Texts {
    texts: String,
    /// End of each text; it begins where the previous one ends.
    ends: Vec<u32>,
}

impl Texts {
    fn text(&self, number: u32) -> &str {
        let number = number as usize;
        let from = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.texts[from as usize..self.ends[number] as usize]
    }

    fn push(&mut self, text: &str) {
        self.texts.push_str(text);
        self.ends.push(self.texts.len() as u32);
    }
}

impl Distinct {
    /// Returns the number of a text and whether it is new. Numbers count up from 0.
    pub(crate) fn number(&mut self, text: &str) -> (u32, bool) {
        let Self { texts, numbers, state } = self;
        let known = |&number: &u32| texts.text(number) == text;
        let hash_again = |&number: &u32| state.hash_one(texts.text(number));
        match numbers.entry(state.hash_one(text), known, hash_again) {
            Entry::Occupied(number) => (*number.get(), false),
            Entry::Vacant(vacant) => {
                let number = texts.ends.len() as u32;
                vacant.insert(number);
                texts.push(text);
                (number, true)
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.ends.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_keeps_the_number_that_it_was_first_given() {
        let mut known = Distinct::default();
        for number in 0..10_000 {
            assert_eq!(known.number(&format!("text {number}")), (number, true));
            assert_eq!(
                known.number(&format!("text {}", number / 2)),
                (number / 2, false),
                "after {number}"
            );
        }
        assert_eq!(known.number(""), (10_000, true), "nothing is a text too");
        assert_eq!(known.number(""), (10_000, false));
        assert_eq!(known.number("text 77"), (77, false));
        assert_eq!(known.len(), 10_001);
    }
}
