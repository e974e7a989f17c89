//! How close two things must stand, in words: all pairs that do, without trying all pairs.

use std::cmp::Reverse;

/// A stretch of one field: a mention, or several that stand close to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Only stretches of one passage are close to each other: the field, and the sentence or paragraph where that matters.
    pub(crate) passage: (usize, usize),
    /// Numbers of words.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Indices of mentions.
    pub(crate) mentions: Vec<usize>,
}

impl Stretch {
    fn with(&self, other: &Self) -> Self {
        let mut mentions = [self.mentions.as_slice(), &other.mentions].concat();
        mentions.sort_unstable();
        mentions.dedup();
        Self {
            passage: self.passage,
            first: self.first.min(other.first),
            last: self.last.max(other.last),
            mentions,
        }
    }
}

/// What stands close to each other.
#[derive(Debug, Default)]
pub(crate) struct Near {
    /// The pairs, each as one stretch. One that lies within another is left out: whatever is close to it is close to the
    /// other.
    pub(crate) pairs: Vec<Stretch>,
    /// The mentions of each side that have one of the other side near, rising.
    pub(crate) sides: [Vec<usize>; 2],
}

/// Pairs of one and another of which the nearest words are at most `words` apart; those that overlap are.
pub(crate) fn near(these: &[Stretch], those: &[Stretch], words: usize) -> Near {
    let mut near = Near::default();
    let (these, those) = (Sorted::new(these), Sorted::new(those));
    let mut pairs = Vec::new();
    for (side, (from, to)) in [(&these, &those), (&those, &these)].into_iter().enumerate() {
        for one in &from.by_first {
            // One that reaches furthest back and one that reaches furthest on: what any other makes with it lies within.
            for other in to.reaching(one, words).into_iter().flatten() {
                near.sides[side].extend(&one.mentions);
                near.sides[1 - side].extend(&other.mentions);
                pairs.push(one.with(other));
            }
        }
    }
    for side in &mut near.sides {
        side.sort_unstable();
        side.dedup();
    }
    pairs.sort_unstable_by_key(|pair| (pair.passage, pair.first, Reverse(pair.last)));
    for pair in pairs {
        match near.pairs.last() {
            Some(known) if known.passage == pair.passage && known.last >= pair.last => {}
            _ => near.pairs.push(pair),
        }
    }
    near
}

/// Stretches in two orders.
struct Sorted<'s> {
    /// By passage, then by first word.
    by_first: Vec<&'s Stretch>,
    /// For each of those the one that ends last, of it and those before it in its passage.
    ends_last: Vec<&'s Stretch>,
    /// By passage, then by last word.
    by_last: Vec<&'s Stretch>,
    /// For each of those the one that begins first, of it and those after it in its passage.
    begins_first: Vec<&'s Stretch>,
}

impl<'s> Sorted<'s> {
    fn new(stretches: &'s [Stretch]) -> Self {
        let mut by_first: Vec<&Stretch> = stretches.iter().collect();
        let mut by_last = by_first.clone();
        by_first.sort_by_key(|one| (one.passage, one.first, Reverse(one.last)));
        by_last.sort_by_key(|one| (one.passage, one.last, one.first));
        let mut ends_last: Vec<&Stretch> = Vec::with_capacity(by_first.len());
        for &one in &by_first {
            let best = match ends_last.last() {
                Some(best) if best.passage == one.passage && best.last >= one.last => best,
                _ => one,
            };
            ends_last.push(best);
        }
        let mut begins_first: Vec<&Stretch> = Vec::with_capacity(by_last.len());
        for &one in by_last.iter().rev() {
            let best = match begins_first.last() {
                Some(best) if best.passage == one.passage && best.first <= one.first => best,
                _ => one,
            };
            begins_first.push(best);
        }
        begins_first.reverse();
        Self {
            by_first,
            ends_last,
            by_last,
            begins_first,
        }
    }

    /// Of those that are near `one`: the one that begins first, and the one that ends last.
    fn reaching(&self, one: &Stretch, words: usize) -> Option<[&'s Stretch; 2]> {
        let until = (one.passage, one.last + words);
        let before = self
            .by_first
            .partition_point(|other| (other.passage, other.first) <= until);
        let last = *self.ends_last.get(before.checked_sub(1)?)?;
        if last.passage != one.passage || last.last + words < one.first {
            return None;
        }
        let since = (one.passage, one.first.saturating_sub(words));
        let after = self
            .by_last
            .partition_point(|other| (other.passage, other.last) < since);
        // `last` is among these, so that the one that begins first begins before the end, too.
        let first = *self.begins_first.get(after)?;
        Some([first, last])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(of: &[(usize, usize)], from: usize) -> Vec<Stretch> {
        of.iter()
            .enumerate()
            .map(|(at, &(first, last))| Stretch {
                passage: (0, 0),
                first,
                last,
                mentions: vec![from + at],
            })
            .collect()
    }

    #[test]
    fn pairs_are_found_as_by_trying_all() {
        let mut dice = fastrand::Rng::with_seed(7);
        for round in 0..3_000 {
            let mut some = |from: usize| {
                let places: Vec<(usize, usize)> = (0..dice.usize(0..6))
                    .map(|_| {
                        let first = dice.usize(1..40);
                        (first, first + dice.usize(0..6))
                    })
                    .collect();
                stretches(&places, from)
            };
            let (these, those) = (some(0), some(100));
            let words = round % 7 + 1;
            let mut all = Vec::new();
            let mut sides = [Vec::new(), Vec::new()];
            for one in &these {
                for other in &those {
                    if one.first <= other.last + words && other.first <= one.last + words {
                        all.push((one.first.min(other.first), one.last.max(other.last)));
                        sides[0].extend(&one.mentions);
                        sides[1].extend(&other.mentions);
                    }
                }
            }
            let widest = |one: &&(usize, usize)| {
                !all.iter()
                    .any(|other| other != *one && other.0 <= one.0 && one.1 <= other.1)
            };
            let mut expected: Vec<(usize, usize)> = all.iter().filter(widest).copied().collect();
            expected.sort_unstable();
            expected.dedup();
            for side in &mut sides {
                side.sort_unstable();
                side.dedup();
            }
            let near = near(&these, &those, words);
            let found: Vec<_> = near.pairs.iter().map(|pair| (pair.first, pair.last)).collect();
            assert_eq!((found, near.sides), (expected, sides), "{these:?} {those:?} {words}");
        }
    }

    #[test]
    fn passages_part() {
        let mut other = stretches(&[(2, 2)], 9);
        other[0].passage = (1, 0);
        assert!(near(&stretches(&[(1, 1)], 0), &other, 10).pairs.is_empty());
    }
}
