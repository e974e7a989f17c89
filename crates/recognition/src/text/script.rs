//! Scripts of letters, as far as matching needs them: ranges from Unicode's Scripts.txt.

/// Latin, Greek, Cyrillic, Hebrew, Arabic (and Armenian, which has hardly any marks): here a mark refines a letter and
/// readers omit it. Elsewhere (kana, Indic scripts, Thai) it makes another letter: バマコ is not ハマコ.
pub(crate) fn strips_marks(c: char) -> bool {
    matches!(c,
        '\0'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}'
        | '\u{1C80}'..='\u{1C8F}' | '\u{1D00}'..='\u{1DBF}' | '\u{1E00}'..='\u{1FFF}'
        | '\u{2C60}'..='\u{2C7F}' | '\u{2DE0}'..='\u{2DFF}' | '\u{A640}'..='\u{A69F}' | '\u{A720}'..='\u{A7FF}'
        | '\u{AB30}'..='\u{AB6F}' | '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Scripts without spaces between words: Han, kana, Bopomofo, Thai, Lao, Myanmar, Khmer.
pub(crate) fn unspaced(c: char) -> bool {
    c >= '\u{E00}'
        && matches!(c,
            '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
            | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3041}'..='\u{312F}'
            | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}')
}

/// Katakana, whose runs are words (UAX 29, WB13) and mostly names.
pub(crate) fn katakana(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FE}' | '\u{31F0}'..='\u{31FF}')
}

pub(crate) fn arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}')
}

pub(crate) fn hebrew(c: char) -> bool {
    matches!(c, '\u{5D0}'..='\u{5EA}')
}

/// Scripts in which prepositions, conjunctions and articles are written on to the front of a word.
pub(crate) fn writes_on(c: char) -> bool {
    arabic(c) || hebrew(c) || ethiopic(c)
}

pub(crate) fn ethiopic(c: char) -> bool {
    matches!(c, '\u{1200}'..='\u{137F}')
}

pub(crate) fn devanagari(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{97F}')
}

pub(crate) fn hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

/// Letters that NFKC does not change unless a mark follows: most of Chinese, Japanese and Korean text.
pub(crate) fn composed_already(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}
