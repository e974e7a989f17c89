//! Text as it is compared: folded, with the way back to every original byte.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::{Case, PAGE, PAGE_END, Ready, Role, fold_letters, in_word, role};
use super::passage::parts_paragraphs;
use super::script;

/// Folds a short text (a title, a name) for comparison: NFKC, full case folding, Latin diacritics stripped, apostrophes
/// and hyphens unified, white space collapsed.
pub fn fold(text: &str) -> String {
    let mut folded = Folder::new(text, Style::Readable, Case::Folded).run().text;
    folded.truncate(folded.trim_end().len());
    folded
}

/// The folded words of a text, in order, without punctuation: what shingles are made of. Words are parted by anything
/// that is no letter, digit or mark (`l’attaque` is two, `al-Shabaab` too); in scripts written without spaces each
/// character is a word.
pub fn words(text: &str) -> Vec<String> {
    let stream = Folded::new(text).text;
    let mut words = Vec::with_capacity(stream.len() / 6);
    for run in stream.split(|c| !in_word(c)).filter(|run| !run.is_empty()) {
        if run.is_ascii() || !run.chars().any(script::unspaced) {
            words.push(run.to_owned());
            continue;
        }
        for c in run.chars() {
            match words.last_mut() {
                Some(word) if is_combining_mark(c) => word.push(c),
                _ => words.push(c.to_string()),
            }
        }
    }
    words
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// As a person would write it.
    Readable,
    /// For matching: exactly one space before every word, so that a pattern led by a space begins only where words do;
    /// hyphens inside words are spaces; paragraphs end with `\n`.
    Stream,
}

/// From here on the original runs beside the folded text: byte by byte, or, in a block, as one indivisible whole.
#[derive(Debug, Clone, Copy)]
struct Piece {
    folded: u32,
    original: u32,
    block: bool,
}

/// A text folded for matching, and where each byte came from. Texts are below 4 GB.
#[derive(Debug)]
pub(super) struct Folded {
    pub(super) text: String,
    pieces: Vec<Piece>,
    original_len: usize,
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        Folder::new(text, Style::Stream, Case::Folded).run()
    }

    /// The bytes of the original that a span of the folded text came from, on character boundaries. `span` must not be
    /// empty.
    pub(super) fn original_span(&self, span: Range<usize>) -> Range<usize> {
        self.start(span.start)..self.end(span.end)
    }

    fn piece(&self, offset: usize) -> usize {
        self.pieces
            .partition_point(|piece| piece.folded as usize <= offset)
            .saturating_sub(1)
    }

    fn start(&self, offset: usize) -> usize {
        let piece = self.pieces[self.piece(offset)];
        if piece.block {
            piece.original as usize
        } else {
            piece.original as usize + offset - piece.folded as usize
        }
    }

    fn end(&self, offset: usize) -> usize {
        let last = self.piece(offset.saturating_sub(1));
        let piece = self.pieces[last];
        if piece.block {
            self.pieces
                .get(last + 1)
                .map_or(self.original_len, |next| next.original as usize)
        } else {
            piece.original as usize + offset - piece.folded as usize
        }
    }
}

/// The text in the form that matching compares, capitals and all: `exact_case` compares these.
pub(super) fn with_capitals(text: &str) -> String {
    Folder::new(text, Style::Stream, Case::Kept).run().text
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    /// White space, or nothing yet.
    Edge,
    Word,
    Unspaced,
    Sign,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Space,
    Apostrophe,
    Hyphen,
    Sign,
    Nothing,
    Beyond,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Beyond; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Class::Word,
            b' ' | b'\t'..=b'\r' => Class::Space,
            b'\'' | b'`' => Class::Apostrophe,
            b'-' => Class::Hyphen,
            0x21..=0x7E => Class::Sign,
            _ => Class::Nothing,
        };
        byte += 1;
    }
    classes
};

struct Folder<'a> {
    source: &'a str,
    style: Style,
    case: Case,
    page: &'static [Ready],
    out: String,
    pieces: Vec<Piece>,
    last: Last,
    /// Where the line began: long lines are paragraphs.
    line: usize,
}

impl<'a> Folder<'a> {
    fn new(source: &'a str, style: Style, case: Case) -> Self {
        Self {
            source,
            style,
            case,
            page: &PAGE,
            out: String::with_capacity(source.len() + source.len() / 16 + 8),
            pieces: Vec::with_capacity(16),
            last: Last::Edge,
            line: 0,
        }
    }

    fn run(mut self) -> Folded {
        let bytes = self.source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            at = match CLASSES[bytes[at] as usize] {
                Class::Word => self.plain_run(at),
                Class::Space => self.gap(at),
                Class::Apostrophe => self.sign(at, 1, "'"),
                Class::Sign => self.sign(at, 1, &self.source[at..at + 1]),
                Class::Hyphen => self.hyphen(at, 1),
                Class::Nothing => at + 1,
                Class::Beyond => self.beyond(at),
            };
        }
        Folded {
            text: self.out,
            pieces: self.pieces,
            original_len: self.source.len(),
        }
    }

    /// ASCII words with single spaces between them, as a whole: most of English at one copy.
    fn plain_run(&mut self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        let class = |at: usize| bytes.get(at).map_or(Class::Nothing, |&byte| CLASSES[byte as usize]);
        let mut end = at + 1;
        while class(end) == Class::Word || (bytes.get(end) == Some(&b' ') && class(end + 1) == Class::Word) {
            end += 1;
        }
        self.begin_word(at, Last::Word);
        self.mark_piece(at, false);
        let from = self.out.len();
        self.out.push_str(&self.source[at..end]);
        if self.case == Case::Folded {
            self.out[from..].make_ascii_lowercase();
        }
        end
    }

    fn beyond(&mut self, at: usize) -> usize {
        let Some(c) = self.source[at..].chars().next() else {
            return self.source.len();
        };
        let end = at + c.len_utf8();
        let page = self.page;
        if let Some(ready) = page.get(c as usize).filter(|_| (c as u32) < PAGE_END) {
            if ready.role == Role::Letter && self.case == Case::Folded {
                self.begin_word(at, Last::Word);
                self.mark_piece(at, !ready.even);
                self.out.push_str(&ready.folded);
                return end;
            }
            return self.with_role(ready.role, c, at, end);
        }
        self.with_role(role(c), c, at, end)
    }

    fn with_role(&mut self, role: Role, c: char, at: usize, end: usize) -> usize {
        match role {
            Role::Letter => self.letter(c, at, end),
            Role::Space => self.gap(at),
            Role::Apostrophe => self.sign(at, end - at, "'"),
            Role::Quote => self.sign(at, end - at, "\""),
            Role::Hyphen => self.hyphen(at, end - at),
            Role::Sign => match c {
                // Full-width forms of ASCII signs.
                '\u{FF01}'..='\u{FF5E}' => {
                    let sign = char::from_u32(c as u32 - 0xFEE0).unwrap_or(c);
                    self.sign(at, end - at, sign.encode_utf8(&mut [0; 4]))
                }
                _ => self.sign(at, end - at, &self.source[at..end]),
            },
            Role::Mark => {
                self.widen_last(at);
                end
            }
            Role::Nothing => end,
        }
    }

    fn letter(&mut self, c: char, at: usize, end: usize) -> usize {
        let end = self.cluster_end(c, end);
        if script::composed_already(c) && end == at + c.len_utf8() {
            self.begin_word(
                at,
                if script::unspaced(c) {
                    Last::Unspaced
                } else {
                    Last::Word
                },
            );
            self.mark_piece(at, false);
            self.out.push(c);
            return end;
        }
        let mut folded = String::new();
        fold_letters(&self.source[at..end], self.case, &mut folded);
        // A vowel sign of Arabic alone on a space comes out as the space.
        let folded = folded.trim();
        if let Some(first) = folded.chars().next() {
            self.begin_word(
                at,
                if script::unspaced(first) {
                    Last::Unspaced
                } else {
                    Last::Word
                },
            );
            self.mark_piece(at, true);
            self.out.push_str(folded);
        }
        end
    }

    /// A letter takes the marks that follow it along, where they may make another letter of it.
    fn cluster_end(&self, first: char, end: usize) -> usize {
        let follows = |c: char| is_combining_mark(c) || matches!(c, '\u{FF9E}' | '\u{FF9F}' | '\u{1160}'..='\u{11FF}');
        if script::strips_marks(first) {
            return end;
        }
        self.source[end..]
            .char_indices()
            .find(|&(_, c)| !follows(c))
            .map_or(self.source.len(), |(len, _)| end + len)
    }

    fn begin_word(&mut self, at: usize, kind: Last) {
        if self.style == Style::Stream && self.last != kind && !self.out.ends_with(' ') {
            self.mark_piece(at, true);
            self.out.push(' ');
        }
        self.last = kind;
    }

    fn sign(&mut self, at: usize, len: usize, sign: &str) -> usize {
        self.mark_piece(at, sign.len() != len);
        self.out.push_str(sign);
        self.last = Last::Sign;
        at + len
    }

    fn hyphen(&mut self, at: usize, len: usize) -> usize {
        let after = self.source[at + len..].chars().next();
        let inside = matches!(self.last, Last::Word | Last::Unspaced) && after.is_some_and(char::is_alphanumeric);
        if !inside || self.style == Style::Readable {
            return self.sign(at, len, "-");
        }
        self.mark_piece(at, len != 1);
        self.out.push(' ');
        self.last = Last::Edge;
        at + len
    }

    fn gap(&mut self, at: usize) -> usize {
        let rest = &self.source[at..];
        let end = at + rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let gap = &self.source[at..end];
        let paragraph = self.style == Style::Stream && parts_paragraphs(gap, at.saturating_sub(self.line));
        if let Some(line_end) = gap.rfind('\n') {
            self.line = at + line_end + 1;
        }
        let space = if paragraph { '\n' } else { ' ' };
        if !self.out.is_empty() && !self.out.ends_with(space) && !self.out.ends_with('\n') {
            self.mark_piece(at, gap.len() != 1);
            self.out.push(space);
        }
        self.last = Last::Edge;
        end
    }

    /// Notes where the next bytes of the folded text come from.
    fn mark_piece(&mut self, at: usize, block: bool) {
        let (folded, original) = (self.out.len() as u32, at as u32);
        match self.pieces.last() {
            Some(last) if !block && !last.block && original.wrapping_sub(last.original) == folded - last.folded => {}
            _ => self.pieces.push(Piece {
                folded,
                original,
                block,
            }),
        }
    }

    /// A stripped mark at `at` belongs to the letter before it, so that spans never part the two.
    fn widen_last(&mut self, at: usize) {
        let (Some(c), Some(&piece)) = (self.out.chars().next_back(), self.pieces.last()) else {
            return;
        };
        if piece.block || !in_word(c) {
            return;
        }
        let folded = self.out.len() - c.len_utf8();
        let original = piece.original as usize + folded - piece.folded as usize;
        if original + c.len_utf8() != at {
            return;
        }
        if piece.folded as usize == folded {
            self.pieces.pop();
        }
        self.pieces.push(Piece {
            folded: folded as u32,
            original: original as u32,
            block: true,
        });
    }
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
            assert_eq!(&given[span], original, "{what}");
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
}
