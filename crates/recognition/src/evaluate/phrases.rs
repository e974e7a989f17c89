//! The small change of sentences: fields, lists, how close.

use crate::document::Field;
use crate::terms::options::HowClose;
use crate::terms::term::{Pattern, Term};

/// Characters of an excerpt or list before it is cut short.
const EXCERPT: usize = 60;
/// Terms named before the rest is counted.
const NAMED: usize = 3;

pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

pub(crate) fn field(field: Field) -> &'static str {
    match field {
        Field::Title => "the title",
        Field::Text => "the text",
        Field::Position => "the position that the entry states",
    }
}

pub(crate) fn together_in(how_close: HowClose) -> String {
    match how_close {
        HowClose::Words(words) => format!("within {words} words"),
        HowClose::SameSentence => "in the same sentence".to_owned(),
        HowClose::SameParagraph => "in the same paragraph".to_owned(),
        HowClose::SameArticle => "in the same article".to_owned(),
    }
}

pub(crate) fn apart(how_close: HowClose) -> String {
    match how_close {
        HowClose::Words(1) => "next to each other".to_owned(),
        HowClose::Words(words) => format!("within {words} words of each other"),
        other => together_in(other),
    }
}

/// A sum as people write it, with a proper minus.
pub(crate) fn signed(number: i32) -> String {
    if number < 0 {
        format!("−{}", number.unsigned_abs())
    } else {
        number.to_string()
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// `neither JNIM nor “Mali” appears`, `none of JNIM, “Mali”, “Niger” and 4 more appears`.
pub(crate) fn none_of(terms: &[&Term]) -> String {
    let mut names: Vec<String> = Vec::new();
    for term in terms {
        let name = match &term.entity {
            Some(entity) => entity.name.clone(),
            None => match &term.pattern {
                Pattern::Where(pattern) => format!("a place {}", pattern.asked.summary()),
                _ => format!("“{}”", shortened(&term.written())),
            },
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] => "nothing is looked for that could appear".to_owned(),
        [one] => format!("{one} does not appear"),
        [one, other] => format!("neither {one} nor {other} appears"),
        _ if names.len() <= NAMED => format!("none of {} appears", names.join(", ")),
        _ => format!(
            "none of {} and {} more appears",
            names[..NAMED].join(", "),
            names.len() - NAMED
        ),
    }
}
