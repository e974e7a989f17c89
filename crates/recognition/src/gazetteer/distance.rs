//! How far two points are from each other.

/// Degrees, WGS 84; north and east are positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

/// Mean radius of the Earth (IUGG), in km.
const RADIUS_KM: f64 = 6_371.008_8;

/// Returns the great-circle distance of two points in kilometres, by the haversine formula (Sinnott, 1984).
///
/// Within 0.6 % of the distance on the ellipsoid.
///
/// ```
/// use wirewatch_recognition::{Point, distance_km};
///
/// let bamako = Point { lat: 12.65, lon: -8.0 };
/// let kati = Point { lat: 12.74, lon: -8.07 };
/// assert!((12.0..14.0).contains(&distance_km(bamako, kati)));
/// ```
pub fn distance_km(a: Point, b: Point) -> f64 {
    let (from, to) = (a.lat.to_radians(), b.lat.to_radians());
    let north = ((to - from) / 2.0).sin();
    let east = ((b.lon - a.lon).to_radians() / 2.0).sin();
    let h = north * north + from.cos() * to.cos() * east * east;
    // Rounding can lift antipodes above one, where the arc sine is not a number.
    2.0 * RADIUS_KM * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_distances() {
        let point = |lat, lon| Point { lat, lon };
        for (what, a, b, km) in [
            ("a point and itself", point(12.65, -8.0), point(12.65, -8.0), 0.0),
            ("a quarter of the equator", point(0.0, 0.0), point(0.0, 90.0), 10_007.6),
            ("pole to pole", point(90.0, 0.0), point(-90.0, 77.0), 20_015.1),
            ("antipodes", point(12.6, -8.0), point(-12.6, 172.0), 20_015.1),
            ("over the date line", point(0.0, 179.5), point(0.0, -179.5), 111.2),
            (
                "Paris and London",
                point(48.8566, 2.3522),
                point(51.5074, -0.1278),
                343.6,
            ),
        ] {
            let measured = distance_km(a, b);
            assert!((measured - km).abs() < 0.1, "{what}: {measured}");
            assert_eq!(measured, distance_km(b, a), "{what}, the other way");
        }
    }
}
