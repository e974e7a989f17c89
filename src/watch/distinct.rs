//! Distinct texts by number, end to end in one string: there may be half a million of them, and for a text each of its own
//! in a map there is not room.

use std::hash::{BuildHasher, RandomState};

/// A slot without a text.
const FREE: u32 = u32::MAX;

#[derive(Debug, Default)]
pub(super) struct Distinct {
    texts: String,
    /// Where each text ends; it begins where the one before does.
    ends: Vec<u32>,
    /// Numbers of texts, each in the first free slot from the one that its hash names; half of them at most are taken.
    slots: Vec<u32>,
    state: RandomState,
}

impl Distinct {
    /// The number of a text, and whether it is new: the first is 0, and each new one the next.
    pub(super) fn number(&mut self, text: &str) -> (u32, bool) {
        if self.slots.len() <= self.ends.len() * 2 {
            self.grow();
        }
        let slot = self.slot(text);
        if self.slots[slot] != FREE {
            return (self.slots[slot], false);
        }
        let number = self.ends.len() as u32;
        self.slots[slot] = number;
        self.texts.push_str(text);
        self.ends.push(self.texts.len() as u32);
        (number, true)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn text(&self, number: u32) -> &str {
        let number = number as usize;
        let from = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.texts[from as usize..self.ends[number] as usize]
    }

    /// Where a text is, or would be.
    fn slot(&self, text: &str) -> usize {
        let within = self.slots.len() - 1;
        let mut slot = self.state.hash_one(text) as usize & within;
        while self.slots[slot] != FREE && self.text(self.slots[slot]) != text {
            slot = (slot + 1) & within;
        }
        slot
    }

    /// Twice the slots, always a power of two.
    fn grow(&mut self) {
        self.slots = vec![FREE; (self.slots.len() * 2).max(64)];
        for number in 0..self.ends.len() as u32 {
            let slot = self.slot(self.text(number));
            self.slots[slot] = number;
        }
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
