//! The text of one field while it is read, with whatever markup stands in it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::tokens::attributes;
use super::unescape::Entities;
use crate::parse::repair::{Field, INLINE_MARKUP, ODD_TYPE, Repairs};

/// How the text of a field is written (RFC 4287 §3.1, §4.1.3; Atom 0.3 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Escaped once, like all text in XML.
    Escaped,
    /// Elements of the document itself.
    Inline,
    /// An XML document within: nothing in it is ours.
    Document,
    Base64,
}

/// What an end tag ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Markup within the field.
    Inside,
    Field,
    /// An element around the field, whose own end is missing.
    Container,
}

/// Inline elements that may be open at once; deeper ones are not followed.
const DEEPEST: usize = 64;

#[derive(Debug)]
pub(crate) struct Capture<'a> {
    name: &'a str,
    pub(crate) field: Field,
    pub(crate) permalink: bool,
    form: Form,
    source: &'a str,
    text: String,
    /// Elements of the document stand in the text.
    pub(crate) markup: bool,
    inner: Vec<&'a str>,
}

impl<'a> Capture<'a> {
    /// `attributes` as written in the start tag.
    pub(crate) fn new(name: &'a str, field: Field, attributes: &'a str, permalink: bool) -> Self {
        Self {
            name,
            field,
            permalink,
            form: Form::Escaped,
            source: attributes,
            text: String::new(),
            markup: false,
            inner: Vec::new(),
        }
    }

    /// Reads `type` and `mode`.
    pub(crate) fn note_type(&mut self, repairs: &mut Repairs) {
        if !self.source.contains('=') || !matches!(self.field, Field::Title(_) | Field::Summary(_) | Field::Content(_))
        {
            return;
        }
        for (name, value) in attributes(self.source) {
            let value = value.trim().to_ascii_lowercase();
            match (name, value.as_str()) {
                ("mode", "xml") => self.form = Form::Inline,
                ("mode", "base64") => self.form = Form::Base64,
                ("mode", _) => self.form = Form::Escaped,
                ("type", "xhtml" | "application/xhtml+xml") => self.form = Form::Inline,
                ("type", "" | "text" | "html" | "escaped") => {}
                ("type", kind) if kind.starts_with("text/") => {}
                ("type", kind) if kind.ends_with("/xml") || kind.ends_with("+xml") => self.form = Form::Document,
                ("type", kind) if kind.contains('/') => self.form = Form::Base64,
                ("type", _) => repairs.add(ODD_TYPE),
                _ => {}
            }
        }
    }

    /// Whether the start of another field may end this one.
    pub(crate) fn may_end(&self) -> bool {
        self.form != Form::Document
    }

    pub(crate) fn text(&mut self, source: &str, cdata: bool, entities: &mut Entities<'_>, repairs: &mut Repairs) {
        let inline = matches!(self.form, Form::Inline | Form::Document) && self.markup;
        match (inline, cdata) {
            (false, true) => self.text.push_str(source),
            (false, false) => entities.decode(source, &mut self.text, repairs),
            // Markup of the document is HTML as it stands, so its references are left for later.
            (true, false) => self.text.push_str(source),
            (true, true) => {
                for char in source.chars() {
                    match char {
                        '<' => self.text.push_str("&lt;"),
                        '&' => self.text.push_str("&amp;"),
                        char => self.text.push(char),
                    }
                }
            }
        }
    }

    pub(crate) fn start(&mut self, name: &'a str, source: &str, empty: bool, repairs: &mut Repairs) {
        if self.form == Form::Escaped && !self.markup {
            repairs.add(INLINE_MARKUP);
        }
        self.markup = true;
        if !empty && self.inner.len() < DEEPEST {
            self.inner.push(name);
        }
        // A prefix would hide the element from readers of HTML.
        match name.split_once(':') {
            Some((prefix, _)) => {
                self.text.push('<');
                self.text.push_str(source.get(prefix.len() + 2..).unwrap_or_default());
            }
            None => self.text.push_str(source),
        }
    }

    /// `container`: an element around the field bears this name.
    pub(crate) fn end(&mut self, name: &str, source: &str, container: bool) -> Ended {
        let inner = self.inner.iter().rposition(|open| open.eq_ignore_ascii_case(name));
        if let Some(at) = inner {
            self.inner.truncate(at);
        } else if name.eq_ignore_ascii_case(self.name) {
            return Ended::Field;
        } else if container {
            return Ended::Container;
        }
        match name.split_once(':') {
            Some((_, local)) => self.text.extend(["</", local, ">"]),
            None => self.text.push_str(source),
        }
        Ended::Inside
    }

    pub(crate) fn into_text(self) -> String {
        if self.form != Form::Base64 || self.markup {
            return self.text;
        }
        let packed: String = self.text.chars().filter(|char| !char.is_whitespace()).collect();
        match STANDARD.decode(packed.as_bytes()).map(String::from_utf8) {
            Ok(Ok(text)) => text,
            // Not base64 after all: many feeds give a media type and write text.
            Err(_) => self.text,
            // Something else than text.
            Ok(Err(_)) => String::new(),
        }
    }
}
