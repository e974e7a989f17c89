//! The elements of HTML, and the white space that each leaves in text.

/// White space left by an element, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(crate) enum Gap {
    None,
    Space,
    /// One `<br>`: a space, unless another follows.
    Line,
    Paragraph,
}

/// Returns the gap of an element; `None` if HTML has no element of that name.
pub(crate) fn gap_of(name: &str) -> Option<Gap> {
    let mut lower = [0_u8; LONGEST];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    let name = std::str::from_utf8(lower).ok()?;
    match name {
        "br" => Some(Gap::Line),
        "td" | "th" | "img" | "script" | "style" => Some(Gap::Space),
        _ if BLOCKS.binary_search(&name).is_ok() => Some(Gap::Paragraph),
        _ => INLINE.binary_search(&name).is_ok().then_some(Gap::None),
    }
}

/// Whether HTML has an element of that name.
pub(crate) fn is_element(name: &str) -> bool {
    gap_of(name).is_some()
}

/// Longest name: `blockquote`, `figcaption`.
const LONGEST: usize = 10;

/// Elements that separate paragraphs (HTML, rendering §15.3), sorted.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup",
    "option", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
];

/// The other elements of HTML, obsolete ones too, sorted.
#[rustfmt::skip]
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "basefont", "bdi", "bdo", "big", "blink", "br",
    "button", "canvas", "cite", "code", "col", "colgroup", "data", "datalist", "del", "dfn", "em", "embed", "font",
    "frame", "i", "iframe", "image", "img", "input", "ins", "isindex", "kbd", "keygen", "label", "link", "map",
    "mark", "marquee", "math", "meta", "meter", "nobr", "noembed", "noframes", "noscript", "object", "output",
    "param", "path", "picture", "plaintext", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "select",
    "slot", "small", "source", "span", "strike", "strong", "style", "sub", "sup", "svg", "td", "template",
    "textarea", "th", "time", "track", "tt", "u", "var", "video", "wbr", "xmp",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_elements_are_sorted() {
        assert!(BLOCKS.is_sorted());
        assert!(INLINE.is_sorted());
        assert!(BLOCKS.iter().chain(INLINE).all(|name| name.len() <= LONGEST));
    }

    #[test]
    fn names_are_known_in_any_case() {
        let table = [
            ("BR", Some(Gap::Line)),
            ("Div", Some(Gap::Paragraph)),
            ("em", Some(Gap::None)),
            ("td", Some(Gap::Space)),
            ("mali", None),
            ("averylongname", None),
            ("", None),
        ];
        for (name, gap) in table {
            assert_eq!(gap_of(name), gap, "{name}");
        }
    }
}
