//! Functions that fold texts for comparison.

use unicode_normalization::char::is_combining_mark;

use crate::text::fold::Case;
use crate::text::folded::Folded;
use crate::text::folder::{Folder, Style};
use crate::text::runs::runs;
use crate::text::script;

/// Returns a text folded for comparison: case, Latin accents, apostrophes, hyphens and white space no longer differ.
///
/// NFKC, full case folding, Latin diacritics removed. For short texts such as titles and names.
///
/// ```
/// use wirewatch_recognition::fold;
///
/// assert_eq!(fold("L’État à  Ségou"), fold("l'etat a segou"));
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = Folder::new(text, Style::Readable, Case::Folded).run().text;
    folded.truncate(folded.trim_end().len());
    folded
}

/// Returns the folded words of a text, in order, without punctuation.
///
/// Words end at anything that is no letter, digit or mark; in scripts without spaces each character is a word.
///
/// ```
/// use wirewatch_recognition::words;
///
/// assert_eq!(words("L’attaque de Ségou"), ["l", "attaque", "de", "segou"]);
/// ```
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::with_capacity(text.len() / 6);
    each_word(text, |word| words.push(word.to_owned()));
    words
}

/// Calls `show` with the first `most` of [`words`]. Only the beginning of a long text is folded.
pub fn first_words(text: &str, most: usize, mut show: impl FnMut(&str)) {
    // Words of most languages take less than eight bytes with the space after them.
    let (mut shown, mut bytes) = (0, most.saturating_mul(8));
    loop {
        let part = beginning(text, bytes);
        let before = shown;
        let mut at = 0;
        each_word(part, |word| {
            if (before..most).contains(&at) {
                show(word);
                shown = at + 1;
            }
            at += 1;
        });
        if shown >= most || part.len() == text.len() {
            return;
        }
        bytes *= 4;
    }
}

/// Returns at least so many bytes of a text, up to a space; all of it if it is shorter.
fn beginning(text: &str, bytes: usize) -> &str {
    let space = text.as_bytes().iter().skip(bytes).position(u8::is_ascii_whitespace);
    space.map_or(text, |after| &text[..bytes + after])
}

fn each_word(text: &str, mut show: impl FnMut(&str)) {
    let stream = Folded::new(text).text;
    for run in runs(&stream) {
        let run = &stream[run];
        if run.is_ascii() || !run.chars().any(script::unspaced) {
            show(run);
            continue;
        }
        let mut from = 0;
        for (at, c) in run.char_indices() {
            if at > from && !is_combining_mark(c) {
                show(&run[from..at]);
                from = at;
            }
        }
        show(&run[from..]);
    }
}

impl Folded {
    /// Folds a text for matching.
    pub(crate) fn new(text: &str) -> Self {
        Folder::new(text, Style::Stream, Case::Folded).run()
    }
}

/// Returns a text as matching compares it, but with its capitals: for `exact_case`.
pub(crate) fn with_capitals(text: &str) -> String {
    Folder::new(text, Style::Stream, Case::Kept).run().text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fold() {
        let table = [
            ("nothing", "", ""),
            ("only white space", " \n ", ""),
            ("case and accents", "Ségou  ÉTAT", "segou etat"),
            ("set apart", "Se\u{301}gou", "segou"),
            ("curly apostrophe", "L’attaque", "l'attaque"),
            ("modifier letter", "Maʼrib", "ma'rib"),
            (
                "non-breaking hyphen, en dash",
                "al\u{2011}Shabaab Paris–Dakar",
                "al-shabaab paris-dakar",
            ),
            ("a dash between words stays", "Mali – Niger", "mali - niger"),
            ("soft hyphen, zero width", "am\u{AD}bush\u{200B}ed", "ambushed"),
            ("quotes", "« JNIM » “x”", "\" jnim \" \"x\""),
            ("kana", "バマコ", "バマコ"),
            ("half-width kana", "ﾊﾞﾏｺ", "バマコ"),
            ("Turkish", "İstanbul IĞDIR ığdır", "istanbul igdir igdir"),
            ("Greek final sigma", "ΟΔΟΣ οδός", "οδοσ οδοσ"),
            ("Arabic with vowels and tatweel", "مَـــالِي", "مالي"),
            ("a paragraph is a space here", "a\n\nb", "a b"),
        ];
        for (what, given, folded) in table {
            assert_eq!(fold(given), folded, "{what}");
        }
    }

    #[test]
    fn streams_have_one_space_before_each_word() {
        let table = [
            ("a sentence", "In (Mali), l’an: x", " in ( mali), l' an: x"),
            (
                "hyphens are spaces",
                "al-Shabaab Burkina–Faso",
                " al shabaab burkina faso",
            ),
            ("paragraphs", "one\n \ntwo\nthree", " one\n two three"),
            ("Latin in Han", "在Mali发生", " 在 mali 发生"),
            ("digits stay with letters", "M23", " m23"),
        ];
        for (what, given, stream) in table {
            assert_eq!(Folded::new(given).text, stream, "{what}");
        }
    }

    #[test]
    fn spans_go_back_to_the_bytes() {
        let table = [
            ("plain", "in Mali now", "mali", "Mali"),
            (
                "set apart, with its last mark",
                "le cafe\u{301}.",
                "cafe",
                "cafe\u{301}",
            ),
            ("after a mark", "e\u{301}tat de Se\u{301}gou", "segou", "Se\u{301}gou"),
            ("one letter for two", "die Straße dort", "strasse", "Straße"),
            ("half of a letter is the whole", "die Straße dort", "stras", "Straß"),
            ("soft hyphens inside", "an am\u{AD}bush", "ambush", "am\u{AD}bush"),
            ("not the one after", "an ambush\u{AD} x", "ambush", "ambush"),
            ("after a long gap", "a  \t b", "b", "b"),
            ("kana", "首都ﾊﾞﾏｺで", "バマコ", "ﾊﾞﾏｺ"),
        ];
        for (what, given, part, original) in table {
            let folded = Folded::new(given);
            let at = folded.text.find(part).unwrap();
            let span = folded.original_span(at..at + part.len());
            assert_eq!(&given[span.clone()], original, "{what}");
            assert_eq!(folded.way().original_span(at..at + part.len()), span, "{what}");
        }
    }

    #[test]
    fn words_are_parted() {
        let table: [(&str, &str, &[&str]); 4] = [
            ("English", "Mali's army, again.", &["mali", "s", "army", "again"]),
            ("French", "L’état-major à Ségou", &["l", "etat", "major", "a", "segou"]),
            ("Japanese", "マリ首都 2024", &["マ", "リ", "首", "都", "2024"]),
            ("nothing", " … ", &[]),
        ];
        for (what, given, expected) in table {
            assert_eq!(words(given), expected, "{what}");
        }
    }

    #[test]
    fn the_first_words_of_a_text_are_those_of_all_of_it() {
        for (what, text) in [
            ("short words", "a b c d ".repeat(9)),
            ("long ones", "Rindfleischetikettierung l’état ".repeat(9)),
            ("no spaces", "マリ首都".repeat(9)),
            ("one word", "x".repeat(99)),
            ("nothing", String::new()),
        ] {
            for most in [0, 1, 3, 7, 20, 200] {
                let mut first = Vec::new();
                first_words(&text, most, |word| first.push(word.to_owned()));
                let mut all = words(&text);
                all.truncate(most);
                assert_eq!(first, all, "{what}, {most}");
            }
        }
    }
}
