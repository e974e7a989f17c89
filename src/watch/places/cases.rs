//! Names in Russian and Ukrainian texts without their case endings: Москве is Москва, Киевом is Киев.

/// Endings of the declined noun, and what the nominative may have instead (longest first). After the declension tables of
/// the Russian Grammar (1980) for place names.
const ENDINGS: &[(&str, &[&str])] = &[
    ("ами", &["ы", "и"]),
    ("ями", &["и"]),
    ("ого", &["ий", "ый", "ое"]),
    ("ому", &["ий", "ый", "ое"]),
    ("ах", &["ы", "и"]),
    ("ях", &["и"]),
    ("ию", &["ия"]),
    ("ии", &["ия"]),
    ("ией", &["ия"]),
    ("ой", &["а"]),
    ("ою", &["а"]),
    ("ей", &["я", "ь", "а"]),
    ("ом", &["", "о"]),
    ("ем", &["ь", "е", "й"]),
    ("ов", &["ы"]),
    ("ию", &["ия"]),
    ("а", &["", "о"]),
    ("у", &["а", "", "о"]),
    ("ю", &["я", "ь", "й"]),
    ("я", &["ь", "й"]),
    ("е", &["а", "", "я", "о"]),
    ("и", &["ь", "а", "я", "і"]),
    ("ы", &["а"]),
    ("і", &["а", "", "я"]),
    ("ії", &["ія"]),
];

/// The nominatives that a folded Cyrillic word may have, the likeliest first; none for short words.
pub(super) fn nominatives(word: &str) -> impl Iterator<Item = String> + '_ {
    let cyrillic = word.chars().all(|c| matches!(c, '\u{400}'..='\u{4FF}'));
    ENDINGS
        .iter()
        .filter(move |_| cyrillic)
        .filter_map(move |(ending, instead)| {
            let stem = word.strip_suffix(ending)?;
            (stem.chars().count() >= 3).then_some((stem, *instead))
        })
        .flat_map(|(stem, instead)| instead.iter().map(move |with| format!("{stem}{with}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_go() {
        for (what, word, nominative) in [
            ("in Moscow", "москве", "москва"),
            ("with Kyiv", "киевом", "киев"),
            ("in Mali's neighbour", "нигерии", "нигерия"),
            ("to Kazan", "казани", "казань"),
            ("from Donetsk", "донецка", "донецк"),
        ] {
            assert!(nominatives(word).any(|one| one == nominative), "{what}");
        }
        assert_eq!(nominatives("на").count(), 0, "short words stay as they are");
    }
}
