//! Regular expressions: checked on parsing, run over the original text only if one of them matches at all.

use std::ops::Range;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use crate::index::compile_error::CompileError;
use crate::mention::TermId;

/// Maximum size of a compiled expression in bytes; `(a{1000}){1000}` needs more.
const SIZE_LIMIT: usize = 1 << 20;

/// Expressions per set; larger sets thrash the lazy DFA's cache.
const SET: usize = 64;

/// Checks an expression.
///
/// # Errors
///
/// The reason, and the offset in bytes if one place is at fault.
pub(crate) fn check(regex: &str) -> Result<(), (String, Option<usize>)> {
    let parsed = regex_syntax::ParserBuilder::new()
        .case_insensitive(true)
        .build()
        .parse(regex)
        .map_err(|error| match error {
            regex_syntax::Error::Parse(error) => (error.kind().to_string(), Some(error.span().start.offset)),
            regex_syntax::Error::Translate(error) => (error.kind().to_string(), Some(error.span().start.offset)),
            other => (other.to_string(), None),
        })?;
    if parsed.properties().minimum_len() == Some(0) {
        return Err(("it also matches where nothing stands".into(), Some(0)));
    }
    build(regex).map(drop).map_err(|error| match error {
        regex::Error::CompiledTooBig(limit) => (
            format!("it is too large (more than {} KB compiled)", limit / 1024),
            None,
        ),
        other => (other.to_string(), None),
    })
}

fn build(regex: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(regex)
        .case_insensitive(true)
        .size_limit(SIZE_LIMIT)
        .build()
}

/// Bytes that one expression may read of one text. Each match may have read to the end of the text (`bomb(.*school)?`),
/// which makes all of them cost its square: a text of a megabyte has its first 128 matches, one of 11 KB all.
const MOST_WORK: usize = 1 << 27;

#[derive(Debug)]
struct Sheaf {
    /// `None` if the set is too large to compile; then each expression runs alone.
    any: Option<RegexSet>,
    regexes: Vec<(TermId, Regex)>,
}

#[derive(Debug)]
pub(crate) struct Expressions {
    sheaves: Vec<Sheaf>,
}

impl Expressions {
    pub(crate) fn compile(written: &[(TermId, &str)]) -> Result<Self, CompileError> {
        let mut sheaves = Vec::with_capacity(written.len().div_ceil(SET));
        for chunk in written.chunks(SET) {
            let any = RegexSetBuilder::new(chunk.iter().map(|(_, regex)| regex))
                .case_insensitive(true)
                .size_limit(SIZE_LIMIT * 8)
                .build()
                .ok();
            let regexes = chunk
                .iter()
                .map(|&(id, regex)| build(regex).map(|built| (id, built)))
                .collect::<Result<_, _>>()
                .map_err(|error| CompileError::TooLarge(error.to_string()))?;
            sheaves.push(Sheaf { any, regexes });
        }
        Ok(Self { sheaves })
    }

    /// Calls `found` with each match and its bytes in the text.
    pub(crate) fn find(&self, text: &str, mut found: impl FnMut(TermId, Range<usize>)) {
        for sheaf in &self.sheaves {
            let most = MOST_WORK / text.len().max(1);
            let mut run = |(id, regex): &(TermId, Regex)| {
                for one in regex.find_iter(text).filter(|one| !one.is_empty()).take(most) {
                    found(*id, one.range());
                }
            };
            match &sheaf.any {
                Some(any) => any.matches(text).iter().for_each(|which| run(&sheaf.regexes[which])),
                None => sheaf.regexes.iter().for_each(run),
            }
        }
    }
}
