//! All terms of all watches, run once over a text.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::document::{Document, Field};
use crate::entity::{Entity, EntityKind};
use crate::evaluate::condition::terms;
use crate::evaluate::holds::Evidence;
use crate::evaluate::verdict::{Examined, Verdict};
use crate::gazetteer::Point;
use crate::groups::skeleton::Skeletons;
use crate::index::automaton::{Automaton, Occurrence};
use crate::index::compile_error::CompileError;
use crate::index::interner::Distinct;
use crate::index::watch_index::Roster;
use crate::location::{Located, OwnPlace, PlaceTerms, Recognised, Recogniser};
use crate::mention::{Mention, TermId};
use crate::terms::capitals::{Capitals, shouted};
use crate::terms::forms::{AllForms, forms, key, plain_form};
use crate::terms::regular_expression::Expressions;
use crate::terms::stem::Stems;
use crate::terms::term::{Pattern, Term, Watch};
use crate::text::folded_document::FoldedDocument;
use crate::text::language::language;

/// All watches, ready to run. Cost grows with the text and the mentions in it, not with the number of watches.
#[derive(Debug)]
pub struct Watchlist {
    watches: Vec<Watch>,
    pub(crate) roster: Roster,
    automaton: Automaton,
    expressions: Expressions,
    /// Of terms that are aliases; here, and not only in their watches, since those lie scattered in memory.
    entities: HashMap<TermId, Arc<Entity>>,
    /// Only of terms for which capitals matter.
    capitals: HashMap<TermId, Capitals>,
    /// Only of terms that are any form of a word.
    stems: HashMap<TermId, Stems>,
    /// The terms that ask for places.
    places: PlaceTerms,
    recogniser: Recogniser,
    /// Of groups only.
    pub(crate) skeletons: Skeletons,
}

/// Of an acronym that is also a word, in a document that is all in capitals.
const UNSURE: f32 = 0.5;

/// Up to so many watches that a document touches each have a verdict with its reason; of more only those that may fire.
const EXPLAINED: usize = 256;

impl Watchlist {
    pub fn compile(watches: Vec<Watch>) -> Result<Self, CompileError> {
        Self::compile_with(watches, Vec::new())
    }

    /// With the `[place.NAME]` of the configuration, which `where` knows beside the gazetteer.
    pub fn compile_with(watches: Vec<Watch>, own: Vec<OwnPlace>) -> Result<Self, CompileError> {
        let mut known = Distinct::default();
        let mut ids = Vec::with_capacity(watches.iter().map(|watch| terms(watch).count()).sum());
        let mut all_forms = AllForms::default();
        let mut capitals = HashMap::new();
        let mut entities = HashMap::new();
        let mut skeletons = Skeletons::default();
        let mut written = Vec::new();
        let mut places = PlaceTerms::default();
        let mut stems = HashMap::new();
        for term in watches.iter().flat_map(terms) {
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
        let roster = Roster::new(&watches, ids, distinct, &places);
        places.sort();
        Ok(Self {
            watches,
            roster,
            automaton,
            expressions,
            entities,
            capitals,
            stems,
            places,
            recogniser: Recogniser::new(own)?,
            skeletons,
        })
    }

    pub fn watches(&self) -> &[Watch] {
        &self.watches
    }

    /// A watch that asks for feeds, languages or a place beside its terms.
    pub(crate) fn narrowed(&self, watch: usize) -> Option<&Watch> {
        self.roster.is_narrowed(watch).then(|| &self.watches[watch])
    }

    /// The distinct term behind an id, as it is written where it occurs first.
    pub fn term(&self, id: TermId) -> &Term {
        self.roster.written(&self.watches, id)
    }

    /// Every mention in the document, and a verdict for each watch that one of them touches.
    pub fn examine(&self, document: Document<'_>) -> Examined {
        self.examine_folded(&FoldedDocument::new(document))
    }

    pub(crate) fn examine_folded(&self, folded: &FoldedDocument<'_>) -> Examined {
        let mut mentions = self.written(folded);
        // A look for places costs more than all else: where a watch needs them, or when it asks for more beside its terms.
        let wanted = self.roster.wants_places(mentions.iter().map(|mention| mention.term));
        let places = wanted.then(|| self.recogniser.places(folded));
        mentions.extend(places.iter().flatten().flat_map(|located| self.as_terms(located)));
        self.choose_longest(&mut mentions);
        if mentions.is_empty() {
            return Examined {
                places,
                ..Examined::default()
            };
        }
        let evidence = Evidence::new(self, folded, &mentions, places.as_deref());
        let mut touched = evidence.touched();
        let explained = touched.len() <= EXPLAINED;
        self.roster.trees.fetch(&touched);
        if !explained {
            touched.retain(|&watch| evidence.may_fire(watch as usize));
        }
        let verdicts = touched
            .into_iter()
            .map(|watch| evidence.judge(watch as usize))
            .collect();
        let found = evidence.into_places();
        Examined {
            mentions,
            verdicts,
            places: places.or(found),
        }
    }

    /// Whether any watch asks where an entry takes place, or for a place of the gazetteer.
    pub fn asks_for_places(&self) -> bool {
        !self.places.is_empty() || self.watches.iter().any(|watch| watch.place.is_some())
    }

    /// The places of a document as `where` knows them; cost grows with the text.
    pub(crate) fn recognise(&self, folded: &FoldedDocument<'_>) -> Recognised {
        self.recogniser.places(folded)
    }

    /// Where a `[place.NAME]` is, by the id of its entity.
    pub(crate) fn own_point(&self, entity: &str) -> Option<Point> {
        self.recogniser.own_point(entity)
    }

    /// The verdict of one watch, touched or not (`watch` is an index into [`Self::watches`]).
    pub fn verdict(&self, watch: usize, document: Document<'_>, examined: &Examined) -> Verdict {
        let folded = FoldedDocument::new(document);
        Evidence::new(self, &folded, &examined.mentions, examined.places.as_deref()).judge(watch)
    }

    /// The mentions of all terms but places, before the longest are chosen.
    fn written(&self, of: &FoldedDocument<'_>) -> Vec<Mention> {
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
                    let whole = folded.original_span(core.start..word_end);
                    if let Some(stems) = self.stems.get(&term) {
                        let language = spoken.get_or_init(|| language(document));
                        if !stems.admits(&original[whole.clone()], language.as_deref()) {
                            return;
                        }
                    }
                    if let Some(capitals) = self.capitals.get(&term) {
                        let core = folded.original_span(core);
                        if !capitals.admits(&original[core.clone()]) {
                            return;
                        }
                        if *capitals == Capitals::All && shouted(original, core) {
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
        mentions
    }

    /// A place as mentions of the terms that ask for it.
    fn as_terms(&self, located: &Located) -> impl Iterator<Item = Mention> {
        let mention = |term| self.mention(term, located.field, located.span.clone(), located.confidence);
        let itself = self.places.asking_for(located).map(mention);
        let there = self.places.asking_where(located).into_iter().map(move |term| Mention {
            entity: Some(located.entity.clone()),
            ..mention(term)
        });
        itself.chain(there)
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

    /// In a headline that is all in capitals an acronym that is also a word counts if the document has it in capitals
    /// elsewhere too; where the document is nothing but capitals it counts with less confidence: too many rather than none.
    fn settle(&self, document: Document<'_>, in_doubt: Vec<Mention>, mentions: &mut Vec<Mention>) {
        if in_doubt.is_empty() {
            return;
        }
        let only_capitals = ![document.title, document.text]
            .iter()
            .any(|text| text.contains(char::is_lowercase));
        let seen: Vec<TermId> = mentions.iter().map(|mention| mention.term).collect();
        for mut mention in in_doubt {
            if seen.contains(&mention.term) {
                mention.confidence = 1.0;
            } else if !only_capitals {
                continue;
            }
            mentions.push(mention);
        }
    }

    /// Drops what lies within another mention of the same term, or of the same group where the same watches ask for both;
    /// then sorts by place, the longest first.
    fn choose_longest(&self, mentions: &mut Vec<Mention>) {
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
                // Aliases nest a few deep at most; this keeps a term named ten thousand times from costing its square.
                .take(8)
                .any(|one| {
                    one.field == mention.field
                        && one.span.start <= mention.span.start
                        && mention.span.end <= one.span.end
                        && self.roster.asked_alike(one.term, mention.term)
                });
            if !within {
                kept.push(mention);
            }
        }
        kept.sort_unstable_by_key(|m| (m.field, m.span.start, Reverse(m.span.end), m.term));
        *mentions = kept;
    }
}
