//! The tokens of a query: words, quotes, signs and operators.

use std::ops::Range;

use super::fault::{Fault, QueryError};
use crate::terms::options::{HowClose, LookIn};

/// Maximum distance in words of NEAR and of `how_close`; beyond, a passage is the better question.
pub const FURTHEST_WORDS: u16 = 200;

/// Field names before a colon.
const FIELDS: [&str; 6] = ["title", "text", "feed", "lang", "place", "near"];
/// Words that people write for them.
const MEANT: [(&str, &str); 10] = [
    ("language", "lang"),
    ("langue", "lang"),
    ("country", "place"),
    ("where", "place"),
    ("inside", "place"),
    ("location", "place"),
    ("within", "near"),
    ("source", "feed"),
    ("headline", "title"),
    ("body", "text"),
];
/// Kilometres of `near:Ségou` without a number.
pub const NEAR_KM: u16 = 50;
/// Half of the way around the Earth.
const FURTHEST_KM: u16 = 20_000;

/// Reads the distance of `near:Ségou/60`.
pub(super) fn kilometres(written: &str) -> Option<u16> {
    let km = written.trim().trim_end_matches("km").trim().parse().ok();
    km.filter(|km| (1..=FURTHEST_KM).contains(km))
}

impl QueryError {
    pub(super) fn too_far(name: &str) -> Self {
        Self::Kilometres {
            name: name.to_owned(),
            most: FURTHEST_KM,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Shut,
    And,
    Or,
    Not,
    Close(HowClose),
    /// `title:` or `text:`, before its operand.
    In(LookIn),
    /// `feed:NAME`.
    Feed(String),
    /// `lang:fr`.
    Language(String),
    /// `place:Mali`; with kilometres, `near:Bamako/60`.
    Place(String, Option<u16>),
    /// A term as written in a list.
    Leaf(String),
}

pub(super) type Spanned = (Token, Range<usize>);

struct Cutter<'q> {
    query: &'q str,
    at: usize,
    tokens: Vec<Spanned>,
    faults: Vec<Fault>,
}

pub(super) fn cut(query: &str) -> (Vec<Spanned>, Vec<Fault>) {
    let mut cutter = Cutter {
        query,
        at: 0,
        tokens: Vec::new(),
        faults: Vec::new(),
    };
    cutter.run();
    (cutter.tokens, cutter.faults)
}

impl Cutter<'_> {
    fn run(&mut self) {
        while let Some(c) = self.query[self.at..].chars().next() {
            let begin = self.at;
            self.at += c.len_utf8();
            match c {
                _ if c.is_whitespace() => {}
                '(' => self.token(Token::Open, begin),
                ')' => self.token(Token::Shut, begin),
                '"' | '“' | '„' | '«' => self.quote(c, begin),
                '/' => self.pattern(begin),
                _ => self.word(begin),
            }
        }
    }

    fn token(&mut self, token: Token, begin: usize) {
        self.tokens.push((token, begin..self.at));
    }

    fn fault(&mut self, error: QueryError, begin: usize) {
        let span = begin..self.at;
        self.faults.push(Fault { span, error });
    }

    fn quote(&mut self, open: char, begin: usize) {
        let rest = &self.query[self.at..];
        let shuts = |c: char| match open {
            '«' => c == '»',
            '"' => c == '"',
            _ => matches!(c, '”' | '“' | '"'),
        };
        let Some(len) = rest.find(shuts) else {
            self.at = begin + open.len_utf8();
            self.fault(QueryError::OpenQuote, begin);
            self.at = self.query.len();
            return self.token(Token::Leaf(rest.trim().to_owned()), begin);
        };
        let inner = rest[..len].trim().to_owned();
        self.at += len + rest[len..].chars().next().map_or(0, char::len_utf8);
        if inner.is_empty() {
            self.fault(QueryError::EmptyQuote, begin);
        }
        self.token(Token::Leaf(inner), begin);
    }

    /// Up to a `/` that can end a pattern: a pattern may contain spaces and parentheses.
    fn pattern(&mut self, begin: usize) {
        let rest = &self.query[self.at..];
        let ends = |&(at, _): &(usize, &str)| {
            let escaped = rest[..at].bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1;
            let next = rest[at + 1..].chars().next();
            !escaped && next.is_none_or(|next| next.is_whitespace() || next == ')')
        };
        match rest.match_indices('/').find(ends) {
            Some((len, _)) => self.at += len + 1,
            None => {
                self.fault(QueryError::OpenPattern, begin);
                self.at = self.query.len();
            }
        }
        // An unclosed quote is reported once.
        let written = self.query[begin..self.at].to_owned();
        let written = if written.len() > 1 && written.ends_with('/') {
            written
        } else {
            String::new()
        };
        self.token(Token::Leaf(written), begin);
    }

    fn word(&mut self, begin: usize) {
        let rest = &self.query[begin..];
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“' | '”' | '«' | '»');
        self.at = begin + rest.find(ends).unwrap_or(rest.len()).max(1);
        while !self.query.is_char_boundary(self.at) {
            self.at += 1;
        }
        let written = &self.query[begin..self.at];
        match written {
            "AND" => self.token(Token::And, begin),
            "OR" => self.token(Token::Or, begin),
            "NOT" => self.token(Token::Not, begin),
            "SENT" => self.token(Token::Close(HowClose::SameSentence), begin),
            "PARA" => self.token(Token::Close(HowClose::SameParagraph), begin),
            "&" | "&&" => self.sign(Token::And, "AND", begin),
            "|" | "||" => self.sign(Token::Or, "OR", begin),
            "!" => self.sign(Token::Not, "NOT", begin),
            "NEAR" | "W" => {
                self.fault(
                    QueryError::NearWhat {
                        written: "NEAR".to_owned(),
                    },
                    begin,
                );
                self.token(Token::Close(HowClose::Words(10)), begin);
            }
            _ if written.starts_with("NEAR/") => self.near(begin),
            _ => match written.chars().next() {
                Some('-' | '–' | '−' | '!') => self.prefixed(Token::Not, "NOT", begin),
                Some('+') => self.prefixed(Token::And, "", begin),
                _ => self.term(begin),
            },
        }
    }

    fn sign(&mut self, token: Token, operator: &'static str, begin: usize) {
        let written = self.query[begin..self.at].to_owned();
        self.fault(QueryError::Sign { written, operator }, begin);
        self.token(token, begin);
    }

    /// `-football`, `+Mali`.
    fn prefixed(&mut self, token: Token, operator: &'static str, begin: usize) {
        let end = self.at;
        let sign = self.query[begin..].chars().next().map_or(1, char::len_utf8);
        self.at = begin + sign;
        let written = self.query[begin..self.at].to_owned();
        self.fault(QueryError::Sign { written, operator }, begin);
        if token == Token::Not {
            self.token(token, begin);
        }
        if self.at < end {
            self.word(self.at);
        }
    }

    fn near(&mut self, begin: usize) {
        let number = self.query[begin..self.at].trim_start_matches("NEAR/");
        let words = match number.parse::<u16>() {
            Ok(words) if (1..=FURTHEST_WORDS).contains(&words) => words,
            _ => {
                self.fault(QueryError::NearHowFar { most: FURTHEST_WORDS }, begin);
                10
            }
        };
        self.token(Token::Close(HowClose::Words(words)), begin);
    }

    fn term(&mut self, begin: usize) {
        let written = &self.query[begin..self.at];
        let Some((name, value)) = written.split_once(':') else {
            let written = written.to_owned();
            return self.token(Token::Leaf(written), begin);
        };
        let Some(field) = FIELDS.into_iter().find(|field| *field == name) else {
            let near = FIELDS.into_iter().find(|field| {
                field.eq_ignore_ascii_case(name) || strsim::damerau_levenshtein(field, &name.to_lowercase()) <= 1
            });
            let near = near.or_else(|| MEANT.iter().find(|(other, _)| *other == name).map(|(_, field)| *field));
            let (written, name) = (written.to_owned(), name.to_owned());
            let end = self.at;
            self.at = begin + name.len() + 1;
            self.fault(QueryError::Field { name, near }, begin);
            self.at = end;
            return self.token(Token::Leaf(written), begin);
        };
        if !matches!(field, "title" | "text") {
            let value = value.to_owned();
            return self.named(field, value, begin);
        }
        let look_in = if field == "title" { LookIn::Title } else { LookIn::Text };
        self.at = begin + field.len() + 1;
        let next = self.query[self.at..].chars().next();
        if next.is_none_or(|next| next.is_whitespace() || next == ')') {
            self.fault(QueryError::EmptyField(field), begin);
            return;
        }
        self.token(Token::In(look_in), begin);
    }
    /// `feed:desk`, `lang:fr`, `place:"Ivory Coast"`, `near:Bamako/60`: a name in quotes where it has spaces.
    fn named(&mut self, field: &'static str, value: String, begin: usize) {
        let (mut value, mut km) = (value, None);
        let next = self.query[self.at..].chars().next();
        if value.is_empty() && next == Some('(') {
            return self.fault(QueryError::OneName(field), begin);
        }
        if value.is_empty()
            && let Some(open) = next.filter(|next| matches!(next, '"' | '“' | '«'))
        {
            let rest = &self.query[self.at + open.len_utf8()..];
            let shuts = |c: char| matches!(c, '"' | '”' | '»');
            let len = rest.find(shuts).unwrap_or(rest.len());
            value = rest[..len].trim().to_owned();
            self.at = self.query.len() - rest.len() + len;
            self.at += rest[len..].chars().next().map_or(0, char::len_utf8);
            if field == "near" && self.query[self.at..].starts_with('/') {
                let rest = &self.query[self.at + 1..];
                let end = rest.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(rest.len());
                km = Some(rest[..end].to_owned());
                self.at += 1 + end;
            }
        } else if field == "near"
            && let Some((name, distance)) = value.split_once('/')
        {
            (value, km) = (name.to_owned(), Some(distance.to_owned()));
        }
        if value.is_empty() {
            self.fault(QueryError::EmptyField(field), begin);
        }
        let within = km.map_or(Some(NEAR_KM), |written| kilometres(&written));
        if within.is_none() {
            self.fault(QueryError::too_far(&value), begin);
        }
        self.token(
            match field {
                "feed" => Token::Feed(value),
                "lang" => Token::Language(value),
                "near" => Token::Place(value, Some(within.unwrap_or(NEAR_KM))),
                _ => Token::Place(value, None),
            },
            begin,
        );
    }
}
