//! Which of many mentions a reason shows.

use crate::evaluate::reason::Telling;
use crate::evaluate::verdict::Mentioned;
use crate::terms::options::HowClose;
use crate::text::folded_text::fold;
use crate::text::passage::Passages;

impl Telling<'_> {
    /// The pair to show: in one passage, in the title if any is there, else the two closest; a pair of two places rather
    /// than one that stands for both.
    pub(super) fn nearest(
        &self,
        passages: &Passages<'_>,
        how_close: HowClose,
        find: &[usize],
        together: &[usize],
    ) -> (usize, usize) {
        let mut best = (find[0], together[0]);
        let mut best_distance = (true, true, usize::MAX);
        // Two dozen of each show enough.
        for &one in find.iter().take(24) {
            for &other in together.iter().take(24) {
                let (a, b) = (&self.mentions[one], &self.mentions[other]);
                if passages.number(a, how_close) != passages.number(b, how_close) {
                    continue;
                }
                let distance = (
                    a.span == b.span && a.field == b.field,
                    a.field != b.field,
                    if a.field == b.field {
                        a.span.start.abs_diff(b.span.start)
                    } else {
                        b.span.start
                    },
                );
                if distance < best_distance {
                    (best, best_distance) = ((one, other), distance);
                }
            }
        }
        best
    }

    /// One of each side, all in the passage of the first of the first.
    pub(super) fn sharing(&self, passages: &Passages<'_>, how_close: HowClose, sides: &[Mentioned]) -> Vec<usize> {
        let passage = |at: usize| passages.number(&self.mentions[at], how_close);
        let first = sides.iter().find_map(|side| side.first()).map(|&at| passage(at));
        let shared = sides
            .iter()
            .filter_map(|side| side.iter().copied().find(|&at| Some(passage(at)) == first));
        let mut shared: Vec<usize> = shared.collect();
        shared.dedup();
        shared
    }

    /// Mentions after the first that read differently from it and from each other.
    pub(super) fn distinct_others(&self, find: &[usize]) -> Vec<usize> {
        let mut seen: Vec<String> = Vec::new();
        let mut others = Vec::new();
        for &at in find.iter().take(64) {
            let mention = &self.mentions[at];
            let subject = match &mention.entity {
                Some(entity) => entity.id.clone(),
                None => fold(
                    self.document
                        .field(mention.field)
                        .get(mention.span.clone())
                        .unwrap_or_default(),
                ),
            };
            if !seen.contains(&subject) {
                if !seen.is_empty() {
                    others.push(at);
                }
                seen.push(subject);
            }
        }
        others
    }
}
