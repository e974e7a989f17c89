//! The groups and places that a verdict rests on, as machines want them: which, where it is, how sure.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::Arc;

use crate::document::{Document, Field};
use crate::entity::Entity;
use crate::evaluate::verdict::{Examined, Verdict};
use crate::gazetteer::{Point, distance_km};
use crate::location::{Located, Where};
use crate::terms::term::Pattern;
use crate::watchlist::Watchlist;

/// Groups and places that are named of one verdict: the first.
const MOST_NAMED: usize = 64;

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
    /// title first, at most 64; none where it does not fire.
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
            let spot = (mention.field, mention.span.start);
            let at = places.partition_point(|place| (place.field, place.span.start) < spot);
            let mut begin_here = places[at..]
                .iter()
                .take_while(|place| (place.field, place.span.start) == spot);
            let here = begin_here.find(|place| place.span == mention.span);
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
                away: away(
                    by_term.filter(|asked| !asked.of.is_empty()).or(asked),
                    |from| match here {
                        Some(place) => place.km_from(from),
                        None => Some(distance_km(point?, from)),
                    },
                ),
            });
        }
        if let Some(asked) = asked {
            let answers = places.iter().filter(|place| asked.admits(place));
            named.extend(answers.map(|place| of_place(place, asked)));
        }
        named.sort_by_key(|one| (one.field, one.span.start, one.span.end));
        let mut kept: Vec<NamedEntity> = Vec::new();
        let mut known: HashMap<(String, &str), usize> = HashMap::new();
        for one in named {
            let text = document.field(one.field).get(one.span.clone()).unwrap_or_default();
            match known.entry((one.entity.id.clone(), text)) {
                Entry::Occupied(at) => {
                    let known = &mut kept[*at.get()];
                    known.away = known.away.take().or(one.away);
                }
                Entry::Vacant(_) if kept.len() == MOST_NAMED => {}
                Entry::Vacant(free) => {
                    free.insert(kept.len());
                    kept.push(one);
                }
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
        away: away(Some(asked), |from| place.km_from(from)),
    }
}

/// The nearest centre, by the kilometres from each.
fn away(asked: Option<&Where>, km_from: impl Fn(Point) -> Option<f64>) -> Option<(f64, String)> {
    let distances = asked?
        .of
        .iter()
        .filter_map(|centre| Some((km_from(centre.point)?, centre)));
    let (km, centre) = distances.min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some((km, centre.name.clone()))
}
