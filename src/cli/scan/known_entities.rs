//! `scan --known`: the groups and places that are known without being written in any watchlist.

use std::ops::Range;

use super::document::{Given, SaidMention, Shown};
use wirewatch_recognition::{Document, Field, PlaceContext, known_names};

/// What of the built-in groups and of the gazetteer a document names.
pub(super) fn known(given: &Given, title: &Shown, text: &Shown) -> Vec<SaidMention> {
    let document = Document {
        title: title.text(&given.title),
        text: text.text(&given.text),
        feed: given.feed.as_deref(),
        country: given.country.as_deref(),
        language: given.language.as_deref(),
        ..Document::default()
    };
    let said = |field: Field, span: &Range<usize>, confidence: f32, entity: Named<'_>| {
        let (raw, shown) = match field {
            Field::Title => (&given.title, title),
            Field::Text => (&given.text, text),
        };
        let span = shown.span(span.clone());
        SaidMention {
            entity: entity.id,
            kind: entity.kind.to_owned(),
            name: entity.name.to_owned(),
            country: entity.country,
            field,
            start: span.start,
            end: span.end,
            text: raw.get(span).unwrap_or_default().to_owned(),
            confidence,
            near: entity.near,
        }
    };
    let context = PlaceContext {
        country: document.country,
        ..PlaceContext::default()
    };
    let (groups, places, unknown) = known_names(document, context);
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
