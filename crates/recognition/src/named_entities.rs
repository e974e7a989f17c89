//! The groups and places that a verdict rests on, as machines want them: which, where it is, how sure.

use std::ops::Range;
use std::sync::Arc;

use crate::document::{Document, Field};
use crate::entity::Entity;
use crate::evaluate::verdict::{Examined, Verdict};
use crate::gazetteer::{Point, distance_km};
use crate::location::{Located, Where};
use crate::terms::term::Pattern;
use crate::watchlist::Watchlist;

/// A group or place that stands in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedEntity {
    pub entity: Arc<Entity>,
    pub field: Field,
    /// Bytes of the field as given.
    pub span: Range<usize>,
    /// 0 to 1.
    pub confidence: f32,
    /// Of a place that is small enough to be at one.
    pub point: Option<Point>,
    /// Kilometres from the nearest place that the watch measures from, and its name.
    pub away: Option<(f64, String)>,
}

impl Verdict {
    /// The groups and places that a watch fires for, those that answer its `where` among them, in the order of the text,
    /// title first; none where it does not fire.
    pub fn entities(&self, watchlist: &Watchlist, document: Document<'_>, examined: &Examined) -> Vec<NamedEntity> {
        if !self.fires() {
            return Vec::new();
        }
        let places = examined.places.as_deref().unwrap_or_default();
        let asked = watchlist.watches()[self.watch].place.as_deref();
        let mut named: Vec<NamedEntity> = Vec::new();
        for index in self.mentions() {
            let mention = &examined.mentions[index];
            let Some(entity) = mention.entity.clone() else {
                continue;
            };
            let here = places
                .iter()
                .find(|place| place.field == mention.field && place.span == mention.span);
            let point = match here {
                Some(place) => place.point,
                None => watchlist.own_point(&entity.id),
            };
            let by_term = match &watchlist.term(mention.term).pattern {
                Pattern::Where(pattern) => Some(&*pattern.asked),
                _ => None,
            };
            named.push(NamedEntity {
                entity,
                field: mention.field,
                span: mention.span.clone(),
                confidence: mention.confidence,
                point,
                away: away(by_term.filter(|asked| !asked.of.is_empty()).or(asked), point),
            });
        }
        if let Some(asked) = asked {
            let answers = places.iter().filter(|place| asked.admits(place));
            named.extend(answers.map(|place| of_place(place, asked)));
        }
        named.sort_by_key(|one| (one.field, one.span.start, one.span.end));
        let mut kept: Vec<NamedEntity> = Vec::new();
        let text = |one: &NamedEntity| document.field(one.field).get(one.span.clone()).unwrap_or_default();
        for one in named {
            let same = |known: &NamedEntity| known.entity.id == one.entity.id && text(known) == text(&one);
            match kept.iter_mut().find(|known| same(known)) {
                Some(known) => known.away = known.away.take().or(one.away),
                None => kept.push(one),
            }
        }
        kept
    }
}

fn of_place(place: &Located, asked: &Where) -> NamedEntity {
    NamedEntity {
        entity: place.entity.clone(),
        field: place.field,
        span: place.span.clone(),
        confidence: place.confidence,
        point: place.point,
        away: away(Some(asked), place.point),
    }
}

fn away(asked: Option<&Where>, point: Option<Point>) -> Option<(f64, String)> {
    let (asked, point) = (asked?, point?);
    let distances = asked.of.iter().map(|centre| (distance_km(point, centre.point), centre));
    let (km, centre) = distances.min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some((km, centre.name.clone()))
}
