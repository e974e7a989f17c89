//! An excerpt and its marks: which can be trusted, and the text cut at them. Pure.

use std::ops::Range;

use crate::alert::Excerpt;
use crate::text::one_line;

/// A piece of an excerpt, safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub text: String,
    pub marked: bool,
}

/// The marks of an excerpt that can be trusted, in order: those that overlap, lie outside or split a character are
/// passed over.
pub(crate) fn sound_marks(excerpt: &Excerpt) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = excerpt.marks.clone();
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut from = 0;
    marks.retain(|mark| {
        let sound = mark.start >= from && mark.start < mark.end && excerpt.text.get(mark.clone()).is_some();
        if sound {
            from = mark.end;
        }
        sound
    });
    marks
}

/// The excerpt on one line, cut at its marks. Spaces stand within the unmarked pieces, or between two marked ones.
pub(crate) fn pieces(excerpt: &Excerpt) -> Vec<Piece> {
    let mut parts: Vec<(&str, bool)> = Vec::new();
    let mut from = 0;
    for mark in sound_marks(excerpt) {
        parts.push((&excerpt.text[from..mark.start], false));
        parts.push((&excerpt.text[mark.clone()], true));
        from = mark.end;
    }
    parts.push((&excerpt.text[from..], false));
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut gap = false;
    for (part, marked) in parts {
        let text = one_line(part);
        gap |= part.starts_with(blank);
        if text.is_empty() {
            continue;
        }
        if gap && !pieces.is_empty() {
            match pieces.last_mut() {
                Some(last) if !last.marked => last.text.push(' '),
                _ if marked => pieces.push(Piece {
                    text: " ".into(),
                    marked: false,
                }),
                _ => {
                    pieces.push(Piece {
                        text: format!(" {text}"),
                        marked,
                    });
                    gap = part.ends_with(blank);
                    continue;
                }
            }
        }
        pieces.push(Piece { text, marked });
        gap = part.ends_with(blank);
    }
    pieces
}

/// The excerpt on one line, found words between asterisks.
pub(super) fn starred(excerpt: &Excerpt) -> String {
    let piece = |piece: Piece| {
        if piece.marked {
            format!("*{}*", piece.text)
        } else {
            piece.text
        }
    };
    pieces(excerpt).into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_are_marked_and_bad_marks_passed_over() {
        let excerpt = |text: &str, marks: &[(usize, usize)]| Excerpt {
            text: text.into(),
            marks: marks.iter().map(|(start, end)| *start..*end).collect(),
        };
        let rows = [
            (
                "marks in order",
                excerpt("le GSIM à Ségou", &[(3, 7), (11, 17)]),
                "le *GSIM* à *Ségou*",
            ),
            (
                "marks out of order",
                excerpt("le GSIM à Ségou", &[(11, 17), (3, 7)]),
                "le *GSIM* à *Ségou*",
            ),
            (
                "a mark within another",
                excerpt("le GSIM à", &[(3, 7), (4, 6)]),
                "le *GSIM* à",
            ),
            ("a mark that splits a character", excerpt("Ségou", &[(0, 2)]), "Ségou"),
            ("a mark beyond the end", excerpt("Ségou", &[(3, 90)]), "Ségou"),
            ("an empty mark", excerpt("Ségou", &[(1, 1)]), "Ségou"),
            ("a mark with its spaces", excerpt("le GSIM à", &[(2, 8)]), "le *GSIM* à"),
            (
                "two paragraphs",
                excerpt("le GSIM\n\nà Ségou", &[(3, 7)]),
                "le *GSIM* à Ségou",
            ),
            ("no text", excerpt("", &[(0, 4)]), ""),
        ];
        for (sentence, excerpt, shown) in rows {
            assert_eq!(starred(&excerpt), shown, "{sentence}");
        }
    }
}
