//! Which language a text is in, as far as its function words tell, and where it is spoken.

use std::ops::Range;
use std::sync::LazyLock;

use crate::index::QuickMap;
use crate::text::Tokens;

/// Words of each language that hardly any sentence of it lacks, folded.
const TELLING: &[(&str, &str)] = &[
    ("en", "the of and to is was for with that on has are by as after"),
    ("fr", "le la les des du et une dans est pour sur au aux qui par d l un"),
    ("es", "el los las y del una por con se un en al la que"),
    ("pt", "o os do da dos das em um uma com para no na nao ao e"),
    ("de", "der die und das den von mit ist ein eine im bei nach zu auf"),
    ("it", "il di che della del per gli una nel sono e la con"),
    ("tr", "ve bir bu icin ile olarak sonra"),
    ("bm", "ye la bɛ ka ni ma kɛra be kera taara"),
    ("ha", "sun ta ya da na wani sojojin kasar"),
    ("pl", "w we na z ze sie i nie do od przez jest oraz nad pod"),
    ("nl", "het een van met voor niet zijn bij naar uit aan wordt"),
    ("ro", "si cu pe din nu este sunt dupa pentru"),
    ("id", "yang dan dari untuk dengan pada akan tidak ini itu"),
    ("sw", "wa kwa katika za baada huku yake cha"),
    ("so", "oo iyo ah ayaa soo loo uu waa"),
    ("sv", "och att ett av till som"),
    ("da", "og et af til som"),
    ("ru", "и в на не по за с о из"),
    ("uk", "і в на не по за з до у та"),
    ("ar", "في من على"),
    ("fa", "در از به"),
    ("ur", "کے"),
    ("hi", ""),
    ("th", ""),
];

/// Letters that one language writes and its neighbours here do not.
const LETTERS: &[(&str, &str)] = &[
    ("pl", "łąężźśćń"),
    ("tr", "ğşıİ"),
    ("de", "ß"),
    ("es", "ñ¿¡"),
    ("pt", "ãõ"),
    ("fr", "èêœ"),
    ("bm", "ɛɔɲ"),
    ("ha", "ɗƙɓ"),
    ("ro", "ățţș"),
    ("sv", "äö"),
    ("da", "øæ"),
    ("uk", "іїєґ"),
    ("ru", "ыэёъ"),
    ("ur", "ٹڈڑںےہ"),
    ("fa", "پچژگیک"),
    ("ar", "ةىيأإؤك"),
    ("hi", "ािीेोंकरनसतम"),
    ("th", "านรกเทมอว"),
];

/// Bytes of a field whose letters are looked at.
const LETTERS_WITHIN: usize = 400;

/// Countries where it is what newspapers are written in (ISO 639-1, ISO 3166-1 alpha-2); English is written everywhere.
const SPOKEN: &[(&str, &str)] = &[
    (
        "fr",
        "FR BE CH LU MC SN ML BF NE CI TG BJ GN TD CM GA CG CD CF MG DJ KM BI RW MR MA DZ TN HT RE GP MQ GF YT NC PF VU SC MU",
    ),
    ("es", "ES MX GT HN SV NI CR PA CU DO PR CO VE EC PE BO CL AR UY PY GQ"),
    ("pt", "PT BR AO MZ CV GW ST TL MO"),
    ("de", "DE AT CH LI LU"),
    ("it", "IT SM VA CH"),
    ("tr", "TR CY"),
    ("pl", "PL"),
    ("ru", "RU BY KZ KG UA UZ TJ"),
    ("uk", "UA"),
    (
        "ar",
        "EG SD SA YE SY IQ JO LB PS LY TN DZ MA MR OM AE QA BH KW TD DJ SO EH",
    ),
    ("fa", "IR AF TJ"),
    ("zh", "CN TW HK MO SG"),
    ("ja", "JP"),
    ("ko", "KR KP"),
    ("ha", "NG NE"),
    ("bm", "ML"),
    ("sw", "TZ KE UG CD"),
    ("so", "SO ET DJ KE"),
    ("am", "ET"),
    ("nl", "het een van met voor niet zijn bij naar uit aan wordt"),
    ("ro", "RO MD"),
    ("id", "ID"),
    ("hi", "IN"),
    ("ur", "PK IN"),
    ("th", "TH"),
    ("sv", "SE FI"),
    ("da", "DK GL FO"),
    ("no", "NO"),
    ("cs", "CZ"),
    ("hu", "HU"),
];

/// Words of a field that are looked at.
const LOOKED_AT: usize = 120;

/// The languages of each telling word, one bit each in the order of [`TELLING`].
static BITS: LazyLock<QuickMap<u64, u32>> = LazyLock::new(|| {
    let mut bits = QuickMap::default();
    for (at, (_, words)) in TELLING.iter().enumerate() {
        for word in words.split(' ') {
            if let Some(word) = packed(word, &(0..word.len())) {
                *bits.entry(word).or_default() |= 1 << at;
            }
        }
    }
    bits
});

/// A word of up to seven bytes, as all that tell are, as one number.
fn packed(text: &str, word: &Range<usize>) -> Option<u64> {
    let (bytes, length) = (text.as_bytes(), word.len());
    if length > 7 {
        return None;
    }
    if let Some(&eight) = bytes[word.start..].first_chunk() {
        return Some(u64::from_le_bytes(eight) & ((1 << (8 * length)) - 1));
    }
    let mut eight = [0; 8];
    eight[..length].copy_from_slice(&bytes[word.clone()]);
    Some(u64::from_le_bytes(eight))
}

/// The language as the feed says it or as letters and words tell it; `None` where none does. Texts are as given, tokens
/// of the same.
pub(crate) fn language<'t>(
    given: Option<&str>,
    fields: impl Iterator<Item = (&'t str, &'t Tokens<'t>)>,
) -> Option<&'static str> {
    let mut codes = SPOKEN.iter().map(|(code, _)| *code).chain(["en"]);
    if let Some(given) = given {
        let primary = given.split(['-', '_']).next().unwrap_or(given);
        if let Some(code) = codes.find(|code| primary.eq_ignore_ascii_case(code)) {
            return Some(code);
        }
    }
    let mut counts = [0_usize; TELLING.len()];
    for (text, tokens) in fields {
        let plain = text.as_bytes()[..text.len().min(LETTERS_WITHIN)].is_ascii();
        let within = if plain { 0 } else { LETTERS_WITHIN };
        let head = text.char_indices().take_while(|(at, _)| *at < within);
        for (_, letter) in head.filter(|(_, c)| !c.is_ascii()) {
            // Twice a word's worth: such a letter may stand in a foreign name, but hardly two of them.
            let of = LETTERS.iter().find(|(_, letters)| letters.contains(letter));
            if let Some(at) = of.and_then(|(code, _)| TELLING.iter().position(|(told, _)| told == code)) {
                counts[at] += 2;
            }
        }
        for at in 0..tokens.list.len().min(LOOKED_AT) {
            let bits = packed(&tokens.folded.text, &tokens.list[at].stream).and_then(|word| BITS.get(&word));
            let mut bits = bits.copied().unwrap_or_default();
            while bits != 0 {
                counts[bits.trailing_zeros() as usize] += 1;
                bits &= bits - 1;
            }
        }
    }
    let (best, most) = counts
        .iter()
        .enumerate()
        .max_by_key(|(at, count)| (**count, std::cmp::Reverse(*at)))?;
    let second = counts
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != best)
        .map(|(_, count)| *count)
        .max();
    (*most >= 2 && *most > second.unwrap_or(0)).then(|| TELLING[best].0)
}

/// Whether the newspapers of the country are written in the language.
pub(crate) fn is_spoken(language: &str, country: &str) -> bool {
    let countries = SPOKEN.iter().find(|(code, _)| *code == language);
    countries.is_some_and(|(_, list)| list.split(' ').any(|one| one == country))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Folded;
    use crate::text::tokens::Cut;

    #[test]
    fn function_words_tell_the_language() {
        for (what, given, text, expected) in [
            (
                "English",
                None,
                "The army of Mali said on Friday that it has killed ten",
                Some("en"),
            ),
            (
                "French",
                None,
                "Mali : le Jnim revendique une embuscade près de Ségou",
                Some("fr"),
            ),
            ("Spanish", None, "El ejército y los rebeldes del norte", Some("es")),
            ("German", None, "Die Armee und der Präsident von Mali", Some("de")),
            (
                "Polish by its letters",
                None,
                "Wybuch w Kijowie uszkodził szpital",
                Some("pl"),
            ),
            ("a name alone", None, "Kidal", None),
            ("as the feed says", Some("fr-FR"), "Kidal", Some("fr")),
            ("one that is not known here", Some("xx"), "The army of Mali", Some("en")),
        ] {
            let folded = Folded::new(text);
            let cut = Cut::new(text, &folded);
            let tokens = cut.of(&folded);
            assert_eq!(language(given, std::iter::once((text, &tokens))), expected, "{what}");
        }
        assert!(is_spoken("fr", "ML") && !is_spoken("fr", "US"));
    }
}
