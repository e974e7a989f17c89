//! A document that is folded and cut into words once for all that look into it: for the terms of a watchlist, for groups,
//! for places.

use std::cell::OnceCell;

use super::matcher::{Document, Field};
use super::text::Folded;
use super::tokens::{Cut, Tokens};

/// Each field is folded, and cut, when that is first asked for.
#[derive(Debug)]
pub(super) struct FoldedDocument<'a> {
    pub(super) document: Document<'a>,
    title: OnceCell<Folded>,
    text: OnceCell<Folded>,
    title_words: OnceCell<Cut>,
    text_words: OnceCell<Cut>,
}

impl<'a> FoldedDocument<'a> {
    pub(super) fn new(document: Document<'a>) -> Self {
        Self {
            document,
            title: OnceCell::new(),
            text: OnceCell::new(),
            title_words: OnceCell::new(),
            text_words: OnceCell::new(),
        }
    }

    pub(super) fn field(&self, field: Field) -> &Folded {
        let folded = match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
        };
        folded.get_or_init(|| Folded::new(self.document.field(field)))
    }

    pub(super) fn tokens(&self, field: Field) -> Tokens<'_> {
        let (words, folded) = match field {
            Field::Title => (&self.title_words, self.field(field)),
            Field::Text => (&self.text_words, self.field(field)),
        };
        let cut = words.get_or_init(|| Cut::new(self.document.field(field), folded));
        cut.of(folded)
    }
}
