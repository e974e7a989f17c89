//! `query`, `weights` and `at_least` of a watch.

use std::ops::Range;

use super::location::{Counting, area, centre, language};
use crate::config::lists::Lists;
use crate::config::source::{At, Written};
use crate::config::tables::Known;
use crate::config::values::{Check, Fields, Of, Text, kind};
use wirewatch_recognition::{Names, Query, Ring, Term, Weight, Weights, Where, parse_place, parse_query};

/// Weights beyond this are a slip.
const HEAVIEST: i64 = 1_000_000;

/// What the names in one query stand for.
struct Here<'h, 'c, 'l, 'k> {
    check: &'h mut Check<'c>,
    lists: &'h mut Lists<'l>,
    feeds: &'h Known<'k>,
    text: &'h Text<'h>,
    /// `[watch.NAME]`.
    table: &'h str,
    counting: Counting,
}

impl Here<'_, '_, '_, '_> {
    /// A name within the query; quotes stand before it.
    fn part<'t>(&self, written: &'t str, span: Range<usize>) -> Text<'t> {
        let begin = self.text.text[span.clone()].find(written).unwrap_or(0);
        Text {
            text: written,
            at: self.text.at,
            of: Of::Part(span.start + begin),
        }
    }
}

impl Names for Here<'_, '_, '_, '_> {
    fn terms(&mut self, written: &str, span: Range<usize>) -> Vec<Term> {
        if written.trim().is_empty() {
            return Vec::new();
        }
        let text = self.part(written, span);
        self.counting.hold_for(self.lists.terms(self.check, &[text]))
    }

    fn feed(&mut self, name: &str, span: Range<usize>) -> Option<String> {
        if name.is_empty() {
            return None;
        }
        let text = self.part(name, span);
        self.feeds.one(self.check, &text).map(str::to_owned)
    }

    fn language(&mut self, name: &str, span: Range<usize>) -> Option<String> {
        if name.is_empty() {
            return None;
        }
        let text = self.part(name, span);
        language(self.check, &text).map(str::to_owned)
    }

    fn place(&mut self, name: &str, within_km: Option<u16>, span: Range<usize>) -> Option<Term> {
        if name.is_empty() {
            return None;
        }
        let written = self.text.text[span.clone()].to_owned();
        let text = self.part(name, span);
        let asked = there(self.check, self.table, self.lists, self.counting, &text, within_km)?;
        Some(Term::anywhere_in(asked, written))
    }
}

/// Any place in the one of this name, or within so many km of it.
fn there(
    check: &mut Check<'_>,
    table: &str,
    lists: &Lists<'_>,
    counting: Counting,
    name: &Text<'_>,
    within_km: Option<u16>,
) -> Option<Where> {
    let mut asked = Where {
        inside: Vec::new(),
        not_inside: Vec::new(),
        of: Vec::new(),
        rings: Vec::new(),
        demonyms: counting.demonyms,
        min_confidence: counting.min_confidence as f32,
    };
    match within_km {
        None => asked.inside.push(area(check, table, lists, name)?),
        Some(km) => {
            let wider = match name.text.contains(char::is_whitespace) {
                true => format!("write place:\"{}\"", name.text),
                false => format!("write place:{}", name.text),
            };
            asked.of.push(centre(check, table, lists, name, &wider)?);
            let km = km.into();
            asked.rings.push(Ring { km, level: None });
        }
    }
    Some(asked)
}

/// `query`, with all that is wrong with it told.
pub(super) fn query(
    check: &mut Check<'_>,
    fields: &Fields<'_>,
    lists: &mut Lists<'_>,
    feeds: &Known<'_>,
    counting: Counting,
) -> Option<Query> {
    let text = fields.text(check, "query")?;
    let parsed = parse_query(text.text);
    for fault in &parsed.faults {
        check.error(
            &text.within(fault.span.clone()),
            fault.error.to_string(),
            fault.error.mend(),
        );
    }
    for (key, mend) in [
        ("find", "write its terms into the query"),
        ("together_with", "write it into the query with AND"),
        ("how_close", "write NEAR/10, SENT or PARA into the query"),
        ("look_in", "write title:( … ) or text:( … ) into the query"),
    ] {
        if fields.node(key).is_some() {
            let what = format!("`{key}` and `query` do not go together");
            check.error(&fields.at_key(key), what, Some(mend.to_owned()));
        }
    }
    parsed.query(&mut Here {
        check,
        lists,
        feeds,
        text: &text,
        table: &fields.header,
        counting,
    })
}

/// The terms that one key of `weights` stands for; none where it could not be read.
fn weighed(check: &mut Check<'_>, table: &str, lists: &mut Lists<'_>, counting: Counting, text: Text<'_>) -> Vec<Term> {
    match parse_place(text.text) {
        None => counting.hold_for(lists.terms(check, &[text])),
        Some(Ok((name, within_km))) => {
            let written = text.text.trim().to_owned();
            let name = Text { text: name, ..text };
            let asked = there(check, table, lists, counting, &name, within_km);
            asked
                .map(|asked| Term::anywhere_in(asked, written))
                .into_iter()
                .collect()
        }
        Some(Err(error)) => {
            check.error(&text.at(), error.to_string(), error.mend());
            Vec::new()
        }
    }
}

/// `weights` with `at_least`.
pub(super) fn weights(
    check: &mut Check<'_>,
    fields: &Fields<'_>,
    lists: &mut Lists<'_>,
    counting: Counting,
) -> Option<Weights> {
    let at_least = fields.whole(check, "at_least");
    let Some(node) = fields.node("weights") else {
        if fields.node("at_least").is_some() {
            let mend = "write weights = { \"attack*\" = 4, … }, or take it out".to_owned();
            check.error(
                &fields.at_key("at_least"),
                "`at_least` says nothing without `weights`",
                Some(mend),
            );
        }
        return None;
    };
    let Written::Table(children) = &node.value else {
        fields.wrong(check, "weights", node);
        return None;
    };
    if children.is_empty() {
        let what = "`weights` is empty";
        check.error(&At::Value(node.at), what, Some("write { \"attack*\" = 4 }".to_owned()));
        return None;
    }
    let mut weights = Weights {
        terms: Vec::new(),
        weights: Vec::new(),
        at_least: at_least.and_then(|sum| i32::try_from(sum).ok()).unwrap_or(1),
    };
    let mut whole = true;
    for (written, child) in children {
        let text = Text {
            text: written,
            at: child.at,
            of: Of::Key,
        };
        let terms = weighed(check, &fields.header, lists, counting, text);
        whole &= !terms.is_empty();
        let weight = match &child.value {
            Written::Whole(0) => {
                let what = format!("a weight of 0 makes no difference: `{written}`");
                check.warn(&At::Value(child.at), what, Some("take it out".to_owned()));
                continue;
            }
            Written::Whole(weight) if (-HEAVIEST..=HEAVIEST).contains(weight) => *weight as i32,
            Written::Whole(_) => {
                let what = format!("a weight is a whole number from {} to {HEAVIEST}", -HEAVIEST);
                check.error(&At::Value(child.at), what, None);
                whole = false;
                continue;
            }
            other => {
                let what = format!("a weight is a whole number, and this is {}", kind(other));
                let mend = match other {
                    Written::Text(text) if text.trim().parse::<i64>().is_ok() => {
                        format!("write \"{written}\" = {} without the quotes", text.trim())
                    }
                    Written::Broken(_) => {
                        "write all weights and `at_least` ten times as large, without a point".to_owned()
                    }
                    _ => format!("write \"{written}\" = 4"),
                };
                check.error(&At::Value(child.at), what, Some(mend));
                whole = false;
                continue;
            }
        };
        let from = weights.terms.len();
        weights.terms.extend(terms);
        weights.weights.push(Weight {
            terms: from..weights.terms.len(),
            weight,
        });
    }
    if fields.lacks(&["at_least"]) {
        let what = format!("{} has `weights` and no `at_least`", fields.header);
        check.missing(&fields.at_key("weights"), what, Some("add at_least = 8".to_owned()));
        return None;
    }
    let most: i64 = weights.weights.iter().map(|one| i64::from(one.weight.max(0))).sum();
    if whole && at_least.is_some_and(|at_least| most < at_least) {
        let what = format!("all weights together make {most}: the watch can never alert");
        check.error(
            &fields.at_key("at_least"),
            what,
            Some(format!("write at_least = {most} or less")),
        );
        return None;
    }
    (whole && at_least.is_some()).then_some(weights)
}
