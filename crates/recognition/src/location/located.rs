//! A place that stands in a document, as a watch with `where` sees it.

use std::ops::Range;
use std::sync::Arc;

use crate::document::Field;
use crate::entity::{Entity, EntityKind};
use crate::gazetteer::{Gazetteer, Place, PlaceKind, Point, Shape, distance_km};
use crate::places::{Aside, PlaceMention, Why};

/// One mention of a place: of the gazetteer, or of a `[place.NAME]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    pub entity: Arc<Entity>,
    pub field: Field,
    /// Bytes of the field as given.
    pub span: Range<usize>,
    /// 0 to 1.
    pub confidence: f32,
    /// `Malian` for Mali.
    pub demonym: bool,
    /// Why it does not tell where the events are.
    pub aside: Option<Aside>,
    /// It stands in text that most entries of its feed share.
    pub boilerplate: bool,
    /// Numbers in the gazetteer: of the place, and of the first-level divisions that it is, lies in or consists of.
    pub place: Option<u32>,
    pub divisions: Vec<u32>,
    /// ISO 3166-1 alpha-2: where it lies, or of a region all its countries.
    pub countries: Vec<&'static str>,
    /// Where it is, of what is small enough to be at one point: towns, and districts by their main town.
    pub point: Option<Point>,
    /// The shape that a document states for itself: then distances are measured from its nearest point.
    pub shape: Option<Arc<Shape>>,
}

impl Located {
    pub(crate) fn of(mention: PlaceMention) -> Self {
        let place = mention.place;
        let point = match place.kind {
            // “Koulikoro” may be the town or its region: the town is meant often enough, though another may be larger.
            PlaceKind::Admin1 => Gazetteer::built_in().namesake(&place).map(|town| town.point),
            _ => exact_point(&place),
        };
        Self {
            entity: entity(&place),
            field: mention.field,
            span: mention.span,
            confidence: mention.confidence,
            demonym: mention.because.contains(&Why::Demonym),
            aside: mention.aside,
            boilerplate: false,
            place: Some(place.number),
            divisions: divisions(&place),
            countries: Gazetteer::built_in().countries_of(&place),
            point,
            shape: None,
        }
    }

    /// Returns the kilometres from a point; `None` of what is too wide to be near to anything.
    pub fn km_from(&self, from: Point) -> Option<f64> {
        match (&self.shape, self.point) {
            (Some(shape), _) => Some(shape.km_from(from)),
            (None, point) => Some(distance_km(point?, from)),
        }
    }
}

/// The divisions that a place is or lies in, or those that a region or a part of a country lies in with all of it.
pub(super) fn divisions(place: &Place) -> Vec<u32> {
    match place.kind {
        PlaceKind::Admin1 => vec![place.number],
        PlaceKind::Region | PlaceKind::Constituent => {
            let extent = Gazetteer::built_in().extent(place);
            [extent.divisions, extent.touched].concat()
        }
        _ => place.admin1.into_iter().collect(),
    }
}

/// Where a place is that is small enough to be at one point.
pub(super) fn exact_point(place: &Place) -> Option<Point> {
    matches!(place.kind, PlaceKind::City | PlaceKind::Capital | PlaceKind::Admin2).then_some(place.point)
}

/// A place of the gazetteer as an entity.
pub(crate) fn entity(place: &Place) -> Arc<Entity> {
    Arc::new(Entity {
        id: place.id(),
        kind: EntityKind::Place,
        name: place.name.to_owned(),
        country: place.country.map(str::to_owned),
    })
}
