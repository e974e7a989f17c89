//! Sentences of reasons are true: what they say to be in a field is there.

use proptest::prelude::*;
use wirewatch_recognition::{Document, HowClose, Level, LookIn, Term, Watch, Watchlist};

const WORDS: [&str; 6] = ["attack", "ambush", "Kayes", "convoy", "curfew", "Niono"];

fn watch(find: &[&str], together_with: &[&str], how_close: HowClose) -> Watch {
    let terms = |words: &[&str]| -> Vec<Term> { words.iter().map(|word| Term::parse(word).unwrap()).collect() };
    Watch {
        name: "w".to_owned(),
        find: terms(find).into(),
        together_with: terms(together_with).into(),
        how_close,
        look_in: LookIn::TitleAndText,
        level: Level::Normal,
        ..Watch::default()
    }
}

/// Returns what a sentence says: names in quotes, and the field that they are said to be in.
fn claims(sentence: &str) -> Vec<(String, &'static str)> {
    let mut claims = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut rest = sentence;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('“') {
            let end = after.find('”').unwrap();
            names.push(after[..end].to_owned());
            rest = &after[end + '”'.len_utf8()..];
            continue;
        }
        let field = ["the title", "the text"].into_iter().find(|field| {
            rest.strip_prefix("in ")
                .or_else(|| rest.strip_prefix("of "))
                .is_some_and(|rest| rest.starts_with(field))
        });
        if let Some(field) = field {
            claims.extend(names.drain(..).map(|name| (name, field)));
        }
        let next = rest.chars().next().map_or(0, char::len_utf8);
        rest = &rest[next..];
    }
    assert!(names.is_empty(), "no field is said of {names:?}: {sentence}");
    claims
}

/// One field: words of the list between others, in sentences.
fn field() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        3 => Just("rain".to_owned()),
        1 => Just("fell.".to_owned()),
        4 => (0..WORDS.len()).prop_map(|at| WORDS[at].to_owned()),
    ];
    prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_reason_says_to_be_in_a_field_is_there(
        title in field(),
        text in field(),
        first in 1..5usize,
        close in prop_oneof![
            Just(HowClose::SameArticle), Just(HowClose::SameSentence), Just(HowClose::SameParagraph), Just(HowClose::Words(3)),
        ],
        together in any::<bool>(),
    ) {
        let (find, beside) = WORDS.split_at(first);
        let beside: &[&str] = if together { beside } else { &[] };
        let list = Watchlist::compile(vec![watch(find, beside, close)]).unwrap();
        let document = Document { title: &title, text: &text, ..Document::default() };
        let examined = list.examine(document);
        for verdict in examined.verdicts.iter().filter(|verdict| verdict.fires()) {
            let sentence = verdict.sentence(&list, document, &examined);
            let claims = claims(&sentence);
            prop_assert!(!claims.is_empty(), "{}", sentence);
            for (name, field) in claims {
                let there = if field == "the title" { &title } else { &text };
                prop_assert!(there.split([' ', '.']).any(|word| word == name), "“{}” is not in {}: {}", name, field, sentence);
            }
            let distinct = WORDS.iter().filter(|word| {
                find.contains(*word) && [&title, &text].iter().any(|field| field.split([' ', '.']).any(|there| there == **word))
            });
            if beside.is_empty() {
                let quoted = sentence.matches('“').count();
                let more: usize = sentence.split(" and ").filter_map(|part| part.split(" more").next()?.trim().parse::<usize>().ok()).sum();
                prop_assert_eq!(quoted + more, distinct.count(), "{}", sentence);
            }
        }
    }
}

#[test]
fn mentions_are_named_with_the_field_that_they_are_in() {
    let list = Watchlist::compile(vec![watch(&WORDS, &[], HowClose::SameArticle)]).unwrap();
    for (title, text, sentence) in [
        ("attack", "", "“attack” appears in the title"),
        ("attack and ambush", "", "“attack” and “ambush” appear in the title"),
        (
            "attack",
            "ambush",
            "“attack” appears in the title and “ambush” in the text",
        ),
        (
            "attack",
            "ambush, curfew, convoy, Kayes",
            "“attack” appears in the title; “ambush”, “curfew” and 2 more in the text",
        ),
        (
            "attack, ambush, Niono",
            "curfew; convoy",
            "“attack”, “ambush” and 1 more appear in the title; “curfew” and “convoy” in the text",
        ),
        (
            "attack and ambush",
            "curfew",
            "“attack” and “ambush” appear in the title; “curfew” in the text",
        ),
        (
            "",
            "attack, ambush, curfew",
            "“attack”, “ambush” and 1 more appear in the text",
        ),
    ] {
        let document = Document {
            title,
            text,
            ..Document::default()
        };
        let examined = list.examine(document);
        assert_eq!(examined.verdicts[0].sentence(&list, document, &examined), sentence);
    }
}
