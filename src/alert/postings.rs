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
    /// Notes a story, once; beyond `most` one more is only counted. Of a story that is `new` no shingle was noted but
    /// others of the same entry, which has none twice.
    pub(super) fn note(&mut self, shingle: u32, story: u32, new: bool, most: usize) {
        let head = self.heads.entry(shingle).or_insert(Head { newest: END, count: 0 });
        if head.count as usize > most || !new && walk(&self.chain, head.newest).any(|known| known == story) {
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

    /// The stories that have it; `None` if they are more than `most`.
    pub(super) fn of(&self, shingle: u32, most: usize) -> Option<impl Iterator<Item = u32>> {
        let head = self.heads.get(&shingle).copied();
        let head = head.unwrap_or(Head { newest: END, count: 0 });
        (head.count as usize <= most).then(|| walk(&self.chain, head.newest))
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
        for (story, new) in [(7, true), (8, true), (7, false), (9, true), (8, false)] {
            postings.note(1, story, new, 2);
        }
        postings.note(2, 7, false, 2);
        let of = |postings: &Postings, shingle, most| {
            let mut all: Vec<u32> = postings.of(shingle, most)?.collect();
            all.sort_unstable();
            Some(all)
        };
        assert_eq!(of(&postings, 1, 3), Some(vec![7, 8, 9]));
        assert_eq!(of(&postings, 1, 2), None, "too common");
        assert_eq!(of(&postings, 2, 2), Some(vec![7]));
        assert_eq!(of(&postings, 3, 2), Some(vec![]), "never noted");
        postings.note(1, 10, true, 2);
        assert_eq!(of(&postings, 1, 3), Some(vec![7, 8, 9]), "one more than are looked at");
    }
}
