//! The extent of a region or of a part of a country: divisions, and an outline on the map.

use super::distance::Point;
use super::layout::{i24_at, u16_at};

/// Where it reaches. A part of a country without divisions and outline is made of whole countries.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Extent {
    /// Numbers of the countries: all of what it consists of, or those that its outline is limited to.
    pub(super) countries: Vec<u8>,
    /// First-level divisions that belong to it as a whole, by number in the gazetteer.
    pub divisions: Vec<u32>,
    /// Further ones, in which a part of it lies.
    pub touched: Vec<u32>,
    /// Corners of its outline; empty where divisions and countries say all.
    pub outline: Vec<Point>,
}

impl Extent {
    /// Reads what the builder wrote behind a slug. `first` is the number of the first division.
    pub(super) fn read(bytes: &[u8], first: u32) -> Self {
        let mut at = 0;
        let mut count = |width: usize| {
            let count = usize::from(bytes[at]);
            let list = &bytes[at + 1..at + 1 + count * width];
            at += 1 + count * width;
            list
        };
        let countries = count(1).to_vec();
        let [divisions, touched] = [count(2), count(2)].map(|list| {
            let numbers = list.chunks_exact(2).map(|number| first + u32::from(u16_at(number, 0)));
            numbers.collect()
        });
        let corner = |corner: &[u8]| Point {
            lat: f64::from(i24_at(corner, 0)) / 1e4,
            lon: f64::from(i24_at(corner, 3)) / 1e4,
        };
        let outline = count(6).chunks_exact(6).map(corner).collect();
        Self {
            countries,
            divisions,
            touched,
            outline,
        }
    }

    /// Whether it is made of whole countries.
    pub fn is_whole_countries(&self) -> bool {
        self.divisions.is_empty() && self.outline.is_empty()
    }
}

/// Whether a point lies within an outline, by the even-odd rule (Shimrat, 1962). Outlines do not cross the date line.
pub fn is_within(outline: &[Point], point: Point) -> bool {
    let mut inside = false;
    let mut before = outline.last();
    for corner in outline {
        if let Some(last) = before
            && (last.lat > point.lat) != (corner.lat > point.lat)
        {
            let along = (point.lat - last.lat) / (corner.lat - last.lat);
            inside ^= point.lon < (corner.lon - last.lon) * along + last.lon;
        }
        before = Some(corner);
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_within_an_outline() {
        let outline: Vec<Point> = [(0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (5.0, 5.0), (10.0, 0.0)]
            .map(|(lat, lon)| Point { lat, lon })
            .to_vec();
        for (what, lat, lon, expected) in [
            ("in the middle of its south", 2.0, 5.0, true),
            ("in the notch of its north", 8.0, 5.0, false),
            ("beside the notch", 8.0, 1.0, true),
            ("west of it", 2.0, -0.1, false),
            ("east of it", 2.0, 10.1, false),
            ("north of it", 10.1, 1.0, false),
            ("south of it", -0.1, 5.0, false),
        ] {
            assert_eq!(is_within(&outline, Point { lat, lon }), expected, "{what}");
        }
        assert!(
            !is_within(&[], Point { lat: 0.0, lon: 0.0 }),
            "nothing lies within no outline"
        );
    }
}
