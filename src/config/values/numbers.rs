//! Numbers with fractions: kilometres, shares, points on the map.

use super::check::Check;
use super::fields::Fields;
use crate::config::source::{At, Node, Written};
use wirewatch_recognition::Point;

impl Fields<'_> {
    /// A number, with or without a fraction, within these bounds.
    pub(crate) fn number(&self, check: &mut Check<'_>, key: &str, least: f64, most: f64) -> Option<f64> {
        let node = self.node(key)?;
        let Some(number) = number(node, check.is_variable(node.at)) else {
            self.wrong(check, key, node);
            return None;
        };
        if !(least..=most).contains(&number) {
            let what = format!("`{key}` should be from {least} to {most}, not {number}");
            check.error(&At::Value(node.at), what, None);
            return None;
        }
        Some(number)
    }

    /// Latitude and longitude.
    pub(crate) fn point(&self, check: &mut Check<'_>, key: &str) -> Option<Point> {
        let node = self.node(key)?;
        let numbers: Option<Vec<f64>> = match &node.value {
            Written::List(elements) => elements.iter().map(|element| number(element, false)).collect(),
            _ => None,
        };
        let Some([lat, lon]) = numbers.as_deref() else {
            self.wrong(check, key, node);
            return None;
        };
        if !(-90.0..=90.0).contains(lat) || !(-180.0..=180.0).contains(lon) {
            let what = format!("[{lat}, {lon}] is no place on Earth");
            let mend = "write the latitude (-90 to 90) first, then the longitude (-180 to 180)".to_owned();
            check.error(&At::Value(node.at), what, Some(mend));
            return None;
        }
        Some(Point { lat: *lat, lon: *lon })
    }
}

fn number(node: &Node, variable: bool) -> Option<f64> {
    match &node.value {
        Written::Whole(number) => Some(*number as f64),
        Written::Broken(number) => Some(*number).filter(|number| number.is_finite()),
        Written::Text(text) if variable => text.trim().parse().ok(),
        _ => None,
    }
}
