//! The words of a folded text, with their capitals and the separators between them.

use std::ops::Range;

use crate::text::folded::Folded;
use crate::text::runs::runs;
use crate::text::script;

/// The capitals of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Lower,
    Title,
    /// At least two letters, all of them capitals.
    Upper,
    /// In a script without capitals, or digits.
    Uncased,
}

/// The separator between a word and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
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
pub(crate) struct Token {
    pub(crate) stream: Range<usize>,
    pub(crate) shape: Shape,
    pub(crate) after: Gap,
    /// A hyphen joins it to the next word (`after` is [`Gap::Space`]).
    pub(crate) hyphen: bool,
}

/// The words of a folded text, without the text.
#[derive(Debug)]
pub(crate) struct Cut {
    list: Vec<Token>,
    capitals_say_nothing: bool,
    title_case: bool,
}

/// A field cut into words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tokens<'t> {
    pub(crate) folded: &'t Folded,
    pub(crate) list: &'t [Token],
    /// Hardly any word is in small letters, so that capitals carry no information: `MALI ARMY KILLS 12`, `Mali Army
    /// Kills 12`.
    pub(crate) capitals_say_nothing: bool,
    /// Nearly every word has a capital: `Gunmen Attack Kidal Airport`.
    pub(crate) title_case: bool,
}

impl Cut {
    /// Cuts `folded`, the folded form of `original`, into words.
    pub(crate) fn new(original: &str, folded: &Folded) -> Self {
        let stream = &folded.text;
        let mut list: Vec<Token> = Vec::with_capacity(stream.len() / 5);
        let mut way = folded.way();
        let (mut counts, mut long) = ([0; 4], [0; 4]);
        let mut end = 0;
        for word in runs(stream) {
            let span = way.original_span(word.clone());
            if let Some(last) = list.last_mut() {
                last.after = gap(&stream.as_bytes()[last.stream.end..word.start]);
                last.hyphen = last.after == Gap::Space && original.get(end..span.start).is_some_and(joins);
            }
            end = span.end;
            // The first letter decides for most words.
            let shape = match original.as_bytes()[span.start] {
                b'a'..=b'z' => Shape::Lower,
                _ => shape(&original[span]),
            };
            counts[shape as usize] += 1;
            long[shape as usize] += usize::from(word.len() >= 4);
            list.push(Token {
                stream: word,
                shape,
                after: Gap::Break,
                hyphen: false,
            });
        }
        let (lower, upper) = (counts[Shape::Lower as usize], counts[Shape::Upper as usize]);
        let capitals_say_nothing = list.len() >= 3 && lower == 0 && upper * 3 >= list.len() * 2;
        let small = long[Shape::Lower as usize];
        let all = long.iter().sum::<usize>() - long[Shape::Uncased as usize];
        Self {
            list,
            capitals_say_nothing,
            title_case: all >= 4 && small * 8 <= all,
        }
    }

    /// `folded` is the text that was cut.
    pub(crate) fn of<'t>(&'t self, folded: &'t Folded) -> Tokens<'t> {
        Tokens {
            folded,
            list: &self.list,
            capitals_say_nothing: self.capitals_say_nothing,
            title_case: self.title_case,
        }
    }
}

impl Token {
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper)
    }

    pub(crate) fn is_small(&self) -> bool {
        self.shape == Shape::Lower
    }
}

impl<'t> Tokens<'t> {
    pub(crate) fn word(&self, at: usize) -> &'t str {
        self.list
            .get(at)
            .map_or("", |token| &self.folded.text[token.stream.clone()])
    }

    /// Returns the previous word if only a space separates the two.
    pub(crate) fn before(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        (self.list[before].after == Gap::Space).then_some(before)
    }

    /// Returns the next word if only a space separates the two.
    pub(crate) fn after(&self, at: usize) -> Option<usize> {
        (self.list.get(at)?.after == Gap::Space && at + 1 < self.list.len()).then_some(at + 1)
    }

    /// Whether a sentence begins here, so that its capital carries no information.
    pub(crate) fn begins_sentence(&self, at: usize) -> bool {
        match at.checked_sub(1) {
            None => true,
            // No sentence begins after an abbreviation (Mr., St.).
            Some(before) => match self.list[before].after {
                Gap::Dot => self.list[before].stream.len() > 3,
                Gap::Break => true,
                _ => false,
            },
        }
    }

    pub(crate) fn capital(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(Token::is_capital)
    }
}

/// Whether what stands between two words of the original is a hyphen.
fn joins(between: &str) -> bool {
    !matches!(between, "" | " ") && between.chars().all(|c| !c.is_whitespace())
}

fn gap(between: &[u8]) -> Gap {
    if let [b' '] = between {
        return Gap::Space;
    }
    let mut sign = between;
    while let [before @ .., b' '] = sign {
        sign = before;
    }
    match sign {
        b"" => Gap::Space,
        b"'" => Gap::Apostrophe,
        b"," => Gap::Comma,
        // `Lebanon, Pa., man`: the full stop belongs to the abbreviation.
        b"." | b".," => Gap::Dot,
        b"(" | b" (" => Gap::Open,
        _ => Gap::Break,
    }
}

fn shape(word: &str) -> Shape {
    if word.is_ascii() {
        return plain_shape(word.as_bytes());
    }
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

/// The same for ASCII.
fn plain_shape(word: &[u8]) -> Shape {
    match word {
        [b'a'..=b'z', ..] => Shape::Lower,
        [b'A'..=b'Z', rest @ ..] if !rest.is_empty() && !rest.iter().any(u8::is_ascii_lowercase) => Shape::Upper,
        [b'A'..=b'Z', ..] => Shape::Title,
        _ => Shape::Uncased,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_shapes() {
        for (what, word, expected) in [
            ("small letters", "mali", Shape::Lower),
            ("a capital", "Mali", Shape::Title),
            ("capitals", "MALI", Shape::Upper),
            ("one capital alone", "M", Shape::Title),
            ("capitals and digits", "M23", Shape::Upper),
            ("digits", "2024", Shape::Uncased),
            ("capitals inside", "eBay", Shape::Lower),
            ("accents", "Ségou", Shape::Title),
            ("capitals with accents", "SÉGOU", Shape::Upper),
            ("a small letter with an accent", "état", Shape::Lower),
            ("Cyrillic capitals", "МАЛИ", Shape::Upper),
            ("Han", "马里", Shape::Uncased),
            ("Arabic", "مالي", Shape::Uncased),
        ] {
            assert_eq!(shape(word), expected, "{what}");
        }
    }

    #[test]
    fn a_text_is_cut_into_words() {
        let text = "In N’Djamena, l'état (Mali).  Ségou–Mopti: 马里 ends\n\nx";
        let folded = Folded::new(text);
        let cut = Cut::new(text, &folded);
        let tokens = cut.of(&folded);
        let words: Vec<_> = tokens
            .list
            .iter()
            .map(|token| {
                (
                    &tokens.folded.text[token.stream.clone()],
                    &text[tokens.folded.original_span(token.stream.clone())],
                    token.after,
                )
            })
            .collect();
        assert_eq!(
            words,
            [
                ("in", "In", Gap::Space),
                ("n", "N", Gap::Apostrophe),
                ("djamena", "Djamena", Gap::Comma),
                ("l", "l", Gap::Apostrophe),
                ("etat", "état", Gap::Open),
                ("mali", "Mali", Gap::Break),
                ("segou", "Ségou", Gap::Space),
                ("mopti", "Mopti", Gap::Break),
                ("马里", "马里", Gap::Space),
                ("ends", "ends", Gap::Break),
                ("x", "x", Gap::Break),
            ]
        );
    }
}
