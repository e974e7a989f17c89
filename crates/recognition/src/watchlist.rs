//! The watchlist: all watches compiled, ready to run.

use crate::evaluate::condition::terms;
use crate::gazetteer::Point;
use crate::index::compile_error::CompileError;
use crate::index::term_matcher::{Compiled, TermMatcher};
use crate::index::watch_index::WatchIndex;
use crate::location::{OwnPlace, PlaceTerms, Recognised, Recogniser};
use crate::mention::TermId;
use crate::terms::term::Term;
use crate::text::folded_document::FoldedDocument;
use crate::watch::Watch;

/// All watches, ready to run. Cost grows with the text and the mentions in it, not with the number of watches.
#[derive(Debug)]
pub struct Watchlist {
    watches: Vec<Watch>,
    pub(crate) watch_index: WatchIndex,
    pub(crate) matcher: TermMatcher,
    /// The terms that ask for places.
    pub(crate) places: PlaceTerms,
    recogniser: Recogniser,
}

impl Watchlist {
    /// Compiles watches into one matcher.
    ///
    /// # Errors
    ///
    /// The terms are too large to compile.
    ///
    /// ```
    /// use wirewatch_recognition::{Document, Term, Watch, Watchlist};
    ///
    /// let watch = Watch { name: "kidal".into(), find: vec![Term::parse("Kidal")?].into(), ..Watch::default() };
    /// let watchlist = Watchlist::compile(vec![watch])?;
    /// let quiet = watchlist.examine(Document { title: "Calm in Gao", ..Document::default() });
    /// assert!(quiet.verdicts.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn compile(watches: Vec<Watch>) -> Result<Self, CompileError> {
        Self::compile_with(watches, Vec::new())
    }

    /// With the `[place.NAME]` of the configuration, which `where` knows beside the gazetteer.
    pub fn compile_with(watches: Vec<Watch>, own: Vec<OwnPlace>) -> Result<Self, CompileError> {
        let expected = watches.iter().map(|watch| terms(watch).count()).sum();
        let Compiled {
            matcher,
            ids,
            distinct,
            places,
        } = TermMatcher::compile(watches.iter().flat_map(terms), expected)?;
        let watch_index = WatchIndex::new(&watches, ids, distinct, &places);
        Ok(Self {
            watches,
            watch_index,
            matcher,
            places,
            recogniser: Recogniser::new(own)?,
        })
    }

    pub fn watches(&self) -> &[Watch] {
        &self.watches
    }

    /// A watch that asks for feeds, languages or a place beside its terms.
    pub(crate) fn narrowed(&self, watch: usize) -> Option<&Watch> {
        self.watch_index.is_narrowed(watch).then(|| &self.watches[watch])
    }

    /// The distinct term behind an id, as it is written where it occurs first.
    pub fn term(&self, id: TermId) -> &Term {
        self.watch_index.written(&self.watches, id)
    }

    /// Whether any watch asks where an entry takes place, or for a place of the gazetteer.
    pub fn asks_for_places(&self) -> bool {
        !self.places.is_empty() || self.watches.iter().any(|watch| watch.place.is_some())
    }

    /// The places of a document as `where` knows them; cost grows with the text.
    pub(crate) fn recognise(&self, folded: &FoldedDocument<'_>) -> Recognised {
        self.recogniser.places(folded)
    }

    /// Where a `[place.NAME]` is, by the id of its entity.
    pub(crate) fn own_point(&self, entity: &str) -> Option<Point> {
        self.recogniser.own_point(entity)
    }
}
