//! What parts of a country, and regions that cut through countries, consist of: the gazetteer gives their countries only.

/// Slug of the place, and its first-level divisions. Of the Liptako-Gourma: the member regions of its authority (Autorité
/// de développement intégré de la région du Liptako-Gourma); of the Lake Chad Basin: the territories of the regional
/// stabilisation strategy (African Union, 2018); the others by their usual extent.
const DIVISIONS: &[(&str, &[&str])] = &[
    ("abkhazia", &["GE.02"]),
    ("azawad", &["ML.08", "ML.09", "ML.10", "ML.12070575", "ML.12070577"]),
    ("balochistan", &["PK.02"]),
    ("cabo-delgado", &["MZ.01"]),
    ("casamance", &["SN.12", "SN.11", "SN.18"]),
    ("crimea", &["UA.11", "UA.20"]),
    ("darfur", &["SD.47", "SD.49", "SD.55", "SD.60", "SD.61"]),
    ("donbas", &["UA.05", "UA.14"]),
    ("donetsk-oblast", &["UA.05"]),
    ("england", &["GB.ENG"]),
    ("iraqi-kurdistan", &["IQ.05", "IQ.08", "IQ.11", "IQ.19"]),
    ("kashmir", &["IN.12"]),
    ("kashmir-region", &["IN.12", "IN.41", "PK.06", "PK.07"]),
    ("khyber-pakhtunkhwa", &["PK.03"]),
    (
        "kurdistan",
        &[
            "IQ.05", "IQ.08", "IQ.11", "IQ.19", "IR.16", "SY.01", "TR.12", "TR.13", "TR.21", "TR.62", "TR.65", "TR.70",
            "TR.72", "TR.74", "TR.76", "TR.80", "TR.49", "TR.04",
        ],
    ),
    (
        "lake-chad-basin",
        &["NG.27", "NG.35", "NG.44", "NE.02", "CM.12", "CM.13", "TD.07", "TD.18"],
    ),
    (
        "liptako-gourma",
        &[
            "ML.04",
            "ML.08",
            "ML.09",
            "ML.12070577",
            "BF.12",
            "BF.08",
            "BF.10",
            "BF.05",
            "NE.09",
            "NE.03",
            "NE.06",
        ],
    ),
    (
        "north-caucasus",
        &["RU.01", "RU.12", "RU.17", "RU.19", "RU.22", "RU.27", "RU.68", "RU.70"],
    ),
    ("north-kivu", &["CD.11"]),
    ("northern-ireland", &["GB.NIR"]),
    ("puntland", &["SO.03", "SO.18"]),
    ("scotland", &["GB.SCT"]),
    ("somaliland", &["SO.12", "SO.19", "SO.20", "SO.21", "SO.22"]),
    ("south-kivu", &["CD.12"]),
    ("tigray", &["ET.53"]),
    ("transnistria", &["MD.58"]),
    ("wales", &["GB.WLS"]),
];

/// The divisions of a constituent or region by its slug; none where it is made of whole countries.
pub(super) fn of(slug: &str) -> &'static [&'static str] {
    DIVISIONS
        .iter()
        .find(|(name, _)| *name == slug)
        .map_or(&[], |(_, divisions)| divisions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;

    #[test]
    fn every_division_is_in_the_gazetteer() {
        for (slug, divisions) in DIVISIONS {
            assert!(
                Gazetteer::built_in().place(&format!("region:{slug}")).is_some(),
                "{slug}"
            );
            for division in *divisions {
                let place = Gazetteer::built_in().place(&format!("admin:{division}"));
                assert!(place.is_some(), "{slug}: {division} is not in the gazetteer");
            }
        }
    }
}
