//! The position and area that an entry states about itself: GeoRSS, W3C geo, GDACS, CAP.

use serde::{Deserialize, Serialize};

/// A point in millionths of a degree (WGS 84); north and east are positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeoPoint(pub i32, pub i32);

impl GeoPoint {
    /// Returns the point of a latitude and a longitude in degrees; `None` if either is out of range.
    ///
    /// Longitudes up to 360 are taken as degrees east. Latitude and longitude are never swapped: a swapped pair that is in
    /// range cannot be told from a right one, so guessing would only move the error.
    pub fn of_degrees(lat: f64, lon: f64) -> Option<Self> {
        if !((-90.0..=90.0).contains(&lat) && (-180.0..=360.0).contains(&lon)) {
            return None;
        }
        let lon = if lon > 180.0 { lon - 360.0 } else { lon };
        Some(Self((lat * 1e6).round() as i32, (lon * 1e6).round() as i32))
    }

    /// Returns the latitude in degrees.
    pub fn lat(self) -> f64 {
        f64::from(self.0) / 1e6
    }

    /// Returns the longitude in degrees.
    pub fn lon(self) -> f64 {
        f64::from(self.1) / 1e6
    }

    /// Returns whether this is 0° N 0° E, which programs write for "unknown".
    fn is_null(self) -> bool {
        self == Self(0, 0)
    }
}

/// A shape on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    Point(GeoPoint),
    /// A centre and a radius in metres.
    Circle(GeoPoint, u32),
    Line(Vec<GeoPoint>),
    /// The corners of a ring, the first not repeated.
    Polygon(Vec<GeoPoint>),
    /// South-west and north-east corner. A western edge east of the eastern one crosses 180°.
    Box(GeoPoint, GeoPoint),
}

impl Shape {
    /// Returns the number of points that describe the shape.
    pub fn len(&self) -> usize {
        match self {
            Self::Point(_) | Self::Circle(..) => 1,
            Self::Box(..) => 2,
            Self::Line(points) | Self::Polygon(points) => points.len(),
        }
    }

    /// Returns whether no point describes it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Where an entry's subject is, by the entry's own fields. Its size is bounded: see [`Position::add_shape`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Position {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shapes: Vec<Shape>,
    /// Names of areas in the words of the publisher (`cap:areaDesc`, `georss:featurename`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<String>,
    /// Names or ISO 3166-1 codes of countries (`gdacs:country`, `gdacs:iso3`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// Codes of areas, separated by spaces, with the name of their list (`cap:geocode`): `("SAME", "022033 022037")`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<(String, String)>,
}

/// Shapes of one entry.
const MOST_SHAPES: usize = 32;
/// Points of all shapes of one entry; a shape beyond counts as the box around it.
const MOST_POINTS: usize = 1_000;
/// Points of a shape that is looked at at all.
const LONGEST_SHAPE: usize = 100_000;
const MOST_NAMES: usize = 64;
/// Lists of codes, and bytes of the codes of each.
const MOST_LISTS: usize = 8;
const LONGEST_LIST: usize = 2_000;
/// Bytes of one name or code.
const LONGEST_NAME: usize = 200;

impl Position {
    /// Returns whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty() && self.areas.is_empty() && self.countries.is_empty() && self.codes.is_empty()
    }

    /// Adds a shape. The number of shapes is capped; a shape with too many points becomes the box around it, which
    /// covers more, not less.
    pub fn add_shape(&mut self, shape: Shape) {
        if self.shapes.len() >= MOST_SHAPES || self.shapes.contains(&shape) {
            return;
        }
        let known: usize = self.shapes.iter().map(Shape::len).sum();
        let shape = match shape {
            Shape::Line(points) | Shape::Polygon(points) if known + points.len() > MOST_POINTS => match around(&points)
            {
                Some(bounds) => bounds,
                None => return,
            },
            shape => shape,
        };
        self.shapes.push(shape);
    }

    /// Adds the names in a list that is separated by `separator`.
    pub fn add_areas(&mut self, list: &str, separator: char) {
        add_names(&mut self.areas, list, separator);
    }

    /// Adds the countries in a list that is separated by commas or semicolons.
    pub fn add_countries(&mut self, list: &str) {
        list.split(';')
            .for_each(|part| add_names(&mut self.countries, part, ','));
    }

    /// Adds the codes of a list called `name`, separated by white space or commas.
    pub fn add_codes(&mut self, name: &str, list: &str) {
        let name = name.trim();
        let at = match self.codes.iter().position(|(known, _)| known == name) {
            Some(at) => at,
            None if self.codes.len() < MOST_LISTS && name.len() <= LONGEST_NAME => {
                self.codes.push((name.to_owned(), String::new()));
                self.codes.len() - 1
            }
            None => return,
        };
        let codes = &mut self.codes[at].1;
        for code in list.split([' ', ',', ';', '\n', '\t']).filter(|code| !code.is_empty()) {
            if codes.len() + code.len() < LONGEST_LIST && !codes.split(' ').any(|known| known == code) {
                if !codes.is_empty() {
                    codes.push(' ');
                }
                codes.push_str(code);
            }
        }
        if codes.is_empty() {
            self.codes.remove(at);
        }
    }

    /// Adds what another position states.
    pub fn add(&mut self, other: Self) {
        other.shapes.into_iter().for_each(|shape| self.add_shape(shape));
        for (mine, theirs) in [(&mut self.areas, other.areas), (&mut self.countries, other.countries)] {
            for name in theirs {
                if mine.len() < MOST_NAMES && !mine.contains(&name) {
                    mine.push(name);
                }
            }
        }
        for (name, code) in other.codes {
            self.add_codes(&name, &code);
        }
    }

    /// Returns the only point, if the position is that and nothing else.
    pub fn only_point(&self) -> Option<GeoPoint> {
        let alone = self.areas.is_empty() && self.countries.is_empty() && self.codes.is_empty();
        match self.shapes.as_slice() {
            [Shape::Point(point)] if alone => Some(*point),
            _ => None,
        }
    }
}

fn add_names(names: &mut Vec<String>, list: &str, separator: char) {
    for name in list.split(separator) {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.is_empty() && name.len() <= LONGEST_NAME && names.len() < MOST_NAMES && !names.contains(&name) {
            names.push(name);
        }
    }
}

/// The box around points that lie on one side of 180°.
fn around(points: &[GeoPoint]) -> Option<Shape> {
    let range = |of: fn(&GeoPoint) -> i32| Some((points.iter().map(of).min()?, points.iter().map(of).max()?));
    let ((south, north), (west, east)) = (range(|point| point.0)?, range(|point| point.1)?);
    let half = 180_000_000;
    // Rings over 180° jump from one side to the other.
    let (west, east) = match i64::from(east) - i64::from(west) > half {
        true => {
            let eastern = points.iter().map(|point| point.1).filter(|lon| *lon >= 0).min()?;
            let western = points.iter().map(|point| point.1).filter(|lon| *lon < 0).max()?;
            (eastern, western)
        }
        false => (west, east),
    };
    Some(Shape::Box(GeoPoint(south, west), GeoPoint(north, east)))
}

/// Returns the numbers of a text that holds nothing else: `12.7 -8.0`, `12.7,-8.0 12.8,-8.1`. Decimal commas are not
/// guessed: they double the count of numbers, which no shape then fits.
fn numbers(text: &str) -> Option<Vec<f64>> {
    let mut found = Vec::new();
    for part in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')) {
        if part.is_empty() {
            continue;
        }
        let number: f64 = part.strip_suffix('°').unwrap_or(part).parse().ok()?;
        if !number.is_finite() || found.len() >= 2 * LONGEST_SHAPE {
            return None;
        }
        found.push(number);
    }
    Some(found)
}

/// Returns the points of a text of latitudes and longitudes in turn.
fn points(text: &str) -> Option<Vec<GeoPoint>> {
    let numbers = numbers(text)?;
    if numbers.len() % 2 != 0 {
        return None;
    }
    numbers
        .chunks(2)
        .map(|pair| GeoPoint::of_degrees(pair[0], pair[1]))
        .collect()
}

/// Returns the point of `lat lon`; a third number is its height.
pub(crate) fn point(text: &str) -> Option<Shape> {
    let numbers = numbers(text)?;
    let [lat, lon] = *numbers.get(..2)? else { return None };
    let point = GeoPoint::of_degrees(lat, lon).filter(|point| numbers.len() <= 3 && !point.is_null())?;
    // A decimal comma leaves whole numbers and a fourth number, or, in one of both, a third: `12,744 -8`.
    let decimal_comma = numbers.len() == 3 && text.contains(',');
    (!decimal_comma).then_some(Shape::Point(point))
}

pub(crate) fn line(text: &str) -> Option<Shape> {
    points(text).filter(|points| points.len() >= 2).map(Shape::Line)
}

pub(crate) fn polygon(text: &str) -> Option<Shape> {
    let mut points = points(text)?;
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    (points.len() >= 3).then_some(Shape::Polygon(points))
}

/// Returns the box of `south west north east`.
pub(crate) fn bounds(text: &str) -> Option<Shape> {
    let points = points(text)?;
    let [lower, upper] = *points.as_slice() else {
        return None;
    };
    (lower.0 <= upper.0 && lower != upper).then_some(Shape::Box(lower, upper))
}

/// Returns the box of GDACS: `west east south north`.
pub(crate) fn gdacs_bounds(text: &str) -> Option<Shape> {
    let numbers = numbers(text)?;
    let [west, east, south, north] = *numbers.as_slice() else {
        return None;
    };
    let (lower, upper) = (GeoPoint::of_degrees(south, west)?, GeoPoint::of_degrees(north, east)?);
    (lower.0 <= upper.0 && lower != upper).then_some(Shape::Box(lower, upper))
}

/// Returns the circle of `lat lon radius`, whose radius is in units of `unit` metres.
pub(crate) fn circle(text: &str, unit: f64) -> Option<Shape> {
    let numbers = numbers(text)?;
    let [lat, lon, radius] = *numbers.as_slice() else {
        return None;
    };
    let centre = GeoPoint::of_degrees(lat, lon).filter(|point| !point.is_null())?;
    let metres = radius * unit;
    // Half of the way around the Earth is everywhere.
    match metres {
        0.0 => Some(Shape::Point(centre)),
        metres if metres > 0.0 && metres < 20_000_000.0 => Some(Shape::Circle(centre, metres.round() as u32)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
