//! Tags and text of a document that may be no XML at all; linear in its length.

use memchr::{memchr, memmem};

use super::ahead::Next;

/// The next token of a document, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    Start {
        name: &'a str,
        /// The text between the name and the end of the tag.
        attributes: &'a str,
        empty: bool,
        source: &'a str,
    },
    End {
        name: &'a str,
        source: &'a str,
    },
    /// Text with its references; a bare `<` is text.
    Text(&'a str),
    Cdata(&'a str),
    Doctype(&'a str),
    /// The text after `<?`.
    Instruction(&'a str),
}

/// Bytes that may be wasted on tags that turn out to be none, before tags are limited in length.
const PATIENCE: usize = 1 << 20;

pub(crate) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    vain: usize,
    ends: Ends,
    /// Number of `<` signs that open nothing.
    pub(crate) bare_angles: u32,
    pub(crate) open_cdata: u32,
}

/// Distant ends of tokens, found once.
struct Ends {
    comment: Next,
    cdata: Next,
    instruction: Next,
    angle: Next,
    subset: Next,
    no_single: bool,
    no_double: bool,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            vain: 0,
            ends: Ends {
                comment: Next::new("-->"),
                cdata: Next::new("]]>"),
                instruction: Next::new("?>"),
                angle: Next::new(">"),
                subset: Next::new("]>"),
                no_single: false,
                no_double: false,
            },
            bare_angles: 0,
            open_cdata: 0,
        }
    }

    /// Returns the text that was not read yet.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, len: usize) -> &'a str {
        let taken = &self.text[self.at..self.at + len];
        self.at += len;
        taken
    }

    fn bare(&mut self) -> Token<'a> {
        self.bare_angles = self.bare_angles.saturating_add(1);
        let rest = &self.text[self.at..];
        let len = rest[1..].find('<').map_or(rest.len(), |at| at + 1);
        Token::Text(self.take(len))
    }

    /// Returns `None` for an unclosed comment, whose opening is then left out.
    fn declaration(&mut self, rest: &'a str) -> Option<Token<'a>> {
        if rest.starts_with("<!--") {
            let end = self.ends.comment.after(self.text, self.at + 4);
            self.at = end.map_or(self.at + 4, |end| end + 3);
            return None;
        }
        if rest.len() >= 9 && rest.as_bytes()[..9].eq_ignore_ascii_case(b"<![CDATA[") {
            let inner = &rest[9..];
            let start = self.at + 9;
            let end = self.ends.cdata.after(self.text, start).map(|end| end - start);
            if let Some(end) = end
                && !swallows_entries(&inner[..end])
            {
                self.at += 9 + end + 3;
                return Some(Token::Cdata(&inner[..end]));
            }
            // Unclosed, or closed only by a later section: the surrounding markup ends it.
            self.open_cdata = self.open_cdata.saturating_add(1);
            self.at += 9;
            let len = inner.find("</").unwrap_or(inner.len());
            return Some(Token::Cdata(self.take(len)));
        }
        if rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) {
            let end = rest.find(['>', '[']).unwrap_or(rest.len());
            let end = if rest.as_bytes().get(end) == Some(&b'[') {
                self.ends
                    .subset
                    .after(self.text, self.at)
                    .map_or(end + 1, |at| at + 2 - self.at)
            } else {
                (end + 1).min(rest.len())
            };
            return Some(Token::Doctype(self.take(end)));
        }
        Some(self.bare())
    }

    fn instruction(&mut self, rest: &'a str) -> Token<'a> {
        // An XML declaration ends at its angle bracket, or everything up to the next instruction might be lost.
        let end = match self.ends.instruction.after(self.text, self.at) {
            Some(end) if !rest.starts_with("<?xml ") => Some(end + 2 - self.at),
            _ => self
                .ends
                .angle
                .after(self.text, self.at)
                .map(|angle| angle + 1 - self.at),
        };
        match end {
            Some(end) => Token::Instruction(&self.take(end)[2..]),
            None => self.bare(),
        }
    }

    fn end(&mut self, rest: &'a str) -> Token<'a> {
        let inner = &rest[2..];
        if !inner.starts_with(|char: char| is_name_start(char)) {
            return self.bare();
        }
        let len = inner.find(['>', '<']).unwrap_or(inner.len());
        let name = inner[..len]
            .split(|char: char| char.is_whitespace() || char == '/')
            .next()
            .unwrap_or_default();
        let closed = inner.as_bytes().get(len) == Some(&b'>');
        let source = self.take(2 + len + usize::from(closed));
        Token::End { name, source }
    }

    fn start(&mut self, rest: &'a str) -> Option<Token<'a>> {
        let bytes = rest.as_bytes();
        let name_end = 1 + bytes[1..]
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'<' | b'='))
            .unwrap_or(bytes.len() - 1);
        if bytes.get(name_end).is_none_or(|byte| matches!(byte, b'<' | b'=')) {
            self.vain += name_end;
            return None;
        }
        let limit = if self.vain > PATIENCE {
            bytes.len().min(512)
        } else {
            bytes.len()
        };
        let (mut at, mut before) = (name_end, 0);
        while at < limit {
            let byte = bytes[at];
            match byte {
                b'>' => {
                    let empty = before == b'/' && bytes[at - 1] == b'/';
                    let attributes = &rest[name_end..if empty { at - 1 } else { at }];
                    let name = &rest[1..name_end];
                    return Some(Token::Start {
                        name,
                        attributes,
                        empty,
                        source: self.take(at + 1),
                    });
                }
                b'<' => break,
                b'"' | b'\'' if before == b'=' => {
                    if let Some(len) = self.value_len(&bytes[at + 1..limit], byte) {
                        at += len;
                    }
                }
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
            at += 1;
        }
        self.vain += at.min(limit);
        None
    }

    /// Returns the bytes up to the closing quote; `None` if the quote is not closed within its tag.
    fn value_len(&mut self, rest: &[u8], quote: u8) -> Option<usize> {
        let none = if quote == b'"' {
            &mut self.ends.no_double
        } else {
            &mut self.ends.no_single
        };
        if *none {
            return None;
        }
        let Some(len) = rest.iter().position(|byte| *byte == quote) else {
            *none = true;
            return None;
        };
        // `<a href="x>text</a>`: a closing angle, then an opening one, before the next quote.
        let angle = rest[..len].iter().position(|byte| matches!(byte, b'<' | b'>'));
        match angle {
            Some(at) if rest[at] == b'>' && rest[at..len].contains(&b'<') => None,
            _ => Some(len + 1),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = &self.text[self.at..];
            let bytes = rest.as_bytes();
            if *bytes.first()? != b'<' {
                let len = memchr(b'<', bytes).unwrap_or(rest.len());
                return Some(Token::Text(self.take(len)));
            }
            let token = match bytes.get(1) {
                Some(b'!') => match self.declaration(rest) {
                    Some(token) => token,
                    None => continue,
                },
                Some(b'?') => self.instruction(rest),
                Some(b'/') => self.end(rest),
                Some(_) if rest[1..].starts_with(is_name_start) => match self.start(rest) {
                    Some(token) => token,
                    None => self.bare(),
                },
                _ => self.bare(),
            };
            return Some(token);
        }
    }
}

/// Whether an apparent CDATA section contains the start of another after the end of an entry.
fn swallows_entries(inner: &str) -> bool {
    memmem::find(inner.as_bytes(), b"<![CDATA[").is_some_and(|at| {
        ["</item>", "</entry>", "</title>", "</description>"]
            .iter()
            .any(|end| inner[..at].contains(end))
    })
}

fn is_name_start(char: char) -> bool {
    char.is_alphabetic() || char == '_' || char == ':'
}

/// Returns the attributes of a tag in order, values as written.
pub(crate) fn attributes(source: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = source;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|char: char| char.is_whitespace() || matches!(char, '/' | '"' | '\'' | '='));
        if rest.is_empty() {
            return None;
        }
        let len = rest
            .find(|char: char| char.is_whitespace() || char == '=')
            .unwrap_or(rest.len());
        let name = &rest[..len];
        let after = rest[len..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|char| matches!(char, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        rest = after;
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        Tokens::new(text)
            .map(|token| match token {
                Token::Start {
                    name,
                    attributes,
                    empty,
                    ..
                } => {
                    let list: Vec<String> = super::attributes(attributes)
                        .map(|(name, value)| format!("{name}={value}"))
                        .collect();
                    format!(
                        "<{name}{}{}{}>",
                        if list.is_empty() { "" } else { " " },
                        list.join(","),
                        if empty { "/" } else { "" }
                    )
                }
                Token::End { name, .. } => format!("</{name}>"),
                Token::Text(text) => format!("'{text}'"),
                Token::Cdata(text) => format!("[{text}]"),
                Token::Doctype(_) => "!".to_owned(),
                Token::Instruction(text) => format!("?{}", text.split(' ').next().unwrap_or_default()),
            })
            .collect()
    }

    #[test]
    fn broken_markup_is_read_as_it_was_meant() {
        let table: &[(&str, &str, &[&str])] = &[
            ("the usual", "<a b='1' c=\"2\">x</a>", &["<a b=1,c=2>", "'x'", "</a>"]),
            ("empty elements", "<a/><b c='d'/>", &["<a/>", "<b c=d/>"]),
            (
                "an address without quotes",
                "<a href=http://x/y/>",
                &["<a href=http://x/y/>"],
            ),
            ("a bare angle", "5 < 6 <b>x", &["'5 '", "'< 6 '", "<b>", "'x'"]),
            ("a tag that never ends", "<b and <c>", &["'<b and '", "<c>"]),
            ("angles in values", "<a b='x > y' c='<i>'>", &["<a b=x > y,c=<i>>"]),
            (
                "a quote that stays open",
                "<a b=\"x>t</a><c d=\"e\"/>",
                &["<a b=x>", "'t'", "</a>", "<c d=e/>"],
            ),
            ("comments go", "a<!-- <b> -->c", &["'a'", "'c'"]),
            ("a comment without an end", "<!-- a<b>", &["' a'", "<b>"]),
            ("sections", "<![CDATA[a <b> & ]]>c", &["[a <b> & ]", "'c'"]),
            (
                "a section without an end",
                "<t><![CDATA[a</t><u>",
                &["<t>", "[a]", "</t>", "<u>"],
            ),
            (
                "a section that would swallow another",
                "<t><![CDATA[a</t></item><item><t><![CDATA[b]]></t>",
                &["<t>", "[a]", "</t>", "</item>", "<item>", "<t>", "[b]", "</t>"],
            ),
            (
                "declarations",
                "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><d>",
                &["?xml", "!", "<d>"],
            ),
            (
                "a declaration without its mark",
                "<?xml version='1.0'><a><?b?>",
                &["?xml", "<a>", "?b?>"],
            ),
            ("an end tag without its angle", "</a</b>", &["</a>", "</b>"]),
            ("an end of nothing", "</>x", &["'</>x'"]),
            ("nothing", "", &[]),
            ("one angle", "<", &["'<'"]),
        ];
        for (case, text, tokens) in table {
            assert_eq!(shown(text), *tokens, "{case}");
        }
    }
}
