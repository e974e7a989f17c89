//! Tags of HTML, in text that may only resemble one.

use super::elements::{Gap, gap_of};

/// Failed searches, so that no text is searched to its end repeatedly.
#[derive(Default)]
pub(crate) struct Vain {
    /// Elements without an end tag further on.
    pub(crate) elements: Vec<&'static str>,
    comment: bool,
    /// Bytes read for tags that turned out to be none.
    bytes: usize,
}

pub(crate) struct Tag<'a> {
    pub(crate) name: &'a str,
    pub(crate) end: bool,
    /// `None` if it resembles a tag but names no element of HTML.
    pub(crate) gap: Option<Gap>,
    pub(crate) len: usize,
}

/// Returns the tag or comment at the start of a text; `None` for a `<` that is only a sign.
pub(crate) fn tag_at<'a>(rest: &'a str, vain: &mut Vain) -> Option<Tag<'a>> {
    let bytes = rest.as_bytes();
    let nameless = |len| {
        Some(Tag {
            name: "",
            end: false,
            gap: None,
            len,
        })
    };
    match bytes.get(1)? {
        b'!' if rest.starts_with("<!--") => {
            let end = if vain.comment { None } else { rest[4..].find("-->") };
            vain.comment = end.is_none();
            return nameless(end.map_or(4, |end| end + 7));
        }
        b'!' if rest.starts_with("<![CDATA[") => return nameless("<![CDATA[".len()),
        b'!' | b'?' if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
            let end = bytes.iter().take(1024).position(|byte| *byte == b'>')?;
            return nameless(end + 1);
        }
        _ => {}
    }
    let end = bytes[1] == b'/';
    let from = if end { 2 } else { 1 };
    if !bytes.get(from)?.is_ascii_alphabetic() {
        return None;
    }
    let len = bytes[from..]
        .iter()
        .take(40)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_'))
        .count();
    if !bytes
        .get(from + len)
        .is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
    {
        return None;
    }
    let name = &rest[from..from + len];
    let gap = gap_of(name);
    let len = tag_len(bytes, from + len, vain)?;
    let attributes = || bytes[from + name.len()..len].contains(&b'=');
    (gap.is_some() || end || name.contains([':', '-']) || attributes()).then_some(Tag { name, end, gap, len })
}

/// Returns the length of a tag whose name ends at `from`. Quotes count after `=` only; an unclosed tag is none.
fn tag_len(bytes: &[u8], from: usize, vain: &mut Vain) -> Option<usize> {
    /// Longer than any tag except one with a whole picture in its address.
    const LONGEST: usize = 1 << 18;
    /// After this many wasted bytes the text is hostile and tags are short.
    const PATIENCE: usize = 1 << 20;
    let longest = if vain.bytes > PATIENCE { 256 } else { LONGEST };
    let limit = bytes.len().min(from + longest);
    let (mut at, mut before) = (from, 0);
    while at < limit {
        match bytes[at] {
            b'>' => return Some(at + 1),
            b'<' => break,
            quote @ (b'"' | b'\'') if before == b'=' => {
                match bytes[at + 1..limit].iter().position(|byte| *byte == quote) {
                    Some(len) => at += len + 1,
                    None => {
                        let end = bytes[at..limit].iter().position(|byte| *byte == b'>');
                        vain.bytes += limit - at;
                        return end.map(|len| at + len + 1);
                    }
                }
            }
            _ => {}
        }
        if !bytes[at].is_ascii_whitespace() {
            before = bytes[at];
        }
        at += 1;
    }
    vain.bytes += at.min(limit) - from;
    None
}
