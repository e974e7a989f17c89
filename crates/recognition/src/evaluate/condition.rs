//! The one form that every watch is judged in: lists, queries and weights alike become a tree over term ids. The trees of
//! all watches lie in a few long rows, since there may be a hundred thousand of them.

use std::hint::black_box;

use crate::mention::TermId;
use crate::query::{Clause, Weights};
use crate::terms::options::{HowClose, LookIn};
use crate::terms::term::{Pattern, Term};
use crate::watch::Watch;

/// The number of a node in its [`Trees`].
pub(crate) type NodeId = u32;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Node {
    /// Any of these terms, rising, from `from` to `to` in the row of all listed terms.
    Any {
        from: u32,
        to: u32,
        look_in: LookIn,
    },
    /// All of its children, which lie next to each other: what words tell first, then what costs a look at the whole text
    /// (see [`Costs`]), and what must not hold last.
    All {
        from: NodeId,
        to: NodeId,
    },
    Either {
        from: NodeId,
        to: NodeId,
    },
    /// See [`Clause::Close`].
    Close {
        from: NodeId,
        to: NodeId,
        how_close: HowClose,
    },
    Not {
        of: NodeId,
    },
    Feed {
        name: u32,
    },
    Language {
        name: u32,
    },
    /// Children with their weights.
    Weighed {
        from: u32,
        to: u32,
        at_least: i32,
    },
}

#[derive(Debug, Default)]
pub(crate) struct Trees {
    /// Of each watch its root is the last.
    nodes: Vec<Node>,
    weighed: Vec<(NodeId, i32)>,
    /// Of feeds and languages.
    names: Vec<String>,
    /// The terms of all watches end to end.
    listed: Vec<TermId>,
    /// Of each watch.
    roots: Vec<NodeId>,
    /// Where the terms of each watch begin among all listed.
    begins: Vec<u32>,
}

/// The terms of a watch, in the order in which its tree asks for them.
pub(crate) fn terms(watch: &Watch) -> impl Iterator<Item = &Term> {
    let query = watch.query.iter().flat_map(|query| &query.terms);
    let weights = watch.weights.iter().flat_map(|weights| &weights.terms);
    let lists = watch.find.iter().chain(&watch.together_with).chain(&watch.but_not);
    lists.chain(query).chain(weights)
}

/// The term at a place of [`terms`].
pub(crate) fn term_at(watch: &Watch, place: usize) -> Option<&Term> {
    let query = watch.query.as_ref().map_or(&[][..], |query| &query.terms);
    let weights = watch.weights.as_ref().map_or(&[][..], |weights| &weights.terms);
    let mut place = place;
    for terms in [&*watch.find, &watch.together_with, &watch.but_not, query, weights] {
        match terms.get(place) {
            Some(term) => return Some(term),
            None => place -= terms.len(),
        }
    }
    None
}

/// What it takes to know whether a clause holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Costs {
    /// The mentions of its words.
    Words,
    /// The places of the whole text. Where a watch lacks words, they may not have been looked for.
    Places,
    /// The language of the whole text.
    Language,
    /// That something does not stand there is asked when all else holds.
    Absence,
}

impl Costs {
    fn of_terms(terms: &[Term]) -> Self {
        let place = |term: &Term| matches!(term.pattern, Pattern::Place(_) | Pattern::Where(_));
        if terms.iter().any(place) {
            Self::Places
        } else {
            Self::Words
        }
    }

    fn of(clause: &Clause, all: &[Term]) -> Self {
        match clause {
            Clause::Any { terms, .. } => Self::of_terms(all.get(terms.clone()).unwrap_or_default()),
            Clause::All(of) | Clause::Either(of) | Clause::Close { of, .. } => {
                let costs = of.iter().map(|clause| Self::of(clause, all));
                costs.max().unwrap_or(Self::Words).min(Self::Language)
            }
            Clause::Feed(_) => Self::Words,
            Clause::Language(_) => Self::Language,
            Clause::Not(_) => Self::Absence,
        }
    }
}

/// In the order in which they are asked.
fn ordered<'c>(clauses: &'c [Clause], all: &[Term]) -> Vec<&'c Clause> {
    let mut ordered: Vec<&Clause> = clauses.iter().collect();
    ordered.sort_by_key(|clause| Costs::of(clause, all));
    ordered
}

impl Trees {
    /// `ids` are those of [`terms`] of all watches in turn.
    pub(crate) fn new(watches: &[Watch], ids: Vec<TermId>) -> Self {
        let mut trees = Self {
            nodes: Vec::with_capacity(watches.len()),
            listed: ids,
            roots: Vec::with_capacity(watches.len()),
            begins: Vec::with_capacity(watches.len()),
            ..Self::default()
        };
        let mut at = 0;
        for watch in watches {
            trees.begins.push(at as u32);
            at = trees.watch(watch, at);
        }
        trees
    }

    /// Adds a watch whose terms begin at `at`; gives where the next one's do.
    fn watch(&mut self, watch: &Watch, at: usize) -> usize {
        let together = at + watch.find.len();
        let but_not = together + watch.together_with.len();
        let query = but_not + watch.but_not.len();
        let weights = query + watch.query.as_ref().map_or(0, |query| query.terms.len());
        let end = weights + watch.weights.as_ref().map_or(0, |weights| weights.terms.len());
        let mut parts = Vec::with_capacity(4);
        if !watch.find.is_empty() {
            parts.push(self.any(at, together, watch.look_in));
        }
        if !watch.find.is_empty() && !watch.together_with.is_empty() {
            parts.push(self.any(together, but_not, watch.look_in));
            let places = |terms: &[Term]| Costs::of_terms(terms) > Costs::of_terms(&[]);
            if watch.how_close == HowClose::SameArticle && places(&watch.find) && !places(&watch.together_with) {
                parts.swap(0, 1);
            }
            if watch.how_close != HowClose::SameArticle {
                let (from, to) = self.add_all(&parts);
                let how_close = watch.how_close;
                parts = vec![Node::Close { from, to, how_close }];
            }
        }
        let mut left_out = Vec::new();
        if let Some(written) = &watch.query {
            match &written.clause {
                Clause::All(clauses) => {
                    let terms = &written.terms;
                    let (without, with) = ordered(clauses, terms)
                        .into_iter()
                        .partition::<Vec<_>, _>(|one| matches!(one, Clause::Not(_)));
                    parts.extend(with.into_iter().map(|one| self.clause(one, terms, query)));
                    left_out.extend(without.into_iter().map(|one| self.clause(one, terms, query)));
                }
                clause => parts.push(self.clause(clause, &written.terms, query)),
            }
        }
        if let Some(written) = &watch.weights {
            parts.push(self.weights(written, weights, watch.look_in));
        }
        // A watch that asks for nothing fires on nothing.
        if !parts.is_empty() {
            if !watch.but_not.is_empty() {
                let any = self.any(but_not, query, LookIn::TitleAndText);
                let of = self.add(any);
                parts.push(Node::Not { of });
            }
            parts.extend(left_out);
        }
        let root = match parts.as_slice() {
            [only] => *only,
            _ => {
                let (from, to) = self.add_all(&parts);
                Node::All { from, to }
            }
        };
        let root = self.add(root);
        self.roots.push(root);
        end
    }

    fn add(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() as NodeId - 1
    }

    fn add_name(&mut self, name: &str) -> u32 {
        self.names.push(name.to_owned());
        self.names.len() as u32 - 1
    }

    fn add_all(&mut self, nodes: &[Node]) -> (NodeId, NodeId) {
        let from = self.len();
        self.nodes.extend_from_slice(nodes);
        (from, self.len())
    }

    fn any(&mut self, from: usize, to: usize, look_in: LookIn) -> Node {
        self.listed[from..to].sort_unstable();
        Node::Any {
            from: from as u32,
            to: to as u32,
            look_in,
        }
    }

    fn clauses<'c>(
        &mut self,
        clauses: impl IntoIterator<Item = &'c Clause>,
        terms: &[Term],
        base: usize,
    ) -> (NodeId, NodeId) {
        let children: Vec<Node> = clauses
            .into_iter()
            .map(|clause| self.clause(clause, terms, base))
            .collect();
        self.add_all(&children)
    }

    /// `all` are the terms of the query, which begin at `base`. What lies below is added, the node itself is not yet.
    fn clause(&mut self, clause: &Clause, all: &[Term], base: usize) -> Node {
        match clause {
            Clause::Any { terms, look_in } => self.any(base + terms.start, base + terms.end, *look_in),
            Clause::All(of) => {
                let (from, to) = self.clauses(ordered(of, all), all, base);
                Node::All { from, to }
            }
            Clause::Either(of) => {
                let (from, to) = self.clauses(of, all, base);
                Node::Either { from, to }
            }
            Clause::Close { how_close, of } => {
                let (from, to) = self.clauses(of, all, base);
                let how_close = *how_close;
                Node::Close { from, to, how_close }
            }
            Clause::Not(of) => {
                let of = self.clause(of, all, base);
                Node::Not { of: self.add(of) }
            }
            Clause::Feed(name) => Node::Feed {
                name: self.add_name(name),
            },
            Clause::Language(code) => Node::Language {
                name: self.add_name(code),
            },
        }
    }

    fn weights(&mut self, weights: &Weights, base: usize, look_in: LookIn) -> Node {
        let of: Vec<(NodeId, i32)> = weights
            .weights
            .iter()
            .map(|one| {
                let any = self.any(base + one.terms.start, base + one.terms.end, look_in);
                (self.add(any), one.weight)
            })
            .collect();
        let from = self.weighed.len() as u32;
        self.weighed.extend(of);
        Node::Weighed {
            from,
            to: self.weighed.len() as u32,
            at_least: weights.at_least,
        }
    }

    /// Reads what the judging of these watches begins with: their trees lie anywhere, and read one right after the other
    /// the waits for memory overlap, where a judge would wait for each in turn.
    pub(crate) fn fetch(&self, watches: &[u32]) {
        let first = |node: Node| match node {
            Node::Any { from, to, .. } if from < to => self.listed[from as usize].0,
            _ => 0,
        };
        let begin = |&watch: &u32| match self.node(self.root(watch as usize)) {
            Node::All { from, to } | Node::Either { from, to } | Node::Close { from, to, .. } if from < to => {
                first(self.node(from))
            }
            node => first(node),
        };
        black_box(watches.iter().map(begin).fold(0, |sum, term| sum ^ term));
    }

    pub(crate) fn root(&self, watch: usize) -> NodeId {
        self.roots[watch]
    }

    pub(crate) fn node(&self, node: NodeId) -> Node {
        self.nodes[node as usize]
    }

    pub(crate) fn weighed(&self, from: u32, to: u32) -> &[(NodeId, i32)] {
        &self.weighed[from as usize..to as usize]
    }

    /// The terms of a [`Node::Any`].
    pub(crate) fn listed(&self, from: u32, to: u32) -> &[TermId] {
        &self.listed[from as usize..to as usize]
    }

    /// The name of a feed or language.
    pub(crate) fn name(&self, name: u32) -> &str {
        &self.names[name as usize]
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> NodeId {
        self.nodes.len() as NodeId
    }

    /// The terms of a watch that a node asks for, as places of [`terms`], each [`Node::Any`] with its fields.
    pub(crate) fn places(&self, watch: usize, node: NodeId) -> Vec<(std::ops::Range<usize>, LookIn)> {
        let mut places = Vec::new();
        let mut nodes = vec![node];
        while let Some(node) = nodes.pop() {
            match self.node(node) {
                Node::Any { from, to, look_in } => {
                    let begin = self.begins[watch];
                    places.push(((from - begin) as usize..(to - begin) as usize, look_in));
                }
                Node::All { from, to } | Node::Either { from, to } | Node::Close { from, to, .. } => {
                    nodes.extend((from..to).rev());
                }
                Node::Weighed { from, to, .. } => {
                    nodes.extend(self.weighed(from, to).iter().rev().map(|&(child, _)| child));
                }
                Node::Not { .. } | Node::Feed { .. } | Node::Language { .. } => {}
            }
        }
        places
    }

    /// Whether a node asks for such a term, wherever it must stand.
    pub(crate) fn asks_for(&self, node: NodeId, such: &impl Fn(TermId) -> bool) -> bool {
        match self.node(node) {
            Node::Any { from, to, .. } => self.listed(from, to).iter().any(|&term| such(term)),
            Node::All { from, to } | Node::Either { from, to } | Node::Close { from, to, .. } => {
                (from..to).any(|child| self.asks_for(child, such))
            }
            Node::Weighed { .. } | Node::Not { .. } | Node::Feed { .. } | Node::Language { .. } => false,
        }
    }
}
