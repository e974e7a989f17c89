//! Terms with weights, as media monitors use them: each that stands in an entry counts once, however often it stands
//! there, and the watch fires where the sum is enough (R. Steinberger et al., “An introduction to the Europe Media
//! Monitor family of applications”, 2013, which lets repetitions count less and less; here an analyst can add it up).

use std::ops::Range;

use crate::terms::term::Term;

/// One line of `weights`: a term, or all names of a group or list as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// Places in [`Weights::terms`]; no two weights share one.
    pub terms: Range<usize>,
    /// Added once if any of them stands there; may be negative.
    pub weight: i32,
}

/// Fires where the weights of what stands there make `at_least`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    pub terms: Vec<Term>,
    pub weights: Vec<Weight>,
    /// Above zero.
    pub at_least: i32,
}
