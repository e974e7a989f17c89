//! The words of a folded text, with their capitals and what stands between them.

use std::ops::Range;

use crate::watch::fold::in_word;
use crate::watch::script;
use crate::watch::text::Folded;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Lower,
    Title,
    /// At least two letters, all of them capitals.
    Upper,
    /// Of a script without capitals, or digits.
    Uncased,
}

/// What stands between a word and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space, or a hyphen inside a compound.
    Space,
    Apostrophe,
    Comma,
    Dot,
    Open,
    /// Any other sign, the end of a paragraph or of the text.
    Break,
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) stream: Range<usize>,
    pub(super) original: Range<usize>,
    pub(super) shape: Shape,
    pub(super) after: Gap,
}

/// A field cut into words.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) stream: String,
    pub(super) list: Vec<Token>,
    /// Hardly a word of it is in small letters, so that capitals say nothing: `MALI ARMY KILLS 12`, `Mali Army Kills 12`.
    pub(super) capitals_say_nothing: bool,
}

impl Tokens {
    pub(super) fn new(original: &str) -> Self {
        let folded = Folded::new(original);
        let stream = &folded.text;
        let mut list: Vec<Token> = Vec::with_capacity(stream.len() / 5);
        let mut at = 0;
        while let Some(begin) = stream[at..].find(in_word).map(|found| at + found) {
            if let Some(last) = list.last_mut() {
                last.after = gap(&stream[last.stream.end..begin]);
            }
            let rest = &stream[begin..];
            let end = begin + rest.find(|c| !in_word(c)).unwrap_or(rest.len());
            let span = folded.original_span(begin..end);
            list.push(Token {
                stream: begin..end,
                shape: shape(&original[span.clone()]),
                original: span,
                after: Gap::Break,
            });
            at = end;
        }
        let cased = |shape: Shape| list.iter().filter(|token| token.shape == shape).count();
        let (lower, upper) = (cased(Shape::Lower), cased(Shape::Upper));
        let capitals_say_nothing = list.len() >= 3 && lower == 0 && upper * 3 >= list.len() * 2;
        Self {
            stream: folded.text,
            list,
            capitals_say_nothing,
        }
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |token| &self.stream[token.stream.clone()])
    }

    /// The word before, if nothing but a space parts the two.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        (self.list[before].after == Gap::Space).then_some(before)
    }

    /// The word after, if nothing but a space parts the two.
    pub(super) fn after(&self, at: usize) -> Option<usize> {
        (self.list.get(at)?.after == Gap::Space && at + 1 < self.list.len()).then_some(at + 1)
    }

    /// Whether a sentence begins here, so that its capital says nothing.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        match at.checked_sub(1) {
            None => true,
            // After an abbreviation (Mr., St.) no sentence begins.
            Some(before) => match self.list[before].after {
                Gap::Dot => self.list[before].stream.len() > 3,
                Gap::Break => true,
                _ => false,
            },
        }
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        self.list
            .get(at)
            .is_some_and(|token| matches!(token.shape, Shape::Title | Shape::Upper))
    }
}

fn gap(between: &str) -> Gap {
    match between.trim_end_matches(' ') {
        "" => Gap::Space,
        "'" => Gap::Apostrophe,
        "," => Gap::Comma,
        "." => Gap::Dot,
        "(" | " (" => Gap::Open,
        _ => Gap::Break,
    }
}

fn shape(word: &str) -> Shape {
    let Some(first) = word.chars().next() else {
        return Shape::Uncased;
    };
    if first.is_lowercase() {
        return Shape::Lower;
    }
    if !first.is_uppercase() || script::unspaced(first) {
        return Shape::Uncased;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    if word.chars().nth(1).is_some() && letters.all(char::is_uppercase) {
        Shape::Upper
    } else {
        Shape::Title
    }
}
