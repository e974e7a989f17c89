//! `~attack`: any form of a word, by the Snowball stemmer of the document's language (Porter, 2001; snowballstem.org).

use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::text::folded_text::fold;

/// ISO 639-1 code and Snowball algorithm.
const STEMMERS: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("cs", Algorithm::Czech),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("eu", Algorithm::Basque),
    ("fa", Algorithm::Persian),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("ga", Algorithm::Irish),
    ("hi", Algorithm::Hindi),
    ("hu", Algorithm::Hungarian),
    ("hy", Algorithm::Armenian),
    ("id", Algorithm::Indonesian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("ne", Algorithm::Nepali),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sr", Algorithm::Serbian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
    ("uk", Algorithm::Ukrainian),
];

/// Whether the forms of `~word` are known in a language (ISO 639-1); in another it is found as it is written only.
pub fn stems_in(language: &str) -> bool {
    STEMMERS.iter().any(|(code, _)| *code == language)
}

/// Letters that all forms of a word must share at the start, so that one pass over the text finds the candidates.
const SHARED: usize = 3;

/// The stems of a word in each language whose forms share a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stems {
    /// The word, folded.
    word: String,
    by_language: Vec<(&'static str, String)>,
    /// The common prefix of all forms, folded.
    pub(crate) prefix: String,
}

impl Stems {
    pub(crate) fn of(word: &str) -> Self {
        let folded = fold(word);
        let mut by_language = Vec::new();
        let mut prefix = folded.as_str();
        for (language, algorithm) in STEMMERS {
            let stem = stem(*algorithm, word);
            let shared = common(&folded, &stem);
            if folded[..shared].chars().count() >= SHARED.min(folded.chars().count()) {
                prefix = &prefix[..shared.min(prefix.len())];
                by_language.push((*language, stem));
            }
        }
        Self {
            prefix: prefix.to_owned(),
            word: folded,
            by_language,
        }
    }

    /// Whether a word of a text is a form of it. In an unknown language any stemmer may decide; in one without a
    /// stemmer only the word itself counts.
    pub(crate) fn admits(&self, written: &str, language: Option<&str>) -> bool {
        if fold(written) == self.word {
            return true;
        }
        let same = |(code, own): &(&'static str, String)| {
            let algorithm = STEMMERS.iter().find(|(one, _)| one == code);
            algorithm.is_some_and(|(_, algorithm)| stem(*algorithm, written) == *own)
        };
        match language {
            Some(language) => self.by_language.iter().filter(|(code, _)| *code == language).any(same),
            None => self.by_language.iter().any(same),
        }
    }
}

/// Folded, since texts lose their accents before comparison.
fn stem(algorithm: Algorithm, word: &str) -> String {
    fold(&Stemmer::create(algorithm).stem(&word.to_lowercase()))
}

/// Returns the length in bytes of the common prefix of two words.
fn common(one: &str, other: &str) -> usize {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    same.map(|(c, _)| c.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_known_by_language() {
        for (what, word, written, language, admitted) in [
            ("an ending", "attack", "attacked", Some("en"), true),
            ("another", "attack", "Attackers", Some("en"), true),
            ("another word", "attack", "attache", Some("en"), false),
            ("from a form", "attacks", "attacking", Some("en"), true),
            ("French", "attaque", "attaqués", Some("fr"), true),
            ("French words in English", "attaque", "attaqués", Some("ha"), false),
            ("the word itself anywhere", "attaque", "attaque", Some("ha"), true),
            ("language unknown", "attaque", "attaquées", None, true),
            ("Russian", "взрыв", "взрывами", Some("ru"), true),
            ("German", "Angriff", "Angriffe", Some("de"), true),
            ("Spanish", "ataque", "ataques", Some("es"), true),
        ] {
            let stems = Stems::of(word);
            assert_eq!(
                stems.admits(written, language),
                admitted,
                "{what}: {word}, {written}: {stems:?}"
            );
            assert!(
                !admitted || fold(written).starts_with(&stems.prefix),
                "{what}: {stems:?}"
            );
        }
    }
}
