//! Checks that a query requires some term: without one it would fire on nearly every entry, and no term would lead to
//! it.

use super::fault::{Fault, QueryError};
use super::part::{Kind, Part};
use crate::terms::options::LookIn;

/// Reports queries that can never work, and fields inside fields.
pub(super) fn check(root: &Part, faults: &mut Vec<Fault>) {
    fields(root, LookIn::TitleAndText, faults);
    let before = faults.len();
    let anchored = anchored(root, faults);
    if !anchored && faults.len() == before {
        faults.push(hopeless(root, true));
    }
}

fn hopeless(part: &Part, all: bool) -> Fault {
    let mut what = Vec::new();
    named(part, &mut what);
    let error = QueryError::Hopeless {
        what: match what.as_slice() {
            [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            what => what.concat(),
        },
        all,
    };
    let span = part.span.clone();
    Fault { span, error }
}

/// Lists the kinds of parts in a part without any term.
fn named(part: &Part, what: &mut Vec<&'static str>) {
    let this = match &part.kind {
        Kind::All(parts) | Kind::Either(parts) | Kind::Close(_, parts) => {
            return parts.iter().for_each(|part| named(part, what));
        }
        Kind::In(_, of) => return named(of, what),
        Kind::Not(_) => "NOT",
        Kind::Feed(_) => "feed:",
        Kind::Language(_) => "lang:",
        Kind::Leaf(_) | Kind::Place(..) => return,
    };
    if !what.contains(&this) {
        what.push(this);
    }
}

fn anchored(part: &Part, faults: &mut Vec<Fault>) -> bool {
    match &part.kind {
        Kind::Leaf(_) | Kind::Place(..) => true,
        Kind::Not(_) | Kind::Feed(_) | Kind::Language(_) => false,
        Kind::In(_, of) => anchored(of, faults),
        // Every part is checked, for its own mistakes.
        Kind::All(parts) => parts.iter().filter(|part| anchored(part, faults)).count() > 0,
        Kind::Close(_, parts) => parts.iter().filter(|part| anchored(part, faults)).count() == parts.len(),
        Kind::Either(parts) => {
            let without: Vec<&Part> = parts.iter().filter(|part| !anchored(part, faults)).collect();
            // feed:a OR feed:b may accompany a term; a term OR NOT another requires nothing.
            if !without.is_empty() && without.len() < parts.len() {
                faults.extend(without.iter().map(|part| hopeless(part, false)));
            }
            without.is_empty()
        }
    }
}

fn fields(part: &Part, within: LookIn, faults: &mut Vec<Fault>) {
    match &part.kind {
        Kind::In(field, of) => {
            if within != LookIn::TitleAndText && within != *field {
                let span = part.span.clone();
                let error = QueryError::TwoFields;
                faults.push(Fault { span, error });
            }
            fields(of, *field, faults);
        }
        Kind::All(parts) | Kind::Either(parts) | Kind::Close(_, parts) => {
            parts.iter().for_each(|part| fields(part, within, faults));
        }
        Kind::Not(of) => fields(of, within, faults),
        Kind::Leaf(_) | Kind::Place(..) | Kind::Feed(_) | Kind::Language(_) => {}
    }
}
