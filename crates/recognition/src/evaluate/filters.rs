//! What a watch asks of a document beside its terms: the language, and where it takes place. Both cost a look at the whole
//! text, and are asked only of a watch that would fire.

use std::cell::OnceCell;

use crate::evaluate::verdict::{Because, Verdict};
use crate::location::{Located, Recognised};
use crate::text::folded_document::FoldedDocument;
use crate::text::language::language;
use crate::watchlist::Watchlist;

pub(crate) struct Filters<'a> {
    watchlist: &'a Watchlist,
    folded: &'a FoldedDocument<'a>,
    /// The places where they are known already, and where they are looked for when a watch first asks.
    known: Option<&'a [Located]>,
    places: OnceCell<Recognised>,
    language: OnceCell<Option<String>>,
}

impl<'a> Filters<'a> {
    pub(crate) fn new(watchlist: &'a Watchlist, folded: &'a FoldedDocument<'a>, known: Option<&'a [Located]>) -> Self {
        Self {
            watchlist,
            folded,
            known,
            places: OnceCell::new(),
            language: OnceCell::new(),
        }
    }

    /// What was found for watches that asked.
    pub(crate) fn into_places(self) -> Option<Recognised> {
        self.places.into_inner()
    }

    /// The verdict of a watch of which `because` is what its terms say.
    pub(crate) fn verdict(&self, watch: usize, because: Because) -> Verdict {
        let verdict = |because, placed| Verdict { watch, because, placed };
        let Some(asked) = self.watchlist.narrowed(watch) else {
            return verdict(because, None);
        };
        if !matches!(because, Because::Found { .. }) {
            return verdict(because, None);
        }
        // Where the language is not known, too many rather than none.
        if !asked.languages.is_empty()
            && let Some(here) = self.language()
            && !asked.languages.iter().any(|wanted| wanted == here)
        {
            return verdict(Because::OtherLanguage(here.to_owned()), None);
        }
        match asked
            .place
            .as_ref()
            .map(|place| place.judge(self.folded.document, self.places()))
        {
            None => verdict(because, None),
            Some(Ok(placed)) => verdict(because, Some(Box::new(placed))),
            Some(Err(missed)) => verdict(Because::Elsewhere(Box::new(missed)), None),
        }
    }

    fn places(&self) -> &[Located] {
        match self.known {
            Some(places) => places,
            None => self.places.get_or_init(|| self.watchlist.recognise(self.folded)),
        }
    }

    pub(crate) fn language(&self) -> Option<&str> {
        self.language.get_or_init(|| language(self.folded.document)).as_deref()
    }
}
