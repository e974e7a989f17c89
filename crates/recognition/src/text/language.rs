//! The language of a document: as declared, unless the text plainly is in another.

use whatlang::{Lang, detect};

use crate::document::Document;

/// ISO 639-1 code, English name, and the detector's language if the text alone can tell.
const LANGUAGES: &[(&str, &str, Option<Lang>)] = &[
    ("af", "Afrikaans", Some(Lang::Afr)),
    ("am", "Amharic", Some(Lang::Amh)),
    ("ar", "Arabic", Some(Lang::Ara)),
    ("az", "Azerbaijani", Some(Lang::Aze)),
    ("be", "Belarusian", Some(Lang::Bel)),
    ("bg", "Bulgarian", Some(Lang::Bul)),
    ("bm", "Bambara", None),
    ("bn", "Bengali", Some(Lang::Ben)),
    ("bs", "Bosnian", None),
    ("ca", "Catalan", Some(Lang::Cat)),
    ("cs", "Czech", Some(Lang::Ces)),
    ("cy", "Welsh", Some(Lang::Cym)),
    ("da", "Danish", Some(Lang::Dan)),
    ("de", "German", Some(Lang::Deu)),
    ("el", "Greek", Some(Lang::Ell)),
    ("en", "English", Some(Lang::Eng)),
    ("es", "Spanish", Some(Lang::Spa)),
    ("et", "Estonian", Some(Lang::Est)),
    ("eu", "Basque", None),
    ("fa", "Persian", Some(Lang::Pes)),
    ("ff", "Fula", None),
    ("fi", "Finnish", Some(Lang::Fin)),
    ("fr", "French", Some(Lang::Fra)),
    ("ga", "Irish", None),
    ("gu", "Gujarati", Some(Lang::Guj)),
    ("ha", "Hausa", None),
    ("he", "Hebrew", Some(Lang::Heb)),
    ("hi", "Hindi", Some(Lang::Hin)),
    ("hr", "Croatian", Some(Lang::Hrv)),
    ("hu", "Hungarian", Some(Lang::Hun)),
    ("hy", "Armenian", Some(Lang::Hye)),
    ("id", "Indonesian", Some(Lang::Ind)),
    ("ig", "Igbo", None),
    ("it", "Italian", Some(Lang::Ita)),
    ("ja", "Japanese", Some(Lang::Jpn)),
    ("jv", "Javanese", Some(Lang::Jav)),
    ("ka", "Georgian", Some(Lang::Kat)),
    ("kk", "Kazakh", None),
    ("km", "Khmer", Some(Lang::Khm)),
    ("ko", "Korean", Some(Lang::Kor)),
    ("ku", "Kurdish", None),
    ("lt", "Lithuanian", Some(Lang::Lit)),
    ("lv", "Latvian", Some(Lang::Lav)),
    ("mk", "Macedonian", Some(Lang::Mkd)),
    ("mr", "Marathi", Some(Lang::Mar)),
    ("ms", "Malay", None),
    ("my", "Burmese", Some(Lang::Mya)),
    ("ne", "Nepali", Some(Lang::Nep)),
    ("nl", "Dutch", Some(Lang::Nld)),
    ("no", "Norwegian", Some(Lang::Nob)),
    ("pa", "Punjabi", Some(Lang::Pan)),
    ("pl", "Polish", Some(Lang::Pol)),
    ("ps", "Pashto", None),
    ("pt", "Portuguese", Some(Lang::Por)),
    ("ro", "Romanian", Some(Lang::Ron)),
    ("ru", "Russian", Some(Lang::Rus)),
    ("rw", "Kinyarwanda", None),
    ("si", "Sinhala", Some(Lang::Sin)),
    ("sk", "Slovak", Some(Lang::Slk)),
    ("sl", "Slovenian", Some(Lang::Slv)),
    ("sn", "Shona", Some(Lang::Sna)),
    ("so", "Somali", None),
    ("sq", "Albanian", None),
    ("sr", "Serbian", Some(Lang::Srp)),
    ("sv", "Swedish", Some(Lang::Swe)),
    ("sw", "Swahili", None),
    ("ta", "Tamil", Some(Lang::Tam)),
    ("te", "Telugu", Some(Lang::Tel)),
    ("th", "Thai", Some(Lang::Tha)),
    ("ti", "Tigrinya", None),
    ("tk", "Turkmen", Some(Lang::Tuk)),
    ("tl", "Tagalog", Some(Lang::Tgl)),
    ("tr", "Turkish", Some(Lang::Tur)),
    ("uk", "Ukrainian", Some(Lang::Ukr)),
    ("ur", "Urdu", Some(Lang::Urd)),
    ("uz", "Uzbek", Some(Lang::Uzb)),
    ("vi", "Vietnamese", Some(Lang::Vie)),
    ("wo", "Wolof", None),
    ("yo", "Yoruba", None),
    ("zh", "Chinese", Some(Lang::Cmn)),
    ("zu", "Zulu", Some(Lang::Zul)),
];

/// Bytes that are read; languages show early.
const READ: usize = 2_000;
/// From this number of letters on the text outweighs its feed, which often declares "en" for everything.
const ENOUGH: usize = 200;

/// Returns the language of a document as an ISO 639-1 code, or `None` in doubt.
///
/// The document's declared language counts, unless a text of some length plainly is in another.
///
/// ```
/// use wirewatch_recognition::{Document, language};
///
/// let text = "Des hommes armés ont attaqué le village dans la nuit de mardi à mercredi, selon des habitants.";
/// assert_eq!(language(Document { text, ..Document::default() }).as_deref(), Some("fr"));
/// ```
pub fn language(document: Document<'_>) -> Option<String> {
    let said = document.language.and_then(primary);
    let known = |code: &str| LANGUAGES.iter().find(|(one, ..)| *one == code);
    // A text in a language that the detector does not know would be taken for another.
    if let Some(said) = &said
        && known(said).is_none_or(|(_, _, told)| told.is_none())
    {
        return Some(said.clone());
    }
    let mut text = String::with_capacity(READ);
    for part in [document.title, "\n", document.text] {
        let room = READ.saturating_sub(text.len());
        let end = (0..=room.min(part.len())).rev().find(|&at| part.is_char_boundary(at));
        text.push_str(&part[..end.unwrap_or(0)]);
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if said.is_some() && letters < ENOUGH {
        return said;
    }
    let detected = detect(&text).filter(|found| found.is_reliable());
    let code = detected.and_then(|found| LANGUAGES.iter().find(|(_, _, told)| *told == Some(found.lang())));
    code.map(|(code, ..)| (*code).to_owned()).or(said)
}

/// Returns `fr` for `fr-ML`, `fra` or `French`; `None` if it is no language.
pub(crate) fn primary(written: &str) -> Option<String> {
    let first = written.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    if first.len() == 2 {
        let first = match first.as_str() {
            "nb" | "nn" => "no",
            "iw" => "he",
            "in" => "id",
            other => other,
        };
        return Some(first.to_owned());
    }
    let named = |name: &str, told: &Option<Lang>| {
        name.to_ascii_lowercase() == first || told.is_some_and(|lang| lang.code() == first)
    };
    LANGUAGES
        .iter()
        .find(|(_, name, told)| named(name, told))
        .map(|(code, ..)| (*code).to_owned())
}

/// Returns the English name of an ISO 639-1 code; an unknown code is returned as it is.
///
/// ```
/// assert_eq!(wirewatch_recognition::language_name("ha"), "Hausa");
/// ```
pub fn language_name(code: &str) -> &str {
    LANGUAGES
        .iter()
        .find(|(one, ..)| *one == code)
        .map_or(code, |(_, name, _)| name)
}

/// Returns the ISO 639-1 code of a language as people write it: a code, a BCP 47 tag or an English name.
///
/// ```
/// use wirewatch_recognition::language_code;
///
/// assert_eq!(language_code("fr-ML"), Some("fr"));
/// ```
pub fn language_code(written: &str) -> Option<&'static str> {
    let code = primary(written)?;
    LANGUAGES.iter().find(|(one, ..)| *one == code).map(|(code, ..)| *code)
}

/// Returns the codes and names of all known languages.
pub fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
    LANGUAGES.iter().map(|(code, name, _)| (*code, *name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "Des hommes armés ont attaqué lundi un poste de l'armée dans la région de Ségou, dans le centre du \
        Mali, tuant sept soldats, ont indiqué des sources sécuritaires et des élus locaux. L'attaque n'a pas été \
        revendiquée, mais les habitants accusent les jihadistes présents dans la zone depuis plusieurs années.";

    #[test]
    fn a_document_has_a_language() {
        for (what, said, text, code) in [
            ("what the feed says", Some("fr"), "Mali: sept morts", Some("fr")),
            ("with its country", Some("fr-ML"), "Mali: sept morts", Some("fr")),
            ("by three letters", Some("fra"), "Mali: sept morts", Some("fr")),
            ("what the text says", None, FRENCH, Some("fr")),
            ("a feed that says en of everything", Some("en-US"), FRENCH, Some("fr")),
            (
                "a feed in a language that no text shows",
                Some("ha"),
                FRENCH,
                Some("ha"),
            ),
            (
                "a script of its own",
                None,
                "Επτά στρατιώτες σκοτώθηκαν στο Μάλι",
                Some("el"),
            ),
            ("nothing to go by", None, "JNIM", None),
        ] {
            let document = Document {
                text,
                language: said,
                ..Document::default()
            };
            assert_eq!(language(document).as_deref(), code, "{what}");
        }
    }

    #[test]
    fn codes_ascend_and_are_named() {
        assert!(LANGUAGES.is_sorted_by(|a, b| a.0 < b.0));
        for (written, code) in [
            ("French", Some("fr")),
            ("nb", Some("no")),
            ("klingon", None),
            ("xx", None),
        ] {
            assert_eq!(language_code(written), code, "{written}");
        }
        assert_eq!(language_name("fr"), "French");
    }
}
