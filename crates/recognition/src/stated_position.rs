//! The position that a document states about itself, beside its text: coordinates, areas, countries, codes of areas.

use std::ops::Range;
use std::sync::Arc;

use crate::gazetteer::{Point, Shape};

/// Where a document's subject is, by fields of its own ([`crate::Field::Position`]). Its parts are the spans of one text, so
/// that they are shown, quoted and stored like what a title names.
///
/// ```
/// use wirewatch_recognition::{Point, Shape, StatedPosition};
///
/// let mut position = StatedPosition::default();
/// position.add_shape(Shape::Point(Point { lat: 12.744, lon: -8.072 }));
/// position.add_area("Cercle de Kati");
/// assert_eq!(position.text(), "12.744, -8.072; Cercle de Kati");
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StatedPosition {
    text: String,
    pub(crate) parts: Vec<Part>,
}

/// One of the things that are stated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// Bytes of the text.
    pub(crate) span: Range<usize>,
    pub(crate) stated: Stated,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stated {
    Shape(Arc<Shape>),
    /// A name in the words of the publisher.
    Area,
    /// A name or an ISO 3166-1 code.
    Country,
    /// A code, of the list of this name.
    Code(String),
}

impl StatedPosition {
    /// Adds a shape.
    pub fn add_shape(&mut self, shape: Shape) {
        self.add(&shape_words(&shape), Stated::Shape(Arc::new(shape)));
    }

    /// Adds the name of an area: `Baton Rouge, LA`.
    pub fn add_area(&mut self, name: &str) {
        self.add(name, Stated::Area);
    }

    /// Adds a country by its name or its ISO 3166-1 code.
    pub fn add_country(&mut self, name: &str) {
        self.add(name, Stated::Country);
    }

    /// Adds the code of an area in a list of codes: `SAME`, `022033`.
    pub fn add_code(&mut self, list: &str, code: &str) {
        self.add(&format!("{list} {code}"), Stated::Code(list.to_owned()));
    }

    fn add(&mut self, words: &str, stated: Stated) {
        if !self.text.is_empty() {
            self.text.push_str("; ");
        }
        let start = self.text.len();
        self.text.push_str(words);
        let span = start..self.text.len();
        self.parts.push(Part { span, stated });
    }

    /// Returns all that is stated, in words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub(crate) fn words(&self, part: &Part) -> &str {
        self.text.get(part.span.clone()).unwrap_or_default()
    }
}

fn shape_words(shape: &Shape) -> String {
    let degrees = |point: &Point| {
        // Thousandths are a hundred metres; zeros say nothing.
        let one = |degrees: f64| {
            let text = format!("{degrees:.3}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        };
        format!("{}, {}", one(point.lat), one(point.lon))
    };
    match shape {
        Shape::Point(point) => degrees(point),
        Shape::Circle { centre, km } if *km < 1.0 => format!("{:.0} m around {}", km * 1000.0, degrees(centre)),
        Shape::Circle { centre, km } => format!("{km:.0} km around {}", degrees(centre)),
        Shape::Line(_) => format!("a line around {}", degrees(&shape.middle())),
        Shape::Polygon(_) | Shape::Box { .. } => format!("an area around {}", degrees(&shape.middle())),
    }
}
