//! Which watch asks for which term: the lists of watches turned around, so that a text touches only the watches that it
//! concerns.

use super::matcher::TermId;
use super::term::{Term, Watch};

/// Above so many watches that share a term of `find`, a watch is looked up by its `together_with` if that is rarer.
const SHARED: u32 = 256;

/// Lists of numbers, one for each row, end to end.
#[derive(Debug, Default)]
struct Rows {
    bounds: Vec<u32>,
    items: Vec<u32>,
}

impl Rows {
    /// From pairs of (row, item).
    fn new(rows: usize, mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut bounds = vec![0; rows + 1];
        for &(row, _) in &pairs {
            bounds[row as usize + 1] += 1;
        }
        for row in 0..rows {
            bounds[row + 1] += bounds[row];
        }
        Self {
            bounds,
            items: pairs.into_iter().map(|(_, item)| item).collect(),
        }
    }

    fn row(&self, row: usize) -> &[u32] {
        &self.items[self.bounds[row] as usize..self.bounds[row + 1] as usize]
    }
}

/// The lists of one watch, each rising.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lists<'a> {
    pub(super) find: &'a [TermId],
    pub(super) together: &'a [TermId],
    pub(super) but_not: &'a [TermId],
}

#[derive(Debug)]
pub(super) struct Roster {
    /// All lists of all watches end to end; those of watch `i` are parted at `bounds[i]`.
    listed: Vec<TermId>,
    bounds: Vec<[u32; 4]>,
    /// For each term one place where it is written: watch, place in its lists end to end.
    written: Vec<(u32, u32)>,
    /// For each term every place in every watch, as watch × 4 + list.
    asked: Rows,
    /// For each term the watches that are to be judged where it is mentioned.
    touched: Rows,
}

/// The terms of a watch in the order of its lists.
pub(super) fn terms(watch: &Watch) -> impl Iterator<Item = &Term> {
    watch.find.iter().chain(&watch.together_with).chain(&watch.but_not)
}

impl Roster {
    /// `ids` are those of [`terms`] of all watches in turn; `distinct` is their number.
    pub(super) fn new(watches: &[Watch], mut ids: Vec<TermId>, distinct: usize) -> Self {
        let mut bounds = Vec::with_capacity(watches.len());
        let mut written = vec![(u32::MAX, 0); distinct];
        let mut asked = Vec::with_capacity(ids.len());
        let mut at = 0;
        for (number, watch) in watches.iter().enumerate() {
            let begin = at as u32;
            let find = begin + watch.find.len() as u32;
            let together = find + watch.together_with.len() as u32;
            let end = together + watch.but_not.len() as u32;
            bounds.push([begin, find, together, end]);
            for place in begin..end {
                let id = ids[place as usize].0;
                let list = u32::from(place >= find) + u32::from(place >= together);
                asked.push((id, number as u32 * 4 + list));
                if written[id as usize].0 == u32::MAX {
                    written[id as usize] = (number as u32, place - begin);
                }
            }
            ids[begin as usize..find as usize].sort_unstable();
            ids[find as usize..together as usize].sort_unstable();
            ids[together as usize..end as usize].sort_unstable();
            at = end as usize;
        }
        let mut roster = Self {
            listed: ids,
            bounds,
            written,
            asked: Rows::new(distinct, asked),
            touched: Rows::default(),
        };
        let mut touched = Vec::with_capacity(roster.listed.len());
        for number in 0..watches.len() {
            for term in roster.looked_up_by(number) {
                touched.push((term.0, number as u32));
            }
        }
        roster.touched = Rows::new(distinct, touched);
        roster
    }

    /// The list without a mention of which the watch cannot fire, and which fewest other watches share.
    fn looked_up_by(&self, watch: usize) -> &[TermId] {
        let lists = self.lists(watch);
        let shared = |terms: &[TermId]| {
            terms
                .iter()
                .map(|term| self.asked.row(term.0 as usize).len() as u32)
                .max()
                .unwrap_or(0)
        };
        let by_find = shared(lists.find);
        if by_find > SHARED && !lists.together.is_empty() && shared(lists.together) < by_find / 4 {
            lists.together
        } else {
            lists.find
        }
    }

    pub(super) fn lists(&self, watch: usize) -> Lists<'_> {
        let [begin, find, together, end] = self.bounds[watch].map(|bound| bound as usize);
        Lists {
            find: &self.listed[begin..find],
            together: &self.listed[find..together],
            but_not: &self.listed[together..end],
        }
    }

    pub(super) fn written<'a>(&self, watches: &'a [Watch], term: TermId) -> &'a Term {
        let (watch, place) = self.written[term.0 as usize];
        let watch = &watches[watch as usize];
        let place = place as usize;
        let together = watch.find.len();
        let but_not = together + watch.together_with.len();
        if place < together {
            &watch.find[place]
        } else if place < but_not {
            &watch.together_with[place - together]
        } else {
            &watch.but_not[place - but_not]
        }
    }

    pub(super) fn touched_by(&self, term: TermId) -> &[u32] {
        self.touched.row(term.0 as usize)
    }

    /// Whether two terms stand in the same lists of the same watches, so that one may stand for both.
    pub(super) fn asked_alike(&self, one: TermId, other: TermId) -> bool {
        one == other || self.asked.row(one.0 as usize) == self.asked.row(other.0 as usize)
    }
}
