//! Every name of the gazetteer in a text, overlapping ones too.

use super::cases::nominatives;
use super::joined::{joined_on, unspaced};
use super::keys::{Hash, KEYS};
use super::walk::{Found, Walk, named};
use crate::text::{Gap, Shape, Tokens, script};

/// Maximum names of one field; further ones are not looked at. The longest reports name some hundreds of places. Each name takes
/// a kilobyte while its sense is decided, for as few as four bytes of the text.
const MOST: usize = 8_000;

/// Language: ISO 639-1, for the endings of cases.
pub(crate) fn find<'t>(tokens: &'t Tokens<'t>, language: Option<&str>) -> Vec<Found<'t>> {
    let mut found = Vec::new();
    for (at, token) in tokens.list.iter().enumerate() {
        if found.len() >= MOST {
            break;
        }
        if token.shape == Shape::Lower {
            // Almost every word of a text, and hardly ever a name. One of a letter or two may be joined to the next.
            if token.hyphen && is_article(tokens, at) {
                Walk::new(tokens, at, false).step(at, Hash::EMPTY, &mut found);
            } else if token.after == Gap::Apostrophe
                || token.stream.len() == 1
                || KEYS.may_begin_small(&tokens.folded.text, &token.stream)
            {
                Walk::new(tokens, at, true).step(at, Hash::EMPTY, &mut found);
            }
            continue;
        }
        let first = tokens.folded.text[token.stream.clone()].chars().next().unwrap_or(' ');
        if script::unspaced(first) {
            unspaced(tokens, at, &mut found);
            continue;
        }
        if first.is_ascii_digit() {
            continue;
        }
        let mut walk = Walk::new(tokens, at, false);
        walk.step(at, Hash::EMPTY, &mut found);
        if walk.any {
            continue;
        }
        if token.shape == Shape::Uncased {
            joined_on(tokens, at, &mut found);
        } else if let Some((key, name)) =
            nominatives(tokens.word(at), language).find_map(|key| named(&key).map(|name| (key, name)))
        {
            found.push(Found {
                first: at,
                last: at,
                start: token.stream.start,
                end: token.stream.end,
                key: key.into(),
                name,
            });
        }
    }
    found
}

/// `al-Bab`, `ed-Damazin`: an article of Arabic in small letters begins the name.
fn is_article(tokens: &Tokens, at: usize) -> bool {
    tokens.capital(at + 1)
        && matches!(
            tokens.word(at),
            "al" | "el"
                | "ad"
                | "ed"
                | "an"
                | "en"
                | "ar"
                | "er"
                | "as"
                | "es"
                | "ash"
                | "esh"
                | "at"
                | "et"
                | "az"
                | "ez"
        )
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use unicode_normalization::char::is_combining_mark;

    use super::*;
    use crate::document::Document;
    use crate::gazetteer::{Gazetteer, NameKind, place_key};
    use crate::places::{PlaceContext, PlaceMention, Why, places};
    use crate::text::Folded;
    use crate::text::tokens::Cut;

    /// Every 211th name of the gazetteer that is written with spaces, each word with a capital, and that folds back.
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut keys = Gazetteer::built_in().keys();
        let mut names = Vec::new();
        let mut count = 0;
        while keys.advance() {
            count += 1;
            let words = keys.key().split(' ').map(|word| {
                let mut letters = word.chars();
                letters
                    .next()
                    .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            });
            let name = words.collect::<Vec<String>>().join(" ");
            if count % 211 == 0 && !name.contains(script::unspaced) && place_key(&name) == keys.key() {
                names.push(name);
            }
        }
        names
    });
    const WORDS_BETWEEN: [&str; 12] = [
        "the",
        "army",
        "malian",
        "nigériens",
        "of",
        "near",
        "attaque",
        "Reuters",
        "12",
        "san",
        "états",
        "Südlich",
    ];
    const GAPS: [&str; 11] = [" ", " ", " ", "  ", "-", "–", "\u{A0}", ", ", ": ", " (", "…"];
    const GOES_ON: [&str; 5] = [" ", "  ", "-", "–", "\u{A0}"];

    fn texts() -> impl Strategy<Value = String> {
        let name = any::<prop::sample::Index>().prop_map(|at| at.get(&NAMES).clone());
        // Beginnings and ends of names meet others and make names that nobody put there.
        let part = (name.clone(), any::<prop::sample::Index>()).prop_map(|(name, at)| {
            let words: Vec<&str> = name.split(' ').collect();
            (*at.get(&words)).to_owned()
        });
        let between = prop::sample::select(&WORDS_BETWEEN[..]).prop_map(str::to_owned);
        let piece = (
            prop_oneof![2 => name, 1 => part, 2 => between],
            prop::sample::select(&GAPS[..]),
        );
        prop::collection::vec(piece, 0..24)
            .prop_map(|pieces| pieces.into_iter().map(|(word, gap)| format!("{word}{gap}")).collect())
    }

    /// The names of a text the slow way: every run of up to eight words, each looked up in the sorted list.
    fn naive(text: &str) -> Vec<&str> {
        let mut words = Vec::new();
        let mut start = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            if c.is_alphanumeric() || is_combining_mark(c) {
                start.get_or_insert(at);
            } else if let Some(begin) = start.take() {
                words.push(begin..at);
            }
        }
        let small = |word: &str| word.starts_with(char::is_lowercase);
        let mut names = Vec::new();
        for first in 0..words.len() {
            for last in first..words.len().min(first + 8) {
                if last > first && !GOES_ON.contains(&&text[words[last - 1].end..words[last].start]) {
                    break;
                }
                let written = &text[words[first].start..words[last].end];
                let in_small = small(written) || small(&text[words[last].clone()]);
                let counts = |kind| !in_small || matches!(kind, NameKind::Demonym | NameKind::Capitals);
                if Gazetteer::built_in()
                    .named(written)
                    .any(|sense| counts(sense.name_kind))
                {
                    names.push(written);
                }
            }
        }
        names
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_name_of_the_gazetteer_is_found(text in texts()) {
            let folded = Folded::new(&text);
            let cut = Cut::new(&text, &folded);
            let tokens = cut.of(&folded);
            let found: Vec<&str> = find(&tokens, None)
                .iter()
                .map(|one| &text[folded.original_span(one.start..one.end)])
                .collect();
            for name in naive(&text).into_iter().filter(|name| !name.starts_with(|c: char| c.is_ascii_digit())) {
                prop_assert!(found.contains(&name), "`{name}` in `{text}`: {found:?}");
            }
        }

        #[test]
        fn every_place_lies_in_the_text_under_its_name(text in texts()) {
            let document = Document { title: &text, text: &text, ..Document::default() };
            let by_capital = |mention: &PlaceMention| mention.because.iter().any(|why| matches!(why, Why::CapitalOf(_)));
            let found = places(document, PlaceContext::default());
            for mention in found.into_iter().filter(|mention| !by_capital(mention)) {
                let written = text.get(mention.span.clone());
                let has = |key: &str| Gazetteer::built_in().by_key(key).any(|sense| sense.place == mention.place.number);
                let named = |name: &str| {
                    let key = place_key(name);
                    // Texts are folded further than the gazetteer: `Həma` may be Hema.
                    let folded = place_key(&crate::fold(name));
                    let declined = |language| nominatives(&folded, language).any(|key| has(&key));
                    has(&key) || has(&folded) || [None, Some("pl"), Some("de")].into_iter().any(declined)
                };
                prop_assert!(written.is_some_and(named), "{mention:?} in `{text}`");
            }
        }

        #[test]
        fn any_text_can_be_asked_for_places(text in "[\\u{1EE61}ASU ]{0,6}|\\PC{0,60}|(?s).{0,60}|[ A-Z가-힣马里バマکال'’.,-]{0,40}") {
            let document = Document { title: &text, text: &text, ..Document::default() };
            for mention in places(document, PlaceContext::default()) {
                prop_assert!(text.get(mention.span.clone()).is_some_and(|found| !found.is_empty()), "{mention:?}");
            }
        }
    }
}
