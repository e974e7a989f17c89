//! Queries and weights: what they mean, what they say, and that the engine agrees with the plainest way to judge them.

use std::ops::Range;

use proptest::prelude::*;
use wirewatch_recognition::{
    Document, HowClose, LookIn, Names, Query, Term, Watch, Watchlist, Weight, Weights, parse_query,
};

/// Every name is a term, every feed is known.
struct Plain;

impl Names for Plain {
    fn terms(&mut self, written: &str, _: Range<usize>) -> Vec<Term> {
        vec![Term::parse(written).unwrap()]
    }

    fn feed(&mut self, name: &str, _: Range<usize>) -> Option<String> {
        Some(name.to_owned())
    }

    fn language(&mut self, name: &str, _: Range<usize>) -> Option<String> {
        Some(name.to_owned())
    }

    fn place(&mut self, _: &str, _: Option<u16>, _: Range<usize>) -> Option<Term> {
        None
    }
}

fn query(written: &str) -> Query {
    let parsed = parse_query(written);
    assert_eq!(parsed.faults, [], "{written}");
    parsed.query(&mut Plain).unwrap()
}

fn asks(written: &str) -> Watch {
    Watch {
        name: "w".into(),
        query: Some(Box::new(query(written))),
        ..Watch::default()
    }
}

fn weighs(weights: &[(&str, i32)], at_least: i32) -> Watch {
    let terms = weights.iter().map(|(term, _)| Term::parse(term).unwrap()).collect();
    let weights = weights.iter().enumerate().map(|(at, (_, weight))| Weight {
        terms: at..at + 1,
        weight: *weight,
    });
    Watch {
        name: "w".into(),
        weights: Some(Box::new(Weights {
            terms,
            weights: weights.collect(),
            at_least,
        })),
        ..Watch::default()
    }
}

fn judged(watch: Watch, document: Document<'_>) -> (bool, String) {
    let list = Watchlist::compile(vec![watch]).unwrap();
    let examined = list.examine(document);
    let verdict = list.verdict(0, document, &examined);
    match examined.verdicts.first() {
        Some(given) => assert_eq!(given, &verdict),
        None => assert!(!verdict.fires(), "what fires is touched"),
    }
    for mention in verdict.mentions() {
        assert!(mention < examined.mentions.len());
    }
    (verdict.fires(), verdict.sentence(&list, document, &examined))
}

#[test]
fn queries_mean_what_they_say() {
    let title = "Deuil à Bamako";
    let text =
        "Le Jnim revendique une embuscade près de Ségou. Une attaque a eu lieu hier.\n\nÀ Mopti, le calme règne.";
    let table = [
        ("both", "Jnim AND Mopti", true, "“Jnim” and “Mopti” appear in the text"),
        (
            "both, one is not there",
            "Jnim AND Gao",
            false,
            "“Jnim” appears in the text, but “Gao” does not appear in the title or the text",
        ),
        (
            "any of three",
            "Gao OR Kidal OR Mopti",
            true,
            "“Mopti” appears in the text",
        ),
        (
            "none of three",
            "Gao OR Kidal OR Tessalit",
            false,
            "none of “Gao”, “Kidal”, “Tessalit” appears in the title or the text",
        ),
        (
            "not",
            "Jnim NOT Mopti",
            false,
            "it would fire, but “Mopti” appears in the text, which the watch leaves out",
        ),
        (
            "AND NOT is NOT",
            "Jnim AND NOT football",
            true,
            "“Jnim” appears in the text",
        ),
        (
            "not, written first",
            "NOT football AND Jnim",
            true,
            "“Jnim” appears in the text",
        ),
        (
            "near enough",
            "embuscade NEAR/3 Ségou",
            true,
            "“embuscade” and “Ségou” are 3 words apart in the text",
        ),
        (
            "not near enough",
            "embuscade NEAR/2 Ségou",
            false,
            "“embuscade” and “Ségou” are there, but not within 2 words of each other",
        ),
        (
            "neighbours, in either order",
            "attaque NEAR/1 une",
            true,
            "“attaque” and “Une” are next to each other in the text",
        ),
        (
            "title and text are not near",
            "Bamako NEAR/200 Jnim",
            false,
            "“Bamako” and “Jnim” are there, but not within 200 words of each other",
        ),
        (
            "a chain",
            "Jnim NEAR/3 embuscade NEAR/3 Ségou",
            true,
            "“Jnim”, “embuscade” and “Ségou” appear together, each within 3 words of another",
        ),
        (
            "one sentence",
            "Jnim SENT embuscade",
            true,
            "“Jnim” and “embuscade” appear in the same sentence of the text",
        ),
        (
            "three in one sentence",
            "Jnim SENT embuscade SENT Ségou",
            true,
            "“Jnim”, “embuscade” and “Ségou” appear in the same sentence",
        ),
        (
            "two sentences",
            "Jnim SENT attaque",
            false,
            "“Jnim” and “attaque” are there, but not in the same sentence",
        ),
        (
            "one paragraph",
            "Jnim PARA attaque",
            true,
            "“Jnim” and “attaque” appear in the same paragraph of the text",
        ),
        (
            "the title counts to the first",
            "Bamako PARA attaque",
            true,
            "“Bamako” appears in the title and “attaque” in the first paragraph of the text",
        ),
        (
            "two paragraphs",
            "Jnim PARA Mopti",
            false,
            "“Jnim” and “Mopti” are there, but not in the same paragraph",
        ),
        (
            "near within a paragraph",
            "(Mopti OR Ségou) NEAR/4 embuscade PARA attaque",
            true,
            "“Ségou” and “attaque” appear in the same paragraph of the text",
        ),
        (
            "in the title",
            "title:Bamako AND Jnim",
            true,
            "“Bamako” appears in the title and “Jnim” in the text",
        ),
        (
            "not in the title",
            "title:(Jnim OR Mopti)",
            false,
            "neither “Jnim” nor “Mopti” appears in the title",
        ),
        (
            "a phrase, a beginning, a pattern",
            "\"près de\" AND revendiq* AND /embus\\w+/",
            true,
            "“revendique” appears in the text, “embuscade” appears in the text, and “près de” appears in the text",
        ),
        (
            "parentheses",
            "Jnim AND (Gao OR Mopti) NOT (football OR rugby)",
            true,
            "“Jnim” and “Mopti” appear in the text",
        ),
        (
            "as in the handbook",
            "Jnim AND (attack* OR embusc*) NEAR/10 (Ségou OR Mopti) NOT football",
            true,
            "“Jnim” appears in the text, and “embuscade” and “Ségou” are 3 words apart in the text",
        ),
    ];
    for (what, written, fires, sentence) in table {
        let document = Document {
            title,
            text,
            ..Document::default()
        };
        let (given, said) = judged(asks(written), document);
        assert_eq!(given, fires, "{what}: {said}");
        if what != "a phrase, a beginning, a pattern" {
            assert_eq!(said, sentence, "{what}");
        }
    }
}

#[test]
fn queries_keep_to_feeds() {
    let from = |feed| Document {
        title: "Mali",
        feed,
        ..Document::default()
    };
    let table = [
        ("the feed", "Mali AND feed:rfi", Some("rfi"), true),
        ("another", "Mali AND feed:rfi", Some("bbc"), false),
        ("outside of feeds it is not asked", "Mali AND feed:rfi", None, true),
        ("any of two", "Mali AND (feed:rfi OR feed:bbc)", Some("bbc"), true),
        ("not that one", "Mali NOT feed:rfi", Some("rfi"), false),
        ("not that one, from another", "Mali NOT feed:rfi", Some("bbc"), true),
        ("not that one, outside of feeds", "Mali NOT feed:rfi", None, true),
    ];
    for (what, written, feed, fires) in table {
        assert_eq!(judged(asks(written), from(feed)).0, fires, "{what}");
    }
}

#[test]
fn weights_add_up() {
    let weights = [("protest*", 4), ("tear gas", 5), ("curfew", 3), ("football", -8)];
    let table = [
        (
            "enough",
            "Tear gas at protests",
            true,
            "“protests” (4) and “Tear gas” (5) make 9, and 8 is enough",
        ),
        (
            "each counts once",
            "Protest after protest after protest",
            false,
            "“Protest” (4) makes 4, and 8 is asked for",
        ),
        (
            "what speaks against",
            "Tear gas at protests before football",
            false,
            "“protests” (4), “Tear gas” (5) and “football” (−8) make 1, and 8 is asked for",
        ),
        (
            "nothing",
            "Rain",
            false,
            "none of “protest*”, “tear gas”, “curfew” and 1 more appears in the title or the text",
        ),
    ];
    for (what, title, fires, sentence) in table {
        let document = Document {
            title,
            ..Document::default()
        };
        assert_eq!(
            judged(weighs(&weights, 8), document),
            (fires, sentence.to_owned()),
            "{what}"
        );
    }
}

/// The plainest judge: every pair of every place is tried.
#[derive(Debug, Clone)]
enum Plainly {
    Word(usize, LookIn),
    All(Vec<Plainly>),
    Either(Vec<Plainly>),
    Not(Box<Plainly>),
    Near(u16, Box<Plainly>, Box<Plainly>),
    Passage(HowClose, Vec<Plainly>),
}

const WORDS: [&str; 7] = ["aab", "bbc", "ccd", "dde", "eef", "ffg", "ggh"];

/// A word of a document: field, number in it, sentence, paragraph, which of [`WORDS`].
type Placed = (usize, usize, usize, usize, Option<usize>);
/// Field, first and last word, sentences and paragraphs of all its words.
type Taken = (usize, usize, usize, Vec<usize>, Vec<usize>);

impl Plainly {
    fn written(&self) -> String {
        let join = |of: &[Self], with: &str| {
            let parts: Vec<String> = of.iter().map(Self::written).collect();
            format!("({})", parts.join(with))
        };
        match self {
            Self::Word(word, look_in) => match look_in {
                LookIn::Title => format!("title:{}", WORDS[*word]),
                LookIn::Text => format!("text:({})", WORDS[*word]),
                LookIn::TitleAndText => WORDS[*word].to_owned(),
            },
            Self::All(of) => join(of, " AND "),
            Self::Either(of) => join(of, " OR "),
            Self::Not(of) => format!("NOT {}", of.written()),
            Self::Near(words, one, other) => format!("({} NEAR/{words} {})", one.written(), other.written()),
            Self::Passage(HowClose::SameSentence, of) => join(of, " SENT "),
            Self::Passage(_, of) => join(of, " PARA "),
        }
    }

    fn holds(&self, placed: &[Placed]) -> bool {
        match self {
            Self::All(of) => of.iter().all(|one| one.holds(placed)),
            Self::Either(of) => of.iter().any(|one| one.holds(placed)),
            Self::Not(of) => !of.holds(placed),
            _ => !self.taken(placed).is_empty(),
        }
    }

    /// Every way in which it stands there.
    fn taken(&self, placed: &[Placed]) -> Vec<Taken> {
        match self {
            Self::Word(word, look_in) => placed
                .iter()
                .filter(|one| one.4 == Some(*word))
                .filter(|one| match look_in {
                    LookIn::Title => one.0 == 0,
                    LookIn::Text => one.0 == 1,
                    LookIn::TitleAndText => true,
                })
                .map(|one| (one.0, one.1, one.1, vec![one.2], vec![one.3]))
                .collect(),
            Self::Either(of) => of.iter().flat_map(|one| one.taken(placed)).collect(),
            Self::Near(words, one, other) => {
                let mut all = Vec::new();
                for a in one.taken(placed) {
                    for b in other.taken(placed) {
                        let words = usize::from(*words);
                        if a.0 == b.0 && a.1 <= b.2 + words && b.1 <= a.2 + words {
                            let both = (
                                a.0,
                                a.1.min(b.1),
                                a.2.max(b.2),
                                [a.3.clone(), b.3.clone()].concat(),
                                [a.4.clone(), b.4.clone()].concat(),
                            );
                            all.push(both);
                        }
                    }
                }
                all.sort_unstable();
                all.dedup();
                all
            }
            Self::Passage(how_close, of) => {
                let mut all: Vec<Taken> = vec![];
                for (number, one) in of.iter().enumerate() {
                    let taken = one.taken(placed);
                    if number == 0 {
                        all = taken;
                        continue;
                    }
                    let mut next = Vec::new();
                    for a in &all {
                        for b in &taken {
                            let both = (
                                a.0.max(b.0),
                                0,
                                0,
                                [a.3.clone(), b.3.clone()].concat(),
                                [a.4.clone(), b.4.clone()].concat(),
                            );
                            next.push(both);
                        }
                    }
                    all = next;
                }
                all.retain(|(.., sentences, paragraphs)| {
                    let passages = if *how_close == HowClose::SameSentence {
                        sentences
                    } else {
                        paragraphs
                    };
                    passages.iter().all(|one| *one == passages[0])
                });
                // Which words it took no longer matters, only where.
                for one in &mut all {
                    one.3.sort_unstable();
                    one.3.dedup();
                    one.4.sort_unstable();
                    one.4.dedup();
                }
                all.sort_unstable();
                all.dedup();
                all
            }
            Self::All(_) | Self::Not(_) => unreachable!("not beside NEAR"),
        }
    }
}

fn word() -> impl Strategy<Value = Plainly> {
    let look_in = prop_oneof![
        6 => Just(LookIn::TitleAndText),
        1 => Just(LookIn::Title),
        1 => Just(LookIn::Text),
    ];
    (0..WORDS.len(), look_in).prop_map(|(word, look_in)| Plainly::Word(word, look_in))
}

/// What NEAR may hold.
fn near() -> impl Strategy<Value = Plainly> {
    word().prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Plainly::Either),
            (1..6_u16, inner.clone(), inner).prop_map(|(words, one, other)| Plainly::Near(
                words,
                Box::new(one),
                Box::new(other)
            )),
        ]
    })
}

/// What a passage may hold: narrower ones, and choices.
fn passage() -> impl Strategy<Value = Plainly> {
    let sentence = prop_oneof![
        2 => near(),
        1 => prop::collection::vec(near(), 2..4).prop_map(|of| Plainly::Passage(HowClose::SameSentence, of)),
    ];
    let either = prop_oneof![
        3 => sentence.clone(),
        1 => prop::collection::vec(sentence.clone(), 2..4).prop_map(Plainly::Either),
    ];
    prop_oneof![
        2 => sentence,
        1 => prop::collection::vec(either, 2..4).prop_map(|of| Plainly::Passage(HowClose::SameParagraph, of)),
    ]
}

/// A query that asks for something.
fn any_query() -> impl Strategy<Value = Plainly> {
    passage().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Plainly::Either),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Plainly::All),
            (inner.clone(), inner).prop_map(|(one, not)| Plainly::All(vec![one, Plainly::Not(Box::new(not))])),
        ]
    })
}

/// A document of known words, and where each stands.
fn any_document() -> impl Strategy<Value = (String, String, Vec<Placed>)> {
    let words = |most| prop::collection::vec((0..WORDS.len() + 3, 0..12_u8), 0..most);
    (words(5), words(30)).prop_map(|fields| {
        let mut placed = Vec::new();
        let (mut sentence, mut texts) = (0, Vec::new());
        for (field, words) in [fields.0, fields.1].into_iter().enumerate() {
            let mut text = String::new();
            // The title stands in the first paragraph of the text.
            let mut paragraph = 0;
            sentence += 1;
            for (number, (word, gap)) in words.iter().enumerate() {
                // A capital begins a sentence after a stop; other words do not count.
                text.push_str(WORDS.get(*word).unwrap_or(&"Xyz"));
                placed.push((
                    field,
                    number,
                    sentence,
                    paragraph,
                    (*word < WORDS.len()).then_some(*word),
                ));
                let next = words.get(number + 1);
                match gap {
                    0 if next.is_some_and(|(word, _)| *word >= WORDS.len()) => {
                        text.push_str(". ");
                        sentence += 1;
                    }
                    1 if field == 1 => {
                        text.push_str("\n\n");
                        sentence += 1;
                        paragraph += 1;
                    }
                    _ => text.push(' '),
                }
            }
            texts.push(text);
        }
        let text = texts.pop().unwrap();
        (texts.pop().unwrap(), text, placed)
    })
}

proptest! {
    #[test]
    fn the_engine_agrees_with_the_plainest_judge(
        queries in prop::collection::vec(any_query(), 1..6),
        (title, text, placed) in any_document(),
    ) {
        let watches = queries.iter().map(|query| asks(&query.written())).collect();
        let list = Watchlist::compile(watches).unwrap();
        let document = Document { title: &title, text: &text, ..Document::default() };
        let examined = list.examine(document);
        let fired: Vec<usize> =
            examined.verdicts.iter().filter(|verdict| verdict.fires()).map(|verdict| verdict.watch).collect();
        let expected: Vec<usize> =
            (0..queries.len()).filter(|&number| queries[number].holds(&placed)).collect();
        let written: Vec<String> = queries.iter().map(Plainly::written).collect();
        prop_assert_eq!(&fired, &expected, "{:?} on {:?} / {:?}", written, title, text);
        for (number, query) in written.iter().enumerate() {
            let verdict = list.verdict(number, document, &examined);
            prop_assert_eq!(verdict.fires(), expected.contains(&number), "{}", query);
            prop_assert!(!verdict.sentence(&list, document, &examined).is_empty());
        }
    }

    #[test]
    fn many_watches_with_shared_terms_fire_as_if_each_were_alone(
        lists in prop::collection::vec((prop::collection::vec(0..WORDS.len(), 1..3), prop::collection::vec(0..WORDS.len(), 0..3)), 300..400),
        (title, text, placed) in any_document(),
    ) {
        // More than are explained one by one, so that they are looked up by what is rarest and counted first.
        let term = |word: &usize| Term::parse(WORDS[*word]).unwrap();
        let watches = lists.iter().map(|(find, together)| Watch {
            find: find.iter().map(term).collect(),
            together_with: together.iter().map(term).collect(),
            ..Watch::default()
        });
        let list = Watchlist::compile(watches.collect()).unwrap();
        let document = Document { title: &title, text: &text, ..Document::default() };
        let examined = list.examine(document);
        let there = |words: &[usize]| words.iter().any(|word| placed.iter().any(|one| one.4 == Some(*word)));
        let expected: Vec<usize> = (0..lists.len())
            .filter(|&number| there(&lists[number].0) && (lists[number].1.is_empty() || there(&lists[number].1)))
            .collect();
        let fired: Vec<usize> =
            examined.verdicts.iter().filter(|verdict| verdict.fires()).map(|verdict| verdict.watch).collect();
        prop_assert_eq!(fired, expected);
    }

    #[test]
    fn weights_agree_with_a_sum(
        weights in prop::collection::vec(-6..9_i32, WORDS.len()),
        at_least in 1..12_i32,
        (title, text, placed) in any_document(),
    ) {
        let written: Vec<(&str, i32)> =
            WORDS.into_iter().zip(weights).filter(|(_, weight)| *weight != 0).collect();
        let sum: i32 = written
            .iter()
            .filter(|(word, _)| placed.iter().any(|one| one.4.is_some_and(|at| WORDS[at] == *word)))
            .map(|(_, weight)| weight)
            .sum();
        let document = Document { title: &title, text: &text, ..Document::default() };
        prop_assert_eq!(judged(weighs(&written, at_least), document).0, sum >= at_least);
    }

    #[test]
    fn any_line_can_be_read_and_each_mistake_has_its_place(
        line in r#"([a-z]{1,3}|AND|OR|NOT|NEAR/3|SENT|PARA|title:|feed:a|near|\(|\)|"|/|-| |é|“|«){0,14}"#
    ) {
        let parsed = parse_query(&line);
        for fault in &parsed.faults {
            prop_assert!(line.get(fault.span.clone()).is_some(), "{:?} in {:?}", fault, line);
            prop_assert!(!fault.error.to_string().is_empty());
        }
        struct Any;
        impl Names for Any {
            fn terms(&mut self, written: &str, _: Range<usize>) -> Vec<Term> {
                Term::parse(written).into_iter().collect()
            }
            fn language(&mut self, name: &str, _: Range<usize>) -> Option<String> {
                Some(name.to_owned())
            }

            fn place(&mut self, name: &str, _: Option<u16>, _: Range<usize>) -> Option<Term> {
                Term::parse(name).ok()
            }

            fn feed(&mut self, name: &str, _: Range<usize>) -> Option<String> {
                Some(name.to_owned())
            }
        }
        match parsed.query(&mut Any) {
            Some(query) => {
                prop_assert!(parsed.faults.is_empty());
                prop_assert!(!query.terms().is_empty(), "{}", line);
            }
            None => {
                let read = parsed.faults.is_empty();
                // Only a term that is none is left.
                prop_assert!(!read || line.contains(['/', '-', '"', '“', '«', ' ']), "{}", line);
            }
        }
    }
}
