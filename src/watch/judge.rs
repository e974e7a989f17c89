//! Whether a watch fires on a document, and why.

use super::matcher::{Document, Field, Mention, TermId, Watchlist};
use super::passage::Passages;
use super::reason;
use super::term::{HowClose, LookIn};

/// Why a watch fires or does not. Numbers are indices into [`Examined::mentions`].
#[derive(Debug, Clone, PartialEq)]
pub enum Because {
    /// It fires: these mentions of `find`, and, where asked for, these of `together_with` close enough.
    Found { find: Vec<usize>, together: Vec<usize> },
    /// No term of `find` is in the fields that are looked in.
    NothingFound,
    /// `find` is there, `together_with` is not.
    NotTogether { find: Vec<usize> },
    /// Both are there, not close enough.
    TooFar { find: Vec<usize>, together: Vec<usize> },
    /// It would fire, but a term of `but_not` is there.
    Dropped { by: usize },
    /// The watch is limited to other feeds.
    OtherFeed,
}

/// A watch on a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Index into [`Watchlist::watches`].
    pub watch: usize,
    pub because: Because,
}

impl Verdict {
    pub fn fires(&self) -> bool {
        matches!(self.because, Because::Found { .. })
    }

    /// The reason as one sentence for a person, without the final stop: `“GSIM” (JNIM) and “embuscade” stand in the same
    /// paragraph of the text`.
    pub fn sentence(&self, watchlist: &Watchlist, document: Document<'_>, examined: &Examined) -> String {
        reason::sentence(self, watchlist, document, examined)
    }
}

/// What is in a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Examined {
    /// In the order of the text, title first; none lies within another of the same term.
    pub mentions: Vec<Mention>,
    /// In the order of the watches: at least one for every watch that fires, and, where not too many watches share a term
    /// of `find`, one for each watch of which such a term is mentioned. [`Watchlist::verdict`] gives the others.
    pub verdicts: Vec<Verdict>,
}

/// The mentions of a document, ready to be asked by watch after watch.
pub(super) struct Evidence<'a> {
    watchlist: &'a Watchlist,
    document: Document<'a>,
    mentions: &'a [Mention],
    /// Indices of mentions, by term.
    by_term: Vec<(TermId, usize)>,
    passages: Passages<'a>,
}

impl<'a> Evidence<'a> {
    pub(super) fn new(watchlist: &'a Watchlist, document: Document<'a>, mentions: &'a [Mention]) -> Self {
        let mut by_term: Vec<_> = mentions
            .iter()
            .enumerate()
            .map(|(at, mention)| (mention.term, at))
            .collect();
        by_term.sort_unstable();
        Self {
            watchlist,
            document,
            mentions,
            by_term,
            passages: Passages::new(document),
        }
    }

    /// The terms that are mentioned, rising, each as often as it is.
    pub(super) fn terms(&self) -> impl Iterator<Item = TermId> {
        self.by_term.iter().map(|&(term, _)| term)
    }

    pub(super) fn judge(&self, watch: usize) -> Verdict {
        Verdict {
            watch,
            because: self.because(watch),
        }
    }

    fn because(&self, number: usize) -> Because {
        let watch = &self.watchlist.watches()[number];
        let lists = self.watchlist.roster.lists(number);
        if let Some(feed) = self.document.feed
            && !watch.feeds.is_empty()
            && !watch.feeds.iter().any(|wanted| wanted == feed)
        {
            return Because::OtherFeed;
        }
        let mut find = self.mentioned(lists.find, watch.look_in);
        if find.is_empty() {
            return Because::NothingFound;
        }
        let mut together = Vec::new();
        if !lists.together.is_empty() {
            together = self.mentioned(lists.together, watch.look_in);
            if together.is_empty() {
                return Because::NotTogether { find };
            }
            if watch.how_close != HowClose::SameArticle {
                let (near, near_together) = self.near(&find, &together, watch.how_close);
                if near.is_empty() {
                    return Because::TooFar { find, together };
                }
                (find, together) = (near, near_together);
            }
        }
        match self.mentioned(lists.but_not, LookIn::TitleAndText).first() {
            Some(&by) => Because::Dropped { by },
            None => Because::Found { find, together },
        }
    }

    /// The mentions of any of these terms (rising), in the order of the text.
    fn mentioned(&self, terms: &[TermId], look_in: LookIn) -> Vec<usize> {
        let in_field = |at: usize| match look_in {
            LookIn::TitleAndText => true,
            LookIn::Title => self.mentions[at].field == Field::Title,
            LookIn::Text => self.mentions[at].field == Field::Text,
        };
        let mut found = Vec::new();
        // The shorter side is walked, the longer searched: a list may have a hundred thousand terms, a text few of them.
        if terms.len() > self.by_term.len() {
            for &(term, at) in &self.by_term {
                if in_field(at) && terms.binary_search(&term).is_ok() {
                    found.push(at);
                }
            }
        } else {
            for &term in terms {
                let from = self.by_term.partition_point(|&(one, _)| one < term);
                let of_term = self.by_term[from..].iter().take_while(|&&(one, _)| one == term);
                found.extend(of_term.map(|&(_, at)| at).filter(|&at| in_field(at)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Those of each that share a passage with one of the other.
    fn near(&self, find: &[usize], together: &[usize], how_close: HowClose) -> (Vec<usize>, Vec<usize>) {
        let passages = |which: &[usize]| -> Vec<usize> {
            which
                .iter()
                .map(|&at| self.passages.number(&self.mentions[at], how_close))
                .collect()
        };
        let sharing = |these: &[usize], of_these: &[usize], others: &[usize]| {
            let mut others = others.to_vec();
            others.sort_unstable();
            let shared = these
                .iter()
                .zip(of_these)
                .filter(|(_, passage)| others.binary_search(passage).is_ok());
            shared.map(|(&at, _)| at).collect()
        };
        let (of_find, of_together) = (passages(find), passages(together));
        (
            sharing(find, &of_find, &of_together),
            sharing(together, &of_together, &of_find),
        )
    }
}
