//! Inverted index from terms to watches, so that a text touches only the watches that it concerns. A watch is indexed
//! under terms of which one must occur for it to fire; of several such choices, under the terms that fewest other
//! watches share.

use crate::evaluate::condition::{Node, NodeId, Trees, term_at};
use crate::location::PlaceTerms;
use crate::mention::TermId;
use crate::terms::term::Term;
use crate::watch::Watch;

/// A watch is indexed under the first part that it asks for, so that a document with only that part can be explained,
/// unless more watches than this share one of its terms.
const SHARED: u32 = 256;

/// More than all watches: a term that asks for a place is the last choice, since it needs a pass over the whole text
/// and most texts name places.
const PLACE: u64 = 1 << 40;

/// Lists of numbers, one for each row, concatenated.
#[derive(Debug, Default)]
struct Rows {
    bounds: Vec<u32>,
    items: Vec<u32>,
}

impl Rows {
    /// Builds the rows from pairs of (row, item), which `each_pair` yields twice in the same order.
    fn new(rows: usize, each_pair: impl Fn(&mut dyn FnMut(u32, u32))) -> Self {
        let mut bounds = vec![0_u32; rows + 1];
        each_pair(&mut |row, _| bounds[row as usize + 1] += 1);
        for row in 0..rows {
            bounds[row + 1] += bounds[row];
        }
        let mut items = vec![0; bounds[rows] as usize];
        let mut next = bounds.clone();
        each_pair(&mut |row, item| {
            items[next[row as usize] as usize] = item;
            next[row as usize] += 1;
        });
        Self { bounds, items }
    }

    fn row(&self, row: usize) -> &[u32] {
        &self.items[self.bounds[row] as usize..self.bounds[row + 1] as usize]
    }
}

#[derive(Debug)]
pub(crate) struct WatchIndex {
    pub(crate) trees: Trees,
    /// Whether each watch filters by feeds, languages or a place. Stored here because asking each touched watch in its
    /// own memory costs more than evaluating it.
    narrowed: Vec<bool>,
    /// For each term one occurrence in the watches: watch, index among its terms.
    written: Vec<(u32, u32)>,
    /// For each term the nodes that ask for it, rising.
    asked: Rows,
    /// For each term the watches to evaluate if it is mentioned, rising.
    touched: Rows,
    /// Whether each term asks for a place; empty if none does.
    placed: Vec<bool>,
    /// Whether each term leads to a watch that asks for places too; empty if no term asks for one.
    leads_to_places: Vec<bool>,
    /// Some watch can be indexed under places only.
    by_places_alone: bool,
}

impl WatchIndex {
    /// `ids` are those of [`crate::evaluate::condition::terms`] of all watches in turn; `distinct` is the number of
    /// different ids.
    pub(crate) fn new(watches: &[Watch], ids: Vec<TermId>, distinct: usize, places: &PlaceTerms) -> Self {
        let mut placed = vec![false; if places.is_empty() { 0 } else { distinct }];
        places.ids().for_each(|term| placed[term.0 as usize] = true);
        let mut written = vec![(u32::MAX, 0); distinct];
        let mut asks = Vec::new();
        let mut at = 0;
        for (number, watch) in watches.iter().enumerate() {
            let terms = crate::evaluate::condition::terms(watch).count();
            for place in 0..terms {
                let one = &mut written[ids[at + place].0 as usize];
                if one.0 == u32::MAX {
                    *one = (number as u32, place as u32);
                }
            }
            if !placed.is_empty() {
                asks.push(ids[at..at + terms].iter().any(|term| placed[term.0 as usize]));
            }
            at += terms;
        }
        let trees = Trees::new(watches, ids);
        let asked = Rows::new(distinct, |pair| {
            for node in 0..trees.len() {
                if let Node::Any { from, to, .. } = trees.node(node) {
                    let terms = trees.listed(from, to);
                    for (at, term) in terms.iter().enumerate() {
                        if at == 0 || terms[at - 1] != *term {
                            pair(term.0, node);
                        }
                    }
                }
            }
        });
        let narrowed = |watch: &Watch| !watch.feeds.is_empty() || !watch.languages.is_empty() || watch.place.is_some();
        let mut watch_index = Self {
            trees,
            narrowed: watches.iter().map(narrowed).collect(),
            written,
            asked,
            touched: Rows::default(),
            placed,
            leads_to_places: Vec::new(),
            by_places_alone: false,
        };
        let mut cover = Vec::new();
        let (mut ends, mut chosen) = (Vec::with_capacity(watches.len()), Vec::new());
        for number in 0..watches.len() {
            cover.clear();
            watch_index.cover(watch_index.trees.root(number), &mut cover);
            cover.sort_unstable();
            cover.dedup();
            chosen.extend_from_slice(&cover);
            ends.push(chosen.len());
        }
        watch_index.touched = Rows::new(distinct, |pair| {
            let mut from = 0;
            for (number, &end) in ends.iter().enumerate() {
                chosen[from..end]
                    .iter()
                    .for_each(|term: &TermId| pair(term.0, number as u32));
                from = end;
            }
        });
        watch_index.by_places_alone = places.ids().any(|term| !watch_index.touched_by(term).is_empty());
        if !watch_index.placed.is_empty() {
            let leads = |term| watch_index.touched_by(term).iter().any(|&watch| asks[watch as usize]);
            watch_index.leads_to_places = (0..distinct as u32).map(|term| leads(TermId(term))).collect();
        }
        watch_index
    }

    pub(crate) fn is_narrowed(&self, watch: usize) -> bool {
        self.narrowed[watch]
    }

    /// Whether any term asks for a place.
    pub(crate) fn knows_places(&self) -> bool {
        !self.placed.is_empty()
    }

    pub(crate) fn is_place(&self, term: TermId) -> bool {
        self.placed.get(term.0 as usize).copied().unwrap_or(false)
    }

    /// Whether any watch that may fire on these terms needs places too.
    pub(crate) fn wants_places(&self, mut mentioned: impl Iterator<Item = TermId>) -> bool {
        let leads = |term: TermId| self.leads_to_places.get(term.0 as usize).copied().unwrap_or(false);
        self.by_places_alone || (!self.leads_to_places.is_empty() && mentioned.any(leads))
    }

    /// Adds terms of which one must be mentioned for a node to hold. Adds nothing if there are none, or if the node
    /// needs none.
    fn cover(&self, node: NodeId, terms: &mut Vec<TermId>) {
        match self.trees.node(node) {
            Node::Any { from, to, .. } => terms.extend_from_slice(self.trees.listed(from, to)),
            Node::Either { from, to } => {
                for child in from..to {
                    self.cover(child, terms);
                }
            }
            Node::All { from, to } | Node::Close { from, to, .. } => {
                let covers = (from..to).map(|child| {
                    let mut cover = Vec::new();
                    self.cover(child, &mut cover);
                    cover
                });
                let covers: Vec<_> = covers.filter(|cover| !cover.is_empty()).collect();
                let first_will_do = covers.first().is_some_and(|first| self.shared(first) <= SHARED);
                let best = if first_will_do {
                    covers.into_iter().next()
                } else {
                    covers.into_iter().min_by_key(|cover| self.cost(cover))
                };
                terms.extend(best.unwrap_or_default());
            }
            Node::Weighed { from, to, at_least } => self.heavy(self.trees.weighed(from, to), at_least, terms),
            Node::Not { .. } | Node::Feed { .. } | Node::Language { .. } => {}
        }
    }

    /// Adds the weighted terms of which one must be mentioned: without the commonest as long as those alone cannot
    /// reach the sum.
    fn heavy(&self, weighed: &[(NodeId, i32)], at_least: i32, terms: &mut Vec<TermId>) {
        let mut positive: Vec<(u64, i32, Vec<TermId>)> = weighed
            .iter()
            .filter(|(_, weight)| *weight > 0)
            .map(|&(node, weight)| {
                let mut cover = Vec::new();
                self.cover(node, &mut cover);
                (self.cost(&cover), weight, cover)
            })
            .collect();
        positive.sort_by_key(|(cost, ..)| std::cmp::Reverse(*cost));
        let mut left = i64::from(at_least) - 1;
        for (_, weight, cover) in positive {
            if i64::from(weight) <= left {
                left -= i64::from(weight);
            } else {
                terms.extend(cover);
            }
        }
    }

    /// Returns about how many watches a mention of the most shared of these terms concerns.
    fn shared(&self, terms: &[TermId]) -> u32 {
        let shared = terms.iter().map(|term| match self.is_place(*term) {
            true => u32::MAX,
            false => self.asked.row(term.0 as usize).len() as u32,
        });
        shared.max().unwrap_or(0)
    }

    /// Terms that many watches share occur in many entries.
    fn cost(&self, terms: &[TermId]) -> u64 {
        terms
            .iter()
            .map(|term| self.asked.row(term.0 as usize).len() as u64 + if self.is_place(*term) { PLACE } else { 0 })
            .sum()
    }

    pub(crate) fn written<'a>(&self, watches: &'a [Watch], term: TermId) -> &'a Term {
        let (watch, place) = self.written[term.0 as usize];
        term_at(&watches[watch as usize], place as usize).expect("every term is written in a watch")
    }

    pub(crate) fn touched_by(&self, term: TermId) -> &[u32] {
        self.touched.row(term.0 as usize)
    }

    /// Whether two terms are in the same lists of the same watches, so that one may replace the other.
    pub(crate) fn asked_alike(&self, one: TermId, other: TermId) -> bool {
        one == other || self.asked.row(one.0 as usize) == self.asked.row(other.0 as usize)
    }
}
