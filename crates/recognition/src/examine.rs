//! Examination of documents: mentions, then a verdict for each watch that they touch.

use crate::document::Document;
use crate::evaluate::holds::Evidence;
use crate::evaluate::reason;
use crate::evaluate::verdict::{Examined, Verdict};
use crate::groups::named_groups::{KnownNames, known_in};
use crate::index::term_matcher::choose_longest;
use crate::location::Located;
use crate::mention::Mention;
use crate::places::PlaceContext;
use crate::terms::options::Level;
use crate::text::folded_document::FoldedDocument;
use crate::watchlist::Watchlist;

/// Up to so many watches that a document touches each have a verdict with its reason; of more only those that may fire.
const EXPLAINED: usize = 256;

impl Watchlist {
    /// Every mention in the document, and a verdict for each watch that one of them touches.
    pub fn examine(&self, document: Document<'_>) -> Examined {
        self.examine_folded(&FoldedDocument::new(document))
    }

    /// [`Self::examine`] and [`known_names`](crate::known_names) together, at the cost of one reading of the text.
    pub fn examine_and_name(&self, document: Document<'_>, context: PlaceContext<'_>) -> (Examined, KnownNames) {
        let folded = FoldedDocument::new(document);
        (self.examine_folded(&folded), known_in(&folded, context))
    }

    fn examine_folded(&self, folded: &FoldedDocument<'_>) -> Examined {
        let mut mentions = self.matcher.find(folded);
        // A look for places costs more than all else: where a watch needs them, or when it asks for more beside its terms.
        let wanted = self
            .watch_index
            .wants_places(mentions.iter().map(|mention| mention.term));
        let places = wanted.then(|| self.recognise(folded));
        mentions.extend(places.iter().flatten().flat_map(|located| self.as_terms(located)));
        choose_longest(&mut mentions, |one, other| self.watch_index.asked_alike(one, other));
        if mentions.is_empty() {
            return Examined {
                places,
                ..Examined::default()
            };
        }
        let evidence = Evidence::new(self, folded, &mentions, places.as_deref());
        let mut touched = evidence.touched();
        let explained = touched.len() <= EXPLAINED;
        self.watch_index.trees.fetch(&touched);
        if !explained {
            touched.retain(|&watch| evidence.may_fire(watch as usize));
        }
        let verdicts = touched
            .into_iter()
            .map(|watch| evidence.judge(watch as usize))
            .collect();
        let found = evidence.into_places();
        Examined {
            mentions,
            verdicts,
            places: places.or(found),
        }
    }

    /// The verdict of one watch, touched or not (`watch` is an index into [`Self::watches`]).
    pub fn verdict(&self, watch: usize, document: Document<'_>, examined: &Examined) -> Verdict {
        let folded = FoldedDocument::new(document);
        Evidence::new(self, &folded, &examined.mentions, examined.places.as_deref()).judge(watch)
    }

    /// A place as mentions of the terms that ask for it.
    fn as_terms(&self, located: &Located) -> impl Iterator<Item = Mention> {
        let mention = |term| {
            self.matcher
                .mention(term, located.field, located.span.clone(), located.confidence)
        };
        let itself = self.places.asking_for(located).map(mention);
        let there = self.places.asking_where(located).into_iter().map(move |term| Mention {
            entity: Some(located.entity.clone()),
            ..mention(term)
        });
        itself.chain(there)
    }
}

impl Verdict {
    /// How pressing an alert is: by the distance where the watch says so, else as the watch says.
    pub fn level(&self, watchlist: &Watchlist) -> Level {
        let by_distance = self.placed.as_ref().and_then(|placed| placed.level);
        by_distance.unwrap_or(watchlist.watches()[self.watch].level)
    }

    /// The reason as one sentence for a person, without the final stop: `“GSIM” (JNIM) and “embuscade” appear in the same
    /// paragraph of the text`.
    pub fn sentence(&self, watchlist: &Watchlist, document: Document<'_>, examined: &Examined) -> String {
        reason::sentence(self, watchlist, document, examined)
    }
}
