//! `scan --known`: the groups and places that are known without being written in any watchlist.

use std::ops::Range;

use super::document::{GivenFields, SaidMention};
use wirewatch_recognition::{Field, KnownNames};

/// What of the built-in groups and of the gazetteer a document names.
pub(super) fn known(fields: GivenFields<'_>, (groups, places, unknown): KnownNames) -> Vec<SaidMention> {
    let document = fields.document();
    let said = |field: Field, span: &Range<usize>, confidence: f32, entity: Named<'_>| {
        let (span, text) = fields.written(field, span.clone());
        SaidMention {
            entity: entity.id,
            kind: entity.kind.to_owned(),
            name: entity.name.to_owned(),
            country: entity.country,
            field,
            start: span.start,
            end: span.end,
            text: text.to_owned(),
            confidence,
            near: entity.near,
        }
    };
    let mut mentions = Vec::new();
    for mention in groups {
        if let Some(entity) = mention.entity.as_deref() {
            let (id, name, country) = (entity.id.clone(), entity.name.as_str(), entity.country.clone());
            let named = Named {
                id: Some(id),
                kind: "group",
                name,
                country,
                near: None,
            };
            mentions.push(said(mention.field, &mention.span, mention.confidence, named));
        }
    }
    for mention in places {
        let country = mention.place.country.map(str::to_owned);
        let named = Named {
            id: Some(mention.place.id()),
            kind: "place",
            name: mention.place.name,
            country,
            near: None,
        };
        mentions.push(said(mention.field, &mention.span, mention.confidence, named));
    }
    for place in unknown {
        let written = document.field(place.field).get(place.span.clone()).unwrap_or_default();
        let named = Named {
            id: None,
            kind: "place",
            name: written,
            country: place.near.country.map(str::to_owned),
            near: Some(place.near.name.to_owned()),
        };
        mentions.push(said(place.field, &place.span, place.confidence, named));
    }
    mentions
}

struct Named<'a> {
    /// `None` of a place that only its context tells.
    id: Option<String>,
    kind: &'a str,
    name: &'a str,
    country: Option<String>,
    near: Option<String>,
}
