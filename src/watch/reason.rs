//! Verdicts in words, for people who never saw a regular expression.

use super::judge::{Because, Examined, Verdict};
use super::matcher::{Document, Field, Mention, Watchlist};
use super::passage::Passages;
use super::term::{HowClose, LookIn, Term, Watch};
use super::text::fold;

/// Characters of an excerpt or list before it is cut short.
const EXCERPT: usize = 60;
/// Terms named before the rest is counted.
const NAMED: usize = 3;

pub(super) fn sentence(
    verdict: &Verdict,
    watchlist: &Watchlist,
    document: Document<'_>,
    examined: &Examined,
) -> String {
    let watch = &watchlist.watches()[verdict.watch];
    let mention = |at: usize| &examined.mentions[at];
    let quoted = |at: usize| quote(document, mention(at));
    match &verdict.because {
        Because::Found { find, together } if together.is_empty() => {
            let others = distinct_others(document, examined, find);
            let first = find[0];
            match others.as_slice() {
                [] => format!("{} stands in {}", quoted(first), field(mention(first).field)),
                [other] if mention(*other).field == mention(first).field => {
                    format!(
                        "{} and {} stand in {}",
                        quoted(first),
                        quoted(*other),
                        field(mention(first).field)
                    )
                }
                [other] => format!(
                    "{} stands in {} and {} in {}",
                    quoted(first),
                    field(mention(first).field),
                    quoted(*other),
                    field(mention(*other).field)
                ),
                [other, rest @ ..] => format!(
                    "{} stands in {}, and so {} {} and {} more",
                    quoted(first),
                    field(mention(first).field),
                    "do",
                    quoted(*other),
                    rest.len()
                ),
            }
        }
        Because::Found { find, together } => {
            let (one, other) = nearest(document, examined, watch.how_close, find, together);
            if one == other {
                return format!("{} stands in {}", quoted(one), field(mention(one).field));
            }
            both(document, mention(one), mention(other), watch.how_close)
        }
        Because::NothingFound => format!("{} in {}", none_of(&watch.find), looked_in(watch)),
        Because::NotTogether { find } => {
            format!(
                "{} stands in {}, but {} in {}",
                quoted(find[0]),
                field(mention(find[0]).field),
                none_of(&watch.together_with),
                looked_in(watch)
            )
        }
        Because::TooFar { find, together } => {
            format!(
                "{} and {} are there, but not in the same {}",
                quoted(find[0]),
                quoted(together[0]),
                unit(watch.how_close)
            )
        }
        Because::Dropped { by } => {
            format!(
                "it would fire, but {} stands in {}, which the watch leaves out",
                quoted(*by),
                field(mention(*by).field)
            )
        }
        Because::OtherFeed => {
            let here = document.feed.unwrap_or_default();
            format!(
                "the watch looks only at the feeds {}, and this entry is from {here}",
                watch.feeds.join(", ")
            )
        }
    }
}

/// `“GSIM” (JNIM)`: as it stands in the text, and whose name it is where that does not say so.
fn quote(document: Document<'_>, mention: &Mention) -> String {
    let as_written = document
        .field(mention.field)
        .get(mention.span.clone())
        .unwrap_or_default();
    let one_line = as_written.split_whitespace().collect::<Vec<_>>().join(" ");
    let quoted = format!("“{}”", shortened(&one_line));
    match &mention.entity {
        Some(entity) if fold(&entity.name) != fold(as_written) => format!("{quoted} ({})", entity.name),
        _ => quoted,
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Title => "the title",
        Field::Text => "the text",
    }
}

fn unit(how_close: HowClose) -> &'static str {
    match how_close {
        HowClose::SameSentence => "sentence",
        HowClose::SameParagraph => "paragraph",
        HowClose::SameArticle => "article",
    }
}

fn looked_in(watch: &Watch) -> &'static str {
    match watch.look_in {
        LookIn::Title => "the title",
        LookIn::Text => "the text",
        LookIn::TitleAndText => "the title or the text",
    }
}

fn both(document: Document<'_>, one: &Mention, other: &Mention, how_close: HowClose) -> String {
    let (one_quoted, other_quoted) = (quote(document, one), quote(document, other));
    match (one.field, other.field, how_close) {
        (Field::Title, Field::Title, HowClose::SameSentence) => {
            format!("{one_quoted} and {other_quoted} stand in the same sentence of the title")
        }
        (Field::Title, Field::Title, _) => format!("{one_quoted} and {other_quoted} stand in the title"),
        (Field::Text, Field::Text, HowClose::SameArticle) => {
            format!("{one_quoted} and {other_quoted} stand in the text")
        }
        (Field::Text, Field::Text, close) => {
            format!(
                "{one_quoted} and {other_quoted} stand in the same {} of the text",
                unit(close)
            )
        }
        (first, second, HowClose::SameParagraph) => {
            let place = |field: Field| match field {
                Field::Title => "the title",
                Field::Text => "the first paragraph of the text",
            };
            format!(
                "{one_quoted} stands in {} and {other_quoted} in {}",
                place(first),
                place(second)
            )
        }
        (first, second, _) => {
            format!(
                "{one_quoted} stands in {} and {other_quoted} in {}",
                field(first),
                field(second)
            )
        }
    }
}

/// The pair to show: in one passage, in the title if any is there, else the two closest; a pair of two places rather than
/// one that stands for both.
fn nearest(
    document: Document<'_>,
    examined: &Examined,
    how_close: HowClose,
    find: &[usize],
    together: &[usize],
) -> (usize, usize) {
    let passages = Passages::new(document);
    let mut best = (find[0], together[0]);
    let mut best_distance = (true, true, usize::MAX);
    // Two dozen of each show enough.
    for &one in find.iter().take(24) {
        for &other in together.iter().take(24) {
            let (a, b) = (&examined.mentions[one], &examined.mentions[other]);
            if passages.number(a, how_close) != passages.number(b, how_close) {
                continue;
            }
            let distance = (
                a.span == b.span && a.field == b.field,
                a.field != b.field,
                if a.field == b.field {
                    a.span.start.abs_diff(b.span.start)
                } else {
                    b.span.start
                },
            );
            if distance < best_distance {
                (best, best_distance) = ((one, other), distance);
            }
        }
    }
    best
}

/// Mentions after the first that read differently from it and from each other.
fn distinct_others(document: Document<'_>, examined: &Examined, find: &[usize]) -> Vec<usize> {
    let mut seen: Vec<String> = Vec::new();
    let mut others = Vec::new();
    for &at in find.iter().take(64) {
        let mention = &examined.mentions[at];
        let subject = match &mention.entity {
            Some(entity) => entity.id.clone(),
            None => fold(
                document
                    .field(mention.field)
                    .get(mention.span.clone())
                    .unwrap_or_default(),
            ),
        };
        if !seen.contains(&subject) {
            if !seen.is_empty() {
                others.push(at);
            }
            seen.push(subject);
        }
    }
    others
}

/// `neither JNIM nor “Mali” stands`, `none of JNIM, “Mali”, “Niger” and 4 more stands`.
fn none_of(terms: &[Term]) -> String {
    let mut names: Vec<String> = Vec::new();
    for term in terms {
        let name = match &term.entity {
            Some(entity) => entity.name.clone(),
            None => format!("“{}”", shortened(&term.written())),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] => "nothing is looked for that could stand".to_owned(),
        [one] => format!("{one} does not stand"),
        [one, other] => format!("neither {one} nor {other} stands"),
        _ if names.len() <= NAMED => format!("none of {} stands", names.join(", ")),
        _ => format!(
            "none of {} and {} more stands",
            names[..NAMED].join(", "),
            names.len() - NAMED
        ),
    }
}
