//! A document folded and cut into words once for all its readers: terms, groups and places.

use std::cell::OnceCell;

use crate::document::{Document, Field};
use crate::text::folded::Folded;
use crate::text::tokens::{Cut, Tokens};

/// Each field is folded and cut on first use.
#[derive(Debug)]
pub(crate) struct FoldedDocument<'a> {
    pub(crate) document: Document<'a>,
    title: OnceCell<Folded>,
    text: OnceCell<Folded>,
    position: OnceCell<Folded>,
    title_words: OnceCell<Cut>,
    text_words: OnceCell<Cut>,
    position_words: OnceCell<Cut>,
}

impl<'a> FoldedDocument<'a> {
    pub(crate) fn new(document: Document<'a>) -> Self {
        Self {
            document,
            title: OnceCell::new(),
            text: OnceCell::new(),
            position: OnceCell::new(),
            title_words: OnceCell::new(),
            text_words: OnceCell::new(),
            position_words: OnceCell::new(),
        }
    }

    pub(crate) fn field(&self, field: Field) -> &Folded {
        let folded = match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
            Field::Position => &self.position,
        };
        folded.get_or_init(|| Folded::new(self.document.field(field)))
    }

    pub(crate) fn tokens(&self, field: Field) -> Tokens<'_> {
        let (words, folded) = match field {
            Field::Title => (&self.title_words, self.field(field)),
            Field::Text => (&self.text_words, self.field(field)),
            Field::Position => (&self.position_words, self.field(field)),
        };
        let cut = words.get_or_init(|| Cut::new(self.document.field(field), folded));
        cut.of(folded)
    }
}
