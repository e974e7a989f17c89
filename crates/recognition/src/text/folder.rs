//! Folds a text in one pass and records where each piece came from; ASCII runs cost no more than a copy.

use unicode_normalization::char::is_combining_mark;

use crate::text::fold::{Case, PAGE, PAGE_END, Ready, Role, fold_letters, fold_syllable, in_word, role};
use crate::text::folded::{Folded, Piece};
use crate::text::paragraph::parts_paragraphs;
use crate::text::runs::letters;
use crate::text::script;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Readable, as a person would write it.
    Readable,
    /// For matching: exactly one space before every word, so that a pattern with a leading space matches only at the
    /// start of words; hyphens inside words are spaces; paragraphs end with `\n`.
    Stream,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    /// White space, or the start of the text.
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
    Underscore,
    Bracket,
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
            b'_' => Class::Underscore,
            b'[' | b'(' | b'{' => Class::Bracket,
            0x21..=0x7E => Class::Sign,
            _ => Class::Nothing,
        };
        byte += 1;
    }
    classes
};

pub(crate) struct Folder<'a> {
    source: &'a str,
    style: Style,
    case: Case,
    page: &'static [Ready],
    out: String,
    pieces: Vec<Piece>,
    last: Last,
    /// Start of the current line: long lines are paragraphs.
    line: usize,
}

impl<'a> Folder<'a> {
    pub(crate) fn new(source: &'a str, style: Style, case: Case) -> Self {
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

    pub(crate) fn run(mut self) -> Folded {
        let bytes = self.source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            at = match CLASSES[bytes[at] as usize] {
                Class::Word => self.plain_run(at),
                Class::Space => self.gap(at),
                Class::Apostrophe => self.sign(at, 1, "'"),
                Class::Sign => self.sign(at, 1, &self.source[at..at + 1]),
                Class::Hyphen => self.hyphen(at, 1),
                Class::Underscore => self.underscore(at),
                Class::Bracket => self.bracket(at),
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

    /// Copies ASCII words separated by single spaces as a whole: most of English.
    fn plain_run(&mut self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        let word = |byte: &u8| CLASSES[*byte as usize] == Class::Word;
        let mut end = at + 1;
        loop {
            end += letters(&bytes[end..]);
            let rest = &bytes[end..];
            end += rest.iter().position(|byte| !word(byte)).unwrap_or(rest.len());
            match &bytes[end..] {
                [b' ', next, ..] if word(next) => end += 2,
                _ => break,
            }
        }
        self.begin_word(at, Last::Word);
        self.mark_piece(at, false);
        let from = self.out.len();
        self.out.push_str(&self.source[at..end]);
        if self.case == Case::Folded {
            self.out[from..].make_ascii_lowercase();
            self.refang(from, end);
        }
        end
    }

    /// hxxp, hxxps: an address that is written so that nobody clicks on it.
    fn refang(&mut self, from: usize, end: usize) {
        let word = self.out[from..].rfind(' ').map_or(from, |space| from + space + 1);
        if matches!(&self.out[word..], "hxxp" | "hxxps") && matches!(self.source.as_bytes().get(end), Some(b':' | b'['))
        {
            self.out.replace_range(word + 1..word + 3, "tt");
        }
    }

    /// Joins the words of a hashtag, which are words of their own: `#Burkina_Faso`.
    fn underscore(&mut self, at: usize) -> usize {
        let after = self.source[at + 1..].chars().next();
        let inside = matches!(self.last, Last::Word | Last::Unspaced) && after.is_some_and(char::is_alphanumeric);
        if !inside || self.style == Style::Readable {
            return self.sign(at, 1, "_");
        }
        self.mark_piece(at, false);
        self.out.push(' ');
        self.last = Last::Edge;
        at + 1
    }

    /// `evil[.]example[.]com`, `a[@]example(dot)org`: the sign in brackets alone.
    fn bracket(&mut self, at: usize) -> usize {
        const SIGNS: [(&str, &str); 11] = [
            ("[.]", "."),
            ("(.)", "."),
            ("{.}", "."),
            ("[dot]", "."),
            ("(dot)", "."),
            ("[@]", "@"),
            ("[at]", "@"),
            ("(at)", "@"),
            ("[:]", ":"),
            ("[://]", "://"),
            ("[/]", "/"),
        ];
        let rest = &self.source.as_bytes()[at..];
        let begins = |written: &str| {
            let part = rest.get(..written.len());
            part.is_some_and(|part| part.eq_ignore_ascii_case(written.as_bytes()))
        };
        let found = SIGNS
            .iter()
            .find(|(written, _)| self.last == Last::Word && begins(written));
        match found {
            // Something must be joined by it.
            Some((written, sign)) if rest.get(written.len()).is_some_and(|next| !next.is_ascii_whitespace()) => {
                self.sign(at, written.len(), sign)
            }
            _ => self.sign(at, 1, &self.source[at..at + 1]),
        }
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
            // Persian parts the endings of a word so: حمله‌های.
            Role::Nothing if c == '\u{200C}' => self.joint(at, end),
            Role::Nothing => end,
        }
    }

    fn joint(&mut self, at: usize, end: usize) -> usize {
        let after = self.source[end..].chars().next();
        let inside = self.last == Last::Word
            && self.out.ends_with(script::arabic)
            && after.is_some_and(script::arabic)
            && self.style == Style::Stream;
        if inside {
            self.mark_piece(at, true);
            self.out.push(' ');
            self.last = Last::Edge;
        }
        end
    }

    fn letter(&mut self, c: char, at: usize, end: usize) -> usize {
        let end = self.cluster_end(c, end);
        if script::hangul(c) && self.out.ends_with(|last: char| last.is_ascii_alphanumeric()) {
            // NATO가, 3월: what follows is a particle or a counter, and a word of its own.
            self.last = Last::Sign;
        }
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
        let cluster = &self.source[at..end];
        match script::ethiopic(c) || script::devanagari(c) {
            true => fold_syllable(cluster, self.source[end..].chars().next(), &mut folded),
            false => fold_letters(cluster, self.case, &mut folded),
        }
        // An isolated Arabic vowel sign folds to a space.
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

    /// Returns the end of a letter with its marks, which may compose to another letter.
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
        if let [b' ', b'!'..=b'~', ..] = self.source.as_bytes()[at..] {
            if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
                self.mark_piece(at, false);
                self.out.push(' ');
            }
            self.last = Last::Edge;
            return at + 1;
        }
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

    /// Records where the next bytes of the folded text come from.
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

    /// A stripped mark at `at` belongs to the letter before it, so that spans never separate the two.
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
