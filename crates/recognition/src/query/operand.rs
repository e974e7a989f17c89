//! Operands of AND, OR and NOT, and the possible readings of a row of them.

use super::part::{Kind, Part};

/// The operator before an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    And,
    Or,
}

pub(super) struct Operand {
    pub(super) joined: Joined,
    pub(super) not: bool,
    pub(super) part: Part,
}

/// Returns the row with parentheses around operands joined by another operator than `outer`.
pub(super) fn reading(written: &str, operands: &[Operand], outer: Joined) -> String {
    let mut groups: Vec<Vec<&Operand>> = Vec::new();
    for operand in operands {
        match groups.last_mut() {
            Some(group) if operand.joined != outer => group.push(operand),
            _ => groups.push(vec![operand]),
        }
    }
    let text = |operand: &Operand, first: bool| {
        let operator = match (first, operand.joined, operand.not) {
            (true, _, true) => "NOT ",
            (true, _, false) => "",
            (false, Joined::And, true) => " NOT ",
            (false, Joined::And, false) => " AND ",
            (false, Joined::Or, true) => " OR NOT ",
            (false, Joined::Or, false) => " OR ",
        };
        format!("{operator}{}", &written[operand.part.span.clone()])
    };
    let mut read = String::new();
    for (number, group) in groups.iter().enumerate() {
        if let [only] = group.as_slice() {
            read.push_str(&text(only, number == 0));
            continue;
        }
        if number > 0 {
            read.push_str(if outer == Joined::And { " AND " } else { " OR " });
        }
        let inner: String = group.iter().enumerate().map(|(at, one)| text(one, at == 0)).collect();
        read.push_str(&format!("({inner})"));
    }
    read
}

pub(super) fn negated(operand: Operand) -> Part {
    if !operand.not {
        return operand.part;
    }
    let span = operand.part.span.clone();
    let kind = Kind::Not(Box::new(operand.part));
    Part { kind, span }
}
