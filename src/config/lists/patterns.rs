//! What is wrong with a term, and how to mend it, for people who do not know regular expressions.

use super::query_like::query_like;
use crate::config::values::{Check, Of, Text};
use wirewatch_recognition::{NEAR_KM, Pattern, Term, TermError};

/// One term, checked and judged for being too general.
pub(super) fn term(check: &mut Check<'_>, text: &Text<'_>) -> Option<Term> {
    let written = text.text.trim();
    if written.starts_with(['"', '“', '«']) && written.ends_with(['"', '”', '»']) && written.chars().count() > 2 {
        let inner = written.trim_matches(['"', '“', '”', '«', '»']).trim();
        let what = "these inner quotes are not needed: several words are a phrase as they stand";
        check.error(&text.at(), what, Some(format!("write \"{inner}\"")));
        return None;
    }
    // In a query it stands in quotes, and is meant.
    let listed = !matches!(text.of, Of::Part(_));
    if let Some((what, mend)) = of_a_query(written).filter(|_| listed) {
        check.error(&text.at(), what, Some(mend));
        return None;
    }
    match Term::parse(written) {
        Ok(term) => {
            match query_like(written).filter(|_| listed) {
                Some((what, mend)) => check.warn(&text.at(), what, Some(mend)),
                None => too_general(check, text, &term),
            }
            Some(term)
        }
        Err(error) => {
            let (at, mend) = (error.at(), mend(written, &error));
            let indent = text.text.len() - text.text.trim_start().len();
            let place = at.map_or(text.at(), |at| text.within(indent + at..indent + at + 1));
            check.error(&place, error.to_string(), mend);
            None
        }
    }
}

/// How to mend a term that [`Term::parse`] refused.
fn mend(written: &str, error: &TermError) -> Option<String> {
    match error {
        TermError::Empty | TermError::NoLetter => Some("write a word, or take it out".to_owned()),
        TermError::Star { at } => Some(star(written, *at)),
        TermError::Stem { .. } => {
            Some("write \"~attack\" for any form of a word, \"attack*\" for all that begins so".to_owned())
        }
        TermError::Regex { why, .. } => expression(why).map(str::to_owned),
    }
}

/// `att*que`, `*que`, `a*`.
fn star(written: &str, at: usize) -> String {
    let (before, after) = (&written[..at], &written[at + 1..]);
    let beginning = format!("{before}*");
    let pattern = if after.contains('*') || after.is_empty() {
        None
    } else {
        let pattern = format!("/\\b{}\\w*{}\\b/", regex::escape(before), regex::escape(after));
        Term::parse(&pattern).is_ok().then_some(pattern)
    };
    match (Term::parse(&beginning).is_ok(), pattern) {
        (true, Some(pattern)) => {
            format!("write \"{beginning}\" for all words that begin so, or '{pattern}' as a pattern")
        }
        (true, None) => format!("write \"{beginning}\" for all words that begin so"),
        (false, Some(pattern)) => format!("write '{pattern}' as a pattern"),
        (false, None) => "write more letters before the *".to_owned(),
    }
}

/// By what the parser of expressions says.
fn expression(why: &str) -> Option<&'static str> {
    const MENDS: &[(&str, &str)] = &[
        (
            "unclosed group",
            "close this ( with a ), or write \\( for the sign itself",
        ),
        ("unopened group", "this ) closes no (; write \\) for the sign itself"),
        (
            "unclosed character class",
            "close this [ with a ], or write \\[ for the sign itself",
        ),
        (
            "class range",
            "write the smaller end first, as in [a-z], or \\- for the sign itself",
        ),
        (
            "repetition operator missing",
            "*, + and ? repeat what stands before them, and nothing does; write \\ before the sign itself",
        ),
        (
            "repetition",
            "write how often as {2} or {2,5}, or \\{ for the sign itself",
        ),
        (
            "unrecognized escape",
            "take the \\ out; letters stand for themselves without it",
        ),
        ("incomplete escape", "write \\\\ for the sign itself"),
        (
            "look-around",
            "write it without (?=…), (?!…) and (?<=…); `together_with` and `but_not` can do it",
        ),
        ("backreferences", "write out both words instead of \\1"),
        (
            "also matches where nothing stands",
            "write at least one letter that must stand there, with + in place of *",
        ),
        (
            "that ends it is missing",
            "put / at its end, or write the words without /",
        ),
        ("too large", "write a smaller number in { }, or several terms"),
    ];
    MENDS.iter().find(|(part, _)| why.contains(part)).map(|(_, mend)| *mend)
}

fn too_general(check: &mut Check<'_>, text: &Text<'_>, term: &Term) {
    // In scripts that write whole words with one sign a single one says something.
    let letters = |word: &str| {
        word.chars().filter(|c| c.is_alphanumeric()).count() + word.chars().filter(|c| *c > '\u{2E80}').count()
    };
    let what = match &term.pattern {
        Pattern::Words(word) if letters(word) < 2 => format!("`{word}` alone is in almost every text"),
        Pattern::Prefix(prefix) if letters(prefix) < 3 => format!("very many words begin with `{prefix}`"),
        Pattern::Regex(regex) if regex::Regex::new(regex).is_ok_and(|regex| regex.is_match("")) => {
            format!("/{regex}/ is found in every text, even in an empty one")
        }
        _ => return,
    };
    check.warn(
        &text.at(),
        what,
        Some("write more of it, or expect many alerts".to_owned()),
    );
}

/// What only a query can say, in a list: `find = ["place:Mali"]`.
fn of_a_query(written: &str) -> Option<(String, String)> {
    let (field, value) = written.split_once(':')?;
    let value = value.trim().trim_matches('"');
    let usual = NEAR_KM.to_string();
    let (name, km) = value.split_once('/').unwrap_or((value, &usual));
    let instead = match field {
        "place" => format!("where = {{ inside = [\"{value}\"] }}"),
        "near" => format!("where = {{ within_km = {km}, of = [\"{name}\"] }}"),
        "lang" => format!("languages = [\"{value}\"]"),
        _ => return None,
    };
    let mend = format!("write {instead} into the watch, or query = '{written} AND …' in place of the lists");
    let only = if field == "lang" {
        "queries"
    } else {
        "queries and weights"
    };
    Some((format!("`{field}:` is read in {only} only"), mend))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_terms_are_mended_as_they_were_meant() {
        let cases = [
            (
                "a star inside",
                "att*que",
                "write \"att*\" for all words that begin so, or '/\\batt\\w*que\\b/' as a pattern",
            ),
            ("a star before", "*que", "write '/\\b\\w*que\\b/' as a pattern"),
            ("a star too early", "a*", "write more letters before the *"),
            ("two stars", "attaqu**", "write \"attaqu*\" for all words that begin so"),
            (
                "an open group",
                "/atta(ck/",
                "close this ( with a ), or write \\( for the sign itself",
            ),
            (
                "a closed group",
                "/atta)ck/",
                "this ) closes no (; write \\) for the sign itself",
            ),
            (
                "an open class",
                "/[a-/",
                "close this [ with a ], or write \\[ for the sign itself",
            ),
            (
                "look-around",
                "/a(?=b)/",
                "write it without (?=…), (?!…) and (?<=…); `together_with` and `but_not` can do it",
            ),
            (
                "found everywhere",
                "/.*/",
                "write at least one letter that must stand there, with + in place of *",
            ),
            ("no end", "/fama", "put / at its end, or write the words without /"),
            (
                "nothing to repeat",
                "/+a/",
                "*, + and ? repeat what stands before them, and nothing does; write \\ before the sign itself",
            ),
            (
                "an escape that is none",
                "/\\ya/",
                "take the \\ out; letters stand for themselves without it",
            ),
            ("only signs", "--", "write a word, or take it out"),
        ];
        for (what, written, expected) in cases {
            let error = Term::parse(written).unwrap_err();
            assert_eq!(mend(written, &error).as_deref(), Some(expected), "{what}: {error}");
        }
    }
}
