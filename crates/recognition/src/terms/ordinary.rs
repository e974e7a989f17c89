//! Everyday words as terms: alone they fire on news of every kind.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::location::Where;
use crate::query::Clause;
use crate::terms::capitals::Capitals;
use crate::terms::term::{Pattern, Term};
use crate::text::folded_text::fold;
use crate::watch::Watch;

/// The 3,900 most frequent English words, and function words and everyday nouns of other languages; sources in
/// `data/README.md`.
static ORDINARY: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let english = include_str!("../../data/words/ordinary.txt").split_whitespace();
    // Each line begins with the code of its language.
    let lines = include_str!("../../data/words/function-words.txt").lines();
    let others = lines.flat_map(|line| line.split(' ').skip(1));
    english.chain(others).collect()
});

/// Returns the ordinary words of a watch that fire by themselves: no other part is required, and they are no name.
pub fn ordinary_alone(watch: &Watch) -> Vec<&Term> {
    if !watch.together_with.is_empty() || watch.weights.is_some() {
        return Vec::new();
    }
    alone(watch).iter().filter(|term| ordinary(term)).collect()
}

/// Returns the places of a watch of which any mention alerts, without any required word.
pub fn places_alone(watch: &Watch) -> Vec<&Where> {
    if !watch.together_with.is_empty() || watch.weights.is_some() {
        return Vec::new();
    }
    alone(watch)
        .iter()
        .filter_map(|term| match &term.pattern {
            Pattern::Where(pattern) => Some(&*pattern.asked),
            _ => None,
        })
        .collect()
}

/// Returns the terms of which each fires by itself.
fn alone(watch: &Watch) -> &[Term] {
    match &watch.query {
        None => &watch.find,
        Some(query) => match &query.clause {
            Clause::Any { terms, .. } => query.terms.get(terms.clone()).unwrap_or_default(),
            _ => &[],
        },
    }
}

fn ordinary(term: &Term) -> bool {
    let (Pattern::Words(word) | Pattern::Prefix(word)) = &term.pattern else {
        return false;
    };
    term.entity.is_none()
        && !term.exact_case
        && Capitals::of(term) == Capitals::Any
        && ORDINARY.contains(fold(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_words_are_known() {
        for (what, written, expected) in [
            ("an everyday word", "attack", true),
            ("as a name", "Reading", true),
            ("its beginning", "attack*", true),
            ("in French", "Enfants", true),
            ("a name", "Bamako", false),
            ("a phrase", "bank robbery", false),
            ("an acronym that counts in capitals only", "WHO", false),
            ("a pattern", "/attack/", false),
        ] {
            assert_eq!(ordinary(&Term::parse(written).unwrap()), expected, "{what}");
        }
    }
}
