//! Decodes the bytes of a web page.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// Bytes in which a page's own declaration of its encoding is searched (WHATWG HTML §13.2.3.2: the first 1,024; pages
/// with a long head are common, and a few more cost nothing).
const PRESCAN: usize = 4096;

/// Returns the text of a page's bytes: decoded by byte order mark, as UTF-8 if valid, as declared, else by its letters.
///
/// ```
/// use wirewatch_syndication::page_text;
///
/// assert_eq!(page_text(b"S\xe9gou", Some("text/html; charset=windows-1252")), "Ségou");
/// ```
pub fn page_text(bytes: &[u8], content_type: Option<&str>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => return text.to_owned(),
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            return String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
        }
        Err(_) => {}
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).into_owned();
    let named = [content_type, Some(head.as_str())];
    let declared = named.into_iter().flatten().find_map(charset);
    let encoding = declared.filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| {
        let mut letters = EncodingDetector::new(Iso2022JpDetection::Deny);
        letters.feed(bytes, true);
        letters.guess(None, Utf8Detection::Deny)
    });
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Returns the encoding after `charset=`.
fn charset(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let rest = &lower[lower.find("charset=")? + "charset=".len()..];
    let rest = rest.trim_start_matches(['"', '\'', ' ']);
    let end = rest
        .find(|letter: char| !letter.is_ascii_alphanumeric() && !"-_:".contains(letter))
        .unwrap_or(rest.len());
    Encoding::for_label(&rest.as_bytes()[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_in_the_encoding_that_it_is_in() {
        let page = |head: &str| format!("<html><head>{head}</head><body>Attaque à Ségou, près du marché</body></html>");
        let latin = |text: &str| text.chars().map(|letter| letter as u8).collect::<Vec<u8>>();
        let arabic = "<p>هجوم قرب مدينة سيغو في وسط مالي صباح اليوم</p>";
        let cut = "<p>Ségou é".as_bytes();
        for (what, bytes, content_type, has) in [
            ("UTF-8", page("").into_bytes(), None, "à Ségou"),
            (
                "a mark before it",
                [b"\xef\xbb\xbf", page("").as_bytes()].concat(),
                None,
                "à Ségou",
            ),
            (
                "as the server says",
                latin(&page("")),
                Some("text/html; charset=ISO-8859-1"),
                "à Ségou",
            ),
            (
                "as the page says",
                latin(&page("<meta charset='windows-1252'>")),
                None,
                "à Ségou",
            ),
            ("by its letters", latin(&page("")), Some("text/html"), "à Ségou"),
            (
                "not as the page says, wrongly",
                latin(&page("<meta charset=utf-8>")),
                None,
                "à Ségou",
            ),
            (
                "Arabic of Windows",
                encoding_rs::WINDOWS_1256.encode(arabic).0.into_owned(),
                Some("text/html; charset=windows-1256"),
                "مدينة سيغو",
            ),
            ("cut within a letter", cut[..cut.len() - 1].to_vec(), None, "<p>Ségou"),
        ] {
            let text = page_text(&bytes, content_type);
            assert!(text.contains(has), "{what}: {text}");
        }
    }
}
