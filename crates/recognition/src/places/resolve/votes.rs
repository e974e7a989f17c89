//! Which countries and divisions a document speaks of, counted over all of its names.

use std::collections::hash_map::Entry;
use std::ops::Range;

use super::candidate::Candidate;
use super::weights::SenseWeights;
use crate::gazetteer::{NameKind, PlaceKind};
use crate::index::QuickMap;
use crate::places::context::Standing;
use crate::places::find::NameId;
use crate::places::place_mention::Why;

/// A country (ISO 3166-1 alpha-2).
type Code = [u8; 2];

/// A country, a division of it, and the part of a vote that it got.
type Share = (Code, Option<u32>, f64);

/// One distinct name and how much of its vote goes where.
#[derive(Debug, Default)]
pub(crate) struct Votes {
    countries: QuickMap<Code, f64>,
    divisions: QuickMap<u32, f64>,
    /// What the names gave, one after the other.
    shares: Vec<Share>,
    /// By name: which of the shares are its own, so that no name speaks for itself.
    given: QuickMap<NameId, Range<usize>>,
}

impl Votes {
    pub(crate) fn count(candidates: &[Candidate], weights: &SenseWeights) -> Self {
        let mut votes = Self::default();
        for candidate in candidates {
            let Entry::Vacant(first) = votes.given.entry(candidate.found.name) else {
                continue;
            };
            let from = votes.shares.len();
            add_shares(candidate, weights, &mut votes.shares);
            for &(country, division, share) in &votes.shares[from..] {
                *votes.countries.entry(country).or_default() += share;
                if let Some(division) = division {
                    *votes.divisions.entry(division).or_default() += share;
                }
            }
            first.insert(from..votes.shares.len());
        }
        votes
    }

    /// The votes of other names for a country.
    pub(crate) fn country(&self, country: &str, but: NameId) -> f64 {
        let Some(country) = code(country) else { return 0.0 };
        let all = self.countries.get(&country).copied().unwrap_or(0.0);
        let own = self.own(but).filter(|given| given.0 == country);
        (all - own.map(|given| given.2).sum::<f64>()).max(0.0)
    }

    /// The votes of other names for all countries but one.
    pub(crate) fn abroad(&self, home: &str, but: NameId) -> f64 {
        let home = code(home);
        let abroad = self.countries.iter().filter(|(country, _)| Some(**country) != home);
        let all: f64 = abroad.map(|(_, share)| share).sum();
        let own = self.own(but).filter(|given| Some(given.0) != home);
        (all - own.map(|given| given.2).sum::<f64>()).max(0.0)
    }

    /// The votes of other names for a first-level division.
    pub(crate) fn division(&self, division: u32, but: NameId) -> f64 {
        let all = self.divisions.get(&division).copied().unwrap_or(0.0);
        let own = self.own(but).filter(|given| given.1 == Some(division));
        (all - own.map(|given| given.2).sum::<f64>()).max(0.0)
    }

    fn own(&self, name: NameId) -> impl Iterator<Item = &Share> {
        let own = self.given.get(&name).cloned().unwrap_or_default();
        self.shares[own].iter()
    }
}

fn code(country: &str) -> Option<Code> {
    country.as_bytes().try_into().ok()
}

fn add_shares(candidate: &Candidate, weights: &SenseWeights, shares: &mut Vec<Share>) {
    let reliability = match candidate.standing {
        Standing::Firm => 1.0,
        Standing::Located => 1.2,
        Standing::Weak(Why::Publisher) => 0.0,
        Standing::Weak(Why::Surname) => 0.1,
        Standing::Weak(_) | Standing::Word => 0.4,
        Standing::Person | Standing::FullName | Standing::Out => 0.0,
    };
    let chosen = match &candidate.pinned {
        Some((pinned, _)) => std::slice::from_ref(pinned),
        None => &candidate.senses,
    };
    let likely: Vec<f64> = chosen
        .iter()
        .map(|reading| 10f64.powf(weights.sharpness * (reading.preference - 5.0)))
        .collect();
    let sum: f64 = likely.iter().sum();
    let top = chosen.iter().map(|reading| reading.weight).fold(0.0, f64::max);
    // Who acts is often abroad: Turkish drones strike Kobani.
    let people = chosen
        .iter()
        .all(|reading| matches!(reading.name_kind, NameKind::Demonym | NameKind::Capitals));
    let reliability = if people {
        weights.people * reliability
    } else {
        reliability
    };
    let strength = match top {
        _ if candidate.pinned.is_some() => 2.0,
        top if top >= 8.0 => 1.6,
        top if top >= 6.0 => 1.2,
        top if top >= 5.0 => 0.9,
        top if top >= 4.0 => 0.5,
        _ => 0.25,
    };
    shares.extend(chosen.iter().zip(likely).filter_map(|(reading, weight)| {
        let country = reading.place.country.and_then(code)?;
        let division = match reading.place.kind {
            PlaceKind::Admin1 => Some(reading.place.number),
            _ => reading.place.admin1,
        };
        Some((country, division, reliability * strength * weight / sum))
    }));
}
