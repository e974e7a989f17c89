//! Faults of a query, and how to fix them.

use std::ops::Range;

use thiserror::Error;

/// A mistake and its place: bytes of the query as written, on character boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub span: Range<usize>,
    pub error: QueryError,
}

/// Mistakes of a query; displayed as a sentence without its full stop.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QueryError {
    #[error("the query is empty")]
    Empty,
    #[error("this quote is not closed")]
    OpenQuote,
    #[error("nothing stands between these quotes")]
    EmptyQuote,
    #[error("this pattern is not closed")]
    OpenPattern,
    #[error("this ( is not closed")]
    OpenParenthesis,
    #[error("this ) closes nothing")]
    StrayParenthesis,
    #[error("nothing stands between these parentheses")]
    EmptyParentheses,
    #[error("parentheses stand within parentheses more than {0} deep")]
    TooDeep(usize),
    #[error("it is not said how `{left}` and `{right}` belong together")]
    SideBySide { left: String, right: String },
    #[error("`{written}` is a word that is looked for, not an operator")]
    LowerCase { written: String, operator: String },
    #[error("`{written}` is no operator here")]
    Sign { written: String, operator: &'static str },
    #[error("nothing stands before {0}")]
    NothingBefore(String),
    #[error("nothing stands after {0}")]
    NothingAfter(String),
    #[error("{0} and {1} stand side by side")]
    TwoOperators(String, String),
    #[error("it is not said within how many words")]
    NearWhat { written: String },
    #[error("NEAR takes a number of words from 1 to {most}")]
    NearHowFar { most: u16 },
    #[error("AND and OR stand side by side, and this can be read in two ways")]
    Mixed { and_first: String, or_first: String },
    #[error("{inner} cannot stand inside {outer}")]
    Inside { inner: String, outer: String, mend: String },
    #[error("`{name}:` is not known")]
    Field { name: String, near: Option<&'static str> },
    #[error("nothing stands after `{0}:`")]
    EmptyField(&'static str),
    #[error("`{0}:` takes one name")]
    OneName(&'static str),
    #[error("near: takes whole kilometres from 1 to {most}")]
    Kilometres { name: String, most: u16 },
    #[error("nothing stands in the title and the text at once")]
    TwoFields,
    #[error("{what} alone is no query: it would fire on nearly every entry")]
    Hopeless { what: String, all: bool },
}

impl QueryError {
    pub fn mend(&self) -> Option<String> {
        Some(match self {
            Self::Empty => "write at least one term, such as @jnim".to_owned(),
            Self::OpenQuote => "write \" after its last word, too".to_owned(),
            Self::EmptyQuote | Self::EmptyParentheses => "write something there, or take them out".to_owned(),
            Self::OpenPattern => "write / at its end, or the word in quotes".to_owned(),
            Self::OpenParenthesis => "write ) where the group ends".to_owned(),
            Self::StrayParenthesis => "take it out, or write ( where the group begins".to_owned(),
            Self::TooDeep(_) => "take out parentheses that are not needed".to_owned(),
            // Names of places have spaces.
            Self::SideBySide { left, right } if named(left).is_some() && bare(right) => {
                let (field, name) = named(left).unwrap_or_default();
                format!("write {field}:\"{name} {right}\" if that is one name, or {left} AND {right} for both")
            }
            Self::SideBySide { left, right } => {
                let phrase = match (bare(left), bare(right)) {
                    (true, true) => format!("\"{left} {right}\" for these words in this order, "),
                    _ => String::new(),
                };
                format!("write {phrase}{left} AND {right} for both, or {left} OR {right} for any of them")
            }
            Self::LowerCase { written, operator } => {
                format!("write {operator} in capitals, or \"{written}\" in quotes if you look for the word")
            }
            Self::Sign { operator: "", .. } => "take it out".to_owned(),
            Self::Sign { operator, .. } => format!("write {operator}"),
            Self::NothingBefore(operator) => format!("write a term before it, or take {operator} out"),
            Self::NothingAfter(operator) => format!("write a term after it, or take {operator} out"),
            Self::TwoOperators(first, second) => format!("take out {first} or {second}"),
            Self::NearWhat { written } => format!("write {written}/10 for at most ten words"),
            Self::NearHowFar { .. } => "write NEAR/10, or PARA for the same paragraph".to_owned(),
            Self::Mixed { and_first, or_first } => format!("write {and_first}, or {or_first}"),
            Self::Inside { mend, .. } => mend.clone(),
            Self::Field { near: Some(near), .. } => format!("did you mean `{near}:`?"),
            Self::Field { near: None, name } => {
                format!(
                    "write title:, text:, feed:, lang:, place: or near:, or \"{name}:…\" in quotes if you look for that"
                )
            }
            Self::EmptyField("feed") => "write the name of a [feeds.NAME] right after it".to_owned(),
            Self::EmptyField("lang") => "write a language right after it, as in lang:fr".to_owned(),
            Self::EmptyField("place") => {
                "write a country, region or town right after it, as in place:Mali or place:\"Ivory Coast\"".to_owned()
            }
            Self::EmptyField("near") => "write a town right after it, as in near:Ségou or near:Ségou/30".to_owned(),
            Self::EmptyField(field) => format!("write a term or ( right after it, as in {field}:Ségou"),
            Self::OneName(field) => format!("write ({field}:one OR {field}:other)"),
            Self::Kilometres { name, .. } => format!("write near:{}/60 for at most 60 km", quoted(name)),
            Self::TwoFields => "take one of the two out".to_owned(),
            Self::Hopeless { all: true, .. } => "write what you look for before it".to_owned(),
            Self::Hopeless { all: false, .. } => {
                "add with AND what you look for on this side of the OR, too".to_owned()
            }
        })
    }
}

/// Splits `place:Burkina` into `place` and `Burkina`.
fn named(written: &str) -> Option<(&str, &str)> {
    let (field, name) = written.split_once(':')?;
    (matches!(field, "place" | "near" | "feed") && bare(name) && !name.is_empty()).then_some((field, name))
}

/// Returns a name, in quotes if it needs them.
fn quoted(name: &str) -> String {
    if name.contains(char::is_whitespace) {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}

/// Whether a word could be part of a phrase.
fn bare(written: &str) -> bool {
    !written.starts_with(['@', '/', '"', '(', '“', '«']) && !written.contains([':', '*', '/'])
}
