//! The text of one field while it is read, with whatever markup stands in it.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::tokens::attributes;
use super::unescape::Entities;
use crate::html::is_element;
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
    /// A title with a media type: base64 only if it reads as a text.
    PerhapsBase64,
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

/// Characters of base64 below which it may be a word.
const PACKED: usize = 64;

/// The same of a title that does not say that it is packed: nine bytes that are text by chance are rare.
const PACKED_TITLE: usize = 12;

/// Unknown tags of one field that are taken out of its text; what comes after them stays as written.
const MOST_TAGS: usize = 10_000;

/// An element that is open within a field.
#[derive(Debug)]
struct Inner<'a> {
    name: &'a str,
    /// The span of its start tag in the text, where HTML has no such element.
    unknown: Option<Range<usize>>,
}

#[derive(Debug)]
pub(crate) struct Capture<'a> {
    pub(crate) name: &'a str,
    pub(crate) field: Field,
    pub(crate) permalink: bool,
    form: Form,
    source: &'a str,
    text: String,
    /// Elements of the document stand in the text.
    pub(crate) markup: bool,
    inner: Vec<Inner<'a>>,
    /// Spans of `text` that are tags of elements that HTML does not have.
    tags: Vec<Range<usize>>,
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
            tags: Vec::new(),
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
                // `plain` is the word of Media RSS.
                ("type", "" | "text" | "html" | "escaped" | "plain") => {}
                ("type", kind) if kind.starts_with("text/") => {}
                ("type", kind) if kind.ends_with("/xml") || kind.ends_with("+xml") => self.form = Form::Document,
                ("type", kind) if kind.contains('/') && self.field.is_short() => self.form = Form::PerhapsBase64,
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

    /// Whether elements of any vocabulary belong to the markup that is being read: within SVG and MathML everywhere, and
    /// within the `div` of XHTML that is declared (RFC 4287 §3.1.1.3). There only an entry that starts shows that an end
    /// is missing.
    pub(crate) fn holds_foreign(&self) -> bool {
        let declared = self.form == Form::Inline && !self.field.is_short();
        self.inner.iter().any(|open| {
            let local = local_name(open.name);
            ["svg", "math"].iter().any(|name| local.eq_ignore_ascii_case(name))
                || declared && local.eq_ignore_ascii_case("div")
        })
    }

    /// Whether the text describes a picture's file, not what it shows.
    fn in_metadata(&self) -> bool {
        let is = |open: &Inner<'_>, name: &str| local_name(open.name).eq_ignore_ascii_case(name);
        self.inner.iter().any(|open| is(open, "metadata")) && self.inner.iter().any(|open| is(open, "svg"))
    }

    pub(crate) fn text(&mut self, source: &str, cdata: bool, entities: &mut Entities<'_>, repairs: &mut Repairs) {
        if self.in_metadata() {
            return;
        }
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
        let from = self.text.len();
        let local = local_name(name);
        // A document within is read by its own names.
        let known = self.form == Form::Document || is_element(local);
        // A prefix would hide the element from readers of HTML.
        if local.len() < name.len() && known {
            self.text.push('<');
            self.text
                .push_str(source.get(name.len() - local.len() + 1..).unwrap_or_default());
        } else if known || !empty && local.len() == name.len() {
            // `<Ségou>` may be text: it goes only if its end tag comes.
            self.text.push_str(source);
        }
        if !empty && self.inner.len() < DEEPEST {
            let unknown = (!known).then_some(from..self.text.len());
            self.inner.push(Inner { name, unknown });
        }
    }

    /// `container`: an element around the field bears this name.
    pub(crate) fn end(&mut self, name: &str, source: &str, container: bool) -> Ended {
        let inner = self.inner.iter().rposition(|open| open.name.eq_ignore_ascii_case(name));
        if let Some(at) = inner {
            let ended = self.inner.drain(at..).next();
            if let Some(tag) = ended.and_then(|ended| ended.unknown) {
                if !tag.is_empty() && self.tags.len() < MOST_TAGS {
                    self.tags.push(tag);
                }
                return Ended::Inside;
            }
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

    pub(crate) fn into_text(mut self) -> String {
        self.take_tags_out();
        let perhaps = self.form == Form::PerhapsBase64;
        if self.markup || !(perhaps || self.form == Form::Base64) {
            return self.text;
        }
        if perhaps && (self.text.trim().len() < PACKED_TITLE || self.text.trim().contains(char::is_whitespace)) {
            return self.text;
        }
        let packed: String = self.text.chars().filter(|char| !char.is_whitespace()).collect();
        match STANDARD.decode(packed.as_bytes()).map(String::from_utf8) {
            Ok(Ok(text)) if !(perhaps && text.contains(char::is_control)) => text,
            Ok(Ok(_)) => self.text,
            // Not base64 after all: many feeds give a media type and write text.
            Err(_) => self.text,
            // A word may be base64 by chance. What is longer and no text is a picture.
            Ok(Err(_)) if perhaps || packed.len() < PACKED => self.text,
            Ok(Err(_)) => String::new(),
        }
    }

    /// Removes the tags of unknown elements from the text, in one pass.
    fn take_tags_out(&mut self) {
        if self.tags.is_empty() {
            return;
        }
        self.tags.sort_unstable_by_key(|tag| tag.start);
        let mut text = String::with_capacity(self.text.len());
        let mut from = 0;
        for tag in &self.tags {
            text.push_str(&self.text[from..tag.start]);
            from = tag.end;
        }
        text.push_str(&self.text[from..]);
        self.text = text;
    }
}

fn local_name(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
