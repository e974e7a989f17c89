//! Folding of one character: case, accents and typography are ignored.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::script;

/// The role of a character in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Letters, digits, ideographs.
    Letter,
    Space,
    Apostrophe,
    /// A hyphen, or a dash used as one inside a word.
    Hyphen,
    Quote,
    /// Belongs to the letter before it.
    Mark,
    /// Invisible: soft hyphen, zero width, direction, controls, the Arabic tatweel.
    Nothing,
    Sign,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Folded,
    Kept,
}

/// Letters in whole ranges, which need no look into Unicode's tables: Ethiopic syllables, kana, Han, Hangul, Devanagari.
fn is_plain_letter(c: char) -> bool {
    matches!(c, '\u{904}'..='\u{939}' | '\u{1200}'..='\u{1248}' | '\u{1260}'..='\u{1286}' | '\u{12C8}'..='\u{12D6}'
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

pub(crate) fn role(c: char) -> Role {
    match c {
        _ if is_plain_letter(c) => Role::Letter,
        '\'' | '‘' | '’' | '‛' | 'ʼ' | 'ʻ' | 'ʹ' | 'ʽ' | 'ʾ' | 'ʿ' | '′' | '`' | '´' | '＇' | 'ꞌ' | 'Ꞌ' | '׳' => {
            Role::Apostrophe
        }
        '-' | '‐' | '‑' | '‒' | '–' | '−' | '⁃' | '﹣' | '－' | '・' | '･' | '־' => Role::Hyphen,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '″' | '＂' | '״' => Role::Quote,
        '\u{AD}'
        | '\u{61C}'
        | '\u{640}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}' => Role::Nothing,
        _ if c.is_whitespace() => Role::Space,
        _ if c.is_control() => Role::Nothing,
        _ if is_combining_mark(c) => Role::Mark,
        _ if c.is_alphanumeric() => Role::Letter,
        _ => Role::Sign,
    }
}

/// Letters, digits and marks: the characters of words.
pub(crate) fn in_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        is_plain_letter(c) || c.is_alphanumeric() || is_combining_mark(c)
    }
}

/// Appends a letter with the marks that follow it: NFKC, full case folding (Unicode's CaseFolding.txt, status C and F),
/// marks stripped where [`script::strips_marks`], and [`plain_letter`].
pub(crate) fn fold_letters(cluster: &str, case: Case, out: &mut String) {
    if cluster.nfkd().next().is_some_and(script::strips_marks) {
        // Forms of Arabic vowel signs decompose into a tatweel that carries them.
        for c in cluster.nfkd().filter(|&c| !is_combining_mark(c) && c != '\u{640}') {
            push_letter(c, case, out);
        }
    } else {
        for c in cluster.nfkc() {
            match case {
                Case::Folded => out.extend(c.to_lowercase()),
                Case::Kept => out.push(c),
            }
        }
    }
}

/// Appends a syllable of Devanagari or Ethiopic with its signs, as readers take it: without nukta; chandrabindu, and a nasal
/// before a consonant of its own class (मुम्बई), as anusvara; Ethiopic letters that sound alike as one. `next` is the character
/// that follows.
pub(crate) fn fold_syllable(cluster: &str, next: Option<char>, out: &mut String) {
    let mut letters = cluster.chars();
    if let (Some(nasal), Some('\u{94D}'), None) = (letters.next(), letters.next(), letters.next())
        && next.is_some_and(|next| is_of_class(nasal, next))
    {
        out.push('\u{902}');
        return;
    }
    for c in cluster.nfkc() {
        match c {
            '\u{93C}' => {}
            '\u{901}' => out.push('\u{902}'),
            _ => out.push(homophone(c)),
        }
    }
}

/// Whether a nasal of Devanagari is that of the class of a consonant: velar, palatal, retroflex, dental, labial.
fn is_of_class(nasal: char, consonant: char) -> bool {
    match nasal {
        'ङ' => matches!(consonant, 'क'..='घ'),
        'ञ' => matches!(consonant, 'च'..='झ'),
        'ण' => matches!(consonant, 'ट'..='ढ'),
        'न' => matches!(consonant, 'त'..='ध'),
        'म' => matches!(consonant, 'प'..='भ'),
        _ => false,
    }
}

/// The letter that Amharic writes as well for the same sound: ሐ ኀ are ሀ, ሠ is ሰ, ዐ is አ, ፀ is ጸ; ሃ is ሀ and ኣ is አ.
fn homophone(c: char) -> char {
    let series = |from: u32, to: u32| char::from_u32(c as u32 - from + to).unwrap_or(c);
    let one = match c {
        '\u{1210}'..='\u{1216}' => series(0x1210, 0x1200),
        '\u{1280}'..='\u{1286}' => series(0x1280, 0x1200),
        '\u{1220}'..='\u{1226}' => series(0x1220, 0x1230),
        '\u{12D0}'..='\u{12D6}' => series(0x12D0, 0x12A0),
        '\u{1340}'..='\u{1346}' => series(0x1340, 0x1338),
        _ => c,
    };
    match one {
        'ሃ' => 'ሀ',
        'ኣ' => 'አ',
        one => one,
    }
}

fn push_letter(c: char, case: Case, out: &mut String) {
    let raise = case == Case::Kept && c.is_uppercase();
    if case == Case::Kept && !raise {
        return match plain_letter(c) {
            Some(plain) => out.push_str(plain),
            None => out.push(c),
        };
    }
    for lower in c.to_lowercase().filter(|&lower| !is_combining_mark(lower)) {
        match plain_letter(lower) {
            Some(plain) if raise => out.push_str(&plain.to_uppercase()),
            Some(plain) => out.push_str(plain),
            None if raise => out.push(c),
            None => out.push(lower),
        }
    }
}

/// Plain spellings of letters that readers without the keyboard replace, and of letter variants without a
/// decomposition: Nordic, Slavic, Turkish, Azeri; the hooked and open letters of Hausa, Fulfulde, Bambara, Ewe (the
/// Pan-Nigerian and African reference alphabets); final sigma; Arabic and Persian yeh, kaf and teh marbuta; digits of
/// Arabic scripts.
fn plain_letter(c: char) -> Option<&'static str> {
    Some(match c {
        '\0'..='\u{7F}' => return None,
        'ß' => "ss",
        'æ' | 'ӕ' => "ae",
        'œ' => "oe",
        'ø' | 'ɔ' | 'ɵ' | 'ⱺ' => "o",
        'ł' | 'ƚ' | 'ɫ' => "l",
        'đ' | 'ð' | 'ɖ' | 'ɗ' | 'ȡ' => "d",
        'þ' => "th",
        'ħ' | 'ɦ' => "h",
        'ŧ' | 'ƭ' | 'ʈ' => "t",
        'ı' | 'ɨ' | 'ɩ' | 'ɪ' => "i",
        'ɛ' | 'ə' | 'ǝ' | 'ɇ' => "e",
        'ŋ' | 'ƞ' | 'ŉ' => "n",
        'ɲ' => "ny",
        'ɓ' | 'ƀ' => "b",
        'ƙ' | 'ĸ' => "k",
        'ƴ' | 'ɏ' => "y",
        'ɣ' | 'ɠ' | 'ǥ' => "g",
        'ʋ' => "v",
        'ʊ' | 'ʉ' => "u",
        'ƥ' => "p",
        'ƒ' => "f",
        'ɍ' => "r",
        'ɉ' | 'ȷ' => "j",
        'ƶ' => "z",
        'ſ' => "s",
        'ς' => "σ",
        'և' => "եւ",
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        'ة' => "ه",
        '٠' | '۰' => "0",
        '١' | '۱' => "1",
        '٢' | '۲' => "2",
        '٣' | '۳' => "3",
        '٤' | '۴' => "4",
        '٥' | '۵' => "5",
        '٦' | '۶' => "6",
        '٧' | '۷' => "7",
        '٨' | '۸' => "8",
        '٩' | '۹' => "9",
        _ => return None,
    })
}

/// The precomputed folding of one character below [`PAGE_END`]: NFKC of everything costs 4.6 times as much as matching
/// itself.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) role: Role,
    /// Original and folded bytes correspond one to one: same length, one letter.
    pub(crate) even: bool,
    pub(crate) folded: Box<str>,
}

pub(crate) const PAGE_END: u32 = 0x700;

/// Latin, Greek, Cyrillic, Armenian, Hebrew and Arabic letters.
pub(crate) static PAGE: LazyLock<Vec<Ready>> = LazyLock::new(|| {
    (0..PAGE_END)
        .filter_map(char::from_u32)
        .map(|c| {
            let mut folded = String::new();
            let role = role(c);
            if role == Role::Letter {
                fold_letters(c.encode_utf8(&mut [0; 4]), Case::Folded, &mut folded);
            }
            let even = folded.len() == c.len_utf8() && folded.chars().count() == 1;
            Ready {
                role,
                even,
                folded: folded.into(),
            }
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_letters_are_letters_and_no_marks() {
        for c in (0..=0x10_FFFF)
            .filter_map(char::from_u32)
            .filter(|&c| is_plain_letter(c))
        {
            assert!(c.is_alphanumeric() && !is_combining_mark(c), "{c:?}");
        }
    }

    #[test]
    fn letters_fold() {
        let table = [
            ("an accent", "É", "e", "E"),
            ("an accent set apart", "E\u{301}", "e", "E"),
            ("sharp s", "ß", "ss", "ss"),
            ("capital sharp s", "ẞ", "ss", "SS"),
            ("dotted capital i of Turkish", "İ", "i", "I"),
            ("dotless i of Turkish", "ı", "i", "i"),
            ("final sigma", "ς", "σ", "σ"),
            ("a ligature", "ﬁ", "fi", "fi"),
            ("full width", "Ｍ", "m", "M"),
            ("Norwegian", "Ø", "o", "O"),
            ("Bambara", "Ɔ", "o", "O"),
            ("Hausa", "Ɓ", "b", "B"),
            ("Vietnamese, two marks", "Ệ", "e", "E"),
            ("Russian", "Ё", "е", "Е"),
            ("Arabic with hamza", "أ", "ا", "ا"),
            ("Arabic presentation form", "ﻼ", "لا", "لا"),
            ("kana keeps its voicing", "バ", "バ", "バ"),
            ("kana composed", "ハ\u{3099}", "バ", "バ"),
            ("half-width kana", "ﾊﾞ", "バ", "バ"),
            ("Devanagari keeps its vowel", "की", "की", "की"),
        ];
        for (what, given, folded, kept) in table {
            let fold = |case| {
                let mut out = String::new();
                fold_letters(given, case, &mut out);
                out
            };
            assert_eq!(fold(Case::Folded), folded, "{what}");
            assert_eq!(fold(Case::Kept), kept, "{what}, case kept");
        }
    }
}
