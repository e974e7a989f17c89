//! What a watch asks with `where`, and whether a document's places answer it.

use super::area::Area;
use super::located::Located;
use crate::document::{Document, Field};
use crate::gazetteer::Point;
use crate::terms::options::Level;

/// Where an entry must take place. One place that it names must answer all of this.
#[derive(Debug, Clone, PartialEq)]
pub struct Where {
    /// In any of these; empty: anywhere …
    pub inside: Vec<Area>,
    /// … in none of these …
    pub not_inside: Vec<Area>,
    /// … and, where not empty, near one of these, as near as the widest of the `rings`.
    pub of: Vec<Centre>,
    /// The narrowest first.
    pub rings: Vec<Ring>,
    /// Whether `Malian` counts as Mali.
    pub demonyms: bool,
    /// 0 to 1: mentions of less confidence do not count.
    pub min_confidence: f32,
}

/// What distances are measured from.
#[derive(Debug, Clone, PartialEq)]
pub struct Centre {
    /// To show.
    pub name: String,
    pub point: Point,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ring {
    pub km: f64,
    /// How pressing an alert is from within it; `None`: as the watch says.
    pub level: Option<Level>,
}

/// The place that answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    pub found: Named,
    /// Kilometres, and the centre that they are measured from.
    pub away: Option<(f64, String)>,
    /// The distance in kilometres that it had to be within: of the rule that gave the level.
    pub within: Option<f64>,
    /// The area that it lies in, and is not.
    pub inside: Option<String>,
    pub level: Option<Level>,
}

/// A place as it stands in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// As written there.
    pub text: String,
    /// Its own name.
    pub name: String,
    pub country: Option<&'static str>,
    pub field: Field,
    /// Coordinates that the document states for itself, not a name.
    pub coordinates: bool,
    /// Bytes of the field as given.
    pub span: std::ops::Range<usize>,
}

/// Why none did.
#[derive(Debug, Clone, PartialEq)]
pub enum Missed {
    /// The document names no place.
    NoPlace,
    /// It does, but none that counts: this one does not, because of this clause about it.
    NotCounted { found: Named, why: &'static str },
    /// All places lie outside of the areas: one of them.
    Elsewhere { found: Named },
    /// One lies in an area that is left out.
    LeftOut { found: Named, area: String },
    /// All lie too far away: the nearest.
    TooFar { found: Named, km: f64, from: String },
    /// None is small enough to be near anything: one of them.
    TooWide { found: Named },
}

impl Where {
    /// The place to show: the nearest where distances are asked for, else the surest; of equals the first.
    pub fn judge(&self, document: Document<'_>, places: &[Located]) -> Result<Placed, Missed> {
        let mut best: Option<(f64, Placed)> = None;
        let mut missed: Option<(f64, Missed)> = None;
        for located in places {
            let found = || named(document, located);
            match self.judge_one(located, &found) {
                Ok(placed) => {
                    let rank = placed
                        .away
                        .as_ref()
                        .map_or(-f64::from(located.confidence), |(km, _)| *km);
                    if best.as_ref().is_none_or(|(known, _)| rank < *known) {
                        best = Some((rank, placed));
                    }
                }
                Err(failed) => {
                    let (rank, why) = *failed;
                    if missed.as_ref().is_none_or(|(known, _)| rank < *known) {
                        missed = Some((rank, why));
                    }
                }
            }
        }
        match (best, missed) {
            (Some((_, placed)), _) => Ok(placed),
            (None, Some((_, missed))) => Err(missed),
            (None, None) => Err(Missed::NoPlace),
        }
    }

    /// What one place answers.
    pub(crate) fn answer(&self, document: Document<'_>, located: &Located) -> Option<Placed> {
        self.judge_one(located, &|| named(document, located)).ok()
    }

    /// With how far it missed: kilometres, and beyond them a thousand times the Earth for each worse reason.
    fn judge_one(&self, located: &Located, found: &dyn Fn() -> Named) -> Result<Placed, Box<(f64, Missed)>> {
        const WORSE: f64 = 1e8;
        if let Some(why) = self.not_counted(located) {
            return Err(Box::new((4.0 * WORSE, Missed::NotCounted { found: found(), why })));
        }
        let inside = self.inside.iter().find(|area| area.holds(located));
        if inside.is_none() && !self.inside.is_empty() {
            return Err(Box::new((3.0 * WORSE, Missed::Elsewhere { found: found() })));
        }
        if let Some(area) = self.not_inside.iter().find(|area| area.holds(located)) {
            let area = area.name.clone();
            return Err(Box::new((2.0 * WORSE, Missed::LeftOut { found: found(), area })));
        }
        let mut placed = Placed {
            found: found(),
            away: None,
            within: None,
            inside: inside
                .filter(|area| area.name != located.entity.name)
                .map(|area| area.name.clone()),
            level: None,
        };
        if self.of.is_empty() {
            return Ok(placed);
        }
        let distances = self
            .of
            .iter()
            .filter_map(|centre| Some((located.km_from(centre.point)?, centre)));
        if located.point.is_none() {
            return Err(Box::new((WORSE, Missed::TooWide { found: found() })));
        }
        let Some((km, centre)) = distances.min_by(|a, b| a.0.total_cmp(&b.0)) else {
            return Ok(placed);
        };
        match self.rings.iter().find(|ring| km <= ring.km) {
            Some(ring) => {
                placed.level = ring.level;
                placed.within = Some(ring.km);
                placed.away = Some((km, centre.name.clone()));
                Ok(placed)
            }
            None => {
                let from = centre.name.clone();
                Err(Box::new((
                    km,
                    Missed::TooFar {
                        found: found(),
                        km,
                        from,
                    },
                )))
            }
        }
    }

    /// Whether a place answers, without saying why not.
    pub(crate) fn admits(&self, located: &Located) -> bool {
        let widest = self.rings.last().map_or(0.0, |ring| ring.km);
        let near = |centre: &Centre| located.km_from(centre.point).is_some_and(|km| km <= widest);
        self.not_counted(located).is_none()
            && (self.inside.is_empty() || self.inside.iter().any(|area| area.holds(located)))
            && !self.not_inside.iter().any(|area| area.holds(located))
            && (self.of.is_empty() || self.of.iter().any(near))
    }

    fn not_counted(&self, located: &Located) -> Option<&'static str> {
        if located.boilerplate {
            return Some("it appears in text that most entries of the feed share");
        }
        if let Some(aside) = located.aside {
            return Some(aside.words());
        }
        if located.demonym && !self.demonyms {
            return Some("it is the word for a people, not for a place");
        }
        (located.confidence < self.min_confidence).then_some("it is not sure enough that this place is meant")
    }
}

fn named(document: Document<'_>, located: &Located) -> Named {
    let written = document
        .field(located.field)
        .get(located.span.clone())
        .unwrap_or_default();
    Named {
        text: written.split_whitespace().collect::<Vec<_>>().join(" "),
        name: located.entity.name.clone(),
        country: match located.countries.as_slice() {
            [one] => Some(one),
            _ => None,
        },
        field: located.field,
        coordinates: located.shape.is_some(),
        span: located.span.clone(),
    }
}
