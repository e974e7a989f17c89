//! Whether a watch's tree holds of a document: the one judge of lists, queries and weights.

use super::folded::FoldedDocument;
use super::matcher::{Document, Field, Mention, TermId, Watchlist};
use super::narrowing::Narrowing;
use super::passage::Passages;
use super::term::{HowClose, LookIn};
use super::tree::{Node, NodeId, Trees};
use super::verdict::{Because, Ground, Lack, PartId, Verdict};
use super::whereabouts::{Located, Recognised};

/// What a part that does not hold has, and what it lacks.
type Failed = (Vec<Ground>, Lack);

/// The mentions of a document, ready to be asked by watch after watch.
pub(super) struct Evidence<'a> {
    watchlist: &'a Watchlist,
    pub(super) trees: &'a Trees,
    document: Document<'a>,
    pub(super) mentions: &'a [Mention],
    /// Indices of mentions, by term.
    by_term: Vec<(TermId, usize)>,
    pub(super) passages: Passages<'a>,
    narrowing: Narrowing<'a>,
}

impl<'a> Evidence<'a> {
    pub(super) fn new(
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
            trees: &watchlist.roster.trees,
            document: folded.document,
            mentions,
            by_term,
            passages: Passages::new(folded.document),
            narrowing: Narrowing::new(watchlist, folded, places),
        }
    }

    /// What places were found for watches that asked.
    pub(super) fn into_places(self) -> Option<Recognised> {
        self.narrowing.into_places()
    }

    /// The terms that are mentioned, rising, each as often as it is.
    pub(super) fn terms(&self) -> impl Iterator<Item = TermId> {
        self.by_term.iter().map(|&(term, _)| term)
    }

    /// Whether all that a watch asks for is there, wherever it stands and whatever else does: without this it cannot fire.
    pub(super) fn may_fire(&self, watch: usize) -> bool {
        self.may_hold(self.trees.root(watch))
    }

    fn may_hold(&self, node: NodeId) -> bool {
        match self.trees.node(node) {
            Node::Any { from, to, look_in } => self.any(self.trees.listed(from, to), look_in),
            Node::All { from, to } | Node::Close { from, to, .. } => {
                self.trees.children(from, to).iter().all(|&child| self.may_hold(child))
            }
            Node::Either { from, to } => self.trees.children(from, to).iter().any(|&child| self.may_hold(child)),
            Node::Not { .. } | Node::Feed { .. } | Node::Language { .. } | Node::Weighed { .. } => true,
        }
    }

    pub(super) fn judge(&self, watch: usize) -> Verdict {
        self.narrowing.verdict(watch, self.because(watch))
    }

    fn because(&self, number: usize) -> Because {
        let watch = &self.watchlist.watches()[number];
        if let Some(feed) = self.document.feed
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
    fn holds(&self, node: NodeId, unknown: bool) -> Result<Vec<Ground>, Failed> {
        let absent = || (Vec::new(), Lack::Absent { part: PartId(node) });
        match self.trees.node(node) {
            Node::Any { from, to, look_in } => match self.mentioned(self.trees.listed(from, to), look_in) {
                mentions if mentions.is_empty() => Err(absent()),
                mentions => Ok(vec![Ground::Stands { mentions }]),
            },
            Node::All { from, to } if from == to => Err(absent()),
            Node::All { from, to } => {
                let mut found = Vec::new();
                for &child in self.trees.children(from, to) {
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
                let (mut found, mut holds, mut nearly) = (Vec::new(), false, None);
                for &child in self.trees.children(from, to) {
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
            Node::Close { from, to, how_close } => self.close(self.trees.children(from, to), how_close),
            Node::Not { of } => match self.holds(of, !unknown) {
                Ok(by) => Err((Vec::new(), self.left_out(of, by))),
                Err(_) => Ok(Vec::new()),
            },
            Node::Feed { name } => match self.document.feed {
                Some(feed) if feed == self.trees.name(name) => Ok(Vec::new()),
                None if unknown => Ok(Vec::new()),
                _ => {
                    let name = self.trees.name(name).to_owned();
                    Err((Vec::new(), Lack::Feed { name }))
                }
            },
            Node::Language { name } => match self.narrowing.language() {
                Some(here) if here == self.trees.name(name) => Ok(Vec::new()),
                None if unknown => Ok(Vec::new()),
                here => {
                    let (here, wanted) = (here.map(str::to_owned), self.trees.name(name).to_owned());
                    Err((Vec::new(), Lack::Language { wanted, here }))
                }
            },
            Node::Weighed { from, to, at_least } => {
                let counted: Vec<(i32, usize)> = self
                    .trees
                    .weighed(from, to)
                    .iter()
                    .filter_map(|&(node, weight)| match self.trees.node(node) {
                        Node::Any { from, to, look_in } => {
                            let mentions = self.mentioned(self.trees.listed(from, to), look_in);
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
                    Ok(vec![Ground::Weighs { counted, sum, at_least }])
                } else {
                    Err((Vec::new(), Lack::Light { counted, sum, at_least }))
                }
            }
        }
    }

    fn close(&self, children: &[NodeId], how_close: HowClose) -> Result<Vec<Ground>, Failed> {
        let sides = self.sides(children, how_close, HowClose::SameArticle);
        if sides.iter().all(|side| !side.is_empty()) {
            let sides = match how_close {
                HowClose::Words(_) => self.links(children, sides),
                _ => sides,
            };
            return Ok(vec![Ground::Close { how_close, sides }]);
        }
        // Why not: what one of them alone lacks, else how far apart they are.
        let (mut found, mut apart) = (Vec::new(), Vec::new());
        // Places may not have been looked for where words are lacking.
        let (places, words) = children
            .iter()
            .partition::<Vec<NodeId>, _>(|&&child| self.asks_for_a_place(child));
        for child in words.into_iter().chain(places) {
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
        Err((
            Vec::new(),
            Lack::Apart {
                how_close,
                sides: apart,
            },
        ))
    }

    fn left_out(&self, of: NodeId, by: Vec<Ground>) -> Lack {
        match self.trees.node(of) {
            Node::Language { name } => Lack::LeftOutLanguage {
                here: self.trees.name(name).to_owned(),
            },
            _ => Lack::LeftOut { by },
        }
    }

    fn asks_for_a_place(&self, node: NodeId) -> bool {
        self.trees
            .terms(node)
            .iter()
            .any(|&term| self.watchlist.roster.is_place(term))
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

    /// The mentions of any of these terms (rising), in the order of the text.
    pub(super) fn mentioned(&self, terms: &[TermId], look_in: LookIn) -> Vec<usize> {
        let mut found = Vec::new();
        // The shorter side is walked, the longer searched: a list may have a hundred thousand terms, a text few of them.
        if terms.len() > self.by_term.len() {
            for &(term, at) in &self.by_term {
                if self.in_field(at, look_in) && terms.binary_search(&term).is_ok() {
                    found.push(at);
                }
            }
        } else {
            for &term in terms {
                found.extend(self.of_term(term).filter(|&at| self.in_field(at, look_in)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
