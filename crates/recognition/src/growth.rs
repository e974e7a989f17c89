//! Texts that ask for as much work as they can: the steps of the examination, of verdicts in words and of named entities
//! grow with the text, not with its square. Steps are counted, see [`crate::text::steps`].

use std::ops::Range;
use std::sync::Arc;

use crate::document::Document;
use crate::entity::{Entity, EntityKind};
use crate::evaluate::verdict::{Because, Ground};
use crate::location::OwnPlace;
use crate::places::{PlaceContext, places};
use crate::query::{Names, parse_query};
use crate::terms::options::HowClose;
use crate::terms::term::Term;
use crate::text::steps::steps_of;
use crate::watch::Watch;
use crate::watchlist::Watchlist;

fn term(written: &str) -> Term {
    Term::parse(written).unwrap()
}

fn watch(find: &[&str], together_with: &[&str], how_close: HowClose) -> Watch {
    Watch {
        name: find.concat(),
        find: find.iter().map(|one| term(one)).collect(),
        together_with: together_with.iter().map(|one| term(one)).collect(),
        how_close,
        ..Watch::default()
    }
}

struct Plain;

impl Names for Plain {
    fn terms(&mut self, written: &str, _: Range<usize>) -> Vec<Term> {
        vec![term(written)]
    }

    fn feed(&mut self, _: &str, _: Range<usize>) -> Option<String> {
        None
    }

    fn language(&mut self, _: &str, _: Range<usize>) -> Option<String> {
        None
    }

    fn place(&mut self, _: &str, _: Option<u16>, _: Range<usize>) -> Option<Term> {
        None
    }
}

fn watchlist() -> Watchlist {
    let group = |name: &str| Term {
        entity: Some(Arc::new(Entity {
            id: "group:jnim".to_owned(),
            kind: EntityKind::Group,
            name: "JNIM".to_owned(),
            country: None,
        })),
        ..term(name)
    };
    let own = OwnPlace {
        entity: Arc::new(Entity {
            id: "place:depot".to_owned(),
            kind: EntityKind::Place,
            name: "Depot".to_owned(),
            country: None,
        }),
        names: vec![term("Depot")],
        point: None,
        means: None,
        not_means: Vec::new(),
        division: None,
    };
    let near = Watch {
        name: "near".to_owned(),
        query: parse_query("Mali NEAR/5 attack* NEAR/5 soldier")
            .query(&mut Plain)
            .map(Box::new),
        ..Watch::default()
    };
    let groups = Watch {
        find: vec![group("Jama'at Nusrat al-Islam wal-Muslimin"), group("JNIM")].into(),
        ..watch(&[], &[], HowClose::SameArticle)
    };
    let watches = vec![
        watch(&["Mali", "WHO", "مالي", "말리"], &[], HowClose::SameArticle),
        watch(&["Mali"], &["attack*"], HowClose::SameSentence),
        watch(&["Mali"], &["attack*"], HowClose::SameParagraph),
        watch(&["Mali"], &["attack*"], HowClose::Words(3)),
        near,
        groups,
    ];
    Watchlist::compile_with(watches, vec![own]).unwrap()
}

/// Of each shape: what it is, and what is repeated.
const SHAPES: &[(&str, &str)] = &[
    ("a watched word without end", "Mali "),
    ("pairs of watched words", "Mali attack "),
    ("stops without letters", "! "),
    ("stops and dashes", ". - "),
    ("stops and spaces before a quote", ".  »"),
    ("a run of Arabic", "مالي"),
    ("a run of Korean", "말리"),
    ("a run of Chinese", "马里"),
    ("an acronym where all is in capitals", "WHO ATTACK "),
    ("links within links", "(read more: "),
    ("lists of tags that are none", ". #a"),
    ("lists of tags and words", ". #a b"),
    ("openings", "("),
    ("lines that a separator ends", "Mali\u{2029}"),
    ("links on lines", "Read also: Mali\n"),
    ("towns and their states", "Pineville, La. Rome, Ga. "),
    ("names that overlap", "New York City Mali "),
    ("towns in a list", "Bamako, Gao, Depot, Depot "),
    (
        "a group spelled in two ways",
        "Jamaat Nusrat al Islam wal Muslimin JNIM ",
    ),
];

#[test]
fn the_work_of_the_examination_grows_with_the_text() {
    let watchlist = watchlist();
    let steps = |title: &str, text: &str| {
        steps_of(|| {
            let document = Document {
                title,
                text,
                ..Document::default()
            };
            let examined = watchlist.examine(document);
            for verdict in &examined.verdicts {
                verdict.sentence(&watchlist, document, &examined);
                verdict.entities(&watchlist, document, &examined);
            }
            places(document, PlaceContext::default());
        })
    };
    for (what, part) in SHAPES {
        let [short, long] = [64, 512].map(|count| part.repeat(count));
        for (few, many) in [
            (steps("", &short), steps("", &long)),
            (steps(&short, ""), steps(&long, "")),
        ] {
            assert!(
                many <= 9 * few + 1_000,
                "{what}: {few} steps became {many} in eight times the text"
            );
        }
    }
}

#[test]
fn a_verdict_names_so_many_mentions_however_long_the_text() {
    let watchlist = watchlist();
    let text = "Mali attack soldier ".repeat(4_000);
    let document = Document {
        text: &text,
        ..Document::default()
    };
    let examined = watchlist.examine(document);
    assert!(examined.mentions.len() > 4_000, "all are found");
    let firing: Vec<_> = examined.verdicts.iter().filter(|verdict| verdict.fires()).collect();
    assert_eq!(firing.len(), 5);
    for verdict in firing {
        let Because::Found { grounds } = &verdict.because else {
            panic!("{verdict:?}")
        };
        for ground in grounds {
            let parts = match ground {
                Ground::Close { sides, .. } => sides.len(),
                _ => 1,
            };
            assert!(ground.mentions().len() <= 512 * parts, "{}", ground.mentions().len());
        }
        assert!(verdict.entities(&watchlist, document, &examined).len() <= 64);
    }
}

#[test]
fn a_pair_far_behind_is_found_as_one_at_the_beginning() {
    let watchlist = watchlist();
    let far = format!("{}Mali was quiet. Then an attack in Mali.", "Mali. ".repeat(3_000));
    let document = Document {
        text: &far,
        ..Document::default()
    };
    let examined = watchlist.examine(document);
    let close = |verdict: &&crate::evaluate::verdict::Verdict| {
        verdict.fires() && watchlist.watches()[verdict.watch].how_close == HowClose::SameSentence
    };
    assert!(
        examined.verdicts.iter().any(|verdict| close(&verdict)),
        "what a verdict names is cut, not what it asks"
    );
}

#[test]
fn an_expression_reads_so_much_of_a_text() {
    let expression = watch(&["/bomb(.*school)?/"], &[], HowClose::SameArticle);
    let watchlist = Watchlist::compile(vec![expression]).unwrap();
    let count = |times: usize| {
        let text = "bomb ".repeat(times);
        let document = Document {
            text: &text,
            ..Document::default()
        };
        watchlist.examine(document).mentions.len()
    };
    assert_eq!(count(2_000), 2_000);
    assert_eq!(
        count(200_000),
        (1 << 27) / 1_000_000,
        "each match may have read all that follows"
    );
}
