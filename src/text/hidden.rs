//! Characters of Unicode that a reader never sees, in one table: by what they do to the text around them.

/// Embeddings, overrides and isolates (UAX #9): they turn the direction of all that follows.
pub(crate) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Direction marks (UAX #9): they concern only their neighbours.
pub(crate) fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

/// The zero-width joiner and non-joiner, which Persian, Hindi and emoji need.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Line and paragraph separators: they break a line as `\n` does.
pub(crate) fn is_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Characters without width and without use in a line: soft hyphens, zero-width spaces, invisible operators, byte order
/// marks, annotations and tags.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}
