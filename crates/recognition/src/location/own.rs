//! Places of one's own: quarters and sites that no gazetteer has, and names that mean one place of it.

use std::sync::Arc;

use super::located::{Located, divisions};
use super::stated::{stated_country, stated_places};
use crate::entity::Entity;
use crate::gazetteer::{Gazetteer, Point};
use crate::index::compile_error::CompileError;
use crate::index::term_matcher::{TermMatcher, choose_longest};
use crate::places::{PlaceContext, Why, places_in};
use crate::terms::term::Term;
use crate::text::folded_document::FoldedDocument;
use crate::text::language::primary;
use crate::text::steps;

/// A `[place.NAME]`.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnPlace {
    pub entity: Arc<Entity>,
    /// Its names that the gazetteer does not know, or knows for other places.
    pub names: Vec<Term>,
    pub point: Option<Point>,
    /// Number in the gazetteer: of the place that it is …
    pub means: Option<u32>,
    /// … of those that it is not …
    pub not_means: Vec<u32>,
    /// … and of the division that it lies in.
    pub division: Option<u32>,
}

/// What names places in a document: the gazetteer, with the places of one's own before it.
#[derive(Debug, Default)]
pub(crate) struct Recogniser {
    own: Vec<OwnPlace>,
    /// Finds all their names; `None` where there are none.
    names: Option<Box<TermMatcher>>,
    preferred: Vec<u32>,
    avoided: Vec<u32>,
}

/// The places of a document, in the order of the text, title first.
pub(crate) type Recognised = Vec<Located>;

/// Of a name of one's own: people who write it down mean it.
const SURE: f32 = 0.9;

impl Recogniser {
    pub(crate) fn new(own: Vec<OwnPlace>) -> Result<Self, CompileError> {
        let terms = || own.iter().flat_map(|place| &place.names);
        let names = if terms().next().is_none() {
            None
        } else {
            Some(Box::new(TermMatcher::compile(terms(), terms().count())?.matcher))
        };
        let preferred = own.iter().filter_map(|place| place.means).collect();
        let avoided = own.iter().flat_map(|place| place.not_means.iter().copied()).collect();
        Ok(Self {
            own,
            names,
            preferred,
            avoided,
        })
    }

    pub(crate) fn own_point(&self, entity: &str) -> Option<Point> {
        self.own.iter().find(|own| own.entity.id == entity)?.point
    }

    pub(crate) fn places(&self, folded: &FoldedDocument<'_>) -> Recognised {
        let document = folded.document;
        let mut stated = stated_places(document);
        let language = document.language.and_then(primary);
        let context = PlaceContext {
            country: stated_country(&stated).or(document.country),
            language: language.as_deref(),
            preferred: &self.preferred,
            avoided: &self.avoided,
        };
        let mut known: Vec<(Located, bool)> = places_in(folded, context)
            .into_iter()
            .map(|mention| {
                let pinned = mention.because.iter().any(|why| matches!(why, Why::Within(_)));
                (Located::of(mention), pinned)
            })
            .collect();
        let mut found = self.own_places(folded);
        // What is longer, or placed by the text itself (`Newport, Rhode Island`), stays; else one's own goes first.
        let mut beside = Beside::default();
        found.retain(|own| {
            let mut places = beside.overlapping(&known, |(place, _)| place, own);
            !places.any(|(place, pinned)| place.span.len() > own.span.len() || *pinned)
        });
        let mut beside = Beside::default();
        known.retain(|(place, _)| beside.overlapping(&found, |own| own, place).next().is_none());
        found.extend(known.into_iter().map(|(place, _)| place));
        found.sort_by_key(|place| (place.field, place.span.start));
        for place in &mut found {
            place.boilerplate = document.is_boilerplate(place.field, &place.span);
        }
        found.append(&mut stated);
        found
    }

    fn own_places(&self, folded: &FoldedDocument<'_>) -> Vec<Located> {
        let Some(names) = &self.names else {
            return Vec::new();
        };
        let mut found: Vec<Located> = Vec::new();
        let mut mentions = names.find(folded);
        choose_longest(&mut mentions, |_, _| true);
        for mention in mentions {
            let Some(entity) = mention.entity else { continue };
            let Some(own) = self.own.iter().find(|own| own.entity.id == entity.id) else {
                continue;
            };
            let gazetteer = Gazetteer::built_in();
            let means = own.means.and_then(|number| gazetteer.numbered(number));
            let code = entity.country.as_deref().and_then(|code| gazetteer.country(code));
            let country = code.and_then(|country| country.country);
            found.push(Located {
                field: mention.field,
                span: mention.span,
                confidence: mention.confidence.min(SURE),
                demonym: false,
                aside: None,
                boilerplate: false,
                place: own.means,
                divisions: match own.division {
                    Some(division) => vec![division],
                    None => means.as_ref().map(divisions).unwrap_or_default(),
                },
                countries: country.or(means.and_then(|place| place.country)).into_iter().collect(),
                point: own.point.or(means.map(|place| place.point)),
                shape: None,
                entity,
            });
        }
        found
    }
}

/// A walk along places that rise and are apart from each other, beside others that rise.
#[derive(Default)]
struct Beside {
    /// The first of the places that does not end before the one asked for last.
    from: usize,
}

impl Beside {
    /// The places that overlap with `one`.
    fn overlapping<'p, P>(
        &mut self,
        places: &'p [P],
        of: impl Fn(&P) -> &Located,
        one: &Located,
    ) -> impl Iterator<Item = &'p P> {
        let before = |place: &Located| (place.field, place.span.end) <= (one.field, one.span.start);
        while places.get(self.from).is_some_and(|place| before(of(place))) {
            steps::count(1);
            self.from += 1;
        }
        let (field, end) = (one.field, one.span.end);
        let within = move |place: &&P| of(place).field == field && of(place).span.start < end;
        places[self.from..].iter().take_while(within)
    }
}
