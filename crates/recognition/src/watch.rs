//! Watches as they are run: resolved, without references.

use crate::location::Where;
use crate::query::{Query, Weights};
use crate::terms::options::{HowClose, Level, LookIn};
use crate::terms::term::{Pattern, Term};
use crate::terms::term_list::TermList;

/// A named interest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Watch {
    /// The `NAME` of `[watch.NAME]`.
    pub name: String,
    /// To show; the name where none is written.
    pub title: String,
    pub level: Level,
    /// Names of receivers; empty: all.
    pub tell: Vec<String>,
    /// Any of these; empty only where `query` or `weights` say what to look for. Of a watch that asks for nothing but
    /// `place` it is that, as a term …
    pub find: TermList,
    /// … and, where not empty, any of these …
    pub together_with: TermList,
    /// … this close to each other …
    pub how_close: HowClose,
    /// … and none of these anywhere.
    pub but_not: TermList,
    pub look_in: LookIn,
    /// Names of `[feeds.NAME]` tables; empty: all.
    pub feeds: Vec<String>,
    /// Where the entry must take place; `None`: anywhere, even nowhere.
    pub place: Option<Box<Where>>,
    /// ISO 639-1 in small letters; empty: all.
    pub languages: Vec<String>,
    /// Where written, it must hold too.
    pub query: Option<Box<Query>>,
    /// Where written, what stands there must weigh enough.
    pub weights: Option<Box<Weights>>,
}

impl Watch {
    /// Whether it asks for nothing but where an entry takes place.
    pub fn asks_only_where(&self) -> bool {
        let alone = |term: &Term| matches!(&term.pattern, Pattern::Where(pattern) if Some(&*pattern.asked) == self.place.as_deref());
        matches!(&*self.find, [only] if alone(only)) && self.query.is_none() && self.weights.is_none()
    }
}
