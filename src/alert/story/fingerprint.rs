//! What is kept of an entry to know its story again.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use wirewatch_recognition::{first_words, words};
use wirewatch_syndication::{Entry, EntryKey, derive_id};

use super::content_hash::hash_of;
use super::link::{canonical, site};
use super::numbers::numbers;
use super::postings::Spread;
use super::title::{Title, first_bytes, is_distinctive, weekday, without_labels};

/// Words of the text that shingles are made of. Copies are cut at their end, hardly ever at their beginning.
const TEXT_WORDS: usize = 400;
/// Words that the beginning of a text has, where a copy must agree and a footer does not stand.
const LEAD_WORDS: usize = 30;
/// A text of fewer shingles is too short to tell.
pub(super) const ENOUGH_SHINGLES: usize = 8;
/// Bytes of a title that its marks are made of: more than any headline has.
const TITLE_BYTES: usize = 4_096;
/// Words of title and text that likeness looks at.
const LIKE_WORDS: usize = 70;

/// An entry's marks. Hashes are of folded words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Of the feed's URL.
    pub feed: u64,
    /// Of the site that the link leads to.
    pub site: Option<u64>,
    pub key: EntryKey,
    /// When it was published, or, undated or dated ahead, seen.
    pub at: Timestamp,
    /// Of the canonical link, and of the publisher's id where that is a link or unique by its form.
    pub links: Vec<u64>,
    /// Of an official message: its own id and those that it refers to. Such messages are one story by these alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<u64>,
    pub title: Title,
    /// Three words in a row, in the order of the text, without repeats.
    pub shingles: Vec<u32>,
    /// Distinctive words of the title; of title and the first of the text. Sorted.
    pub title_words: Vec<u32>,
    pub words: Vec<u32>,
    /// Of these `words`, those written like names. Sorted.
    pub names: Vec<u32>,
    /// Numbers of title and lead, as values. Sorted.
    pub numbers: Vec<String>,
    /// Days of the week named in title and lead, a bit each.
    pub days: u8,
}

/// The marks by which an entry's story may be found, which is all that is needed of most entries. Most of the work on
/// stories is done here, and needs none of them: it may be done beforehand, on any thread.
#[derive(Debug, Clone)]
pub struct PartialFingerprint {
    pub(crate) feed: u64,
    pub(crate) key: EntryKey,
    pub(crate) links: Vec<u64>,
    pub(crate) messages: Vec<u64>,
    pub(crate) title: Title,
    pub(crate) shingles: Vec<u32>,
    pub(crate) content_hash: u64,
    site: Option<u64>,
    /// What only an entry needs that some story may be that of.
    details: Option<Details>,
}

/// The marks of a [`Fingerprint`] that compare entries, but find none.
#[derive(Debug, Clone)]
struct Details {
    title_words: Vec<u32>,
    words: Vec<u32>,
    names: Vec<u32>,
    numbers: Vec<String>,
    days: u8,
}

impl PartialFingerprint {
    pub fn of(entry: &Entry, feed_url: &str, feed_title: &str) -> Self {
        let host = entry.link.as_deref().and_then(site);
        let page = entry.link.as_deref().and_then(canonical);
        let outlets: Vec<&str> = [Some(feed_title), host.as_deref()].into_iter().flatten().collect();
        Self {
            feed: derive_id(&[feed_url]),
            key: entry.key,
            content_hash: hash_of(entry, page.as_deref()),
            links: links(entry, page),
            messages: messages(entry),
            title: Title::of(beginning(&entry.title), &outlets),
            shingles: shingles(&entry.text),
            site: host.as_deref().map(|host| derive_id(&[host])),
            details: None,
        }
    }

    /// [`Self::of`] with all that [`Fingerprint`] needs, where most entries will need it.
    pub fn in_full(entry: &Entry, feed_url: &str, feed_title: &str) -> Self {
        Self {
            details: Some(Details::of(entry)),
            ..Self::of(entry, feed_url, feed_title)
        }
    }

    pub(crate) fn complete(self, entry: &Entry, now: Timestamp) -> Fingerprint {
        let details = self.details.unwrap_or_else(|| Details::of(entry));
        Fingerprint {
            feed: self.feed,
            site: self.site,
            key: self.key,
            at: entry.published.filter(|published| *published <= now).unwrap_or(now),
            links: self.links,
            messages: self.messages,
            title: self.title,
            shingles: self.shingles,
            title_words: details.title_words,
            words: details.words,
            names: details.names,
            numbers: details.numbers,
            days: details.days,
        }
    }
}

impl Details {
    fn of(entry: &Entry) -> Self {
        let lead_end = first_bytes(&entry.text, LIKE_WORDS * 7);
        let title = beginning(&entry.title);
        // The 2 of “UPDATE 2-” counts nobody.
        let opening = format!("{}.\n{}", without_labels(title), &entry.text[..lead_end]);
        let (mut title_words, mut words, mut days) = (Vec::new(), Vec::new(), 0);
        let mut note = |word: &str, of_title: bool| {
            if is_distinctive(word) {
                words.push(short_hash(word));
                if of_title {
                    title_words.push(short_hash(word));
                }
            }
            days |= weekday(word).map_or(0, |day| 1 << day);
        };
        first_words(title, usize::MAX, |word| note(word, true));
        first_words(&entry.text, LIKE_WORDS, |word| note(word, false));
        let mut values: Vec<String> = numbers(&opening).into_iter().map(|number| number.value).collect();
        values.sort();
        values.dedup();
        Self {
            title_words: sorted(title_words.into_iter()),
            words: sorted(words.into_iter()),
            names: sorted(names(&opening).iter().map(|word| short_hash(word))),
            numbers: values,
            days,
        }
    }
}

/// A fingerprint that is compared with many.
#[derive(Debug)]
pub struct Candidate {
    pub print: Fingerprint,
    /// Where in its text each shingle stands.
    places: OnceCell<HashMap<u32, u32, Spread>>,
}

impl From<Fingerprint> for Candidate {
    fn from(print: Fingerprint) -> Self {
        Self {
            print,
            places: OnceCell::new(),
        }
    }
}

impl Candidate {
    fn place(&self, shingle: u32) -> Option<usize> {
        let places = self
            .places
            .get_or_init(|| self.print.shingles.iter().copied().zip(0..).collect());
        places.get(&shingle).map(|place| *place as usize)
    }
}

impl Fingerprint {
    pub fn of(entry: &Entry, feed_url: &str, feed_title: &str, now: Timestamp) -> Self {
        PartialFingerprint::of(entry, feed_url, feed_title).complete(entry, now)
    }

    /// Comes from the same feed, or leads to the same site.
    pub fn same_source(&self, other: &Self) -> bool {
        self.feed == other.feed || self.site.is_some() && self.site == other.site
    }

    /// Share of the shorter text's shingles that stand in the other; `None` where it is too short to tell.
    pub fn text_share(&self, other: &Candidate) -> Option<f64> {
        let (own, theirs) = (self.shingles.len(), other.print.shingles.len());
        let short = own.min(theirs);
        if short < ENOUGH_SHINGLES {
            return None;
        }
        // Texts that share only a footer do not share their lead, nor does a round-up begin like what it quotes.
        let lead = short.min(LEAD_WORDS - 2);
        let (mut shared, mut shared_lead) = (0, 0);
        for (here, shingle) in self.shingles.iter().enumerate() {
            let Some(there) = other.place(*shingle) else { continue };
            let (in_short, in_long) = if own <= theirs { (here, there) } else { (there, here) };
            shared += 1;
            shared_lead += usize::from(in_short < lead && in_long < 3 * LEAD_WORDS);
        }
        Some(share(shared, short).min(share(shared_lead, lead)))
    }

    /// The numbers, or the days of the week, of both exclude each other.
    pub fn contradicts(&self, other: &Self) -> bool {
        let numbers = !self.numbers.is_empty()
            && !other.numbers.is_empty()
            && !self.numbers.iter().any(|number| other.numbers.contains(number));
        let days = self.days != 0 && other.days != 0 && self.days & other.days == 0;
        numbers || days
    }
}

/// Share of the smaller of two sorted sets that is in the other, and how many that are.
pub fn overlap(one: &[u32], other: &[u32]) -> (f64, usize) {
    let shared = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    (share(shared, one.len().min(other.len())), shared)
}

/// [`overlap`] of what the texts say beyond their titles.
pub fn body_overlap(one: &Fingerprint, other: &Fingerprint) -> f64 {
    let body = |print: &Fingerprint| -> Vec<u32> {
        let in_title = |word: &u32| print.title_words.binary_search(word).is_ok();
        print.words.iter().copied().filter(|word| !in_title(word)).collect()
    };
    overlap(&body(one), &body(other)).0
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn links(entry: &Entry, page: Option<String>) -> Vec<u64> {
    let id = entry.id.as_deref();
    let unique = id
        .filter(|id| id.starts_with("tag:") || id.starts_with("urn:uuid:"))
        .map(str::to_owned);
    let mut links: Vec<u64> = [page, id.and_then(canonical), unique]
        .into_iter()
        .flatten()
        .map(|link| derive_id(&[&link]))
        .collect();
    links.sort_unstable();
    links.dedup();
    links
}

fn shingles(text: &str) -> Vec<u32> {
    let mut shingles = Vec::new();
    let mut seen = HashSet::with_hasher(Spread::default());
    let (mut before, mut count) = ([0; 2], 0);
    first_words(text, TEXT_WORDS, |word| {
        count += 1;
        let hash = word_hash(word);
        let shingle = fold(before.into_iter().chain([hash]).fold(BASIS, |all, one| {
            // Of all three in their order: each is carried into the high bits before the next is added.
            (all ^ one).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31)
        }));
        if count > 2 && seen.insert(shingle) {
            shingles.push(shingle);
        }
        before = [before[1], hash];
    });
    shingles
}

/// Words written with a capital that do not begin a sentence.
fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for sentence in super::numbers::sentences(text) {
        for word in text[sentence].split_whitespace().skip(1) {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if !word.starts_with(char::is_uppercase) {
                continue;
            }
            // Almost every one; as `words` folds it.
            if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                names.push(word.to_ascii_lowercase());
            } else {
                names.extend(words(word));
            }
        }
    }
    names.retain(|word| is_distinctive(word));
    names
}

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: stable across versions, which the standard library's is not.
fn word_hash(word: &str) -> u64 {
    word.bytes().fold(BASIS, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn short_hash(word: &str) -> u32 {
    fold(word_hash(word))
}

fn fold(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

fn sorted(hashes: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut hashes: Vec<u32> = hashes.collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// The part of a title that its marks are made of.
fn beginning(title: &str) -> &str {
    &title[..first_bytes(title, TITLE_BYTES)]
}

/// Returns the marks by which messages of one event are known: a message's own id and those that it refers to.
pub(super) fn messages(entry: &Entry) -> Vec<u64> {
    let Some(warning) = &entry.warning else {
        return Vec::new();
    };
    let ids = warning.id.iter().chain(&warning.references);
    ids.map(|id| derive_id(&["message", id])).collect()
}
