//! Matches one name of the gazetteer, word by word.

use std::borrow::Cow;

use super::keys::{Hash, KEYS, NameId};
use crate::text::{Gap, Shape, Token, Tokens};

/// A name in a field: words `first` to `last`, and how the gazetteer spells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found<'t> {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Bytes of the stream.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) key: Cow<'t, str>,
    pub(crate) name: NameId,
}

pub(crate) fn named(key: &str) -> Option<NameId> {
    KEYS.look(Hash::EMPTY.with(key)).name()
}

pub(crate) struct Walk<'a> {
    tokens: &'a Tokens<'a>,
    first: usize,
    /// From a word in small letters.
    small: bool,
    /// Whether a name was met, admitted or not.
    pub(crate) any: bool,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(tokens: &'a Tokens<'a>, first: usize, small: bool) -> Self {
        Self {
            tokens,
            first,
            small,
            any: false,
        }
    }

    pub(crate) fn step(&mut self, at: usize, hash: Hash, found: &mut Vec<Found<'a>>) {
        let Some(token) = self.tokens.list.get(at).filter(|_| at < self.first + WORDS) else {
            return;
        };
        let hash = hash.with_word(self.tokens.word(at));
        let known = if self.small {
            KEYS.look_in_small(hash)
        } else {
            KEYS.look(hash)
        };
        if let Some(name) = known.name() {
            self.any = true;
            let uncased = self.tokens.list[self.first].shape == Shape::Uncased;
            // Guinée équatoriale, Corea del Norte: the rest of a name may be in small letters.
            let goes_small = at > self.first && !self.small;
            if uncased || token.shape != Shape::Lower || goes_small || known.in_small() {
                found.push(Found {
                    first: self.first,
                    last: at,
                    start: self.tokens.list[self.first].stream.start,
                    end: token.stream.end,
                    key: self.key(at),
                    name,
                });
            }
        }
        // N. Korea: an initial belongs to the name.
        let initial = token.after == Gap::Dot && token.stream.len() == 1 && self.between(at).contains(' ');
        let goes_on = goes_on(token, self.tokens.word(at)) || opens(self.tokens, at) || initial;
        if known.begins() && goes_on {
            self.step(at + 1, hash.with(" "), found);
        }
        // N'Djamena, Côte d'Ivoire and U.S. are kept as one word.
        let letter = token.stream.len() == 1;
        if token.after == Gap::Apostrophe || (token.after == Gap::Dot && letter) {
            self.step(at + 1, hash, found);
        }
    }

    /// Names of several words whose first is the end of a word.
    pub(crate) fn longer(&mut self, first: &str, start: usize, found: &mut Vec<Found<'a>>) {
        let (at, hash) = (self.first, Hash::EMPTY.with(first));
        let token = &self.tokens.list[at];
        if !KEYS.look(hash).begins() || !goes_on(token, first) {
            return;
        }
        let before = found.len();
        self.step(at + 1, hash.with(" "), found);
        let whole = self.tokens.word(at).len();
        for name in &mut found[before..] {
            name.start = start;
            name.key.to_mut().drain(..whole - first.len());
        }
    }

    /// What stands between a word and the next.
    fn between(&self, at: usize) -> &'a str {
        let next = self.tokens.list.get(at + 1).map_or(0, |next| next.stream.start);
        self.tokens
            .folded
            .text
            .get(self.tokens.list[at].stream.end..next)
            .unwrap_or_default()
    }

    /// The words up to this one, as the gazetteer joins them.
    fn key(&self, last: usize) -> Cow<'a, str> {
        if last == self.first {
            return self.tokens.word(last).into();
        }
        let mut key = String::new();
        for at in self.first..=last {
            key.push_str(self.tokens.word(at));
            let token = &self.tokens.list[at];
            let spaced = || self.between(at).contains(' ');
            let joined = token.after == Gap::Apostrophe || (token.after == Gap::Dot && token.stream.len() == 1);
            if at < last && (!joined || (token.after == Gap::Dot && spaced())) {
                key.push(' ');
            }
        }
        key.into()
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

/// Words of a name; the longest of the gazetteer has a dozen, of which newspapers print six.
const WORDS: usize = 8;

/// `Adis ‘Alem`: the sign for a letter of Arabic or Ge'ez begins the next word.
fn opens(tokens: &Tokens, at: usize) -> bool {
    let (one, next) = (&tokens.list[at], tokens.list.get(at + 1));
    one.after == Gap::Break
        && next.is_some_and(|next| {
            let between = tokens.folded.text[one.stream.end..next.stream.start].trim_end();
            matches!(between, " '" | "-'" | "- '" | " - '")
        })
}
