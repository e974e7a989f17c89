//! The time zone of a country that has one.

use jiff::tz::TimeZone;

/// Countries with one time zone, or with one that its publishers use (the IANA database, `zone.tab`, public domain).
const ZONES: &str = include_str!("zones.txt");

/// Returns the time zone of a country (ISO 3166-1 alpha-2); `None` if it has several.
///
/// ```
/// use wirewatch_syndication::zone_of_country;
///
/// assert_eq!(zone_of_country("ML").unwrap().iana_name(), Some("Africa/Bamako"));
/// assert!(zone_of_country("US").is_none());
/// ```
pub fn zone_of_country(country: &str) -> Option<TimeZone> {
    let line = ZONES
        .lines()
        .find_map(|line| line.strip_prefix(country)?.strip_prefix(' '))?;
    TimeZone::get(line).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_of_the_table_exists() {
        let lines: Vec<&str> = ZONES.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.len() > 200 && lines.is_sorted());
        for line in lines {
            assert!(zone_of_country(&line[..2]).is_some(), "{line}");
        }
        for none in ["", "M", "ml", "XX", "#"] {
            assert!(zone_of_country(none).is_none(), "{none}");
        }
    }
}
