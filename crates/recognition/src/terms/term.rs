//! Terms: parsed, resolved, without references.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use thiserror::Error;

use crate::entity::Entity;
use crate::location::Where;
use crate::terms::regular_expression;
use crate::text::fold::{Role, in_word, role};
use crate::text::folded_text::fold;

/// The pattern of a term. Small, since there may be half a million terms.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// A whole word, or several as a phrase.
    Words(Box<str>),
    /// Words with this prefix: `attack*`.
    Prefix(Box<str>),
    /// A regular expression over the original text, case-insensitive, size-limited.
    Regex(Box<str>),
    /// Any form of one word: `~attack`.
    Stem(Box<str>),
    /// A place of the gazetteer under all its names, if the text means it.
    Place(Box<PlacePattern>),
    /// Any place inside an area: `place:Mali`, `near:Bamako/60`, the `where` of a watch that asks for nothing else.
    Where(Box<WherePattern>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct WherePattern {
    /// As written in a query; a `where` in words.
    pub written: String,
    pub asked: Arc<Where>,
}

/// Distances and confidences are finite numbers.
impl Eq for WherePattern {}

impl Hash for WherePattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.written.hash(state);
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PlacePattern {
    /// Number in the gazetteer.
    pub number: u32,
    /// The name after the `@`.
    pub name: String,
    /// Whether `Malian` counts as Mali.
    pub demonyms: bool,
    /// Minimum confidence of a mention, in percent.
    pub least: u8,
}

impl PlacePattern {
    pub(crate) fn admits(&self, confidence: f32, demonym: bool) -> bool {
        confidence * 100.0 >= f32::from(self.least) && (self.demonyms || !demonym)
    }
}

/// One term of a watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub pattern: Pattern,
    /// Matches only with these capitals. An all-capitals term of up to five letters that is also a word (WHO, US, IS)
    /// does so in any case.
    pub exact_case: bool,
    /// The group or place that it is an alias of.
    pub entity: Option<Arc<Entity>>,
}

impl Term {
    /// Returns a term for any place that meets `asked`; `written` is how the term is shown.
    pub fn anywhere_in(asked: Where, written: String) -> Self {
        Self {
            pattern: Pattern::Where(Box::new(WherePattern {
                written,
                asked: Arc::new(asked),
            })),
            exact_case: false,
            entity: None,
        }
    }
}

/// Fragments that complete "failed to read the term: …". Offsets are bytes of the term as written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TermError {
    #[error("a term must not be empty")]
    Empty,
    #[error("the term has no letter or digit")]
    NoLetter,
    #[error("`*` stands only at the end of a term, after at least two letters")]
    Star { at: usize },
    #[error("`~` stands before one word of at least three letters")]
    Stem { at: usize },
    #[error("not a valid regular expression: {why}")]
    Regex { why: String, at: Option<usize> },
}

impl TermError {
    /// Returns the offset of the error in the term as written: bytes, on a character boundary.
    pub fn at(&self) -> Option<usize> {
        match self {
            Self::Empty | Self::NoLetter => None,
            Self::Star { at } | Self::Stem { at } => Some(*at),
            Self::Regex { at, .. } => *at,
        }
    }
}

impl Term {
    /// Reads a term of a list: a word, a phrase, `prefix*`, `~stem` or `/regex/`. References (`@name`) are resolved before.
    ///
    /// # Errors
    ///
    /// The term is empty, has no letter, or breaks a rule of its form; [`TermError::at`] says where.
    ///
    /// ```
    /// use wirewatch_recognition::{Pattern, Term};
    ///
    /// assert!(matches!(Term::parse("attack*")?.pattern, Pattern::Prefix(_)));
    /// assert!(Term::parse("*attack").is_err());
    /// # Ok::<(), wirewatch_recognition::TermError>(())
    /// ```
    pub fn parse(written: &str) -> Result<Self, TermError> {
        let trimmed = written.trim();
        if trimmed.is_empty() {
            return Err(TermError::Empty);
        }
        let begin = written.len() - written.trim_start().len();
        let pattern = match (trimmed.strip_prefix('/'), trimmed.strip_prefix('~')) {
            (Some(regex), _) => parse_regex(regex, begin)?,
            (_, Some(word)) => parse_stem(word, begin)?,
            _ => parse_words(trimmed, begin)?,
        };
        Ok(Self {
            pattern,
            exact_case: false,
            entity: None,
        })
    }

    /// Returns the term as it would be written.
    pub fn written(&self) -> String {
        match &self.pattern {
            Pattern::Words(words) => words.to_string(),
            Pattern::Prefix(prefix) => format!("{prefix}*"),
            Pattern::Regex(regex) => format!("/{regex}/"),
            Pattern::Stem(word) => format!("~{word}"),
            Pattern::Place(place) => format!("@{}", place.name),
            Pattern::Where(pattern) => pattern.written.clone(),
        }
    }
}

fn parse_regex(after_slash: &str, begin: usize) -> Result<Pattern, TermError> {
    let Some(regex) = after_slash.strip_suffix('/') else {
        return Err(TermError::Regex {
            why: "the `/` that ends it is missing".into(),
            at: Some(begin),
        });
    };
    match regular_expression::check(regex) {
        Ok(()) => Ok(Pattern::Regex(regex.into())),
        Err((why, at)) => Err(TermError::Regex {
            why,
            at: at.map(|at| begin + 1 + at),
        }),
    }
}

fn parse_stem(word: &str, begin: usize) -> Result<Pattern, TermError> {
    let folded = fold(word);
    if folded.chars().count() < 3 || !folded.chars().all(in_word) {
        return Err(TermError::Stem { at: begin });
    }
    Ok(Pattern::Stem(word.into()))
}

fn parse_words(trimmed: &str, begin: usize) -> Result<Pattern, TermError> {
    let (words, starred) = match trimmed.strip_suffix('*') {
        Some(words) => (words, true),
        None => (trimmed, false),
    };
    if let Some(at) = words.find('*') {
        return Err(TermError::Star { at: begin + at });
    }
    // Folded first: marks and invisible characters alone match nothing. Below presentation forms a letter stays one.
    let has_letter = || words.chars().any(|c| c < '\u{FB00}' && role(c) == Role::Letter);
    if !starred && !has_letter() && !fold(words).contains(char::is_alphanumeric) {
        return Err(TermError::NoLetter);
    }
    // CVE-2026-*, 192.168.*: all that goes on so.
    let stem = words.strip_suffix(['-', '.', '/', ':', '_']).unwrap_or(words);
    let stem_letters = || fold(stem).chars().rev().take_while(|&c| in_word(c)).count();
    if starred && stem_letters() < 2 {
        return Err(TermError::Star {
            at: begin + words.len(),
        });
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(if starred {
        Pattern::Prefix(words.into())
    } else {
        Pattern::Words(words.into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_read() {
        let table = [
            ("a word", "Mali", Pattern::Words("Mali".into())),
            (
                "a phrase, white space collapsed",
                " Boko \t Haram ",
                Pattern::Words("Boko Haram".into()),
            ),
            ("a beginning", "attack*", Pattern::Prefix("attack".into())),
            (
                "a phrase with a beginning",
                "suicide attack*",
                Pattern::Prefix("suicide attack".into()),
            ),
            (
                "a beginning that ends with a hyphen",
                "CVE-2026-*",
                Pattern::Prefix("CVE-2026-".into()),
            ),
            ("a beginning in Arabic", "هجوم*", Pattern::Prefix("هجوم".into())),
            ("an expression", "/fama[si]?/", Pattern::Regex("fama[si]?".into())),
            ("an expression with a slash", "/a/b/", Pattern::Regex("a/b".into())),
        ];
        for (what, written, pattern) in table {
            let term = Term::parse(written).unwrap();
            assert_eq!(term.pattern, pattern, "{what}");
            assert_eq!(
                Term::parse(&term.written()).unwrap(),
                term,
                "{what}: written and read again"
            );
        }
    }

    #[test]
    fn wrong_terms_say_where() {
        let table = [
            ("nothing", "  ", None, "a term must not be empty"),
            ("only signs", "--", None, "the term has no letter or digit"),
            (
                "a star inside",
                " att*ck",
                Some(4),
                "`*` stands only at the end of a term, after at least two letters",
            ),
            (
                "a star too early",
                "a*",
                Some(1),
                "`*` stands only at the end of a term, after at least two letters",
            ),
            (
                "a star alone",
                "*",
                Some(0),
                "`*` stands only at the end of a term, after at least two letters",
            ),
            (
                "two stars",
                "attack**",
                Some(6),
                "`*` stands only at the end of a term, after at least two letters",
            ),
            (
                "no end",
                "/fama",
                Some(0),
                "not a valid regular expression: the `/` that ends it is missing",
            ),
            (
                "unclosed",
                "/é(fama/",
                Some(3),
                "not a valid regular expression: unclosed group",
            ),
            (
                "bad class",
                "/[z-a]/",
                Some(2),
                "not a valid regular expression: invalid character class range, the start must be <= the end",
            ),
            (
                "matches nothing at all",
                "/a*/",
                Some(1),
                "not a valid regular expression: it also matches where nothing stands",
            ),
        ];
        for (what, written, at, message) in table {
            let error = Term::parse(written).unwrap_err();
            assert_eq!(error.at(), at, "{what}");
            assert_eq!(error.to_string(), message, "{what}");
        }
        assert!(
            Term::parse("/(a{1000}){1000}/")
                .unwrap_err()
                .to_string()
                .contains("too large")
        );
    }
}
