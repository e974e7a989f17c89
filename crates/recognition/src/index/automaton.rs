//! One search for every form of every term.

use std::hint::black_box;
use std::ops::Range;

use aho_corasick::automaton::Automaton as _;
use aho_corasick::nfa::{contiguous, noncontiguous};
use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};
use smallvec::SmallVec;

use crate::index::compile_error::CompileError;
use crate::index::word_starts::WordStarts;
use crate::mention::TermId;
use crate::terms::forms::AllForms;
use crate::text::boundary::{Reach, may_begin, word_end};
use crate::text::tokens::Token;

/// A DFA is 2.6 times as fast as an NFA and takes some 4 KB a form; above this number memory counts for more.
const DFA_FORMS: usize = 2_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Owner {
    term: TermId,
    reach: Reach,
}

/// An occurrence of a form in the stream: its own letters, and the end of the word with its plural.
pub(crate) struct Occurrence {
    pub(crate) term: TermId,
    pub(crate) core: Range<usize>,
    pub(crate) word_end: usize,
}

/// The search for forms that may begin anywhere.
#[derive(Debug)]
enum Search {
    /// No forms.
    Nothing,
    Few(AhoCorasick),
    Many(Box<contiguous::NFA>),
}

#[derive(Debug)]
pub(crate) struct Automaton {
    /// Word-initial forms, from [`DFA_FORMS`] forms on.
    words: WordStarts,
    first_word: usize,
    after_words: usize,
    /// All other forms.
    search: Search,
    /// Each of the other forms has a letter beyond ASCII, so that none occurs in an ASCII text.
    beyond_ascii: bool,
    /// The owners of form `i` are those from `bounds[i]` to `bounds[i + 1]`.
    bounds: Vec<u32>,
    owners: Vec<Owner>,
}

impl Automaton {
    pub(crate) fn compile(mut forms: AllForms) -> Result<Self, CompileError> {
        forms.sort();
        let mut bounds = Vec::new();
        let mut owners = Vec::with_capacity(forms.len());
        let mut last = None;
        for (text, reach, term) in forms.iter() {
            if last.replace(text) != Some(text) {
                bounds.push(owners.len() as u32);
            }
            owners.push(Owner { term, reach });
        }
        let distinct = bounds.len();
        bounds.push(owners.len() as u32);
        bounds.shrink_to_fit();
        let text = |form: usize| forms.text(bounds[form] as usize);
        // Sorted, they are adjacent.
        let led = |form: &usize| text(*form).starts_with(' ');
        let (first_word, after_words) = match (0..distinct).find(led).filter(|_| distinct > DFA_FORMS) {
            Some(first) => (first, first + (first..distinct).take_while(led).count()),
            None => (0, 0),
        };
        let words = WordStarts::new((first_word..after_words).map(text));
        let others = || (0..first_word).chain(after_words..distinct).map(text);
        let beyond_ascii = !others().any(str::is_ascii);
        let search = match distinct - (after_words - first_word) {
            0 => Search::Nothing,
            few if few <= DFA_FORMS => {
                let few = AhoCorasick::builder()
                    .kind(Some(AhoCorasickKind::DFA))
                    .match_kind(MatchKind::Standard)
                    .build(others());
                Search::Few(few.map_err(too_large)?)
            }
            // In two steps: there is no room for the texts of very many forms beside both automata.
            _ => {
                let wide = noncontiguous::Builder::new()
                    .match_kind(MatchKind::Standard)
                    .build(others())
                    .map_err(too_large)?;
                drop(forms);
                let many = contiguous::Builder::new().build_from_noncontiguous(&wide);
                Search::Many(Box::new(many.map_err(too_large)?))
            }
        };
        Ok(Self {
            words,
            first_word,
            after_words,
            search,
            beyond_ascii,
            bounds,
            owners,
        })
    }

    /// Calls `found` with every whole-word occurrence of every term, overlapping ones too, in no order. The caller
    /// chooses the longest: a leftmost-longest search with a filter for whole words behind it loses 3 % of words.
    ///
    /// `words` are those of the stream if known: a search for spaces costs more than reading them, and less than
    /// cutting them.
    pub(crate) fn find(&self, stream: &str, words: Option<&[Token]>, mut found: impl FnMut(Occurrence)) {
        let mut led: SmallVec<[(usize, Range<usize>); 64]> = SmallVec::new();
        let note = |form, range| led.push((self.first_word + form, range));
        match words {
            Some(words) => {
                let before = words.iter().filter_map(|word| word.stream.start.checked_sub(1));
                let spaces = before.filter(|at| stream.as_bytes()[*at] == b' ');
                self.words.find(stream, spaces, note);
            }
            None => self
                .words
                .find(stream, memchr::memchr_iter(b' ', stream.as_bytes()), note),
        }
        // Owners lie anywhere in memory: read in sequence, their cache misses overlap.
        let owner = |form: usize| self.owners[self.bounds[form] as usize].term.0;
        black_box(led.iter().fold(0, |sum, &(form, _)| sum ^ owner(form)));
        for (form, range) in led {
            self.occurrences(stream, form, range, &mut found);
        }
        if self.beyond_ascii && stream.is_ascii() {
            return;
        }
        let each = |one: aho_corasick::Match| {
            let number = one.pattern().as_usize();
            let form = if number < self.first_word {
                number
            } else {
                number - self.first_word + self.after_words
            };
            self.occurrences(stream, form, one.range(), &mut found);
        };
        match &self.search {
            Search::Nothing => {}
            Search::Few(few) => few.find_overlapping_iter(stream).for_each(each),
            // It fails only on anchored searches, or if built for leftmost matches.
            Search::Many(many) => many
                .try_find_overlapping_iter(Input::new(stream))
                .into_iter()
                .flatten()
                .for_each(each),
        }
    }

    fn occurrences(&self, stream: &str, form: usize, range: Range<usize>, found: &mut impl FnMut(Occurrence)) {
        let led = stream.as_bytes()[range.start] == b' ';
        let core = range.start + usize::from(led)..range.end;
        if !led && !may_begin(stream, core.start, core.end) {
            return;
        }
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

fn too_large(error: aho_corasick::BuildError) -> CompileError {
    CompileError::TooLarge(error.to_string())
}
