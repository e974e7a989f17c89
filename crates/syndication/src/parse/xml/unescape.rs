//! Decodes one level of XML escaping, tolerantly.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memchr;

use crate::html::reference_at;
use crate::parse::repair::{BARE_AMPERSAND, Repairs, UNKNOWN_REFERENCE};

/// Entities that the document declares. Their values are not expanded, so that no document can grow by its own
/// definitions.
#[derive(Debug, Default)]
pub(crate) struct Entities<'a> {
    declared: HashMap<&'a str, Cow<'a, str>>,
    /// Bytes that expansion may still add.
    allowance: usize,
}

/// Maximum bytes that the entities of one document may add.
const ALLOWANCE: usize = 1 << 20;

impl<'a> Entities<'a> {
    /// Reads the internal subset of a document type declaration (XML 1.0 §4.2).
    pub(crate) fn declare(&mut self, doctype: &'a str) {
        self.allowance = ALLOWANCE;
        for declaration in doctype.split("<!ENTITY").skip(1).take(1024) {
            let declaration = declaration.trim_start();
            let Some((name, value)) = declaration.split_once(char::is_whitespace) else {
                continue;
            };
            let value = value.trim_start();
            let Some(quote) = value.chars().next().filter(|char| matches!(char, '"' | '\'')) else {
                continue;
            };
            if let Some((value, _)) = value[1..].split_once(quote) {
                let numeric = value.starts_with("&#").then(|| reference_at(value)).flatten();
                let value = match numeric {
                    Some((text, len)) if len == value.len() => text,
                    _ => Cow::Borrowed(value),
                };
                self.declared.entry(name).or_insert(value);
            }
        }
    }

    /// Appends `source` with its references decoded. A text that only resembles a reference is kept and counted.
    pub(crate) fn decode(&mut self, source: &str, out: &mut String, repairs: &mut Repairs) {
        let mut rest = source;
        while let Some(at) = memchr(b'&', rest.as_bytes()) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            rest = &rest[self.reference(rest, out, repairs)..];
        }
        out.push_str(rest);
    }

    fn reference(&mut self, rest: &str, out: &mut String, repairs: &mut Repairs) -> usize {
        let len = rest
            .bytes()
            .skip(1)
            .take(64)
            .take_while(|byte| !matches!(byte, b';' | b' ' | b'<' | b'&'))
            .count()
            + 1;
        let closed = rest.as_bytes().get(len) == Some(&b';');
        if closed
            && rest.is_char_boundary(len)
            && let Some(value) = self.declared.get(&rest[1..len])
            && value.len() <= self.allowance
        {
            self.allowance -= value.len();
            out.push_str(value);
            return len + 1;
        }
        // Without its semicolon, `&copy=2` is part of an address, not a sign.
        match reference_at(rest) {
            Some((text, len)) if rest.as_bytes()[len - 1] == b';' => {
                if !rest.starts_with("&#") && !matches!(text.as_ref(), "&" | "<" | ">" | "\"" | "'") {
                    repairs.add(UNKNOWN_REFERENCE);
                }
                out.push_str(&text);
                len
            }
            _ => {
                repairs.add(if closed && len > 1 {
                    UNKNOWN_REFERENCE
                } else {
                    BARE_AMPERSAND
                });
                out.push('&');
                1
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_level_is_undone() {
        let table = [
            ("&lt;b&gt; &amp;amp; &quot;&apos;", "<b> &amp; \"'"),
            ("Caf&eacute;&nbsp;bar", "Café\u{a0}bar"),
            ("AT&T & Co", "AT&T & Co"),
            ("a?b=1&copy=2&lt=3", "a?b=1&copy=2&lt=3"),
            ("&nosuch; &#146;", "&nosuch; ’"),
            ("&place;!", "Ségou!"),
            ("&loop;", "&loop;&loop;"),
        ];
        let mut entities = Entities::default();
        entities.declare(
            "<!DOCTYPE rss [<!ENTITY place 'S\u{e9}gou'> <!ENTITY loop \"&loop;&loop;\"> <!ENTITY out SYSTEM 'x'>]>",
        );
        for (source, text) in table {
            let mut out = String::new();
            entities.decode(source, &mut out, &mut Repairs::default());
            assert_eq!(out, text, "{source}");
        }
    }
}
