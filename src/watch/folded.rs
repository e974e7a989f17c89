//! A document that is folded once for all that look into it: for the terms of a watchlist, for groups, for places.

use std::cell::OnceCell;

use super::matcher::{Document, Field};
use super::text::Folded;

/// Each field is folded when it is first asked for.
#[derive(Debug)]
pub(super) struct FoldedDocument<'a> {
    pub(super) document: Document<'a>,
    title: OnceCell<Folded>,
    text: OnceCell<Folded>,
}

impl<'a> FoldedDocument<'a> {
    pub(super) fn new(document: Document<'a>) -> Self {
        Self {
            document,
            title: OnceCell::new(),
            text: OnceCell::new(),
        }
    }

    pub(super) fn field(&self, field: Field) -> &Folded {
        let folded = match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
        };
        folded.get_or_init(|| Folded::new(self.document.field(field)))
    }
}
