//! Places of the position that a document states about itself: which towns, divisions and countries its coordinates, area
//! names and codes mean.

use std::ops::Range;
use std::sync::Arc;

use super::located::{Located, divisions, entity, exact_point};
use super::stated_area::{Hints, area_places, code_place, country_place};
use crate::document::{Document, Field};
use crate::entity::{Entity, EntityKind};
use crate::gazetteer::{Gazetteer, Place, Point, Shape};
use crate::stated_position::{Part, Stated, StatedPosition};

/// Kilometres from a town within which a position at sea or in a desert still belongs to its country.
const FARTHEST_KM: f64 = 200.0;
/// Towns that decide together where a point lies.
const VOTERS: usize = 12;
/// The share of their votes with which a country or division counts as certain.
const CERTAIN: f64 = 0.8;
/// The least share that is worth telling.
const POSSIBLE: f64 = 0.15;
/// Towns of an area that are looked at, and divisions that are named.
const TOWNS: usize = 2_000;
const DIVISIONS: usize = 40;

/// Returns the places that a document's stated position means, in the order of its text. They have full confidence, but
/// where a border may run between a point and the towns around it.
pub(super) fn stated_places(document: Document<'_>) -> Vec<Located> {
    let Some(position) = document.position else {
        return Vec::new();
    };
    let hints = Hints::of(document, position);
    position
        .parts
        .iter()
        .flat_map(|part| places_of(part, position, &hints))
        .collect()
}

/// Returns the only country that a document states for itself, ISO 3166-1 alpha-2.
pub(super) fn stated_country(places: &[Located]) -> Option<&'static str> {
    let sure = places.iter().filter(|place| place.confidence >= 1.0);
    let mut countries = sure.flat_map(|place| place.countries.iter().copied());
    let first = countries.next()?;
    countries.all(|country| country == first).then_some(first)
}

/// Returns the country that a point lies in, ISO 3166-1 alpha-2, by the towns around it; `None` where a border may run
/// between them, and far from any town.
///
/// ```
/// use wirewatch_recognition::{Point, country_at};
///
/// assert_eq!(country_at(Point { lat: 12.744, lon: -8.072 }), Some("ML"));
/// ```
pub fn country_at(point: Point) -> Option<&'static str> {
    let votes = votes(&Gazetteer::towns_near(point, FARTHEST_KM, VOTERS));
    let (country, share) = *countries(&votes).first()?;
    (share >= CERTAIN).then_some(country)
}

fn places_of(part: &Part, position: &StatedPosition, hints: &Hints) -> Vec<Located> {
    let words = position.words(part);
    let span = || part.span.clone();
    let certain = |place: Place| of_place(&place, span(), 1.0);
    match &part.stated {
        Stated::Shape(shape) => match &**shape {
            Shape::Point(point) => of_point(*point, shape, words, span()),
            _ => of_area(shape, words, span()),
        },
        Stated::Country => country_place(words).map(certain).into_iter().collect(),
        Stated::Code(list) => {
            let code = words.strip_prefix(list.as_str()).unwrap_or_default().trim();
            code_place(list, code).map(certain).into_iter().collect()
        }
        Stated::Area => area_places(words, hints)
            .into_iter()
            .map(|(place, confidence)| of_place(&place, span(), confidence))
            .collect(),
    }
}

/// A point: where it lies is decided by the towns around it, the nearer the more, since no borders are known.
fn of_point(point: Point, shape: &Arc<Shape>, words: &str, span: Range<usize>) -> Vec<Located> {
    let towns = Gazetteer::towns_near(point, FARTHEST_KM, VOTERS);
    let nearest = towns
        .first()
        .filter(|(km, town)| *km <= extent_km(town))
        .map(|(_, town)| *town);
    let votes = votes(&towns);
    let sure = votes.first().filter(|vote| vote.share >= CERTAIN);
    let sure_country = countries(&votes).into_iter().find(|(_, share)| *share >= CERTAIN);
    let mut found = vec![Located {
        entity: nearest.map_or_else(|| nameless(point, words), |town| entity(&town)),
        place: nearest.map(|town| town.number),
        divisions: sure.and_then(|vote| vote.division).into_iter().collect(),
        countries: sure_country.iter().map(|(country, _)| *country).collect(),
        ..stated(span.clone(), shape)
    }];
    let possible = votes.iter().filter(|vote| sure.is_none() && vote.share >= POSSIBLE);
    for vote in possible {
        let place = vote.division.and_then(|number| Gazetteer::built_in().numbered(number));
        let place = place.or_else(|| Gazetteer::built_in().country(vote.country));
        found.extend(place.map(|place| Located {
            entity: entity(&place),
            place: Some(place.number),
            divisions: vote.division.into_iter().collect(),
            countries: vec![vote.country],
            confidence: vote.share as f32,
            ..stated(span.clone(), shape)
        }));
    }
    // One certain country of several divisions was said above; several countries are said each.
    if sure_country.is_none() {
        for (country, share) in countries(&votes).into_iter().filter(|(_, share)| *share >= POSSIBLE) {
            found.extend(Gazetteer::built_in().country(country).map(|place| Located {
                entity: entity(&place),
                place: Some(place.number),
                countries: vec![country],
                confidence: share as f32,
                ..stated(span.clone(), shape)
            }));
        }
    }
    found
}

/// An area: it lies in each division that has a town in it, and if no town lies in it, where its middle does.
fn of_area(shape: &Arc<Shape>, words: &str, span: Range<usize>) -> Vec<Located> {
    let towns = Gazetteer::towns_in(shape, TOWNS);
    let Some(largest) = towns.iter().max_by_key(|town| town.population) else {
        return of_point(shape.middle(), shape, words, span);
    };
    let mut divisions: Vec<(&'static str, Option<u32>)> = Vec::new();
    for town in &towns {
        if let Some(country) = town.country
            && !divisions.contains(&(country, town.admin1))
        {
            divisions.push((country, town.admin1));
        }
    }
    let mut countries: Vec<&'static str> = divisions.iter().map(|(country, _)| *country).collect();
    countries.dedup();
    let alone = |count: usize| count == 1;
    let mut found = vec![Located {
        entity: entity(largest),
        place: Some(largest.number),
        divisions: divisions
            .iter()
            .filter(|_| alone(divisions.len()))
            .filter_map(|(_, division)| *division)
            .collect(),
        countries: countries.iter().copied().filter(|_| alone(countries.len())).collect(),
        ..stated(span.clone(), shape)
    }];
    if alone(divisions.len()) {
        return found;
    }
    for (country, number) in divisions.into_iter().take(DIVISIONS) {
        let place = number.and_then(|number| Gazetteer::built_in().numbered(number));
        let place = place.or_else(|| Gazetteer::built_in().country(country));
        found.extend(place.map(|place| Located {
            entity: entity(&place),
            place: Some(place.number),
            divisions: number.into_iter().collect(),
            countries: vec![country],
            ..stated(span.clone(), shape)
        }));
    }
    found
}

/// A stated place without anything that must be found out.
fn stated(span: Range<usize>, shape: &Arc<Shape>) -> Located {
    Located {
        point: Some(shape.middle()),
        shape: Some(shape.clone()),
        ..Located::stated(span)
    }
}

fn of_place(place: &Place, span: Range<usize>, confidence: f32) -> Located {
    Located {
        entity: entity(place),
        place: Some(place.number),
        divisions: divisions(place),
        countries: Gazetteer::built_in().countries_of(place),
        confidence,
        point: exact_point(place),
        ..Located::stated(span)
    }
}

/// A point that is in no town.
fn nameless(point: Point, words: &str) -> Arc<Entity> {
    Arc::new(Entity {
        id: format!("point:{:.3},{:.3}", point.lat, point.lon),
        kind: EntityKind::Place,
        name: words.to_owned(),
        country: None,
    })
}

/// How far a town reaches from its middle, by its inhabitants: 4 km for 10,000, 13 for a million.
fn extent_km(town: &Place) -> f64 {
    3.0 + f64::from(town.population).sqrt() / 100.0
}

/// The share of a division in the votes of the towns around a point.
struct Vote {
    country: &'static str,
    division: Option<u32>,
    share: f64,
}

/// Votes fall with the square of the distance, the largest share first.
fn votes(towns: &[(f64, Place)]) -> Vec<Vote> {
    let weight = |km: f64| 1.0 / ((km + 1.0) * (km + 1.0));
    let all: f64 = towns.iter().map(|(km, _)| weight(*km)).sum();
    let mut votes: Vec<Vote> = Vec::new();
    for (km, town) in towns {
        let Some(country) = town.country else { continue };
        let share = weight(*km) / all;
        let same = |vote: &&mut Vote| vote.country == country && vote.division == town.admin1;
        match votes.iter_mut().find(same) {
            Some(vote) => vote.share += share,
            None => votes.push(Vote {
                country,
                division: town.admin1,
                share,
            }),
        }
    }
    votes.sort_by(|one, other| other.share.total_cmp(&one.share));
    votes
}

fn countries(votes: &[Vote]) -> Vec<(&'static str, f64)> {
    let mut countries: Vec<(&'static str, f64)> = Vec::new();
    for vote in votes {
        match countries.iter_mut().find(|(country, _)| *country == vote.country) {
            Some((_, share)) => *share += vote.share,
            None => countries.push((vote.country, vote.share)),
        }
    }
    countries.sort_by(|one, other| other.1.total_cmp(&one.1));
    countries
}

impl Located {
    /// A place in [`Field::Position`].
    fn stated(span: Range<usize>) -> Self {
        Self {
            entity: Arc::new(Entity {
                id: String::new(),
                kind: EntityKind::Place,
                name: String::new(),
                country: None,
            }),
            field: Field::Position,
            span,
            confidence: 1.0,
            demonym: false,
            aside: None,
            boilerplate: false,
            place: None,
            divisions: Vec::new(),
            countries: Vec::new(),
            point: None,
            shape: None,
        }
    }
}
