//! Whether a watch's tree holds of a document: the one judge of lists, queries and weights.

use std::ops::Range;

use smallvec::{Array, SmallVec, smallvec};

use crate::document::{Document, Field};
use crate::evaluate::condition::{Node, NodeId, Trees};
use crate::evaluate::filters::Filters;
use crate::evaluate::verdict::{Because, Ground, Grounds, Lack, Mentioned, PartId, Verdict};
use crate::location::{Located, Recognised};
use crate::mention::{Mention, TermId};
use crate::terms::options::{HowClose, LookIn};
use crate::text::folded_document::FoldedDocument;
use crate::text::passage::Passages;
use crate::watchlist::Watchlist;

/// Mentions of one term, and of all terms of one part of a watch, that a verdict names: the first. Which watches fire does
/// not depend on it; a thousand watches on a word that a text repeats without end would each copy all of its mentions.
const MOST_OF_TERM: usize = 64;
const MOST_OF_PART: usize = 512;

/// What a part that does not hold has, and what it lacks.
type Failed = (Grounds, Lack);

/// The mentions of a document, ready to be asked by watch after watch.
pub(crate) struct Evidence<'a> {
    watchlist: &'a Watchlist,
    pub(crate) trees: &'a Trees,
    document: Document<'a>,
    pub(crate) mentions: &'a [Mention],
    /// Indices of mentions, by term.
    by_term: Vec<(TermId, usize)>,
    pub(crate) passages: Passages<'a>,
    filters: Filters<'a>,
}

impl<'a> Evidence<'a> {
    pub(crate) fn new(
        watchlist: &'a Watchlist,
        folded: &'a FoldedDocument<'a>,
        mentions: &'a [Mention],
        places: Option<&'a [Located]>,
    ) -> Self {
        let mut by_term: Vec<_> = mentions
            .iter()
            .enumerate()
            .map(|(at, mention)| (mention.term, at))
            .collect();
        by_term.sort_unstable();
        Self {
            watchlist,
            trees: &watchlist.watch_index.trees,
            document: folded.document,
            mentions,
            by_term,
            passages: Passages::new(folded.document),
            filters: Filters::new(watchlist, folded, places),
        }
    }

    /// What places were found for watches that asked.
    pub(crate) fn into_places(self) -> Option<Recognised> {
        self.filters.into_places()
    }

    /// The watches that any mention touches, rising.
    pub(crate) fn touched(&self) -> Vec<u32> {
        let (mut touched, mut before) = (Vec::new(), None);
        for &(term, _) in &self.by_term {
            if before.replace(term) != Some(term) {
                touched.extend_from_slice(self.watchlist.watch_index.touched_by(term));
            }
        }
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    /// Whether all that a watch asks for is there, wherever it stands and whatever else does: without this it cannot fire.
    pub(crate) fn may_fire(&self, watch: usize) -> bool {
        self.may_hold(self.trees.root(watch))
    }

    fn may_hold(&self, node: NodeId) -> bool {
        match self.trees.node(node) {
            Node::Any { from, to, look_in } => self.any(self.trees.listed(from, to), look_in),
            Node::All { from, to } | Node::Close { from, to, .. } => (from..to).all(|child| self.may_hold(child)),
            Node::Either { from, to } => (from..to).any(|child| self.may_hold(child)),
            Node::Not { .. } | Node::Feed { .. } | Node::Language { .. } | Node::Weighed { .. } => true,
        }
    }

    pub(crate) fn judge(&self, watch: usize) -> Verdict {
        self.filters.verdict(watch, self.because(watch))
    }

    fn because(&self, number: usize) -> Because {
        if let (Some(feed), Some(watch)) = (self.document.feed, self.watchlist.narrowed(number))
            && !watch.feeds.is_empty()
            && !watch.feeds.iter().any(|wanted| wanted == feed)
        {
            return Because::OtherFeed;
        }
        match self.holds(self.trees.root(number), true) {
            Ok(grounds) => Because::Found { grounds },
            Err((found, lack)) => Because::Lacks { found, lack },
        }
    }

    /// `unknown` is what a question that the document cannot answer counts as.
    fn holds(&self, node: NodeId, unknown: bool) -> Result<Grounds, Failed> {
        let absent = || (Grounds::new(), Lack::Absent { part: PartId(node) });
        match self.trees.node(node) {
            Node::Any { from, to, look_in } => {
                let mut mentions: Mentioned = self.mentioned(self.trees.listed(from, to), look_in, MOST_OF_TERM);
                mentions.truncate(MOST_OF_PART);
                if mentions.is_empty() {
                    return Err(absent());
                }
                Ok(smallvec![Ground::Stands { mentions }])
            }
            Node::All { from, to } if from == to => Err(absent()),
            Node::All { from, to } => {
                let mut found = Grounds::new();
                for child in from..to {
                    match self.holds(child, unknown) {
                        Ok(grounds) => found.extend(grounds),
                        Err((part, lack)) => {
                            found.extend(part);
                            return Err((found, lack));
                        }
                    }
                }
                Ok(found)
            }
            Node::Either { from, to } => {
                let (mut found, mut holds, mut nearly) = (Grounds::new(), false, None);
                for child in from..to {
                    match self.holds(child, unknown) {
                        Ok(grounds) => {
                            holds = true;
                            found.extend(grounds);
                        }
                        Err((_, Lack::Absent { .. })) => {}
                        Err(failed) => nearly = nearly.or(Some(failed)),
                    }
                }
                if holds {
                    Ok(found)
                } else {
                    Err(nearly.unwrap_or_else(absent))
                }
            }
            Node::Close { from, to, how_close } => self.close(from..to, how_close),
            Node::Not { of } => match self.holds(of, !unknown) {
                Ok(by) => Err((Grounds::new(), self.left_out(of, by))),
                Err(_) => Ok(Grounds::new()),
            },
            Node::Feed { name } => match self.document.feed {
                Some(feed) if feed == self.trees.name(name) => Ok(Grounds::new()),
                None if unknown => Ok(Grounds::new()),
                _ => {
                    let name = self.trees.name(name).to_owned();
                    Err((Grounds::new(), Lack::Feed { name }))
                }
            },
            Node::Language { name } => match self.filters.language() {
                Some(here) if here == self.trees.name(name) => Ok(Grounds::new()),
                None if unknown => Ok(Grounds::new()),
                here => {
                    let (here, wanted) = (here.map(str::to_owned), self.trees.name(name).to_owned());
                    Err((Grounds::new(), Lack::Language { wanted, here }))
                }
            },
            Node::Weighed { from, to, at_least } => {
                let counted: Vec<(i32, usize)> = self
                    .trees
                    .weighed(from, to)
                    .iter()
                    .filter_map(|&(node, weight)| match self.trees.node(node) {
                        Node::Any { from, to, look_in } => {
                            let mentions: Mentioned = self.mentioned(self.trees.listed(from, to), look_in, 1);
                            mentions.first().map(|&mention| (weight, mention))
                        }
                        _ => None,
                    })
                    .collect();
                let sum = counted
                    .iter()
                    .fold(0_i32, |sum, (weight, _)| sum.saturating_add(*weight));
                if counted.is_empty() {
                    Err(absent())
                } else if sum >= at_least {
                    Ok(smallvec![Ground::Weighs { counted, sum, at_least }])
                } else {
                    Err((Grounds::new(), Lack::Light { counted, sum, at_least }))
                }
            }
        }
    }

    fn close(&self, children: Range<NodeId>, how_close: HowClose) -> Result<Grounds, Failed> {
        let sides = self.sides(children.clone(), how_close, HowClose::SameArticle);
        if sides.iter().all(|side| !side.is_empty()) {
            let mut sides = match how_close {
                HowClose::Words(_) => self.links(children, sides),
                _ => sides,
            };
            // The first of each side stand in one passage: what is cut off comes after it.
            sides.iter_mut().for_each(|side| side.truncate(MOST_OF_PART));
            return Ok(smallvec![Ground::Close { how_close, sides }]);
        }
        // Why not: what one of them alone lacks, else how far apart they are.
        let (mut found, mut apart) = (Grounds::new(), Vec::new());
        // Places may not have been looked for where words are lacking.
        let words = children.clone().filter(|&child| !self.asks_for_a_place(child));
        let places = children.clone().filter(|&child| self.asks_for_a_place(child));
        for child in words.chain(places) {
            match self.holds(child, true) {
                Ok(grounds) => {
                    apart.push(grounds.iter().flat_map(Ground::mentions).collect());
                    found.extend(grounds);
                }
                Err((part, lack)) => {
                    found.extend(part);
                    return Err((found, lack));
                }
            }
        }
        let sides = apart;
        Err((Grounds::new(), Lack::Apart { how_close, sides }))
    }

    fn left_out(&self, of: NodeId, by: Grounds) -> Lack {
        match self.trees.node(of) {
            Node::Language { name } => Lack::LeftOutLanguage {
                here: self.trees.name(name).to_owned(),
            },
            _ => Lack::LeftOut { by: by.into_vec() },
        }
    }

    fn asks_for_a_place(&self, node: NodeId) -> bool {
        let watch_index = &self.watchlist.watch_index;
        watch_index.knows_places() && self.trees.asks_for(node, &|term| watch_index.is_place(term))
    }

    fn in_field(&self, at: usize, look_in: LookIn) -> bool {
        match look_in {
            LookIn::TitleAndText => true,
            LookIn::Title => self.mentions[at].field == Field::Title,
            LookIn::Text => self.mentions[at].field == Field::Text,
        }
    }

    /// The mentions of one term.
    fn of_term(&self, term: TermId) -> impl Iterator<Item = usize> {
        let from = self.by_term.partition_point(|&(one, _)| one < term);
        let of_term = self.by_term[from..].iter().take_while(move |&&(one, _)| one == term);
        of_term.map(|&(_, at)| at)
    }

    /// Whether any of these terms (rising) is mentioned.
    fn any(&self, terms: &[TermId], look_in: LookIn) -> bool {
        if terms.len() > self.by_term.len() {
            let mut mentioned = self.by_term.iter();
            return mentioned.any(|&(term, at)| self.in_field(at, look_in) && terms.binary_search(&term).is_ok());
        }
        terms
            .iter()
            .any(|&term| self.of_term(term).any(|at| self.in_field(at, look_in)))
    }

    /// The mentions of any of these terms (rising), in the order of the text; of each term the first `most`.
    pub(crate) fn mentioned<A>(&self, terms: &[TermId], look_in: LookIn, most: usize) -> SmallVec<A>
    where
        A: Array<Item = usize>,
    {
        let mut found = SmallVec::new();
        // The shorter side is walked, the longer searched: a list may have a hundred thousand terms, a text few of them.
        if terms.len() > self.by_term.len() {
            let (mut before, mut count) = (None, 0);
            for &(term, at) in &self.by_term {
                if before.replace(term) != Some(term) {
                    count = 0;
                }
                if count < most && self.in_field(at, look_in) && terms.binary_search(&term).is_ok() {
                    found.push(at);
                    count += 1;
                }
            }
        } else {
            // Both rise: where one search ends, the next begins, and mostly there is nothing left to search for.
            let mut left = self.by_term.as_slice();
            for &term in terms {
                if left.first().is_some_and(|&(one, _)| one < term) {
                    left = &left[left.partition_point(|&(one, _)| one < term)..];
                }
                let mut count = 0;
                while let [(one, at), rest @ ..] = left
                    && *one == term
                    && count < most
                {
                    if self.in_field(*at, look_in) {
                        found.push(*at);
                        count += 1;
                    }
                    left = rest;
                }
            }
        }
        if found.len() > 1 {
            found.sort_unstable();
            found.dedup();
        }
        found
    }
}
