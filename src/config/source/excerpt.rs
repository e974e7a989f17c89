//! A line of a file with carets under the characters that are meant.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::{is_direction_mark, turns_direction};

/// Columns of a terminal that are used for a line; longer ones are cropped around the carets.
const WIDEST: usize = 110;
/// Columns kept before the carets in a cropped line.
const BEFORE: usize = 30;
const TAB: &str = "    ";

/// What is shown of one grapheme (UAX 29): tabs as spaces, control and formatting characters made harmless.
fn shown(grapheme: &str) -> String {
    if grapheme == "\t" {
        return TAB.to_owned();
    }
    grapheme
        .chars()
        .map(|c| if is_unruly(c) { '\u{FFFD}' } else { c })
        .collect()
}

/// Moves the cursor or turns the direction of the line (UAX 9).
fn is_unruly(c: char) -> bool {
    c.is_control() || turns_direction(c) || is_direction_mark(c)
}

/// The line and the line of carets. `column` is 1-based and, like `width`, counts characters.
pub(super) fn excerpt(text: &str, column: usize, width: usize) -> (String, String) {
    let (from, until) = (column.saturating_sub(1), column.saturating_sub(1) + width.max(1));
    // Text and columns of each grapheme, and whether a caret stands under it.
    let mut cells: Vec<(String, usize, bool)> = Vec::new();
    let mut at = 0;
    for grapheme in text.graphemes(true) {
        let end = at + grapheme.chars().count();
        let piece = shown(grapheme);
        let columns = piece.width();
        cells.push((piece, columns, at < until && end > from));
        at = end;
    }
    if !cells.iter().any(|cell| cell.2) {
        cells.push((String::new(), 1, true));
    }
    let (cells, cut_before, cut_after) = crop(cells);
    let mut line = String::new();
    let mut carets = String::new();
    if cut_before {
        line.push_str("… ");
        carets.push_str("  ");
    }
    for (piece, columns, marked) in cells {
        line.push_str(&piece);
        carets.push_str(&(if marked { "^" } else { " " }).repeat(columns));
    }
    if cut_after {
        line.push_str(" …");
    }
    (line.trim_end().to_owned(), carets.trim_end().to_owned())
}

type Cells = Vec<(String, usize, bool)>;

fn crop(mut cells: Cells) -> (Cells, bool, bool) {
    let columns: usize = cells.iter().map(|cell| cell.1).sum();
    if columns <= WIDEST {
        return (cells, false, false);
    }
    let marked = cells.iter().position(|cell| cell.2).unwrap_or(0);
    let (mut start, mut kept) = (marked, 0);
    let upto_mark: usize = cells[..marked].iter().map(|cell| cell.1).sum();
    let room = if upto_mark + BEFORE <= WIDEST {
        upto_mark
    } else {
        BEFORE
    };
    while start > 0 && kept + cells[start - 1].1 <= room {
        start -= 1;
        kept += cells[start].1;
    }
    let mut cells = cells.split_off(start);
    let (mut end, mut kept) = (0, 0);
    while end < cells.len() && kept + cells[end].1 <= WIDEST {
        kept += cells[end].1;
        end += 1;
    }
    let cut_after = end < cells.len();
    cells.truncate(end);
    (cells, start > 0, cut_after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_exactly_the_right_characters() {
        let long = format!("find = [{}\"x\"]", "\"mot\", ".repeat(40));
        let cases: [(&str, &str, usize, usize, &str, &str); 7] = [
            ("plain letters", "fnd = 1", 1, 3, "fnd = 1", "^^^"),
            ("letters of double width before", "名 = 1x", 6, 1, "名 = 1x", "      ^"),
            (
                "letters of double width themselves",
                "a = 名前",
                5,
                2,
                "a = 名前",
                "    ^^^^",
            ),
            (
                "a combining accent before",
                "e\u{301} = x",
                6,
                1,
                "e\u{301} = x",
                "    ^",
            ),
            ("a tab before", "\tfnd = 1", 2, 3, "    fnd = 1", "    ^^^"),
            ("past the end of the line", "a =", 4, 1, "a =", "   ^"),
            (
                "an escape sequence is made harmless",
                "a\u{1b}[1m",
                1,
                1,
                "a\u{FFFD}[1m",
                "^",
            ),
        ];
        for (what, text, column, width, line, carets) in cases {
            assert_eq!(
                excerpt(text, column, width),
                (line.to_owned(), carets.to_owned()),
                "{what}"
            );
        }
        let (line, carets) = excerpt(&long, long.len() - 3, 3);
        assert!(
            line.starts_with("… ") && line.width() < 120,
            "a long line is cropped: {line}"
        );
        assert_eq!(&line[line.find("\"x\"").unwrap()..], "\"x\"]", "{line}");
        assert_eq!(
            line[..line.find("\"x\"").unwrap()].width(),
            carets.find('^').unwrap(),
            "{line}\n{carets}"
        );
    }
}
