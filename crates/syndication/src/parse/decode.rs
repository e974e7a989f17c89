//! Decodes the bytes of a feed, whatever it declares of its encoding.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::repair::{CONTROL_CHARACTERS, GUESSED_ENCODING, Repairs, STRAY_BYTES, WRONG_ENCODING};
use crate::html::references::is_junk;

/// Decodes a body: by its byte order mark; else as UTF-8 if it is valid UTF-8, whatever is declared; else as declared
/// by the document or its transport; else by a guess. Control characters are dropped.
pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>, repairs: &mut Repairs) -> Cow<'a, str> {
    let text = to_text(bytes, content_type, repairs);
    without_junk(text, repairs)
}

/// Decodes a document of any encoding: a list of feeds, a table.
///
/// ```
/// assert_eq!(wirewatch_syndication::decoded(b"\xff\xfeS\0\xe9\0"), "Sé");
/// ```
pub fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    decode(bytes, None, &mut Repairs::default())
}

fn to_text<'a>(bytes: &'a [u8], content_type: Option<&str>, repairs: &mut Repairs) -> Cow<'a, str> {
    if let Some(big_endian) = utf_32(bytes) {
        return Cow::Owned(from_utf_32(bytes, big_endian));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return if encoding == UTF_8 {
            utf_8(&bytes[mark..], None, repairs)
        } else {
            encoding.decode(bytes).0
        };
    }
    match bytes {
        [b'<', 0, ..] => return UTF_16LE.decode_without_bom_handling(bytes).0,
        [0, b'<', ..] => return UTF_16BE.decode_without_bom_handling(bytes).0,
        _ => {}
    }
    let declared = declared(bytes)
        .or_else(|| {
            content_type
                .and_then(charset)
                .and_then(|label| Encoding::for_label(label.as_bytes()))
        })
        .filter(|encoding| *encoding != UTF_16BE && *encoding != UTF_16LE);
    utf_8(bytes, declared, repairs)
}

/// Decodes UTF-8, or the actual encoding of a body declared as UTF-8.
fn utf_8<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>, repairs: &mut Repairs) -> Cow<'a, str> {
    // ISO-2022-JP consists of ASCII bytes and would pass for UTF-8.
    if declared == Some(ISO_2022_JP) && bytes.contains(&0x1b) {
        return ISO_2022_JP.decode_without_bom_handling(bytes).0;
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => {
            if declared.is_some_and(|encoding| encoding != UTF_8) && !text.is_ascii() {
                repairs.add(WRONG_ENCODING);
            }
            return Cow::Borrowed(text);
        }
        Err(error) => error,
    };
    if error.error_len().is_none() {
        // Cut inside a character, and otherwise valid.
        return String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
    }
    let (good, bad) = count(bytes);
    let mostly_utf_8 = match declared {
        Some(encoding) if encoding != UTF_8 => good > 16 * bad,
        _ => good >= bad,
    };
    if mostly_utf_8 {
        repairs.add_many(STRAY_BYTES, bad);
        return Cow::Owned(patch(bytes));
    }
    match declared {
        Some(encoding) if encoding != UTF_8 => encoding.decode_without_bom_handling(bytes).0,
        said => {
            repairs.add(if said.is_some() {
                WRONG_ENCODING
            } else {
                GUESSED_ENCODING
            });
            /// Bytes for the guess, from the first telling one on; a guess costs more than everything else.
            const TELLING: usize = 1 << 18;
            let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(&bytes[first..bytes.len().min(first + TELLING)], true);
            detector
                .guess(None, Utf8Detection::Deny)
                .decode_without_bom_handling(bytes)
                .0
        }
    }
}

/// Counts characters of several bytes that are valid UTF-8, and invalid bytes.
fn count(bytes: &[u8]) -> (u32, u32) {
    let (mut good, mut bad) = (0_u32, 0_u32);
    for chunk in bytes.utf8_chunks() {
        let several = chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        good = good.saturating_add(u32::try_from(several).unwrap_or(u32::MAX));
        bad = bad.saturating_add(u32::try_from(chunk.invalid().len()).unwrap_or(u32::MAX));
    }
    (good, bad)
}

/// Decodes UTF-8, its invalid bytes as windows-1252.
fn patch(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 64);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| western(*byte)));
    }
    text
}

/// Returns the character of a byte in windows-1252.
fn western(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => FROM_80[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

/// Returns the encoding of an XML declaration (XML 1.0 §4.3.3) within the first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024)];
    let start = head.windows(5).position(|window| window == b"<?xml")?;
    let head = &head[start..];
    let end = head.iter().position(|byte| *byte == b'>').unwrap_or(head.len());
    let declaration = String::from_utf8_lossy(&head[..end]);
    let (_, value) = declaration.split_once("encoding")?;
    let label = value.trim_start_matches(|char: char| char.is_whitespace() || matches!(char, '=' | '"' | '\''));
    let len = label.find(['"', '\'', '?', ' ']).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..len])
}

/// Returns the `charset` parameter of a content type.
fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches(['"', '\'']))
    })
}

/// Returns whether a UTF-32 body is big-endian; `None` if it is not UTF-32. No browser reads UTF-32; some feeds use it.
fn utf_32(bytes: &[u8]) -> Option<bool> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [b'<', 0, 0, 0, ..] => Some(false),
        [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, b'<', ..] => Some(true),
        _ => None,
    }
}

fn from_utf_32(bytes: &[u8], big_endian: bool) -> String {
    bytes
        .chunks_exact(4)
        .filter_map(|unit| unit.try_into().ok())
        .map(|unit| {
            if big_endian {
                u32::from_be_bytes(unit)
            } else {
                u32::from_le_bytes(unit)
            }
        })
        .filter_map(char::from_u32)
        .collect()
}

/// Drops control characters; C1 characters become their windows-1252 equivalents, which were meant.
fn without_junk<'a>(text: Cow<'a, str>, repairs: &mut Repairs) -> Cow<'a, str> {
    let suspicious = may_hold_junk(text.as_bytes());
    let text = match text {
        Cow::Borrowed(text) if text.starts_with('\u{feff}') => Cow::Borrowed(&text[3..]),
        text => text,
    };
    if !suspicious {
        return text;
    }
    let mut clean = String::with_capacity(text.len());
    let mut found = 0;
    for char in text.chars() {
        if !is_junk(char) {
            clean.push(char);
            continue;
        }
        found += 1;
        if let Ok(byte @ 0x80..=0x9F) = u8::try_from(u32::from(char)) {
            clean.extend(Some(western(byte)).filter(|meant| !is_junk(*meant)));
        }
    }
    repairs.add_many(CONTROL_CHARACTERS, found);
    Cow::Owned(clean)
}

/// Checks runs of bytes, so that single bytes are rarely examined.
fn may_hold_junk(bytes: &[u8]) -> bool {
    const RUN: usize = 64;
    let odd = |byte: u8| (byte < 32) & (byte != 9) & (byte != 10) & (byte != 13) | (byte == 127);
    let leads = |byte: u8| (byte == 0xC2) | (byte == 0xEF);
    bytes.chunks(RUN).enumerate().any(|(number, run)| {
        if !run.iter().fold(false, |any, byte| any | odd(*byte) | leads(*byte)) {
            return false;
        }
        run.iter().enumerate().any(|(within, byte)| {
            let after = |count: usize| bytes.get(number * RUN + within + count);
            match byte {
                0xC2 => after(1).is_some_and(|next| *next < 0xA0),
                0xEF => after(1) == Some(&0xBF) && after(2).is_some_and(|last| *last >= 0xBE),
                byte => odd(*byte),
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;

    use super::*;

    #[test]
    fn bytes_of_the_west_are_those_of_the_standard() {
        for byte in 0..=255 {
            let byte = [byte];
            let standard = WINDOWS_1252.decode_without_bom_handling(&byte).0;
            assert_eq!(standard, western(byte[0]).to_string());
        }
    }

    #[test]
    fn bytes_become_the_text_that_was_meant() {
        let utf_16: Vec<u8> = "<a>Ségou</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf_32: Vec<u8> = "<a>Ségou</a>"
            .chars()
            .flat_map(|char| u32::from(char).to_be_bytes())
            .collect();
        let table: &[(&str, &[u8], Option<&str>, &str)] = &[
            ("plain UTF-8", "<a>Ségou</a>".as_bytes(), None, "<a>Ségou</a>"),
            (
                "a byte order mark goes",
                "\u{feff}<a>Ségou</a>".as_bytes(),
                None,
                "<a>Ségou</a>",
            ),
            ("UTF-16 without a mark", &utf_16, None, "<a>Ségou</a>"),
            ("UTF-32 without a mark", &utf_32, None, "<a>Ségou</a>"),
            (
                "valid UTF-8 over a declaration",
                "<?xml version='1.0' encoding='ISO-8859-1'?><a>Ségou</a>".as_bytes(),
                Some("text/xml; charset=us-ascii"),
                "<?xml version='1.0' encoding='ISO-8859-1'?><a>Ségou</a>",
            ),
            (
                "declared by the document",
                b"<?xml version='1.0' encoding=\"windows-1251\"?><a>\xcc\xee\xf1\xea\xe2\xe0</a>",
                None,
                "<?xml version='1.0' encoding=\"windows-1251\"?><a>Москва</a>",
            ),
            (
                "declared by the transport",
                b"<a>\xcc\xee\xf1\xea\xe2\xe0</a>",
                Some("application/rss+xml; Charset=\"windows-1251\""),
                "<a>Москва</a>",
            ),
            (
                "undeclared latin-1",
                b"<a>S\xe9gou, \xe0 l'\xe9cole du march\xe9</a>",
                None,
                "<a>Ségou, à l'école du marché</a>",
            ),
            (
                "one stray byte in UTF-8",
                b"<a>S\xc3\xa9gou \x96 march\xc3\xa9</a>",
                None,
                "<a>Ségou – marché</a>",
            ),
            (
                "UTF-8 declared as UTF-16",
                b"<?xml encoding='utf-16'?><a>\xc3\xa9</a>",
                None,
                "<?xml encoding='utf-16'?><a>é</a>",
            ),
            ("cut inside a character", b"<a>S\xc3", None, "<a>S"),
            ("control characters", b"<a>a\x00b\x08c\td</a>", None, "<a>abc\td</a>"),
            (
                "C1 characters",
                "<a>l\u{92}attaque</a>".as_bytes(),
                None,
                "<a>l’attaque</a>",
            ),
            (
                "ISO-2022-JP",
                b"<?xml encoding='iso-2022-jp'?>\x1b$B;3\x1b(B",
                None,
                "<?xml encoding='iso-2022-jp'?>山",
            ),
        ];
        for (case, bytes, content_type, text) in table {
            assert_eq!(decode(bytes, *content_type, &mut Repairs::default()), *text, "{case}");
        }
    }
}
