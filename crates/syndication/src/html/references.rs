//! Character references, decoded as HTML does.

use std::borrow::Cow;

/// `&CounterClockwiseContourIntegral;` and some slack.
const LONGEST: usize = 40;

/// Decodes the reference at the start of `rest`; returns its text and length in bytes, or `None` for a bare `&`. C1
/// numbers are read as windows-1252 (HTML §13.2.5.80); control characters become nothing.
pub(crate) fn reference_at(rest: &str) -> Option<(Cow<'static, str>, usize)> {
    let bytes = rest.as_bytes();
    let numeric = bytes.get(1) == Some(&b'#');
    let from = if numeric { 2 } else { 1 };
    let len = bytes
        .get(from..)?
        .iter()
        .take(LONGEST)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    // The shortest names are `lt` and `gt`.
    if len == 0 || len == 1 && !numeric {
        return None;
    }
    let mut end = from + len;
    let closed = bytes.get(end) == Some(&b';');
    if closed {
        end += 1;
    }
    match &rest[..end] {
        "&amp;" => return Some((Cow::Borrowed("&"), end)),
        "&lt;" => return Some((Cow::Borrowed("<"), end)),
        "&gt;" => return Some((Cow::Borrowed(">"), end)),
        "&quot;" => return Some((Cow::Borrowed("\""), end)),
        "&apos;" => return Some((Cow::Borrowed("'"), end)),
        "&nbsp;" => return Some((Cow::Borrowed("\u{a0}"), end)),
        _ => {}
    }
    let source = &rest[..end];
    let decoded = htmlize::unescape(source);
    if decoded == source {
        return None;
    }
    // A reference without its semicolon may be shorter than the letters that follow: keep only its own.
    let kept = decoded.char_indices().nth(1).map_or(decoded.len(), |(at, _)| at);
    let taken = if closed && !decoded.ends_with(';') {
        end
    } else {
        end - (decoded.len() - kept)
    };
    let text = if taken == end {
        decoded.as_ref()
    } else {
        &decoded[..kept]
    };
    let text: String = text.chars().filter(|char| !is_junk(*char)).collect();
    Some((Cow::Owned(text), taken))
}

/// Whether a character never belongs to text: control characters except tab and line ends, and non-characters.
pub(crate) fn is_junk(char: char) -> bool {
    matches!(char, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_as_browsers_read_them() {
        let table = [
            ("&amp;x", Some(("&", 5))),
            ("&eacute;x", Some(("é", 8))),
            ("&alpha;", Some(("α", 7))),
            ("&#233;", Some(("é", 6))),
            ("&#xe9 x", Some(("é", 5))),
            ("&#146;", Some(("’", 6))),
            ("&#8;x", Some(("", 4))),
            ("&nbsp", Some(("\u{a0}", 5))),
            ("&copy2024", Some(("©", 5))),
            ("&ngE;", Some(("≧̸", 5))),
            ("&nosuch;", None),
            ("& b", None),
            ("&", None),
            ("&;", None),
        ];
        for (source, expected) in table {
            let read = reference_at(source);
            assert_eq!(
                read.as_ref().map(|(text, len)| (text.as_ref(), *len)),
                expected,
                "{source}"
            );
        }
    }
}
