//! Quotes that a word processor put in place of the plain ones.

use std::ops::Range;

const CURLY: &[char] = &['“', '”', '„', '‟', '«', '»', '‘', '’', '‚', '‹', '›', '＂'];

pub(super) fn is_curly(c: char) -> bool {
    CURLY.contains(&c)
}

/// A text that stands in such quotes, quotes included, or one such quote alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Curly {
    pub span: Range<usize>,
    /// As it should be written.
    pub plain: String,
}

/// The file with plain quotes in their place, every byte elsewhere where it was, and what was replaced. Text within
/// plain quotes and comments is left alone.
pub(super) fn plain_quotes(text: &str) -> (String, Vec<Curly>) {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at += match c {
            '#' => text[at..].find('\n').unwrap_or(text.len() - at),
            '"' | '\'' => plain(&text[at..], c),
            _ if is_curly(c) => {
                let curly = curly(&text[at..], c.len_utf8());
                let length = curly.span.end;
                found.push(Curly {
                    span: at..at + length,
                    plain: curly.plain,
                });
                length
            }
            _ => c.len_utf8(),
        };
    }
    let mut mended = text.to_owned();
    for curly in &found {
        let length = curly.span.len();
        mended.replace_range(
            curly.span.clone(),
            &format!("{}{}", curly.plain, " ".repeat(length - curly.plain.len())),
        );
    }
    (mended, found)
}

/// Bytes of a string in plain quotes; to the end of the line where it is not closed.
fn plain(text: &str, quote: char) -> usize {
    let triple = quote.to_string().repeat(3);
    if let Some(inside) = text.strip_prefix(&triple) {
        return inside.find(&triple).map_or(text.len(), |end| end + 6);
    }
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Where a text in plain quotes begins in this line that does not end in it, and with which quote.
pub(super) fn unclosed(line: &str) -> Option<(usize, char)> {
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        match c {
            '#' => return None,
            '"' | '\'' => {
                let length = plain(&line[at..], c);
                if length < 2 || at + length == line.len() && !line[at + 1..].ends_with(c) {
                    return Some((at, c));
                }
                at += length;
            }
            _ => at += c.len_utf8(),
        }
    }
    None
}

/// A text from one curly quote to the one that closes it: the next that stands before a comma, a bracket or the end of
/// the line, so that the apostrophe in `“l’attaque”` does not end it.
fn curly(text: &str, opening: usize) -> Curly {
    let line = &text[..text.find(['\n', '\r']).unwrap_or(text.len())];
    let closing = line[opening..]
        .char_indices()
        .map(|(at, c)| (at + opening, c))
        .find(|(at, c)| {
            (is_curly(*c) || *c == '"')
                && line[at + c.len_utf8()..]
                    .trim_start()
                    .chars()
                    .next()
                    .is_none_or(|next| ",]}#=.".contains(next))
        });
    match closing {
        Some((at, c)) => Curly {
            span: 0..at + c.len_utf8(),
            plain: format!("\"{}\"", line[opening..at].trim().replace('\\', "/").replace('"', "'")),
        },
        None => Curly {
            span: 0..opening,
            plain: "\"".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_quotes_outside_of_texts_are_replaced() {
        let cases = [
            (
                "English quotes",
                "find = [“Bamako”, “Ségou”]",
                "find = [\"Bamako\"    , \"Ségou\"    ]",
            ),
            ("French quotes with spaces", "a = «\u{a0}x\u{a0}»", "a = \"x\"      "),
            (
                "an apostrophe inside",
                "a = “l’attaque d'Ansongo”",
                "a = \"l’attaque d'Ansongo\"    ",
            ),
            (
                "within plain quotes",
                "a = \"il a dit “oui”\" # “x”",
                "a = \"il a dit “oui”\" # “x”",
            ),
            ("within a literal", "a = '“'", "a = '“'"),
            (
                "over several lines",
                "a = \"\"\"\n“x”\n\"\"\"\nb = “y”",
                "a = \"\"\"\n“x”\n\"\"\"\nb = \"y\"    ",
            ),
        ];
        for (what, text, expected) in cases {
            let (mended, _) = plain_quotes(text);
            assert_eq!(mended, expected, "{what}");
            assert_eq!(mended.len(), text.len(), "{what}");
        }
    }
}
