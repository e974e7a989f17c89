//! Every name of the gazetteer in a text, overlapping ones too.

use super::cases::nominatives;
use super::keys::{Hash, KEYS};
use super::tokens::{Gap, Shape, Token, Tokens};
use crate::watch::boundary::{Reach, may_begin, word_end};
use crate::watch::script;

/// A name in a field: words `first` to `last`, and how the gazetteer spells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) first: usize,
    pub(super) last: usize,
    /// Bytes of the stream.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) key: String,
}

/// Words of a name; the longest of the gazetteer has a dozen, of which newspapers print six.
const WORDS: usize = 8;
/// Characters of a name in a script without spaces.
const LETTERS: usize = 12;

pub(super) fn find(tokens: &Tokens) -> Vec<Found> {
    let mut found = Vec::new();
    for at in 0..tokens.list.len() {
        let token = &tokens.list[at];
        let first = tokens.stream[token.stream.clone()].chars().next().unwrap_or(' ');
        if script::unspaced(first) {
            unspaced(tokens, at, &mut found);
            continue;
        }
        if first.is_ascii_digit() {
            continue;
        }
        let before = found.len();
        let walk = Walk { tokens, first: at };
        walk.step(at, Hash::EMPTY, token.stream.start, &mut found);
        if found.len() > before {
            continue;
        }
        if token.shape == Shape::Uncased {
            joined_on(tokens, at, &mut found);
        } else if token.shape != Shape::Lower
            && let Some(key) = nominatives(tokens.word(at)).find(|key| KEYS.look(Hash::EMPTY.with(key)).0)
        {
            found.push(Found {
                first: at,
                last: at,
                start: token.stream.start,
                end: token.stream.end,
                key,
            });
        }
    }
    found
}

struct Walk<'a> {
    tokens: &'a Tokens,
    first: usize,
}

impl Walk<'_> {
    fn step(&self, at: usize, hash: Hash, start: usize, found: &mut Vec<Found>) {
        let Some(token) = self.tokens.list.get(at).filter(|_| at < self.first + WORDS) else {
            return;
        };
        let hash = hash.with(self.tokens.word(at));
        let (is_key, begins) = KEYS.look(hash);
        if is_key {
            found.push(Found {
                first: self.first,
                last: at,
                start,
                end: token.stream.end,
                key: self.key(at),
            });
        }
        if begins && goes_on(token, self.tokens.word(at)) {
            self.step(at + 1, hash.with(" "), start, found);
        }
        // N'Djamena, Côte d'Ivoire and U.S. are kept as one word.
        let letter = token.stream.len() == 1;
        if token.after == Gap::Apostrophe || (token.after == Gap::Dot && letter) {
            self.step(at + 1, hash, start, found);
        }
    }

    /// The words up to this one, as the gazetteer joins them.
    fn key(&self, last: usize) -> String {
        let mut key = String::new();
        for at in self.first..=last {
            key.push_str(self.tokens.word(at));
            let token = &self.tokens.list[at];
            let joined = token.after == Gap::Apostrophe || (token.after == Gap::Dot && token.stream.len() == 1);
            if at < last && !joined {
                key.push(' ');
            }
        }
        key
    }
}

/// Whether a name may go on after this word: St. Louis does, the end of a sentence does not.
fn goes_on(token: &Token, word: &str) -> bool {
    match token.after {
        Gap::Space => true,
        Gap::Dot => word.len() <= 3 && word.len() > 1,
        _ => false,
    }
}

/// Chinese, Japanese, Thai: from each character the longest name.
fn unspaced(tokens: &Tokens, at: usize, found: &mut Vec<Found>) {
    let token = &tokens.list[at];
    let stream = &tokens.stream;
    let mut begin = token.stream.start;
    while begin < token.stream.end {
        let mut hash = Hash::EMPTY;
        let mut longest = None;
        for (count, (offset, c)) in stream[begin..token.stream.end].char_indices().take(LETTERS).enumerate() {
            hash = hash.with(c.encode_utf8(&mut [0; 4]));
            let end = begin + offset + c.len_utf8();
            if count > 0
                && KEYS.look(hash).0
                && may_begin(stream, begin, end)
                && word_end(stream, begin, end, Reach::Name).is_some()
            {
                longest = Some(end);
            }
        }
        let step = stream[begin..].chars().next().map_or(1, char::len_utf8);
        match longest {
            Some(end) => {
                found.push(Found {
                    first: at,
                    last: at,
                    start: begin,
                    end,
                    key: stream[begin..end].to_owned(),
                });
                begin = end;
            }
            None => begin += step,
        }
    }
}

/// Arabic writes conjunctions and prepositions on to the front of a name, Korean particles on to its end.
fn joined_on(tokens: &Tokens, at: usize, found: &mut Vec<Found>) {
    let token = &tokens.list[at];
    let stream = &tokens.stream;
    let word = &stream[token.stream.clone()];
    let Some(first) = word.chars().next() else { return };
    if script::arabic(first) {
        for (offset, _) in word.char_indices().skip(1).take(4) {
            let start = token.stream.start + offset;
            if !may_begin(stream, start, token.stream.end) {
                continue;
            }
            let before = found.len();
            // للسودان is ل and السودان.
            let article = word[..offset].ends_with("لل").then(|| format!("ال{}", &word[offset..]));
            if let Some(key) = article.filter(|key| KEYS.look(Hash::EMPTY.with(key)).0) {
                found.push(Found {
                    first: at,
                    last: at,
                    start,
                    end: token.stream.end,
                    key,
                });
            } else if KEYS.look(Hash::EMPTY.with(&word[offset..])).0 {
                let key = word[offset..].to_owned();
                found.push(Found {
                    first: at,
                    last: at,
                    start,
                    end: token.stream.end,
                    key,
                });
            }
            if found.len() > before {
                return;
            }
        }
    } else if script::hangul(first) {
        for (offset, _) in word.char_indices().skip(2) {
            let end = token.stream.start + offset;
            if KEYS.look(Hash::EMPTY.with(&word[..offset])).0
                && word_end(stream, token.stream.start, end, Reach::Name).is_some()
            {
                let key = word[..offset].to_owned();
                found.push(Found {
                    first: at,
                    last: at,
                    start: token.stream.start,
                    end,
                    key,
                });
            }
        }
    }
}
