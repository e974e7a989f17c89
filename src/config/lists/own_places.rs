//! `[place.NAME]`: what it means, and where it is.

use std::sync::Arc;

use super::pick::{note, sense, unnoted};
use super::sense::Wanted;
use crate::config::tables::country;
use crate::config::values::{Check, Fields};
use wirewatch_recognition::{
    Area, Entity, EntityKind, Gazetteer, OwnPlace, Pattern, Place, PlaceKind, PlacePattern, Point, Term, pick,
};

/// A place of the files, before its names are terms.
#[derive(Debug, Clone)]
pub(crate) struct Own {
    pub entity: Arc<Entity>,
    means: Option<Place>,
    not_means: Vec<u32>,
    at: Option<Point>,
    near: Option<Place>,
}

impl Own {
    pub(crate) fn point(&self) -> Option<Point> {
        self.at
            .or(self.means.map(|place| place.point))
            .or(self.near.map(|place| place.point))
    }

    pub(crate) fn area(&self) -> Area {
        match &self.means {
            Some(place) => Area::of(place),
            None => Area {
                name: self.entity.name.clone(),
                countries: Vec::new(),
                divisions: Vec::new(),
                places: Vec::new(),
                outline: None,
                own: Some(self.entity.id.clone()),
            },
        }
    }

    /// The place of the gazetteer under all its names.
    pub(crate) fn terms(&self, name: &str) -> Vec<Term> {
        let of = |place: &Place| term_of(place, name, Some(self.entity.clone()));
        self.means.iter().map(of).collect()
    }

    /// Whether the gazetteer knows it by this name, and tells by the text whether it is meant.
    pub(crate) fn is_known_as(&self, pattern: &Pattern) -> bool {
        let (Some(means), Pattern::Words(words)) = (&self.means, pattern) else {
            return false;
        };
        Gazetteer::built_in()
            .named(words)
            .any(|sense| sense.place == means.number)
    }

    /// With the terms that its names are.
    pub(crate) fn finished(&self, terms: &[Term]) -> OwnPlace {
        let inside = self.means.or(self.near);
        OwnPlace {
            entity: self.entity.clone(),
            names: terms
                .iter()
                .filter(|term| !matches!(term.pattern, Pattern::Place(_)))
                .filter(|term| term.entity.as_ref().is_some_and(|entity| entity.id == self.entity.id))
                .cloned()
                .collect(),
            point: self.point(),
            means: self.means.map(|place| place.number),
            not_means: self.not_means.clone(),
            division: inside.and_then(|place| match place.kind {
                PlaceKind::Admin1 => Some(place.number),
                _ => place.admin1,
            }),
        }
    }
}

/// A place of the gazetteer as a term; what counts is filled in by the watch.
pub(super) fn term_of(place: &Place, name: &str, entity: Option<Arc<Entity>>) -> Term {
    let entity = entity.unwrap_or_else(|| {
        Arc::new(Entity {
            id: place.id(),
            kind: EntityKind::Place,
            name: place.name.to_owned(),
            country: place.country.map(str::to_owned),
        })
    });
    Term {
        pattern: Pattern::Place(Box::new(PlacePattern {
            number: place.number,
            name: name.to_owned(),
            demonyms: true,
            least: 50,
        })),
        exact_case: false,
        entity: Some(entity),
    }
}

/// `id` is that of the entity, `shown` its name where `names` gives one.
pub(super) fn own_place(
    check: &mut Check<'_>,
    fields: &Fields<'_>,
    id: String,
    shown: Option<&str>,
    name: &str,
) -> Own {
    let table = fields.header.clone();
    let written_country = country(check, fields);
    let means = fields
        .text(check, "means")
        .and_then(|text| sense(check, &table, &text, Wanted::Point));
    let near = fields.text(check, "near").and_then(|text| {
        let place = sense(check, &table, &text, Wanted::Point)?;
        if place.is_broad() {
            let what = format!("`{}` is too wide to be near to", text.text.trim());
            check.error(&text.at(), what, Some("name a town".to_owned()));
            return None;
        }
        Some(place)
    });
    let not_means = ruled_out(check, fields, means.as_ref());
    let at = fields.point(check, "at");
    if at.is_some() && near.is_some() {
        let what = "`at` says where it is; `near` then adds nothing but the country";
        check.warn(&fields.at_key("near"), what, Some("take it out".to_owned()));
    }
    // Without a word on where it is, its first name is looked up: a list of quarters under the name of their town.
    let mut taken = means;
    if means.is_none()
        && near.is_none()
        && at.is_none()
        && let Some(shown) = shown
    {
        let within = written_country.as_deref().map(|code| format!("{shown}, {code}"));
        let picked = within
            .as_deref()
            .map_or_else(|| pick(shown), pick)
            .filter(|picked| !picked.in_doubt);
        if let Some(picked) = picked.filter(|picked| !picked.best.is_broad()) {
            note(check, &table, shown, picked.best);
            taken = Some(picked.best);
        }
    }
    let place = taken.or(near);
    let code = written_country.or_else(|| place.and_then(|place| place.country).map(str::to_owned));
    Own {
        entity: Arc::new(Entity {
            id,
            kind: EntityKind::Place,
            name: shown
                .map_or_else(|| means.map_or(name, |place| place.name), str::trim)
                .to_owned(),
            country: code,
        }),
        means,
        not_means,
        at: at.or(if means.is_none() {
            taken.map(|place| place.point)
        } else {
            None
        }),
        near: near.or(if means.is_none() { taken } else { None }),
    }
}

/// `not_means = ["Newport, Rhode Island"]`, `not_means = ["United States"]`: single places, and all of the name in an area.
fn ruled_out(check: &mut Check<'_>, fields: &Fields<'_>, means: Option<&Place>) -> Vec<u32> {
    let mut numbers = Vec::new();
    for text in fields.texts(check, "not_means").unwrap_or_default() {
        let Some(place) = unnoted(check, &text, Wanted::Point) else {
            continue;
        };
        if means.is_some_and(|means| means.number == place.number) {
            let mend = "take it out of one of the two".to_owned();
            check.error(&text.at(), "`means` and `not_means` are the same place", Some(mend));
            continue;
        }
        numbers.push(place.number);
    }
    numbers
}
