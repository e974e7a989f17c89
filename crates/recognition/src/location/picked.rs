//! The place that a person means by a name in a watchlist: `Ségou`, `Newport, Wales`, `geonames:2641598`.

use super::area::Area;
use crate::gazetteer::{Gazetteer, NameKind, Place, PlaceKind, distance_km, place_key};

/// What a name was taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct Picked {
    pub best: Place,
    /// Of the same name at the same spot: the division of a town, the town of a division.
    pub beside: Vec<Place>,
    /// Other places of the name, the likeliest first; parts of the first are left out.
    pub others: Vec<Place>,
    /// Whether the first of the others is nearly as likely meant.
    pub in_doubt: bool,
}

/// A sense, and how likely it is, in powers of ten of inhabitants.
type Weighed = (f64, Place);

/// A place of ten times the people is taken without a word.
const IN_DOUBT: f64 = 0.9;
/// Within so many km two places of one name are one to a reader (a town and its municipality).
const BESIDE_KM: f64 = 40.0;
/// Inhabitants; a hamlet casts no doubt on a town.
const LIKELY: u32 = 5_000;

/// Returns the point on the map that a name is taken for, or `None` where no place bears the name.
///
/// Towns come before divisions of the name, and before a country only where they lie in it (Djibouti, Luxembourg; not the Mali
/// in China).
///
/// ```
/// let picked = wirewatch_recognition::pick("Ségou, Mali").expect("a town");
/// assert_eq!(picked.best.country, Some("ML"));
/// ```
pub fn pick(written: &str) -> Option<Picked> {
    let country = Gazetteer::built_in()
        .named(written)
        .filter(|sense| matches!(sense.name_kind, NameKind::Main | NameKind::Capitals))
        .filter_map(|sense| Gazetteer::built_in().numbered(sense.place))
        .find(|place| place.kind == PlaceKind::Country);
    let abroad = |place: &Place| country.is_some_and(|country| place.country != country.country);
    choose(written, |place| match place.kind {
        PlaceKind::City | PlaceKind::Capital if !abroad(place) => 20.0,
        PlaceKind::Country => 10.0,
        PlaceKind::Admin2 if !abroad(place) => 8.0,
        PlaceKind::Admin1 if !abroad(place) => 6.0,
        _ => 0.0,
    })
}

/// An area: countries come before regions, these before divisions and towns.
pub fn picked_area(written: &str) -> Option<Picked> {
    choose(written, |place| match place.kind {
        PlaceKind::Country => 40.0,
        PlaceKind::Constituent | PlaceKind::Region | PlaceKind::Continent => 30.0,
        PlaceKind::Admin1 => 2.0,
        _ => 0.0,
    })
}

fn choose(written: &str, lean: impl Fn(&Place) -> f64) -> Option<Picked> {
    let written = written.trim();
    let gazetteer = Gazetteer::built_in();
    // `ML`: the code of a country is nobody's slip.
    let code = written.len() == 2 && written.bytes().all(|byte| byte.is_ascii_uppercase());
    let coded = code.then(|| gazetteer.country(written)).flatten();
    if let Some(place) = gazetteer.place(written).or(coded) {
        return Some(Picked {
            best: place,
            beside: Vec::new(),
            others: Vec::new(),
            in_doubt: false,
        });
    }
    let mut ranked = senses(written);
    if ranked.is_empty() {
        ranked = within(written);
    }
    for (weight, place) in &mut ranked {
        *weight += lean(place);
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.number.cmp(&b.1.number)));
    let (top, best) = *ranked.first()?;
    let area = Area::of(&best);
    let apart = |other: &Place| {
        let near = other.country == best.country && distance_km(other.point, best.point) < BESIDE_KM;
        !near && !area.holds_place(other) && !Area::of(other).holds_place(&best)
    };
    let (others, beside): (Vec<Weighed>, Vec<Weighed>) =
        ranked.into_iter().skip(1).partition(|(_, other)| apart(other));
    let same = place_key(best.name);
    let beside = beside
        .into_iter()
        .map(|(_, place)| place)
        .filter(|place| place_key(place.name) == same);
    let in_doubt = others
        .first()
        .is_some_and(|(weight, other)| top - weight < IN_DOUBT && (other.population >= LIKELY || top > 20.0));
    Some(Picked {
        best,
        beside: beside.collect(),
        others: others.into_iter().map(|(_, place)| place).collect(),
        in_doubt,
    })
}

/// What a name can mean, with the power of ten of the inhabitants, less where the name is not its usual one.
fn senses(name: &str) -> Vec<(f64, Place)> {
    let gazetteer = Gazetteer::built_in();
    let mut found: Vec<(f64, Place)> = Vec::new();
    for sense in gazetteer.named(name) {
        if sense.name_kind == NameKind::Demonym {
            continue;
        }
        let Some(place) = gazetteer.numbered(sense.place) else {
            continue;
        };
        let own = matches!(sense.name_kind, NameKind::Main | NameKind::Capitals | NameKind::Generic);
        let called = match (own, place.kind) {
            (true, PlaceKind::Capital) => 1.0,
            (true, _) => 0.0,
            // Capitals have very many: Kita is Quito, Salisbury Harare to some.
            (false, PlaceKind::Capital) => -1.4,
            (false, _) => -1.2,
        };
        if found.iter().all(|(_, known)| known.number != place.number) {
            found.push((f64::from(place.population.max(100)).log10() + called, place));
        }
    }
    found
}

/// `Newport, Wales`, `Paris, US`: the senses that lie in the wider place.
fn within(written: &str) -> Vec<(f64, Place)> {
    let Some((name, wider)) = written.rsplit_once([',', '(']) else {
        return Vec::new();
    };
    let wider = wider.trim().trim_end_matches(')').trim();
    let code = Gazetteer::built_in().country(&wider.to_ascii_uppercase());
    let named = senses(wider).into_iter().map(|(_, place)| place);
    let areas: Vec<Area> = code
        .filter(|_| wider.len() == 2)
        .into_iter()
        .chain(named)
        .map(|place| Area::of(&place))
        .collect();
    let mut found = senses(name.trim().trim_end_matches(',').trim());
    if found.is_empty() {
        found = within(name.trim());
    }
    found.retain(|(_, place)| areas.iter().any(|area| area.holds_place(place)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_what_people_mean_by_it() {
        for (what, written, id, in_doubt) in [
            ("a town", "Ségou", "geonames:2451478", false),
            ("without accents", "segou", "geonames:2451478", false),
            ("a capital", "Bamako", "geonames:2460596", false),
            ("by its id", "geonames:2641598", "geonames:2641598", false),
            ("two towns of one name", "Newport", "geonames:2641598", true),
            ("with what it lies in", "Newport, Wales", "geonames:2641598", false),
            ("in another", "Newport, Rhode Island", "geonames:5223593", false),
            ("with a code", "Newport, US", "geonames:5223593", true),
            ("one that dwarfs the others", "Paris", "geonames:2988507", false),
            ("the small one", "Paris, Texas", "geonames:4717560", false),
            (
                "a town before a rare name of a capital",
                "Kita, Mali",
                "geonames:2455216",
                false,
            ),
            ("even without its country", "Kita", "geonames:8469285", true),
            ("a capital as it calls itself", "Roma", "geonames:3169070", true),
            ("in another language", "Pékin", "geonames:1816670", false),
        ] {
            let picked = pick(written).unwrap_or_else(|| panic!("{what}"));
            assert_eq!(
                (picked.best.id().as_str(), picked.in_doubt),
                (id, in_doubt),
                "{what}: {written}"
            );
        }
        assert_eq!(
            pick("Mali").map(|picked| picked.best.is_broad()),
            Some(true),
            "the country, not a town"
        );
        assert_eq!(
            pick("Djibouti").map(|picked| picked.best.is_broad()),
            Some(false),
            "the town"
        );
        assert_eq!(pick("Banankabougou"), None, "no gazetteer has it");
        for (what, written, id) in [
            ("a country, not the town", "Mali", "geonames:2453866"),
            ("in French", "Allemagne", "geonames:2921044"),
            ("a region", "Sahel", "region:sahel"),
            ("a continent", "Afrique", "region:africa"),
            ("the country, not the state", "Georgia", "geonames:614540"),
            ("an abbreviation", "RDC", "geonames:203312"),
            ("the division, not its town", "Ségou", "admin:ML.05"),
        ] {
            let picked = picked_area(written).unwrap_or_else(|| panic!("{what}"));
            assert_eq!(picked.best.id(), id, "{what}: {written}");
        }
    }
}
