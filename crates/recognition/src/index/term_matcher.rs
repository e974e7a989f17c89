//! Finds all distinct terms in a document.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::document::{Document, Field};
use crate::entity::{Entity, EntityKind};
use crate::groups::meant::retain_meant;
use crate::groups::skeleton::Skeletons;
use crate::index::automaton::{Automaton, Occurrence};
use crate::index::compile_error::CompileError;
use crate::index::interner::Distinct;
use crate::location::PlaceTerms;
use crate::mention::{Mention, TermId};
use crate::places::inside_longer_name;
use crate::terms::capitals::{Capitals, is_named, reads_as_word, shouted};
use crate::terms::forms::{AllForms, forms, key, plain_form};
use crate::terms::regular_expression::Expressions;
use crate::terms::stem::Stems;
use crate::terms::term::{Pattern, Term};
use crate::text::folded_document::FoldedDocument;
use crate::text::folded_text::fold;
use crate::text::language::language;
use crate::text::tokens::Tokens;
use crate::text::{cuts_a_word, steps};

/// Finds every mention of distinct terms, except of terms that ask for places. Cost grows with the text and its mentions.
#[derive(Debug)]
pub(crate) struct TermMatcher {
    automaton: Automaton,
    expressions: Expressions,
    /// Only for terms that are aliases; stored here because their watches are scattered in memory.
    entities: HashMap<TermId, Arc<Entity>>,
    /// Only for terms whose capitals matter.
    capitals: HashMap<TermId, Capitals>,
    /// Only for terms that match any form of a word.
    stems: HashMap<TermId, Stems>,
    /// Only for groups.
    skeletons: Skeletons,
}

/// Terms compiled together.
pub(crate) struct Compiled {
    pub(crate) matcher: TermMatcher,
    /// The id of each term, in the order given; equal terms share one.
    pub(crate) ids: Vec<TermId>,
    /// Number of different ids.
    pub(crate) distinct: usize,
    /// The terms that ask for places.
    pub(crate) places: PlaceTerms,
}

/// Confidence of an acronym that is also a word, in a document that is all in capitals.
const UNSURE: f32 = 0.5;

/// Confidence of a group's name in a spelling that the list does not have.
const SPELLED_OTHERWISE: f32 = 0.7;

impl TermMatcher {
    /// Compiles terms; `expected` is about how many there are.
    ///
    /// # Errors
    ///
    /// The terms or regular expressions are too large to compile.
    pub(crate) fn compile<'a>(
        terms: impl Iterator<Item = &'a Term>,
        expected: usize,
    ) -> Result<Compiled, CompileError> {
        let mut known = Distinct::default();
        let mut ids = Vec::with_capacity(expected);
        let mut all_forms = AllForms::default();
        let mut capitals = HashMap::new();
        let mut entities = HashMap::new();
        let mut skeletons = Skeletons::default();
        let mut written = Vec::new();
        let mut places = PlaceTerms::default();
        let mut stems = HashMap::new();
        for term in terms {
            let plain = plain_form(term);
            let case = Capitals::of(term);
            let (number, new) = known.number(&key(term, plain.as_deref(), &case));
            let id = TermId(number);
            ids.push(id);
            if !new {
                continue;
            }
            let group = term
                .entity
                .as_ref()
                .is_some_and(|entity| entity.kind == EntityKind::Group);
            match (plain, &term.pattern) {
                (Some(plain), _) => {
                    if group && !term.exact_case {
                        skeletons.add(&plain, id);
                    }
                    forms(term, plain, &case)
                        .iter()
                        .for_each(|form| all_forms.add(form, id));
                }
                (None, Pattern::Regex(regex)) => written.push((id, &**regex)),
                (None, pattern) => places.add(pattern, id),
            }
            if case != Capitals::Any {
                capitals.insert(id, case);
            }
            if let Some(entity) = &term.entity {
                entities.insert(id, entity.clone());
            }
            if let Pattern::Stem(word) = &term.pattern {
                stems.insert(id, Stems::of(word));
            }
        }
        let distinct = known.len();
        drop(known);
        let automaton = Automaton::compile(all_forms)?;
        let expressions = Expressions::compile(&written)?;
        places.sort();
        Ok(Compiled {
            matcher: Self {
                automaton,
                expressions,
                entities,
                capitals,
                stems,
                skeletons,
            },
            ids,
            distinct,
            places,
        })
    }

    /// Returns the mentions of all terms except places, overlapping ones included.
    pub(crate) fn find(&self, of: &FoldedDocument<'_>) -> Vec<Mention> {
        let document = of.document;
        let mut mentions = Vec::new();
        let mut in_doubt = Vec::new();
        let spoken = OnceCell::new();
        for field in [Field::Title, Field::Text] {
            let original = document.field(field);
            if original.is_empty() {
                continue;
            }
            let folded = of.field(field);
            let words = (!self.skeletons.is_empty()).then(|| of.tokens(field).list);
            self.automaton
                .find(&folded.text, words, |Occurrence { term, core, word_end }| {
                    if cuts_a_word(&folded.text, &core) || inside_longer_name(&folded.text, &core) {
                        return;
                    }
                    let whole = folded.original_span(core.start..word_end);
                    if let Some(stems) = self.stems.get(&term) {
                        let language = spoken.get_or_init(|| language(document));
                        if !stems.admits(&original[whole.clone()], language.as_deref()) {
                            return;
                        }
                    }
                    if let Some(capitals) = self.capitals.get(&term) {
                        let core = folded.original_span(core);
                        let written = &original[core.clone()];
                        let spoken = || spoken.get_or_init(|| language(document)).as_deref();
                        let named = || *capitals == Capitals::All && is_named(written, spoken());
                        if !(capitals.admits(written) || named()) {
                            return;
                        }
                        if *capitals == Capitals::All && shouted(original, core.clone()) {
                            in_doubt.push(self.mention(term, field, whole, UNSURE));
                            return;
                        }
                    }
                    mentions.push(self.mention(term, field, whole, 1.0));
                });
            if !self.skeletons.is_empty() {
                self.spelled_otherwise(field, of, &mut mentions);
            }
            self.expressions.find(original, |term, span| {
                mentions.push(self.mention(term, field, span, 1.0))
            });
        }
        self.settle(document, in_doubt, &mut mentions);
        retain_meant(document, &mut mentions);
        mentions
    }

    pub(crate) fn mention(&self, term: TermId, field: Field, span: Range<usize>, confidence: f32) -> Mention {
        Mention {
            term,
            entity: self.entities.get(&term).cloned(),
            field,
            span,
            confidence,
        }
    }

    /// Decides acronyms in an all-capitals headline that are also words. One counts if the document has it in capitals
    /// elsewhere too; if the document is all capitals it counts with less confidence, unless it is a word that any headline
    /// may have: too many rather than none.
    fn settle(&self, document: Document<'_>, in_doubt: Vec<Mention>, mentions: &mut Vec<Mention>) {
        if in_doubt.is_empty() {
            return;
        }
        let only_capitals = ![document.title, document.text]
            .iter()
            .any(|text| text.contains(char::is_lowercase));
        let spoken = language(document);
        let read = |mention: &Mention| {
            let (written, after) = document.field(mention.field).split_at(mention.span.end);
            reads_as_word(&fold(&written[mention.span.start..]), after, spoken.as_deref())
        };
        let seen: HashSet<TermId> = mentions.iter().map(|mention| mention.term).collect();
        for mut mention in in_doubt {
            if seen.contains(&mention.term) {
                mention.confidence = 1.0;
            } else if !only_capitals || read(&mention) {
                continue;
            }
            mentions.push(mention);
        }
    }

    /// Adds names of groups in spellings that the automaton does not have.
    fn spelled_otherwise(&self, field: Field, of: &FoldedDocument<'_>, mentions: &mut Vec<Mention>) {
        let known = Known::new(mentions, field);
        let Tokens { folded, list, .. } = of.tokens(field);
        let words = list.iter().map(|token| (token.stream.clone(), token.is_capital()));
        self.skeletons.find(&folded.text, words, |term, range| {
            let mention = self.mention(term, field, folded.original_span(range), SPELLED_OTHERWISE);
            if !known.overlaps(&mention) {
                mentions.push(mention);
            }
        });
    }
}

/// The spans of the mentions of each group in one field.
struct Known {
    /// By group, then by where they begin; ends as the furthest of the spans up to here.
    spans: Vec<(String, Range<usize>)>,
}

impl Known {
    fn new(mentions: &[Mention], field: Field) -> Self {
        let of_group = mentions.iter().filter_map(|one| {
            let entity = one.entity.as_ref()?;
            (one.field == field && entity.kind == EntityKind::Group).then(|| (entity.id.clone(), one.span.clone()))
        });
        let mut spans: Vec<(String, Range<usize>)> = of_group.collect();
        spans.sort_by(|(a, one), (b, other)| a.cmp(b).then(one.start.cmp(&other.start)));
        for at in 1..spans.len() {
            let (before, rest) = spans.split_at_mut(at);
            if let (Some((group, furthest)), Some((own, span))) = (before.last(), rest.first_mut())
                && group == own
            {
                span.end = span.end.max(furthest.end);
            }
        }
        Self { spans }
    }

    /// Whether a mention overlaps with another of its group.
    fn overlaps(&self, mention: &Mention) -> bool {
        let Some(entity) = &mention.entity else { return false };
        let before = self
            .spans
            .partition_point(|(group, span)| (group.as_str(), span.start) < (&entity.id, mention.span.end));
        steps::count(1);
        let last = before.checked_sub(1).map(|at| &self.spans[at]);
        last.is_some_and(|(group, span)| *group == entity.id && mention.span.start < span.end)
    }
}

/// Drops mentions inside another mention of the same term, or of the same group if the same watches ask for both; then
/// sorts by position, the longest first.
pub(crate) fn choose_longest(mentions: &mut Vec<Mention>, asked_alike: impl Fn(TermId, TermId) -> bool) {
    fn subject(mention: &Mention) -> (Option<&str>, Option<TermId>) {
        match &mention.entity {
            Some(entity) => (Some(&entity.id), None),
            None => (None, Some(mention.term)),
        }
    }
    mentions.sort_unstable_by(|a, b| {
        let place = |m: &Mention| (m.field, m.span.start, Reverse(m.span.end), m.term);
        subject(a).cmp(&subject(b)).then_with(|| place(a).cmp(&place(b)))
    });
    let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions.drain(..) {
        let within = kept
            .iter()
            .rev()
            .take_while(|one| subject(one) == subject(&mention))
            // Aliases nest a few levels at most; the limit keeps a term named ten thousand times from quadratic cost.
            .take(8)
            .any(|one| {
                one.field == mention.field
                    && one.span.start <= mention.span.start
                    && mention.span.end <= one.span.end
                    && asked_alike(one.term, mention.term)
            });
        if !within {
            kept.push(mention);
        }
    }
    kept.sort_unstable_by_key(|m| (m.field, m.span.start, Reverse(m.span.end), m.term));
    *mentions = kept;
}
