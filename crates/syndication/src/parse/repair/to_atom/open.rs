//! How entries, fields and links begin in the pre-pass.

use std::rc::Rc;

use super::{DEEPEST, LONGEST_LANGUAGE, Mender, Open, Place, base_of, is_web};
use crate::parse::dates::DateReader;
use crate::parse::repair::draft::{LINK_OF_ATOM, LINK_OF_ENCLOSURE, LINK_OF_ID, LINK_OF_OTHER_TYPE};
use crate::parse::repair::fields::Field;
use crate::parse::repair::repairs::{DUPLICATE_ATTRIBUTE, MISSING_END};
use crate::parse::xml::{Capture, attributes};

impl<'a> Mender<'a, '_> {
    /// Namespaces, base and language of an element.
    pub(super) fn note_attributes(&mut self, source: &'a str, open: &mut Open<'a>) {
        let outer = matches!(open.place, Place::Root | Place::Channel);
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in attributes(source).take(256) {
            if seen.contains(&name) {
                self.repairs.add(DUPLICATE_ATTRIBUTE);
                continue;
            }
            seen.push(name);
            match name {
                // `BASE` of a channel in the Channel Definition Format.
                "xml:base" | "BASE" | "base" if name == "xml:base" || open.place == Place::Channel => {
                    let value = self.decoded(value);
                    if let Some(base) = base_of(&value, open.base.as_deref()) {
                        open.base = Some(Rc::new(base));
                    }
                }
                "xml:lang" | "lang" if value.len() <= LONGEST_LANGUAGE => {
                    open.language = Some(Rc::from(value.trim()));
                }
                _ => self.spaces.declare(name, value, outer),
            }
        }
    }

    /// How dates are read, by what came until now.
    pub(super) fn dates(&self) -> DateReader {
        let root = self.open.first().and_then(|root| root.language.as_deref());
        let language = self.feed.language.as_deref().or(root).or(self.language.as_deref());
        DateReader {
            day_first: self.order.day_is_first(language),
            zone: self.zone.clone(),
        }
    }

    pub(super) fn start_entry(&mut self, name: &'a str, source: &'a str, empty: bool) {
        if self.in_entry() {
            self.repairs.add(MISSING_END);
            let at = self
                .open
                .iter()
                .position(|open| open.place == Place::Entry)
                .unwrap_or(0);
            self.close_to(at);
        } else {
            // Whatever was left open between two entries ends here.
            while matches!(self.top(), Some(Place::Foreign | Place::Group | Place::Person)) {
                self.repairs.add(MISSING_END);
                self.close_to(self.open.len() - 1);
            }
        }
        self.push(name, source, Place::Entry);
        for (attribute, rank) in [("rdf:about", LINK_OF_ID), ("href", LINK_OF_ATOM)] {
            if let Some(value) = self.attribute(source, attribute) {
                if attribute == "rdf:about" {
                    self.entry.put(Field::Id, value.clone());
                }
                if attribute == "href" || is_web(&value) {
                    let link = self.absolute(&value);
                    self.entry.put(Field::Link(rank), link);
                }
            }
        }
        if empty {
            self.close_to(self.open.len() - 1);
        }
    }

    pub(super) fn field(&mut self, name: &'a str, source: &'a str, empty: bool, field: Field) {
        if empty || self.open.len() >= DEEPEST {
            return;
        }
        let permalink = field == Field::Id
            && self
                .attribute(source, "isPermaLink")
                .is_none_or(|said| !said.trim().eq_ignore_ascii_case("false"));
        let mut capture = Capture::new(name, field, source, permalink);
        capture.note_type(self.repairs);
        self.push(name, source, Place::Foreign);
        self.capture = Some(capture);
    }

    pub(super) fn link(&mut self, name: &'a str, source: &'a str, empty: bool) {
        let href = self.attribute(source, "href").filter(|href| !href.trim().is_empty());
        let rel = self.attribute(source, "rel").unwrap_or_default();
        let Some(href) = href else {
            if rel.is_empty() || rel.eq_ignore_ascii_case("alternate") {
                self.field(name, source, empty, Field::Link(0));
            } else {
                self.descend(name, source, empty, Place::Foreign);
            }
            return;
        };
        let kind = self.attribute(source, "type").unwrap_or_default();
        let alternate = rel.trim().is_empty()
            || rel
                .split_whitespace()
                .any(|word| word.eq_ignore_ascii_case("alternate"));
        // The base of the link itself counts too.
        self.push(name, source, Place::Foreign);
        let link = self.absolute(&href);
        if empty {
            self.close_to(self.open.len() - 1);
        }
        let page = kind.is_empty() || kind.contains("html");
        if alternate {
            let rank = if page { LINK_OF_ATOM } else { LINK_OF_OTHER_TYPE };
            let in_entry = self.in_entry();
            let draft = if in_entry { &mut self.entry } else { &mut self.feed };
            draft.put(Field::Link(rank), link);
        } else if rel.eq_ignore_ascii_case("enclosure") && self.in_entry() {
            self.entry.put(Field::Link(LINK_OF_ENCLOSURE), link);
        } else if !self.in_entry() {
            match rel.trim().to_ascii_lowercase().as_str() {
                "prev-archive" => self.feed.put(Field::Older(0), link),
                "next" => self.feed.put(Field::Older(1), link),
                _ => {}
            }
        }
    }
}
