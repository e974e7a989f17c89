//! The parser of queries. NEAR binds tighter than SENT, SENT than PARA, PARA than AND, OR and NOT; between AND and OR
//! parentheses are required.

use std::ops::Range;

use super::anchor;
use super::clause::Query;
use super::closeness;
use super::fault::{Fault, QueryError};
use super::operand::{Joined, Operand, negated, reading};
use super::part::{Gathering, Kind, Names, Part};
use super::token::{Spanned, Token, cut};
use crate::terms::options::HowClose;

/// Maximum depth of parentheses.
const DEEPEST: usize = 24;

/// A parsed query: its faults, or what it asks for.
#[derive(Debug)]
pub struct Parsed<'q> {
    written: &'q str,
    root: Option<Part>,
    /// In the order of the query.
    pub faults: Vec<Fault>,
}

impl Parsed<'_> {
    /// Returns the query with its names resolved, or `None` if anything is wrong. All names are resolved even if the
    /// query is wrong, so that all mistakes are reported at once.
    pub fn query(&self, names: &mut dyn Names) -> Option<Query> {
        let root = self.root.as_ref()?;
        let gathering = Gathering {
            names,
            terms: Vec::new(),
            whole: self.faults.is_empty(),
        };
        gathering.query(root, self.written)
    }
}

/// Reads a query: words and phrases with `AND`, `OR`, `NOT`, `NEAR/5`, `SENT`, parentheses, `title:`, `place:`, `lang:`.
///
/// All faults are returned at once, each with its place.
///
/// ```
/// use wirewatch_recognition::parse_query;
///
/// assert!(parse_query("(attack* OR ambush) AND Mali").faults.is_empty());
/// assert!(!parse_query("(attack* OR").faults.is_empty());
/// ```
pub fn parse(written: &str) -> Parsed<'_> {
    let (tokens, faults) = cut(written);
    let mut reading = Reading {
        written,
        tokens,
        at: 0,
        depth: 0,
        faults,
    };
    if written.trim().is_empty() {
        reading.fault(QueryError::Empty, 0..written.len());
    }
    let root = reading.run();
    let mut faults = reading.faults;
    if let Some(root) = &root
        && faults.is_empty()
    {
        anchor::check(root, &mut faults);
    }
    faults.sort_by_key(|fault| fault.span.start);
    Parsed { written, root, faults }
}

struct Reading<'q> {
    written: &'q str,
    tokens: Vec<Spanned>,
    at: usize,
    depth: usize,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn fault(&mut self, error: QueryError, span: Range<usize>) {
        self.faults.push(Fault { span, error });
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn span(&self) -> Range<usize> {
        self.tokens
            .get(self.at)
            .map_or(self.written.len()..self.written.len(), |(_, span)| span.clone())
    }

    fn slice(&self, span: &Range<usize>) -> String {
        self.written[span.clone()].to_owned()
    }

    fn run(&mut self) -> Option<Part> {
        let mut parts = Vec::new();
        loop {
            parts.extend(self.sequence());
            if self.peek().is_none() {
                break;
            }
            let span = self.span();
            self.fault(QueryError::StrayParenthesis, span);
            self.at += 1;
        }
        (parts.len() <= 1).then(|| parts.pop()).flatten()
    }

    /// Operands with AND, OR and NOT between them, up to a `)` or the end.
    fn sequence(&mut self) -> Option<Part> {
        let mut operands: Vec<Operand> = Vec::new();
        while !matches!(self.peek(), None | Some(Token::Shut)) {
            let (joined, not) = self.operators(operands.is_empty());
            let begin = self.span().start;
            if let Some(part) = self.passage() {
                if let (None, false, Some(before)) = (joined, not, operands.last()) {
                    self.side_by_side(&before.part.span.clone(), &part.span);
                }
                let joined = joined.unwrap_or(Joined::And);
                operands.push(Operand { joined, not, part });
            } else if self.span().start == begin && !matches!(self.peek(), None | Some(Token::Shut)) {
                self.at += 1;
            }
        }
        self.join(operands)
    }

    /// Reads AND, OR and NOT before an operand.
    fn operators(&mut self, first: bool) -> (Option<Joined>, bool) {
        let (mut joined, mut not, mut told) = (None, false, false);
        let mut before: Option<Range<usize>> = None;
        while let Some(token @ (Token::And | Token::Or | Token::Not)) = self.peek().cloned() {
            let span = self.span();
            match (&token, &before) {
                (Token::Not, _) if !not => not = true,
                (Token::And | Token::Or, None) => {
                    if first {
                        let operator = self.slice(&span);
                        self.fault(QueryError::NothingBefore(operator), span.clone());
                        told = true;
                    }
                    joined = Some(if token == Token::And { Joined::And } else { Joined::Or });
                }
                (_, before) => {
                    if !told {
                        let first = before.as_ref().map(|before| self.slice(before)).unwrap_or_default();
                        let error = QueryError::TwoOperators(first, self.slice(&span));
                        self.fault(error, span.clone());
                        told = true;
                    }
                }
            }
            before = Some(span);
            self.at += 1;
        }
        if let Some(last) = before
            && matches!(self.peek(), None | Some(Token::Shut))
            && !told
        {
            let operator = self.slice(&last);
            self.fault(QueryError::NothingAfter(operator), last);
        }
        (joined, not)
    }

    fn side_by_side(&mut self, left: &Range<usize>, right: &Range<usize>) {
        let (left_text, right_text) = (self.slice(left), self.slice(right));
        for (span, text) in [(right, &right_text), (left, &left_text)] {
            let operator = match text.to_lowercase().as_str() {
                "and" | "et" | "y" | "und" => "AND",
                "or" | "ou" | "o" | "oder" => "OR",
                "not" | "sauf" | "sans" | "nicht" => "NOT",
                "sent" => "SENT",
                "para" => "PARA",
                near if near.starts_with("near/") => "NEAR/10",
                _ => continue,
            };
            let (written, operator) = (text.clone(), operator.to_owned());
            // Reported once, although both of its neighbours see it.
            if self.faults.last().is_none_or(|fault| fault.span != *span) {
                self.fault(QueryError::LowerCase { written, operator }, span.clone());
            }
            return;
        }
        let error = QueryError::SideBySide {
            left: left_text,
            right: right_text,
        };
        self.fault(error, right.clone());
    }

    fn join(&mut self, mut operands: Vec<Operand>) -> Option<Part> {
        let span = operands.first()?.part.span.start..operands.last()?.part.span.end;
        if operands.len() == 1 {
            let only = operands.pop()?;
            return Some(negated(only));
        }
        let or = operands[1..].iter().any(|one| one.joined == Joined::Or);
        let and = operands[1..].iter().any(|one| one.joined == Joined::And);
        if or && and {
            let (and_first, or_first) = (
                reading(self.written, &operands, Joined::Or),
                reading(self.written, &operands, Joined::And),
            );
            self.fault(QueryError::Mixed { and_first, or_first }, span.clone());
        }
        let parts = operands.into_iter().map(negated).collect();
        let kind = if or { Kind::Either(parts) } else { Kind::All(parts) };
        Some(Part { kind, span })
    }

    fn passage(&mut self) -> Option<Part> {
        self.chain(
            &|token| matches!(token, Token::Close(HowClose::SameParagraph)),
            &mut |reading| {
                reading.chain(
                    &|token| matches!(token, Token::Close(HowClose::SameSentence)),
                    &mut |reading| reading.near(),
                )
            },
        )
    }

    /// Operands of SENT or PARA.
    fn chain(
        &mut self,
        is: &dyn Fn(&Token) -> bool,
        operand: &mut dyn FnMut(&mut Self) -> Option<Part>,
    ) -> Option<Part> {
        let mut parts: Vec<Part> = operand(self).into_iter().collect();
        let mut how_close = None;
        while let Some(Token::Close(close)) = self.peek().filter(|token| is(token)).cloned() {
            let operator = self.span();
            self.at += 1;
            how_close = Some(close);
            if parts.is_empty() {
                let operator = self.slice(&operator);
                let span = self.tokens[self.at - 1].1.clone();
                self.fault(QueryError::NothingBefore(operator), span);
            }
            parts.extend(self.after(&operator, operand));
        }
        let Some(how_close) = how_close.filter(|_| parts.len() > 1) else {
            return parts.pop();
        };
        let span = parts.first()?.span.start..parts.last()?.span.end;
        let unfit = closeness::unfit_parts(self.written, &parts, how_close);
        self.faults.extend(unfit);
        let kind = Kind::Close(how_close, parts);
        Some(Part { kind, span })
    }

    fn near(&mut self) -> Option<Part> {
        let mut left = self.single();
        while let Some(Token::Close(close @ HowClose::Words(_))) = self.peek().cloned() {
            let operator = self.span();
            self.at += 1;
            if left.is_none() {
                let written = self.slice(&operator);
                self.fault(QueryError::NothingBefore(written), operator.clone());
            }
            let right = self.after(&operator, &mut |reading| reading.single());
            left = match (left, right) {
                (Some(left), Some(right)) => {
                    let span = left.span.start..right.span.end;
                    let parts = vec![left, right];
                    let unfit = closeness::unfit_parts(self.written, &parts, close);
                    self.faults.extend(unfit);
                    let kind = Kind::Close(close, parts);
                    Some(Part { kind, span })
                }
                (left, right) => left.or(right),
            };
        }
        left
    }

    /// The operand after a closeness operator.
    fn after(&mut self, operator: &Range<usize>, operand: &mut dyn FnMut(&mut Self) -> Option<Part>) -> Option<Part> {
        let before = self.faults.len();
        if self.peek() == Some(&Token::Not) {
            let not = self.span();
            let outer = self.slice(operator);
            let mend = format!("write NOT ( … {outer} … ) after all of it");
            let inner = "NOT".to_owned();
            self.fault(QueryError::Inside { inner, outer, mend }, not);
            self.at += 1;
        }
        let part = operand(self);
        if part.is_none() && self.faults.len() == before {
            let written = self.slice(operator);
            self.fault(QueryError::NothingAfter(written), operator.clone());
        }
        part
    }

    /// A term, a group in parentheses, or either in a field.
    fn single(&mut self) -> Option<Part> {
        let span = self.span();
        match self.peek()?.clone() {
            Token::Leaf(written) => {
                self.at += 1;
                let kind = Kind::Leaf(written);
                Some(Part { kind, span })
            }
            Token::Feed(name) => {
                self.at += 1;
                let kind = Kind::Feed(name);
                Some(Part { kind, span })
            }
            Token::Language(name) => {
                self.at += 1;
                let kind = Kind::Language(name);
                Some(Part { kind, span })
            }
            Token::Place(name, within_km) => {
                self.at += 1;
                let kind = Kind::Place(name, within_km);
                Some(Part { kind, span })
            }
            Token::In(look_in) => {
                self.at += 1;
                let of = self.single()?;
                let span = span.start..of.span.end;
                let kind = Kind::In(look_in, Box::new(of));
                Some(Part { kind, span })
            }
            Token::Open => self.group(),
            Token::Shut | Token::And | Token::Or | Token::Not | Token::Close(_) => None,
        }
    }

    fn group(&mut self) -> Option<Part> {
        let open = self.span();
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            self.fault(QueryError::TooDeep(DEEPEST), open);
            // The contents are not checked.
            self.at = self.tokens.len();
            self.depth -= 1;
            return None;
        }
        let before = self.faults.len();
        let inner = self.sequence();
        self.depth -= 1;
        let shut = self.span();
        if self.peek() == Some(&Token::Shut) {
            self.at += 1;
        } else if self
            .faults
            .iter()
            .all(|fault| !matches!(fault.error, QueryError::TooDeep(_)))
        {
            self.fault(QueryError::OpenParenthesis, open.clone());
        }
        let span = open.start..shut.end;
        if inner.is_none() && self.faults.len() == before {
            self.fault(QueryError::EmptyParentheses, span.clone());
        }
        inner.map(|inner| Part { kind: inner.kind, span })
    }
}
