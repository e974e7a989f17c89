//! Weighted terms, as media monitors use them: each that occurs counts once, and the watch fires if the sum is large
//! enough (R. Steinberger et al., “An introduction to the Europe Media Monitor family of applications”, 2013, in which
//! repetitions count with decreasing weight; here an analyst can add the sum up).

use std::ops::Range;

use crate::terms::term::Term;

/// One line of `weights`: a term, or all names of a group or list as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// Indices into [`Weights::terms`]; no two weights share one.
    pub terms: Range<usize>,
    /// Added once if any of the terms occurs; may be negative.
    pub weight: i32,
}

/// Fires if the weights of the terms that occur sum to `at_least`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    pub terms: Vec<Term>,
    pub weights: Vec<Weight>,
    /// Above zero.
    pub at_least: i32,
}
