//! Whether a watch fires on a document, and why.

use smallvec::SmallVec;

use crate::evaluate::condition::NodeId;
use crate::location::{Located, Missed, Placed};
use crate::mention::Mention;
use crate::terms::options::HowClose;

/// Indices into [`Examined::mentions`], rising. In place, since most are of one or two and a document may have hundreds.
pub type Mentioned = SmallVec<[usize; 2]>;

/// What a watch rests on: mostly one thing.
pub type Grounds = SmallVec<[Ground; 1]>;

/// Something that a watch asks for and a document has.
#[derive(Debug, Clone, PartialEq)]
pub enum Ground {
    /// These stand there: any of them is enough.
    Stands { mentions: Mentioned },
    /// Of each side, those that have one of every other side close enough.
    Close { how_close: HowClose, sides: Vec<Mentioned> },
    /// What these add is enough: the weight of each term that stands there, once, with its first mention.
    Weighs {
        counted: Vec<(i32, usize)>,
        sum: i32,
        at_least: i32,
    },
}

/// Something that a watch asks for and a document has not.
#[derive(Debug, Clone, PartialEq)]
pub enum Lack {
    /// No term of this part of the watch is in the fields that are looked in.
    Absent { part: PartId },
    /// All are there, not close enough.
    Apart { how_close: HowClose, sides: Vec<Mentioned> },
    /// What is there does not make the sum.
    Light {
        counted: Vec<(i32, usize)>,
        sum: i32,
        at_least: i32,
    },
    /// It would hold, but this is there, which the watch leaves out.
    LeftOut { by: Vec<Ground> },
    /// The query asks for another feed, or not for this one.
    Feed { name: String },
    /// The query asks for another language, or not for this one (ISO 639-1).
    Language { wanted: String, here: Option<String> },
    /// It would hold, but the query leaves out this language.
    LeftOutLanguage { here: String },
}

/// A part of what a watch asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartId(pub(crate) NodeId);

/// Why a watch fires or does not.
#[derive(Debug, Clone, PartialEq)]
pub enum Because {
    /// It fires: all that it asks for is there.
    Found { grounds: Grounds },
    /// Something is not as it asks; what it asks for before that is there.
    Lacks { found: Grounds, lack: Lack },
    /// The watch is limited to other feeds.
    OtherFeed,
    /// It would fire, but the watch is limited to other languages than this one (ISO 639-1).
    OtherLanguage(String),
    /// It would fire, but no place that the document names is where the watch asks.
    Elsewhere(Box<Missed>),
}

/// A watch on a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Index into [`Watchlist::watches`](crate::Watchlist::watches).
    pub watch: usize,
    pub because: Because,
    /// Where it fires and asks for a place: that place.
    pub placed: Option<Box<Placed>>,
}

/// What is in a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Examined {
    /// In the order of the text, title first; none lies within another of the same term.
    pub mentions: Vec<Mention>,
    /// In the order of the watches: one for every watch that fires, and, where the document does not touch very many, for
    /// those of which something is mentioned. [`Watchlist::verdict`](crate::Watchlist::verdict) gives the others.
    pub verdicts: Vec<Verdict>,
    /// The places that are named, in the order of the text, title first; `None` where no watch asked for them.
    pub places: Option<Vec<Located>>,
}

impl Ground {
    /// The mentions that it rests on, as indices, side after side.
    pub fn mentions(&self) -> Mentioned {
        match self {
            Self::Stands { mentions } => mentions.clone(),
            Self::Close { sides, .. } => sides.iter().flatten().copied().collect(),
            Self::Weighs { counted, .. } => {
                let heavy = counted.iter().filter(|(weight, _)| *weight > 0);
                heavy.map(|&(_, mention)| mention).collect()
            }
        }
    }
}

impl Verdict {
    pub fn fires(&self) -> bool {
        matches!(self.because, Because::Found { .. })
    }

    /// The mentions that a watch fires for, as rising indices into [`Examined::mentions`]: of each part of the watch the
    /// first few hundred; none where it does not fire.
    pub fn mentions(&self) -> Vec<usize> {
        let Because::Found { grounds } = &self.because else {
            return Vec::new();
        };
        let mut mentions: Vec<usize> = grounds.iter().flat_map(Ground::mentions).collect();
        mentions.sort_unstable();
        mentions.dedup();
        mentions
    }
}
