//! Which stories have a shingle: small, since there are hundreds for each story, and quick, since hundreds are looked up
//! for each entry.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// The stories of a shingle, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Postings {
    heads: HashMap<u32, Head, Spread>,
    chain: Vec<Link>,
}

#[derive(Debug, Clone, Copy)]
struct Head {
    newest: u32,
    count: u32,
}

#[derive(Debug, Clone, Copy)]
struct Link {
    story: u32,
    /// The one before it in `chain`, or [`END`].
    before: u32,
}

const END: u32 = u32::MAX;

impl Postings {
    /// Notes a story, once; beyond `most` one more is only counted.
    pub(super) fn note(&mut self, shingle: u32, story: u32, most: usize) {
        let head = self.heads.entry(shingle).or_insert(Head { newest: END, count: 0 });
        if head.count as usize > most || walk(&self.chain, head.newest).any(|known| known == story) {
            return;
        }
        let Ok(place) = u32::try_from(self.chain.len()) else {
            return;
        };
        self.chain.push(Link {
            story,
            before: head.newest,
        });
        *head = Head {
            newest: place,
            count: head.count + 1,
        };
    }

    /// How many stories have it, up to one more than `note` was told to keep.
    pub(super) fn count(&self, shingle: u32) -> usize {
        self.heads.get(&shingle).map_or(0, |head| head.count as usize)
    }

    pub(super) fn of(&self, shingle: u32) -> impl Iterator<Item = u32> {
        walk(&self.chain, self.heads.get(&shingle).map_or(END, |head| head.newest))
    }
}

fn walk(chain: &[Link], newest: u32) -> impl Iterator<Item = u32> {
    let mut at = newest;
    std::iter::from_fn(move || {
        let link = chain.get(at as usize)?;
        at = link.before;
        Some(link.story)
    })
}

/// Hashes what is a hash already. Seeded, so that nobody can write texts whose shingles fall into one place.
#[derive(Debug, Clone)]
pub(super) struct Spread(u64);

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
pub(super) struct Spreading(u64);

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
        for story in [7, 8, 7, 9, 8] {
            postings.note(1, story, 2);
        }
        postings.note(2, 7, 2);
        let of = |shingle| {
            let mut all: Vec<u32> = postings.of(shingle).collect();
            all.sort_unstable();
            all
        };
        assert_eq!((of(1), of(2), of(3)), (vec![7, 8, 9], vec![7], vec![]));
        assert_eq!((postings.count(1), postings.count(2), postings.count(3)), (3, 1, 0));
        postings.note(1, 10, 2);
        assert_eq!(postings.count(1), 3, "one more than are looked at");
    }
}
