//! Checks of the operands of NEAR, SENT and PARA.

use std::ops::Range;

use super::fault::{Fault, QueryError};
use super::part::{Kind, Part};
use crate::terms::options::HowClose;

/// Returns the faults of parts that must occur close to each other.
pub(super) fn unfit_parts(written: &str, parts: &[Part], how_close: HowClose) -> Vec<Fault> {
    let slice = |span: &Range<usize>| &written[span.clone()];
    let outer = operator(how_close);
    let fault = |part: &Part| {
        let (inner, kind) = unfit(part, how_close)?;
        let mend = match (&kind, parts) {
            (Unfit::All(of), [one, other]) => {
                let third = if std::ptr::eq(part, one) { other } else { one };
                let pairs: Vec<String> = of
                    .iter()
                    .map(|span| format!("{} {outer} {}", slice(span), slice(&third.span)))
                    .collect();
                format!("write {}", pairs.join(" AND "))
            }
            (Unfit::All(_), _) => format!("write {outer} in place of AND"),
            (Unfit::Not, _) => format!("write NOT ( … {outer} … ) after all of it"),
            (Unfit::Field, _) => format!("write {inner} with AND, outside of {outer}"),
            (Unfit::Wider(wider), _) => {
                format!("put parentheses around what belongs to {outer}, and {wider} outside")
            }
        };
        let (outer, span) = (outer.clone(), part.span.clone());
        let error = QueryError::Inside { inner, outer, mend };
        Some(Fault { span, error })
    };
    parts.iter().filter_map(fault).collect()
}

fn operator(how_close: HowClose) -> String {
    match how_close {
        HowClose::Words(words) => format!("NEAR/{words}"),
        HowClose::SameSentence => "SENT".to_owned(),
        HowClose::SameParagraph => "PARA".to_owned(),
        HowClose::SameArticle => "AND".to_owned(),
    }
}

enum Unfit {
    All(Vec<Range<usize>>),
    Not,
    Field,
    Wider(String),
}

/// Returns why a part cannot be an operand of a closeness operator: an absent word, or two words anywhere, have no
/// place of their own; and a wide passage is not close within a narrow one.
fn unfit(part: &Part, how_close: HowClose) -> Option<(String, Unfit)> {
    let rank = |close: HowClose| match close {
        HowClose::Words(_) => 0,
        HowClose::SameSentence => 1,
        HowClose::SameParagraph => 2,
        HowClose::SameArticle => 3,
    };
    match &part.kind {
        Kind::Leaf(_) | Kind::Place(..) => None,
        Kind::All(of) if of.iter().any(|one| matches!(one.kind, Kind::Not(_))) => Some(("NOT".to_owned(), Unfit::Not)),
        Kind::All(of) => {
            let spans = of.iter().map(|one| one.span.clone()).collect();
            Some(("AND".to_owned(), Unfit::All(spans)))
        }
        Kind::Not(_) => Some(("NOT".to_owned(), Unfit::Not)),
        Kind::Feed(_) => Some(("feed:".to_owned(), Unfit::Field)),
        Kind::Language(_) => Some(("lang:".to_owned(), Unfit::Field)),
        Kind::In(_, of) => unfit(of, how_close),
        Kind::Either(of) => of.iter().find_map(|part| unfit(part, how_close)),
        // Its own parts were checked when it was read.
        Kind::Close(inner, _) if rank(*inner) > rank(how_close) => {
            Some((operator(*inner), Unfit::Wider(operator(*inner))))
        }
        Kind::Close(..) => None,
    }
}
