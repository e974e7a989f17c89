//! Which countries and divisions a document speaks of, counted over all of its names.

use super::context::Standing;
use super::keys::NameId;
use super::mention::Why;
use super::quick::QuickMap;
use super::resolve::Candidate;
use crate::watch::gazetteer::PlaceKind;

/// A country, a division of it, and the part of a vote that it got.
type Share = (&'static str, Option<u32>, f64);

/// One distinct name and how much of its vote goes where.
#[derive(Debug, Default)]
pub(super) struct Votes {
    countries: QuickMap<&'static str, f64>,
    divisions: QuickMap<u32, f64>,
    /// By name: what it gave, so that no name speaks for itself.
    given: QuickMap<NameId, Vec<Share>>,
}

/// A town of ten times the people is this many times as likely meant: `10^0.7`.
const SHARPNESS: f64 = 0.7;

impl Votes {
    pub(super) fn count(candidates: &[Candidate]) -> Self {
        let mut votes = Self::default();
        for candidate in candidates {
            if votes.given.contains_key(&candidate.found.name) {
                continue;
            }
            let given = shares(candidate);
            for &(country, division, share) in &given {
                *votes.countries.entry(country).or_default() += share;
                if let Some(division) = division {
                    *votes.divisions.entry(division).or_default() += share;
                }
            }
            votes.given.insert(candidate.found.name, given);
        }
        votes
    }

    /// The votes of other names for a country.
    pub(super) fn country(&self, country: &str, but: NameId) -> f64 {
        let all = self.countries.get(country).copied().unwrap_or(0.0);
        let own: f64 = self
            .own(but)
            .filter(|given| given.0 == country)
            .map(|given| given.2)
            .sum();
        (all - own).max(0.0)
    }

    /// The votes of other names for all countries but one.
    pub(super) fn abroad(&self, home: &str, but: NameId) -> f64 {
        let all: f64 = self
            .countries
            .iter()
            .filter(|(country, _)| **country != home)
            .map(|(_, share)| share)
            .sum();
        let own: f64 = self.own(but).filter(|given| given.0 != home).map(|given| given.2).sum();
        (all - own).max(0.0)
    }

    /// The votes of other names for a first-level division.
    pub(super) fn division(&self, division: u32, but: NameId) -> f64 {
        let all = self.divisions.get(&division).copied().unwrap_or(0.0);
        let own: f64 = self
            .own(but)
            .filter(|given| given.1 == Some(division))
            .map(|given| given.2)
            .sum();
        (all - own).max(0.0)
    }

    fn own(&self, name: NameId) -> impl Iterator<Item = &Share> {
        self.given.get(&name).into_iter().flatten()
    }
}

fn shares(candidate: &Candidate) -> Vec<Share> {
    let reliability = match candidate.standing {
        Standing::Firm => 1.0,
        Standing::Located => 1.2,
        Standing::Weak(Why::Surname) => 0.1,
        Standing::Weak(_) => 0.4,
        Standing::Person | Standing::Out => 0.0,
    };
    let chosen = match &candidate.pinned {
        Some((pinned, _)) => std::slice::from_ref(pinned),
        None => &candidate.senses,
    };
    let weights: Vec<f64> = chosen
        .iter()
        .map(|reading| 10f64.powf(SHARPNESS * (reading.weight - 5.0)))
        .collect();
    let sum: f64 = weights.iter().sum();
    let top = chosen.iter().map(|reading| reading.weight).fold(0.0, f64::max);
    let strength = match top {
        _ if candidate.pinned.is_some() => 2.0,
        top if top >= 8.0 => 1.6,
        top if top >= 6.0 => 1.2,
        top if top >= 5.0 => 0.9,
        top if top >= 4.0 => 0.5,
        _ => 0.25,
    };
    chosen
        .iter()
        .zip(weights)
        .filter_map(|(reading, weight)| {
            let country = reading.place.country?;
            let division = match reading.place.kind {
                PlaceKind::Admin1 => Some(reading.place.number),
                _ => reading.place.admin1,
            };
            Some((country, division, reliability * strength * weight / sum))
        })
        .collect()
}
