//! Which mentions stand close to each other: words, sentences and paragraphs, one within another.

use std::ops::Range;

use smallvec::SmallVec;

use crate::evaluate::condition::{Node, NodeId};
use crate::evaluate::holds::Evidence;
use crate::evaluate::verdict::Mentioned;
use crate::evaluate::word_distance::{Stretch, near};
use crate::terms::options::HowClose;

/// Mentions on the way to a verdict, mostly so few that they need no memory of their own.
type Standing = SmallVec<[usize; 8]>;
/// Mentions, each behind the number of its passage, rising.
type Numbered = SmallVec<[(usize, usize); 8]>;

impl Evidence<'_> {
    /// Of a chain (`Jnim NEAR/5 attack* NEAR/5 Ségou`) the mentions of each link.
    pub(crate) fn links(&self, children: Range<NodeId>, sides: Vec<Mentioned>) -> Vec<Mentioned> {
        let mut links = Vec::with_capacity(sides.len());
        for (child, side) in children.zip(sides) {
            match self.trees.node(child) {
                Node::Close { from, to, .. } => {
                    let inner = from..to;
                    let of_link = |link: NodeId| {
                        let standing = self.standing(link, HowClose::SameArticle);
                        standing
                            .into_iter()
                            .filter(|at| side.binary_search(at).is_ok())
                            .collect()
                    };
                    links.extend(self.links(inner.clone(), inner.map(of_link).collect()));
                }
                _ => links.push(side),
            }
        }
        links
    }

    /// Of each child the mentions that have one of every other close enough. `within` is the smallest passage that all of
    /// them must share beside that.
    pub(crate) fn sides(&self, children: Range<NodeId>, how_close: HowClose, within: HowClose) -> Vec<Mentioned> {
        if let (HowClose::Words(words), 2) = (how_close, children.len()) {
            let (one, other) = (children.start, children.start + 1);
            let (one, other) = (self.stretches(one, within), self.stretches(other, within));
            return near(&one, &other, words.into()).sides.map(Mentioned::from_vec).into();
        }
        let within = finest(how_close, within);
        let mut sides: SmallVec<[Numbered; 2]> = SmallVec::new();
        for child in children.clone() {
            let of_child = self.standing(child, within);
            let numbered = |mention: usize| (self.passages.number(&self.mentions[mention], how_close), mention);
            let mut side: Numbered = of_child.into_iter().map(numbered).collect();
            side.sort_unstable();
            side.dedup();
            if let Some(before) = sides.last() {
                side.retain(|&mut (passage, _)| has(before, passage));
            }
            if side.is_empty() {
                return vec![Mentioned::new(); children.len()];
            }
            sides.push(side);
        }
        // What the last has left is what all share.
        let shared = sides.last().cloned().unwrap_or_default();
        sides
            .into_iter()
            .map(|side| {
                let shared = side.into_iter().filter(|&(passage, _)| has(&shared, passage));
                let mut mentions: Mentioned = shared.map(|(_, mention)| mention).collect();
                mentions.sort_unstable();
                mentions
            })
            .collect()
    }

    /// The mentions for which a part of a [`Node::Close`] holds within such passages.
    fn standing(&self, node: NodeId, within: HowClose) -> Standing {
        match self.trees.node(node) {
            Node::Any { from, to, look_in } => self.mentioned(self.trees.listed(from, to), look_in, usize::MAX),
            Node::Either { from, to } => (from..to).flat_map(|child| self.standing(child, within)).collect(),
            Node::Close { from, to, how_close } => {
                let sides = self.sides(from..to, how_close, within);
                if sides.iter().all(|side| !side.is_empty()) {
                    sides.into_iter().flatten().collect()
                } else {
                    Standing::new()
                }
            }
            _ => Standing::new(),
        }
    }

    /// The stretches for which a part of a [`Node::Close`] with words holds.
    fn stretches(&self, node: NodeId, within: HowClose) -> Vec<Stretch> {
        match self.trees.node(node) {
            Node::Any { from, to, look_in } => {
                let mentioned: Standing = self.mentioned(self.trees.listed(from, to), look_in, usize::MAX);
                mentioned
                    .into_iter()
                    .map(|at| {
                        let mention = &self.mentions[at];
                        let (first, last) = self.passages.words(mention);
                        let field = mention.field as usize;
                        Stretch {
                            passage: (field, self.passages.number(mention, within)),
                            first,
                            last,
                            mentions: vec![at],
                        }
                    })
                    .collect()
            }
            Node::Either { from, to } => (from..to).flat_map(|child| self.stretches(child, within)).collect(),
            Node::Close { from, to, how_close } => match (how_close, to - from) {
                (HowClose::Words(words), 2) => {
                    let (one, other) = (self.stretches(from, within), self.stretches(from + 1, within));
                    near(&one, &other, words.into()).pairs
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}

/// Whether one of these, by passage, is in a passage.
fn has(numbered: &[(usize, usize)], passage: usize) -> bool {
    let at = numbered.partition_point(|&(one, _)| one < passage);
    numbered.get(at).is_some_and(|&(one, _)| one == passage)
}

fn finest(one: HowClose, other: HowClose) -> HowClose {
    match (one, other) {
        (HowClose::SameSentence, _) | (_, HowClose::SameSentence) => HowClose::SameSentence,
        (HowClose::SameParagraph, _) | (_, HowClose::SameParagraph) => HowClose::SameParagraph,
        (other, _) => other,
    }
}
