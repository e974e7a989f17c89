//! One automaton over every form of every term.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::boundary::{Reach, may_begin, word_end};
use super::forms::Form;
use super::matcher::{CompileError, TermId};

/// A DFA is 2.6 times as fast as the NFA and takes some 4 KB a form; above this number memory counts for more.
const DFA_FORMS: usize = 2_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Owner {
    term: TermId,
    reach: Reach,
}

/// A form of a term in the stream: its own letters, and the end of the word with its plural.
pub(super) struct Occurrence {
    pub(super) term: TermId,
    pub(super) core: Range<usize>,
    pub(super) word_end: usize,
}

#[derive(Debug)]
pub(super) struct Automaton {
    /// `None` without terms.
    search: Option<AhoCorasick>,
    /// The owners of form `i` are those from `bounds[i]` to `bounds[i + 1]`.
    bounds: Vec<u32>,
    owners: Vec<Owner>,
}

impl Automaton {
    pub(super) fn compile(mut forms: Vec<(Form, TermId)>) -> Result<Self, CompileError> {
        forms.sort_unstable();
        let mut texts: Vec<&str> = Vec::with_capacity(forms.len());
        let mut bounds = Vec::with_capacity(forms.len() + 1);
        let mut owners = Vec::with_capacity(forms.len());
        for (form, term) in &forms {
            if texts.last() != Some(&form.text.as_str()) {
                texts.push(&form.text);
                bounds.push(owners.len() as u32);
            }
            owners.push(Owner {
                term: *term,
                reach: form.reach,
            });
        }
        bounds.push(owners.len() as u32);
        if texts.is_empty() {
            return Ok(Self {
                search: None,
                bounds,
                owners,
            });
        }
        let kind = if texts.len() <= DFA_FORMS {
            AhoCorasickKind::DFA
        } else {
            AhoCorasickKind::ContiguousNFA
        };
        let search = AhoCorasick::builder()
            .kind(Some(kind))
            .match_kind(MatchKind::Standard)
            .build(&texts)
            .map_err(|error| CompileError::TooLarge(error.to_string()))?;
        Ok(Self {
            search: Some(search),
            bounds,
            owners,
        })
    }

    /// Calls `found` with every whole-word occurrence of every term, overlapping ones too: choosing the longest is left
    /// to those who know all of them (leftmost-longest with a filter for whole words behind it loses 3 % of words).
    pub(super) fn find(&self, stream: &str, mut found: impl FnMut(Occurrence)) {
        let Some(search) = &self.search else { return };
        for hit in search.find_overlapping_iter(stream) {
            let led = stream.as_bytes()[hit.start()] == b' ';
            let core = hit.start() + usize::from(led)..hit.end();
            if !led && !may_begin(stream, core.start, core.end) {
                continue;
            }
            let form = hit.pattern().as_usize();
            for owner in &self.owners[self.bounds[form] as usize..self.bounds[form + 1] as usize] {
                if let Some(word_end) = word_end(stream, core.start, core.end, owner.reach) {
                    found(Occurrence {
                        term: owner.term,
                        core: core.clone(),
                        word_end,
                    });
                }
            }
        }
    }
}
