//! Shapes on the map, and how far they are from a point.

use super::distance::{Point, distance_km};

/// A shape on the map.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Point(Point),
    Circle {
        centre: Point,
        km: f64,
    },
    Line(Vec<Point>),
    /// The corners of a ring; the last is joined to the first.
    Polygon(Vec<Point>),
    /// A western edge east of the eastern one crosses 180°.
    Box {
        south_west: Point,
        north_east: Point,
    },
}

/// Kilometres from one degree of latitude to the next, a little less than they are.
pub(crate) const DEGREE_KM: f64 = 110.0;

/// A rectangle of degrees; its east may lie beyond 180°.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) south: f64,
    pub(crate) north: f64,
    pub(crate) west: f64,
    pub(crate) east: f64,
}

impl Shape {
    /// Returns the kilometres from a point to the nearest point of the shape; 0 inside of it.
    ///
    /// Edges are taken as straight on a map around the point: exact near it, where it matters.
    pub fn km_from(&self, from: Point) -> f64 {
        match self {
            Self::Point(point) => distance_km(from, *point),
            Self::Circle { centre, km } => (distance_km(from, *centre) - km).max(0.0),
            Self::Line(points) => nearest(from, points, false),
            Self::Polygon(points) => nearest(from, points, true),
            Self::Box { .. } => {
                let bounds = self.bounds();
                let inside = |turn: f64| bounds.west <= from.lon + turn && from.lon + turn <= bounds.east;
                let across = [-360.0, 0.0, 360.0].into_iter().any(inside);
                let lat = from.lat.clamp(bounds.south, bounds.north);
                if across {
                    return distance_km(from, Point { lat, lon: from.lon });
                }
                let edges = [bounds.west, bounds.east].map(|lon| {
                    nearest(
                        from,
                        &[Point { lat: bounds.south, lon }, Point { lat: bounds.north, lon }],
                        false,
                    )
                });
                edges[0].min(edges[1])
            }
        }
    }

    /// Returns whether a point lies in the shape; nothing lies in a point or a line.
    pub fn holds(&self, point: Point) -> bool {
        !matches!(self, Self::Point(_) | Self::Line(_)) && self.km_from(point) == 0.0
    }

    /// Returns a point to show the shape at: the middle of its bounds.
    pub fn middle(&self) -> Point {
        match self {
            Self::Point(point) | Self::Circle { centre: point, .. } => *point,
            _ => {
                let bounds = self.bounds();
                Point {
                    lat: (bounds.south + bounds.north) / 2.0,
                    lon: turned((bounds.west + bounds.east) / 2.0),
                }
            }
        }
    }

    pub(crate) fn bounds(&self) -> Bounds {
        match self {
            Self::Point(point) => Bounds::around(*point, 0.0),
            Self::Circle { centre, km } => Bounds::around(*centre, *km),
            Self::Box { south_west, north_east } => Bounds {
                south: south_west.lat,
                north: north_east.lat,
                west: south_west.lon,
                east: if north_east.lon < south_west.lon {
                    north_east.lon + 360.0
                } else {
                    north_east.lon
                },
            },
            Self::Line(points) | Self::Polygon(points) => {
                let origin = points.first().map_or(0.0, |point| point.lon);
                let mut bounds = Bounds {
                    south: f64::MAX,
                    north: f64::MIN,
                    west: f64::MAX,
                    east: f64::MIN,
                };
                let mut lon = origin;
                for point in points {
                    lon += turned(point.lon - lon);
                    bounds.south = bounds.south.min(point.lat);
                    bounds.north = bounds.north.max(point.lat);
                    bounds.west = bounds.west.min(lon);
                    bounds.east = bounds.east.max(lon);
                }
                bounds
            }
        }
    }
}

impl Bounds {
    /// Returns the bounds of a circle.
    pub(crate) fn around(centre: Point, km: f64) -> Self {
        let high = km / DEGREE_KM;
        // Near the poles meridians run together.
        let farthest = (centre.lat.abs() + high).min(89.9);
        let wide = (high / farthest.to_radians().cos()).min(180.0);
        Self {
            south: (centre.lat - high).max(-90.0),
            north: (centre.lat + high).min(90.0),
            west: centre.lon - wide,
            east: centre.lon + wide,
        }
    }
}

/// An angle of longitude between -180 and 180.
pub(crate) fn turned(lon: f64) -> f64 {
    (lon + 180.0).rem_euclid(360.0) - 180.0
}

/// Kilometres from a point to the nearest point of a line or ring; 0 within a ring.
fn nearest(from: Point, points: &[Point], ring: bool) -> f64 {
    let Some(first) = points.first() else {
        return f64::INFINITY;
    };
    let narrow = from.lat.to_radians().cos().max(1e-6);
    // On a map in degrees around `from`; each corner follows the one before the short way around.
    let mut corners: Vec<(f64, f64)> = Vec::with_capacity(points.len() + 1);
    let mut lon = turned(first.lon - from.lon);
    for point in points {
        lon += turned(point.lon - from.lon - lon);
        corners.push((lon, point.lat - from.lat));
    }
    if ring && let Some(first) = corners.first().copied() {
        let last = lon + turned(first.0 - lon);
        corners.push((last, first.1));
    }
    let mut best = (f64::INFINITY, (0.0, 0.0));
    for turn in [-360.0, 0.0, 360.0] {
        let mut crossings = 0;
        let at = |corner: (f64, f64)| ((corner.0 + turn) * narrow, corner.1);
        if let [only] = corners.as_slice() {
            let (x, y) = at(*only);
            best = closer(best, (x, y));
        }
        for pair in corners.windows(2) {
            let ((ax, ay), (bx, by)) = (at(pair[0]), at(pair[1]));
            let (dx, dy) = (bx - ax, by - ay);
            let length = dx * dx + dy * dy;
            let along = if length > 0.0 {
                (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0)
            } else {
                0.0
            };
            best = closer(best, (ax + along * dx, ay + along * dy));
            // A ray to the east.
            if (ay > 0.0) != (by > 0.0) && ax + (bx - ax) * ay / (ay - by) > 0.0 {
                crossings += 1;
            }
        }
        if ring && crossings % 2 == 1 {
            return 0.0;
        }
    }
    let (x, y) = best.1;
    distance_km(
        from,
        Point {
            lat: (from.lat + y).clamp(-90.0, 90.0),
            lon: from.lon + x / narrow,
        },
    )
}

fn closer(best: (f64, (f64, f64)), (x, y): (f64, f64)) -> (f64, (f64, f64)) {
    let far = x * x + y * y;
    if far < best.0 { (far, (x, y)) } else { best }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Point {
        Point { lat, lon }
    }

    #[test]
    fn shapes_are_as_far_as_their_nearest_point() {
        let square = Shape::Polygon(vec![at(10.0, 0.0), at(10.0, 2.0), at(12.0, 2.0), at(12.0, 0.0)]);
        let same = Shape::Box {
            south_west: at(10.0, 0.0),
            north_east: at(12.0, 2.0),
        };
        let fiji = Shape::Box {
            south_west: at(-20.0, 177.0),
            north_east: at(-16.0, -178.0),
        };
        let fiji_ring = Shape::Polygon(vec![
            at(-20.0, 177.0),
            at(-20.0, -178.0),
            at(-16.0, -178.0),
            at(-16.0, 177.0),
        ]);
        let cup = Shape::Polygon(vec![
            at(0.0, 0.0),
            at(0.0, 3.0),
            at(3.0, 3.0),
            at(3.0, 2.0),
            at(1.0, 2.0),
            at(1.0, 1.0),
            at(3.0, 1.0),
            at(3.0, 0.0),
        ]);
        for (what, shape, from, km) in [
            ("a point", Shape::Point(at(0.0, 0.0)), at(0.0, 1.0), 111.2),
            ("inside a ring", square.clone(), at(11.0, 1.0), 0.0),
            ("beside an edge, not a corner", square.clone(), at(11.0, 3.0), 109.2),
            ("below it", square.clone(), at(9.0, 1.0), 111.2),
            ("beyond a corner", square, at(13.0, 2.0), 111.2),
            ("inside a box", same.clone(), at(11.0, 1.0), 0.0),
            ("beside a box", same, at(11.0, 3.0), 109.2),
            ("in a box over 180°, east of it", fiji.clone(), at(-18.0, -179.0), 0.0),
            ("in a box over 180°, west of it", fiji.clone(), at(-18.0, 178.0), 0.0),
            (
                "outside of it, on the other side of the Earth",
                fiji,
                at(-18.0, 0.0),
                15_790.0,
            ),
            (
                "in a ring over 180°, east of it",
                fiji_ring.clone(),
                at(-18.0, -179.0),
                0.0,
            ),
            (
                "in a ring over 180°, west of it",
                fiji_ring.clone(),
                at(-18.0, 178.0),
                0.0,
            ),
            ("beside it", fiji_ring, at(-18.0, -177.0), 105.8),
            ("in the hollow of a ring", cup, at(2.0, 1.5), 55.6),
            (
                "a circle",
                Shape::Circle {
                    centre: at(0.0, 0.0),
                    km: 100.0,
                },
                at(0.0, 1.0),
                11.2,
            ),
            (
                "beside the middle of a line",
                Shape::Line(vec![at(-5.0, 0.0), at(5.0, 0.0)]),
                at(0.0, 1.0),
                111.2,
            ),
        ] {
            let found = shape.km_from(from);
            assert!((found - km).abs() <= km * 0.02 + 0.2, "{what}: {found}, not {km}");
        }
    }

    #[test]
    fn bounds_hold_their_shape() {
        let ring = Shape::Polygon(vec![at(-20.0, 177.0), at(-16.0, -178.0), at(-18.0, -179.0)]);
        assert_eq!(
            ring.bounds(),
            Bounds {
                south: -20.0,
                north: -16.0,
                west: 177.0,
                east: 182.0
            }
        );
        assert_eq!(ring.middle(), at(-18.0, 179.5));
    }
}
