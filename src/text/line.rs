//! Text of strangers as one harmless line.

use super::hidden::{is_invisible, turns_direction};

/// Characters of a text of which no more is shown; a hostile feed must not make a mail of megabytes.
const LONGEST: usize = 4_000;

/// One line for people: control characters and line ends become spaces, characters that turn the direction of what
/// follows them (UAX #9 embeddings, overrides and isolates) and other invisible formatting are dropped, white space is
/// one space. Joiners and direction marks stay. What comes out cannot act in a mail header, a terminal or a log.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(LONGEST));
    let mut gap = false;
    for c in text
        .chars()
        .take(LONGEST)
        .filter(|c| !turns_direction(*c) && !is_invisible(*c))
    {
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
}
