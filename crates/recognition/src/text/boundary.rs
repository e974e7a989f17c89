//! Word boundaries in a folded stream: plural and possessive endings, and prefixes that are written on.

use unicode_normalization::char::is_combining_mark;

use crate::text::fold::in_word;
use crate::text::script;
use crate::text::steps;

/// The endings that a term accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// The word itself, or its possessive.
    Whole,
    /// A name: also with `-s`.
    Name,
    /// A common noun: also with the plurals of English, French, Spanish and Portuguese.
    Noun,
    /// Any word with this prefix.
    Open,
}

/// Names that look like the plural of another name.
const NOT_PLURALS: [&str; 16] = [
    "arras", "athens", "cannes", "cyprus", "damas", "hamas", "honduras", "lagos", "laos", "nantes", "naples", "paris",
    "reims", "texas", "tours", "wales",
];

/// Particles that Korean attaches to the end of a noun.
const PARTICLES: [&str; 24] = [
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "에서",
    "에게",
    "로",
    "으로",
    "와",
    "과",
    "도",
    "만",
    "까지",
    "부터",
    "에는",
    "에서는",
    "에도",
    "이나",
    "라고",
    "측",
];

/// Conjunctions, prepositions and the article that Arabic attaches to the front of a noun.
const CLITICS: [&str; 21] = [
    "و", "ف", "ب", "ل", "ك", "ال", "وال", "فال", "بال", "كال", "لل", "ول", "وب", "وك", "فل", "فب", "ولل", "وبال",
    "فلل", "فبال", "س",
];

/// Prepositions and the relative that Amharic attaches to the front of a noun, folded.
const ETHIOPIC: [&str; 12] = ["በ", "ከ", "የ", "ለ", "ስለ", "እስከ", "ወደ", "በየ", "የነ", "እነ", "ለነ", "እንደ"];

/// What Amharic attaches to the end of a noun: object, “and”, “too”, “the”, plurals; folded.
const ETHIOPIC_ENDINGS: [&str; 12] = ["ን", "ና", "ም", "ስ", "ው", "ዋ", "ንና", "ንም", "ዎች", "ዎችን", "ኦች", "ውያን"];

/// Letters of the longest clitic and of the longest particle.
const CLITIC: usize = 4;
const PARTICLE: usize = 3;

/// Returns the end of the word in which a match ends, or `None` if the match is only part of it. A plural is included,
/// a possessive is not.
pub(crate) fn word_end(stream: &str, start: usize, end: usize, reach: Reach) -> Option<usize> {
    let rest = &stream[end..];
    if stream[start..end].ends_with(' ') && !rest.starts_with(in_word) {
        // CVE-2026-* goes on with a word.
        return None;
    }
    let Some(next) = rest.chars().next() else {
        return Some(end);
    };
    if !in_word(next) {
        return Some(end);
    }
    let last = stream[..end].chars().next_back()?;
    if reach == Reach::Open && !script::unspaced(last) {
        return Some(end + rest.find(|c| !in_word(c)).unwrap_or(rest.len()));
    }
    if script::unspaced(last) {
        let joined = is_combining_mark(next) || (short_katakana(&stream[start..end]) && script::katakana(next));
        return (!joined).then_some(end);
    }
    match reach {
        Reach::Whole | Reach::Open => None,
        Reach::Name | Reach::Noun if script::ethiopic(last) => ending(rest).then_some(end),
        Reach::Name | Reach::Noun if script::hangul(last) => particle(rest).then_some(end),
        Reach::Name | Reach::Noun if last.is_ascii_alphabetic() => plural(stream, end, reach),
        Reach::Name | Reach::Noun => None,
    }
}

/// Whether a match without a leading space may begin here: anywhere in scripts without spaces, after attached prefixes
/// in Arabic, anywhere before a sign.
pub(crate) fn may_begin(stream: &str, start: usize, end: usize) -> bool {
    let Some(first) = stream[start..].chars().next() else {
        return false;
    };
    if script::writes_on(first) {
        // One letter more than the longest clitic has: a run without spaces is never walked to its beginning.
        let letters = stream[..start].char_indices().rev().take(CLITIC + 1);
        let begin = letters
            .take_while(|&(_, c)| in_word(c))
            .last()
            .map_or(start, |(at, _)| at);
        let before = &stream[begin..start];
        steps::count(before.len());
        let written_on = match () {
            () if script::arabic(first) => CLITICS.contains(&before),
            () if script::hebrew(first) => hebrew_prefix(before),
            () => ETHIOPIC.contains(&before),
        };
        let least = if script::ethiopic(first) { 2 } else { 3 };
        return before.is_empty() || (stream[start..end].chars().count() >= least && written_on);
    }
    !(script::katakana(first)
        && short_katakana(&stream[start..end])
        && stream[..start].chars().next_back().is_some_and(script::katakana))
}

/// Katakana words of up to three letters occur inside longer ones (マリ in ソマリア); for them the whole run must match.
fn short_katakana(matched: &str) -> bool {
    matched.chars().count() <= 3 && matched.chars().all(script::katakana)
}

fn particle(rest: &str) -> bool {
    PARTICLES.contains(&goes_on(rest))
}

fn ending(rest: &str) -> bool {
    ETHIOPIC_ENDINGS.contains(&goes_on(rest))
}

/// The rest of a word, as far as a particle may reach.
fn goes_on(rest: &str) -> &str {
    // One letter more than the longest has.
    let letters = rest.char_indices().take(PARTICLE + 1).take_while(|&(_, c)| in_word(c));
    let word = letters.last().map_or("", |(at, c)| &rest[..at + c.len_utf8()]);
    steps::count(word.len());
    word
}

/// What Hebrew attaches to the front of a noun: “and”, “that”, a preposition, the article, in this order, each once.
fn hebrew_prefix(before: &str) -> bool {
    let after = |word: &'static [&'static str], rest: &'_ str| {
        let found = word.iter().find(|one| rest.starts_with(**one));
        found.map_or(0, |one| one.len())
    };
    let mut rest = before;
    for part in [&["ו"] as &[&str], &["כש", "מש", "ש"], &["ב", "ל", "מ", "כ"], &["ה"]] {
        rest = &rest[after(part, rest)..];
    }
    rest.is_empty()
}

fn plural(stream: &str, end: usize, reach: Reach) -> Option<usize> {
    let begin = stream[..end].rfind(|c| !in_word(c)).map_or(0, |at| at + 1);
    let word = stream.get(begin..end)?;
    let last = *word.as_bytes().last()?;
    if word.len() < 3 {
        return None;
    }
    let rest = &stream[end..];
    let ending = match rest.as_bytes() {
        [b's', ..] if !matches!(last, b's' | b'x' | b'z') => 1,
        [b'e', b's', ..]
            if reach == Reach::Noun && matches!(last, b's' | b'x' | b'z' | b'h' | b'o' | b'l' | b'n' | b'r' | b'd') =>
        {
            2
        }
        [b'x', ..] if ["au", "eu", "ou"].iter().any(|with_x| word.ends_with(with_x)) => 1,
        _ => return None,
    };
    if rest[ending..].chars().next().is_some_and(in_word) {
        return None;
    }
    (!NOT_PLURALS.contains(&&stream[begin..end + ending])).then_some(end + ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end() {
        let table = [
            ("at the end of the text", " mali", "mali", Reach::Whole, Some("mali")),
            ("inside a longer word", " malicious", "mali", Reach::Noun, None),
            ("possessive", " mali' s army", "mali", Reach::Whole, Some("mali")),
            ("plural", " attacks on", "attack", Reach::Noun, Some("attacks")),
            (
                "plural where only the word is asked",
                " attacks",
                "attack",
                Reach::Whole,
                None,
            ),
            ("plural in -es", " ambushes.", "ambush", Reach::Noun, Some("ambushes")),
            ("Spanish", " explosiones", "explosion", Reach::Noun, Some("explosiones")),
            ("French in -x", " drapeaux", "drapeau", Reach::Noun, Some("drapeaux")),
            ("no -x after others", " toux", "tou", Reach::Noun, Some("toux")),
            ("a name takes -s", " houthis", "houthi", Reach::Name, Some("houthis")),
            ("a name takes no -es", " flores", "flor", Reach::Name, None),
            ("Hamas is not many Hama", " hamas", "hama", Reach::Name, None),
            ("two letters have no plural", " uss", "us", Reach::Noun, None),
            ("no second -s", " bosss", "boss", Reach::Noun, None),
            (
                "a beginning takes the word",
                " attaquent le",
                "attaqu",
                Reach::Open,
                Some("attaquent"),
            ),
            ("Korean particle", " 말리에서 폭발", "말리", Reach::Name, Some("말리")),
            ("Korean longer word", " 말리부", "말리", Reach::Name, None),
            ("kana alone", "マリで", "マリ", Reach::Name, Some("マリ")),
            ("short katakana in a longer word", "マリア", "マリ", Reach::Name, None),
            ("Han anywhere", "马里军队", "马里", Reach::Name, Some("马里")),
            ("a Thai vowel above belongs to the letter", "กี", "ก", Reach::Name, None),
        ];
        for (what, stream, part, reach, expected) in table {
            let start = stream.find(part).unwrap();
            let end = word_end(stream, start, start + part.len(), reach);
            assert_eq!(end.map(|end| &stream[start..end]), expected, "{what}");
        }
    }

    #[test]
    fn words_begin() {
        let table = [
            ("Arabic word", " مالي", "مالي", true),
            ("with a preposition", " بمالي", "مالي", true),
            ("with and the article", " والهجوم", "هجوم", true),
            ("inside another word", " صومالي", "مالي", false),
            ("short katakana in a longer word", "ソマリ", "マリ", false),
            ("longer katakana", "西バマコ", "バマコ", true),
        ];
        for (what, stream, part, expected) in table {
            let start = stream.find(part).unwrap();
            assert_eq!(may_begin(stream, start, start + part.len()), expected, "{what}");
        }
    }
}
