//! How elements end in the pre-pass: by their own end tag, by that of another, or with the document.

use std::rc::Rc;

use super::{Mended, Mender, Place, is_web, same};
use crate::parse::cap;
use crate::parse::feed_rs_reader::straight;
use crate::parse::repair::beside::Beside;
use crate::parse::repair::draft::LINK_OF_ID;
use crate::parse::repair::fields::Field;
use crate::parse::repair::repairs::{CUT_ENTRY, MANY_NAMES, MANY_TEXTS, MISSING_END, MISSING_ROOT_END, STRAY_END};
use crate::parse::repair::stated::Around;
use crate::parse::xml::Ended;

impl<'a> Mender<'a, '_> {
    pub(super) fn end(&mut self, name: &'a str, source: &'a str) {
        if let Some(capture) = &mut self.capture {
            let container =
                self.open.iter().rev().skip(1).any(|open| {
                    matches!(open.place, Place::Root | Place::Channel | Place::Entry) && same(open.name, name)
                });
            match capture.end(name, source, container) {
                Ended::Inside => return,
                Ended::Field => return self.close_capture(),
                Ended::Container => {
                    self.repairs.add(MISSING_END);
                    self.close_capture();
                }
            }
        }
        match self.open.iter().rposition(|open| same(open.name, name)) {
            Some(at) => {
                let left_open = self.open.len() - 1 - at;
                self.repairs
                    .add_many(MISSING_END, u32::try_from(left_open).unwrap_or(u32::MAX));
                self.close_to(at);
            }
            None => self.repairs.add(STRAY_END),
        }
    }

    /// Ends the field that is being read.
    pub(super) fn close_capture(&mut self) {
        let Some(capture) = self.capture.take() else {
            return;
        };
        let (field, permalink) = (capture.field, capture.permalink);
        let mut text = capture.into_text();
        if let Field::Link(_) = field {
            text = self.absolute(&text);
        }
        if let Field::Published(_) | Field::Updated(_) | Field::Date = field {
            self.order.note(&text);
        }
        let language = self.open.last().and_then(|open| open.language.clone());
        self.open.pop().inspect(|open| self.spaces.back_to(open.spaces));
        if self.in_entry() {
            if let Some(language) = language.filter(|_| !field.is_short()) {
                self.entry.language.get_or_insert_with(|| language.to_string());
            }
            if permalink && is_web(text.trim()) {
                let link = text.trim().to_owned();
                self.entry.put(Field::Link(LINK_OF_ID), link);
            }
        }
        if let Field::Stated(stated) = field {
            let around = self.around();
            self.draft().stated.put(stated, &text, around);
            return;
        }
        if self.in_entry()
            && matches!(field, Field::Content(_))
            && let Some(message) = cap::within(&text)
        {
            self.entry.stated.embed(message.warning, message.position);
            text = message.text;
        }
        self.draft().put(field, text);
    }

    /// Closes elements from the innermost to the one at `at`, which is closed too. The root and, once it ended, all
    /// that it holds stay open: entries that follow are read.
    pub(super) fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(open) = self.open.last() else {
                return;
            };
            match open.place {
                Place::Entry => {
                    let language = open.language.clone();
                    self.write_entry(language);
                }
                Place::Channel if self.rss => self.ended = true,
                Place::Root => self.ended = true,
                _ => {}
            }
            if self.open.len() == 1 {
                self.ended = true;
                self.root_ended = true;
                if let Some(open) = self.open.last_mut()
                    && open.place == Place::Entry
                {
                    open.place = Place::Root;
                }
                return;
            }
            self.open.pop().inspect(|open| self.spaces.back_to(open.spaces));
        }
    }

    /// The innermost element of GML that says how positions belong together.
    fn around(&self) -> Around {
        let mut names = self.open.iter().rev().map(|open| open.name);
        let found = names.find_map(|name| {
            let local = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
            match local.as_str() {
                "linearring" | "polygon" => Some(Around::Ring),
                "linestring" => Some(Around::Line),
                "point" | "item" | "entry" | "channel" => Some(Around::Point),
                _ => None,
            }
        });
        found.unwrap_or(Around::Point)
    }

    fn write_entry(&mut self, language: Option<Rc<str>>) {
        let mut entry = std::mem::take(&mut self.entry);
        let language = entry
            .language
            .take()
            .or_else(|| language.map(|language| language.to_string()));
        let language = language.filter(|language| !language.is_empty());
        let publisher = entry.publisher.take();
        let link = entry.link.take().map(|(_, link)| link);
        // Entries in which nothing stands are one entry, however often they come.
        if entry.is_empty() && link.is_none() && self.nothing {
            return;
        }
        self.nothing |= entry.is_empty() && link.is_none();
        if entry.many_names {
            self.repairs.add(MANY_NAMES);
        }
        if entry.many_texts {
            self.repairs.add(MANY_TEXTS);
        }
        let (position, warning) = std::mem::take(&mut entry.stated).finish();
        let written = self.atom.write(&entry);
        let straight = (!written).then(|| Box::new(straight(&entry, &self.dates(), self.repairs)));
        let further = std::mem::take(&mut entry.further);
        let beside = Beside {
            language,
            publisher,
            link,
            further,
            position,
            warning,
            straight,
        };
        if self.atom.is_full() {
            self.beside.push(beside);
        } else {
            self.beside.push_fixed(beside);
        }
    }

    pub(super) fn finish(mut self) -> Option<Mended> {
        if self.open.is_empty() {
            return None;
        }
        self.feed.language = self.feed.language.take().or_else(|| {
            self.open
                .first()
                .and_then(|root| root.language.as_ref().map(ToString::to_string))
        });
        let cut_short = !self.ended;
        if self.in_entry() {
            // The field in which the body ends is not whole; what came before it may suffice.
            if self.entry.is_known() {
                let language = self.open.last().and_then(|open| open.language.clone());
                self.write_entry(language);
            } else {
                self.repairs.add(CUT_ENTRY);
            }
        }
        if !self.root_ended {
            self.repairs.add(MISSING_ROOT_END);
        }
        let dates = self.dates();
        let (beside, left_out) = self.beside.into_parts();
        Some(Mended {
            atom: self.atom.finish(),
            beside,
            left_out,
            feed: self.feed,
            dates,
            rootless: self.rootless,
            cut_short,
        })
    }
}
