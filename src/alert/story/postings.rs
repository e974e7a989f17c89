//! Which stories have a shingle: small, since there are hundreds for each story, and quick, since hundreds are looked up
//! for each entry.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// The stories of a shingle, by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    heads: HashMap<u32, Head, Spread>,
    blocks: Vec<Block>,
}

#[derive(Debug, Clone, Copy)]
struct Head {
    /// The story, where it is the only one, as of most shingles; else the newest of its blocks.
    first: u32,
    count: u32,
}

/// Half a line of a processor's cache: stories that share many shingles are read one line at a time.
#[derive(Debug, Clone, Copy)]
struct Block {
    stories: [u32; IN_BLOCK],
    /// The block before it, or [`END`].
    before: u32,
}

const IN_BLOCK: usize = 7;
const END: u32 = u32::MAX;

impl Postings {
    /// Notes a story, once; beyond `most` one more is only counted. Of a story that is `new` no shingle was noted but
    /// others of the same entry, which has none twice.
    pub(crate) fn note(&mut self, shingle: u32, story: u32, new: bool, most: usize) {
        let head = self.heads.entry(shingle).or_insert(Head { first: story, count: 0 });
        if head.count as usize > most || !new && stories(&self.blocks, *head).any(|known| known == story) {
            return;
        }
        if head.count > 0 {
            let filled = head.count as usize % IN_BLOCK;
            let fresh = head.count == 1 || filled == 0;
            if fresh {
                let Ok(place) = u32::try_from(self.blocks.len()) else {
                    return;
                };
                // The only story so far moves into the first block.
                let before = if head.count == 1 { END } else { head.first };
                self.blocks.push(Block {
                    stories: [head.first; IN_BLOCK],
                    before,
                });
                head.first = place;
            }
            self.blocks[head.first as usize].stories[filled] = story;
        }
        head.count += 1;
    }

    /// Shows each story of each shingle; gives how many shingles have more than `most`, which are passed over. All of
    /// them are looked up before any story is shown: the processor then waits for many places of memory at once.
    pub(crate) fn each(&self, shingles: &[u32], most: usize, mut show: impl FnMut(u32)) -> usize {
        let heads: Vec<Head> = shingles
            .iter()
            .filter_map(|shingle| self.heads.get(shingle).copied())
            .collect();
        let mut common = 0;
        for head in heads {
            if head.count as usize > most {
                common += 1;
            } else {
                stories(&self.blocks, head).for_each(&mut show);
            }
        }
        common
    }
}

fn stories(blocks: &[Block], head: Head) -> impl Iterator<Item = u32> {
    let only = (head.count == 1).then_some(head.first);
    let mut at = if head.count > 1 { head.first } else { END };
    let mut filled = (head.count as usize).saturating_sub(1) % IN_BLOCK + 1;
    let in_blocks = std::iter::from_fn(move || {
        let block = blocks.get(at as usize)?;
        at = block.before;
        Some(&block.stories[..std::mem::replace(&mut filled, IN_BLOCK)])
    });
    only.into_iter().chain(in_blocks.flatten().copied())
}

/// Hashes what is a hash already. Seeded, so that nobody can write texts whose shingles fall into one place; the upper half
/// of the product is mixed in, since otherwise (as in `rustc-hash`) the difference of two keys decides alone.
#[derive(Debug, Clone)]
pub(crate) struct Spread(u64);

impl Default for Spread {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0))
    }
}

impl BuildHasher for Spread {
    type Hasher = Spreading;

    fn build_hasher(&self) -> Spreading {
        Spreading(self.0)
    }
}

#[derive(Debug)]
pub(crate) struct Spreading(u64);

impl Hasher for Spreading {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, value: u32) {
        let product = u128::from(self.0 ^ u64::from(value)) * 0x9e37_79b9_7f4a_7c15;
        self.0 = (product ^ (product >> 64)) as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shingle_names_each_of_its_stories_once_until_it_is_too_common() {
        let mut postings = Postings::default();
        for (story, new) in [(7, true), (8, true), (7, false), (9, true), (8, false)] {
            postings.note(1, story, new, 2);
        }
        postings.note(2, 7, false, 2);
        let of = |postings: &Postings, shingle, most| {
            let mut all = Vec::new();
            let common = postings.each(&[shingle], most, |story| all.push(story));
            all.sort_unstable();
            (all, common)
        };
        assert_eq!(of(&postings, 1, 3), (vec![7, 8, 9], 0));
        assert_eq!(of(&postings, 1, 2), (vec![], 1), "too common");
        assert_eq!(of(&postings, 2, 2), (vec![7], 0));
        assert_eq!(of(&postings, 3, 2), (vec![], 0), "never noted");
        postings.note(1, 10, true, 2);
        assert_eq!(of(&postings, 1, 3), (vec![7, 8, 9], 0), "one more than are looked at");
    }

    #[test]
    fn many_stories_of_a_shingle_are_all_there() {
        let mut postings = Postings::default();
        for story in 0..50 {
            postings.note(1, story, story % 2 == 0, 100);
            postings.note(1, story, false, 100);
            let mut all = Vec::new();
            postings.each(&[1], 100, |story| all.push(story));
            all.sort_unstable();
            assert_eq!(all, (0..=story).collect::<Vec<_>>());
        }
    }
}
