//! Text of strangers as one harmless line, and a line cut to a length. Pure.

/// Characters of a text of which no more is shown; a hostile feed must not make a mail of megabytes.
const LONGEST: usize = 4_000;

/// One line for people: control characters and line ends become spaces, characters that turn the direction of what
/// follows them (UAX #9 embeddings, overrides and isolates) and other invisible formatting are dropped, white space is
/// one space. What comes out cannot act in a mail header, a terminal or a log.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(LONGEST));
    let mut gap = false;
    for c in text.chars().take(LONGEST).filter(|c| !turns_or_hides(*c)) {
        if c.is_control() || c.is_whitespace() {
            gap = true;
            continue;
        }
        if gap && !line.is_empty() {
            line.push(' ');
        }
        gap = false;
        line.push(c);
    }
    line
}

/// U+202A–202E and U+2066–2069 turn the direction of the text after them; the others are line-breaking, annotating or
/// tagging characters that a reader never sees. Joiners stay (Persian and emoji need them), and so do the plain
/// direction marks U+200E, U+200F and U+061C, which only ever concern their neighbours.
fn turns_or_hides(c: char) -> bool {
    matches!(
        c,
        '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{206f}'
            | '\u{200b}'
            | '\u{2060}'..='\u{2064}'
            | '\u{00ad}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// At most `most` characters, with an ellipsis where more stood.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => {
            let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
            short.truncate(short.trim_end().len());
            short.push('…');
            short
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_people_cannot_act() {
        let rows = [
            (
                "plain text is left alone",
                "Mali : l’état d’urgence",
                "Mali : l’état d’urgence",
            ),
            ("line ends become one space", "a\r\nBcc: b@c.d\n\n e", "a Bcc: b@c.d e"),
            (
                "escape sequences lose their escape",
                "\u{1b}[2J\u{9b}31mred\u{7}",
                "[2J 31mred",
            ),
            (
                "overrides are dropped",
                "a\u{202e}gpj.exe\u{2066}b\u{2069}",
                "agpj.exeb",
            ),
            (
                "Unicode line ends are line ends",
                "a\u{2028}b\u{2029}c\u{85}d",
                "a b c d",
            ),
            (
                "Persian joiners and Arabic marks stay",
                "می\u{200c}خواهم \u{200f}",
                "می\u{200c}خواهم \u{200f}",
            ),
            ("nothing stays nothing", " \u{0}\r\n ", ""),
        ];
        for (sentence, written, shown) in rows {
            assert_eq!(one_line(written), shown, "{sentence}");
        }
        assert_eq!(one_line(&"x".repeat(1_000_000)).len(), LONGEST);
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(shortened("Ségou", 5), "Ségou");
        assert_eq!(shortened("Ségou et", 7), "Ségou…");
    }
}
