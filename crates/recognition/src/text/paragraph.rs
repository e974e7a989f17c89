//! Paragraph boundaries.

/// Bytes; a longer line is a paragraph of its own even without a blank line after it. Mail and plain-text feeds wrap
/// lines at 65 to 100.
const LONG_LINE: usize = 200;

/// Whether white space after a line of `line` bytes separates two paragraphs.
pub(crate) fn parts_paragraphs(gap: &str, line: usize) -> bool {
    match gap.bytes().filter(|&byte| byte == b'\n').count() {
        0 => gap.contains('\u{2029}'),
        1 => line > LONG_LINE,
        _ => true,
    }
}

/// Returns the offsets at which the paragraphs of a text begin, except the first.
pub(crate) fn paragraph_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut at, mut line) = (0, 0);
    while let Some(found) = text[at..].find(['\n', '\u{2029}']) {
        let begin = text[..at + found].trim_end().len().max(at);
        let rest = &text[begin..];
        let end = begin + rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let gap = &text[begin..end];
        if end < text.len() && begin > 0 && parts_paragraphs(gap, begin.saturating_sub(line)) {
            starts.push(end);
        }
        line = begin + gap.rfind('\n').map_or(0, |last| last + 1);
        at = end;
    }
    starts
}
