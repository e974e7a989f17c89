//! The countries that a document names outright, and how near to each name: in its sentence, in the title, anywhere.

use super::actors::Acting;
use super::candidate::Candidate;
use super::senses::Reading;
use super::weights::SenseWeights;
use crate::document::Field;
use crate::gazetteer::{NameKind, PlaceKind};
use crate::groups::Group;
use crate::index::QuickMap;
use crate::places::context::Standing;
use crate::places::find::NameId;
use crate::text::{Gap, Tokens};

/// A country (ISO 3166-1 alpha-2).
type Code = &'static str;

/// Names to each side of a name in its sentence that are looked at.
const NEIGHBOURS: usize = 12;

/// What the document says outright of the countries that a name may lie in.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// By name: a country, and what the strongest word for it near the name is worth.
    near: QuickMap<NameId, Vec<(Code, f64)>>,
    /// By name, the country that it names outright.
    tellers: QuickMap<NameId, Code>,
    /// By country, how many distinct names name it.
    named: QuickMap<Code, usize>,
    /// By country, a group that acts there, and whether the country is its own.
    groups: QuickMap<Code, (&'static Group, bool)>,
}

/// A name that leaves no doubt of its country.
#[derive(Debug, Clone, Copy)]
struct Telling {
    country: Code,
    /// The word for its people, or letters (US): often who acts, not where.
    people: bool,
}

impl Beside {
    /// `candidates` are in the order of the text, title first.
    pub(crate) fn new<'t>(
        candidates: &[Candidate],
        tokens: &impl Fn(Field) -> &'t Tokens<'t>,
        acting: &[Acting],
        weights: &SenseWeights,
    ) -> Self {
        let mut beside = Self::default();
        for group in acting.iter().map(|one| one.group) {
            for (at, country) in group.countries.iter().enumerate() {
                let known = beside.groups.entry(country.as_str()).or_insert((group, at == 0));
                if at == 0 && !known.1 {
                    *known = (group, true);
                }
            }
        }
        let telling: Vec<Option<Telling>> = candidates.iter().map(telling).collect();
        for (candidate, telling) in candidates.iter().zip(&telling) {
            let Some(telling) = telling else { continue };
            if beside.tellers.insert(candidate.found.name, telling.country).is_none() {
                *beside.named.entry(telling.country).or_default() += 1;
            }
        }
        if beside.named.is_empty() {
            return beside;
        }
        let sentences = sentences(candidates, tokens);
        let title = candidates.iter().take_while(|one| one.field == Field::Title).count();
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
                for other in 0..title.min(NEIGHBOURS) {
                    note(other, weights.in_title, weights.people_in_title);
                }
            }
        }
        beside
    }

    /// What the words for the country are worth to a sense of a name that lies there.
    pub(crate) fn country(&self, country: &str, name: NameId, weights: &SenseWeights) -> f64 {
        let named = self.others(country, name);
        let near = self
            .near
            .get(&name)
            .and_then(|near| near.iter().find(|(code, _)| *code == country));
        let near = near.map_or(0.0, |(_, worth)| *worth);
        near + weights.anywhere * named as f64 / self.tellers.len().max(1) as f64
    }

    /// Whether the document names the country outright, by another name than this one.
    pub(crate) fn names(&self, country: &str, name: NameId) -> bool {
        self.others(country, name) > 0
    }

    /// How many names but this one name the country.
    fn others(&self, country: &str, name: NameId) -> usize {
        let named = self.named.get(country).copied().unwrap_or_default();
        let own = self.tellers.get(&name).is_some_and(|teller| *teller == country);
        named - usize::from(own && named > 0)
    }

    /// A group that the document names and that acts in the country, and whether the country is its own.
    pub(crate) fn group(&self, country: &str) -> Option<(&'static Group, bool)> {
        self.groups.get(country).copied()
    }
}

fn telling(candidate: &Candidate) -> Option<Telling> {
    let of = |reading: &Reading| {
        Some(Telling {
            country: reading.place.country?,
            people: matches!(reading.name_kind, NameKind::Demonym | NameKind::Capitals),
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
