//! States and provinces as North American newspapers shorten them after a town: `Pineville, La.`, `Reno, NV`.

/// Folded abbreviation (Associated Press style, and older ones) and the first-level division in the gazetteer.
const STYLED: &[(&str, &str)] = &[
    ("ala", "US.AL"),
    ("ariz", "US.AZ"),
    ("ark", "US.AR"),
    ("calif", "US.CA"),
    ("cal", "US.CA"),
    ("colo", "US.CO"),
    ("conn", "US.CT"),
    ("del", "US.DE"),
    ("fla", "US.FL"),
    ("ga", "US.GA"),
    ("ill", "US.IL"),
    ("ind", "US.IN"),
    ("kan", "US.KS"),
    ("kans", "US.KS"),
    ("ky", "US.KY"),
    ("la", "US.LA"),
    ("md", "US.MD"),
    ("mass", "US.MA"),
    ("mich", "US.MI"),
    ("minn", "US.MN"),
    ("miss", "US.MS"),
    ("mo", "US.MO"),
    ("mont", "US.MT"),
    ("neb", "US.NE"),
    ("nebr", "US.NE"),
    ("nev", "US.NV"),
    ("nh", "US.NH"),
    ("nj", "US.NJ"),
    ("nm", "US.NM"),
    ("ny", "US.NY"),
    ("nc", "US.NC"),
    ("nd", "US.ND"),
    ("okla", "US.OK"),
    ("ore", "US.OR"),
    ("pa", "US.PA"),
    ("penn", "US.PA"),
    ("ri", "US.RI"),
    ("sc", "US.SC"),
    ("sd", "US.SD"),
    ("tenn", "US.TN"),
    ("tex", "US.TX"),
    ("vt", "US.VT"),
    ("va", "US.VA"),
    ("wash", "US.WA"),
    ("wis", "US.WI"),
    ("wyo", "US.WY"),
    ("dc", "US.DC"),
    ("ont", "CA.08"),
    ("que", "CA.10"),
    ("alta", "CA.01"),
    ("sask", "CA.11"),
    ("man", "CA.03"),
    ("bc", "CA.02"),
    ("nb", "CA.04"),
    ("ns", "CA.07"),
    ("nl", "CA.05"),
    ("pei", "CA.09"),
];

/// Postal codes that are not among those, only in capitals.
const POSTAL: &[(&str, &str)] = &[
    ("al", "US.AL"),
    ("ak", "US.AK"),
    ("az", "US.AZ"),
    ("ar", "US.AR"),
    ("ca", "US.CA"),
    ("co", "US.CO"),
    ("ct", "US.CT"),
    ("de", "US.DE"),
    ("fl", "US.FL"),
    ("hi", "US.HI"),
    ("id", "US.ID"),
    ("il", "US.IL"),
    ("in", "US.IN"),
    ("ia", "US.IA"),
    ("ks", "US.KS"),
    ("me", "US.ME"),
    ("ma", "US.MA"),
    ("mi", "US.MI"),
    ("mn", "US.MN"),
    ("ms", "US.MS"),
    ("mt", "US.MT"),
    ("ne", "US.NE"),
    ("nv", "US.NV"),
    ("oh", "US.OH"),
    ("ok", "US.OK"),
    ("or", "US.OR"),
    ("tn", "US.TN"),
    ("tx", "US.TX"),
    ("ut", "US.UT"),
    ("wa", "US.WA"),
    ("wv", "US.WV"),
    ("wi", "US.WI"),
    ("wy", "US.WY"),
    ("on", "CA.08"),
    ("qc", "CA.10"),
    ("ab", "CA.01"),
    ("sk", "CA.11"),
    ("mb", "CA.03"),
];

/// Short names of countries in languages in which they are usual (ISO 639-1); in others they are something else: a social
/// network, megabytes, “versus”.
const FOREIGN: &[(&str, &str)] = &[
    ("as", "id ms"),
    ("bk", "tr"),
    ("eb", "eu"),
    ("jk", "lt"),
    ("mb", "ro"),
    ("qy", "uz"),
    ("ra", ""),
    ("ru", "it"),
    ("vk", "nl af"),
    ("vs", "nl af"),
    ("zk", "sl"),
];

/// Whether a country's short name in capitals counts in a text of this language, as the feed gives it.
pub(super) fn counts_in(folded: &str, language: Option<&str>) -> bool {
    let foreign = FOREIGN.iter().find(|(short, _)| *short == folded);
    foreign.is_none_or(|(_, languages)| {
        let primary = language.and_then(|language| language.split(['-', '_']).next());
        primary.is_some_and(|primary| languages.split(' ').any(|one| primary.eq_ignore_ascii_case(one)))
    })
}

/// The id of the division in the gazetteer.
pub(crate) fn division(folded: &str, capitals: bool) -> Option<String> {
    let in_list =
        |list: &[(&str, &'static str)]| list.iter().find(|(short, _)| *short == folded).map(|(_, slug)| *slug);
    let slug = in_list(STYLED).or_else(|| if capitals { in_list(POSTAL) } else { None })?;
    Some(format!("admin:{slug}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;

    #[test]
    fn short_names_count_in_their_languages() {
        for (what, short, language, counts) in [
            ("the United States", "us", None, true),
            ("the network", "vk", None, false),
            ("the network in Russian", "vk", Some("ru"), false),
            ("the kingdom in Dutch", "vk", Some("nl-BE"), true),
            ("versus", "vs", Some("fr"), false),
            ("megabytes", "mb", Some("en"), false),
        ] {
            assert_eq!(counts_in(short, language), counts, "{what}");
        }
    }

    #[test]
    fn every_abbreviation_is_a_division() {
        for (short, slug) in STYLED.iter().chain(POSTAL) {
            let place = Gazetteer::built_in().place(&format!("admin:{slug}"));
            assert!(place.is_some(), "{short}: {slug} is not in the gazetteer");
        }
        assert_eq!(division("tex", false).as_deref(), Some("admin:US.TX"));
        assert_eq!(division("in", false), None, "a postal code needs capitals");
    }
}
