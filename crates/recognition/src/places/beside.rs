//! The countries that a document names outright, and how near to each name: in its sentence, in the title, anywhere.

use super::actors::acting;
use super::context::Standing;
use super::keys::NameId;
use super::resolve::Candidate;
use super::senses::Reading;
use super::weights::SenseWeights;
use crate::document::Field;
use crate::gazetteer::{NameKind, PlaceKind};
use crate::groups::directory::Group;
use crate::index::fast_hash::QuickMap;
use crate::text::tokens::{Gap, Tokens};

/// A country (ISO 3166-1 alpha-2).
type Code = &'static str;

/// Names to each side of a name in its sentence that are looked at.
const NEIGHBOURS: usize = 12;

/// What the document says outright of the countries that a name may lie in.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// By name: a country, and what the strongest word for it near the name is worth.
    near: QuickMap<NameId, Vec<(Code, f64)>>,
    /// By country, the distinct names that name it.
    named: QuickMap<Code, Vec<NameId>>,
    /// Distinct names of countries, of all countries.
    names: usize,
    /// Groups that act in countries of their own.
    groups: Vec<&'static Group>,
}

/// A name that leaves no doubt of its country.
#[derive(Debug, Clone, Copy)]
struct Telling {
    country: Code,
    /// The word for its people: often who acts, not where.
    people: bool,
}

impl Beside {
    /// `candidates` are in the order of the text, title first.
    pub(super) fn new<'t>(
        candidates: &[Candidate],
        tokens: &impl Fn(Field) -> &'t Tokens<'t>,
        weights: &SenseWeights,
    ) -> Self {
        let mut beside = Self::default();
        let telling: Vec<Option<Telling>> = candidates.iter().map(telling).collect();
        for (candidate, telling) in candidates.iter().zip(&telling) {
            let Some(telling) = telling else { continue };
            let names = beside.named.entry(telling.country).or_default();
            if !names.contains(&candidate.found.name) {
                names.push(candidate.found.name);
                beside.names += 1;
            }
        }
        // Only where a name may lie here or there, or is small.
        if candidates.iter().any(|one| one.pinned.is_none() && is_open(one)) {
            for field in [Field::Title, Field::Text] {
                acting(tokens(field), &mut beside.groups);
            }
        }
        if beside.named.is_empty() {
            return beside;
        }
        let sentences = sentences(candidates, tokens);
        for (at, candidate) in candidates.iter().enumerate() {
            if candidate.pinned.is_some() || telling[at].is_some() {
                continue;
            }
            let mut note = |other: usize, noun: f64, people: f64| {
                let Some(telling) = telling[other] else { return };
                let worth = if telling.people { people } else { noun };
                let near = beside.near.entry(candidate.found.name).or_default();
                match near.iter_mut().find(|(country, _)| *country == telling.country) {
                    Some((_, most)) => *most = most.max(worth),
                    None => near.push((telling.country, worth)),
                }
            };
            let same = |other: &usize| sentences[*other] == sentences[at];
            let before = (0..at).rev().take(NEIGHBOURS).take_while(same);
            let after = (at + 1..candidates.len()).take(NEIGHBOURS).take_while(same);
            for other in before.chain(after) {
                note(other, weights.in_sentence, weights.people_in_sentence);
            }
            if candidate.field == Field::Text {
                let title = candidates.iter().take_while(|one| one.field == Field::Title).count();
                for other in 0..title.min(NEIGHBOURS) {
                    note(other, weights.in_title, weights.people_in_title);
                }
            }
        }
        beside
    }

    /// What the words for the country are worth to a sense of a name that lies there.
    pub(super) fn country(&self, country: &str, name: NameId, weights: &SenseWeights) -> f64 {
        let named = self.others(country, name);
        let near = self
            .near
            .get(&name)
            .and_then(|near| near.iter().find(|(code, _)| *code == country));
        let near = near.map_or(0.0, |(_, worth)| *worth);
        near + weights.anywhere * named as f64 / self.names.max(1) as f64
    }

    /// Whether the document names the country outright, by another name than this one.
    pub(super) fn names(&self, country: &str, name: NameId) -> bool {
        self.others(country, name) > 0
    }

    /// How many names but this one name the country.
    fn others(&self, country: &str, name: NameId) -> usize {
        let names = self.named.get(country).map_or(&[][..], Vec::as_slice);
        names.iter().filter(|one| **one != name).count()
    }

    /// A group that the document names and that acts in the country, and whether the country is its own.
    pub(super) fn group(&self, country: &str) -> Option<(&'static Group, bool)> {
        let own = |group: &&Group| group.countries.first().is_some_and(|first| first == country);
        let acts = |group: &&Group| group.countries.iter().any(|one| one == country);
        let own = self.groups.iter().copied().find(own).map(|group| (group, true));
        own.or_else(|| self.groups.iter().copied().find(acts).map(|group| (group, false)))
    }
}

/// Whether it may mean places in several countries, or a town that needs a second sign.
fn is_open(candidate: &Candidate) -> bool {
    let first = candidate.senses.first().and_then(|sense| sense.place.country);
    candidate.weight() < COUNTRY && candidate.senses.iter().any(|sense| sense.place.country != first)
        || candidate.weight() < TOWN
}

/// The weight of a town that is known everywhere.
const TOWN: f64 = 5.5;

fn telling(candidate: &Candidate) -> Option<Telling> {
    let of = |reading: &Reading| {
        Some(Telling {
            country: reading.place.country?,
            people: reading.name_kind == NameKind::Demonym,
        })
    };
    if let Some((reading, _)) = &candidate.pinned {
        return of(reading);
    }
    if !matches!(candidate.standing, Standing::Firm | Standing::Located) {
        return None;
    }
    let best = candidate.senses.iter().max_by(|a, b| a.weight.total_cmp(&b.weight))?;
    let one_country = || {
        candidate
            .senses
            .iter()
            .all(|one| one.place.country == best.place.country)
    };
    match best.place.kind {
        PlaceKind::Country | PlaceKind::Constituent if best.weight >= COUNTRY => of(best),
        PlaceKind::Admin1 if one_country() => of(best),
        _ => None,
    }
}

/// The weight of a country under a name that leaves no doubt.
const COUNTRY: f64 = 8.0;

/// The number of the sentence that each candidate stands in; fields share none.
fn sentences<'t>(candidates: &[Candidate], tokens: &impl Fn(Field) -> &'t Tokens<'t>) -> Vec<usize> {
    let mut numbers = Vec::with_capacity(candidates.len());
    let mut number = 0;
    let mut last: Option<(Field, usize)> = None;
    for candidate in candidates {
        match last {
            Some((field, from)) if field == candidate.field => {
                let tokens = tokens(field);
                number += (from..candidate.found.first)
                    .filter(|at| ends_sentence(tokens, *at))
                    .count();
            }
            Some(_) => number += 1,
            None => {}
        }
        numbers.push(number);
        last = Some((candidate.field, candidate.found.last));
    }
    numbers
}

/// Whether a sentence ends behind this word.
fn ends_sentence(tokens: &Tokens, at: usize) -> bool {
    let token = &tokens.list[at];
    match token.after {
        // After an abbreviation (Mr., St.) none does.
        Gap::Dot => token.stream.len() > 3 && tokens.list.get(at + 1).is_none_or(|next| !next.is_small()),
        Gap::Break => {
            let next = tokens
                .list
                .get(at + 1)
                .map_or(token.stream.end, |next| next.stream.start);
            tokens.folded.text[token.stream.end..next]
                .contains(['.', '!', '?', '…', '؟', '۔', '।', '。', '！', '？', '\n'])
        }
        _ => false,
    }
}
